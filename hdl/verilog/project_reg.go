package verilog

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// groupRegs joins registers that are assigned in the same top-level statement, reset ones and others apart,
// and gives the groups by the statement at which each is printed: its first.
func (p *projection) groupRegs() map[int][]*regGroup {
	at := map[int][]*regGroup{}
	used := make([]bool, len(p.f.m.Regs))
	for _, reset := range []bool{true, false} {
		p.groupClass(reset, used, at)
	}
	for i := range p.f.m.Regs {
		if !used[i] {
			g := &regGroup{reset: p.f.m.Regs[i].HasReset, regs: []int{i}}
			p.groups = append(p.groups, g)
			p.order = append(p.order, block{group: g})
		}
	}
	return at
}

func (p *projection) groupClass(reset bool, used []bool, at map[int][]*regGroup) {
	m := p.f.m
	parent := make([]int, len(m.Body))
	first := make([]int, len(m.Regs)) // the first statement that assigns a register, plus one
	trees := make([][]*branch, len(m.Body))
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i := range m.Body {
		parent[i] = i
		trees[i] = p.regTree(&m.Body[i], func(reg int) bool {
			if m.Regs[reg].HasReset != reset {
				return false
			}
			used[reg] = true
			if first[reg] == 0 {
				first[reg] = i + 1
			}
			// The smaller root stays, so that a group is found at its first statement.
			a, b := find(i), find(first[reg]-1)
			parent[max(a, b)] = min(a, b)
			return true
		})
	}
	groups := make([]*regGroup, len(m.Body))
	for i := range m.Body {
		if len(trees[i]) == 0 {
			continue
		}
		r := find(i)
		if groups[r] == nil {
			groups[r] = &regGroup{reset: reset}
			p.groups = append(p.groups, groups[r])
			at[r] = append(at[r], groups[r])
		}
		groups[r].body = append(groups[r].body, trees[i]...)
	}
	for reg := range m.Regs {
		if first[reg] > 0 {
			g := groups[find(first[reg]-1)]
			g.regs = append(g.regs, reg)
		}
	}
	for _, g := range groups {
		if g != nil {
			finish(g.body)
		}
	}
}

// regTree is s narrowed to the registers that keep accepts.
func (p *projection) regTree(s *ir.Stmt, keep func(reg int) bool) []*branch {
	if s.Kind == ir.Assign {
		n := &p.f.m.Nodes[s.Target]
		if n.Op != ir.RegRef || !keep(int(n.X)) {
			return nil
		}
		return []*branch{p.enums.assign(s, int(n.X), p.f.ref[s.Value])}
	}
	br := &branch{src: s, kind: s.Kind}
	for i := range s.Arms {
		a := &s.Arms[i]
		c := p.f.cond(s, a)
		if c == never {
			continue
		}
		var body []*branch
		for j := range a.Body {
			body = append(body, p.regTree(&a.Body[j], keep)...)
		}
		if c == always && s.Kind == ir.If && p.f.firstArm(s, i) {
			return body
		}
		if len(body) > 0 {
			l := p.f.extend(br, i)
			l.body = body
		}
		if c == always && s.Kind == ir.If {
			break
		}
	}
	if len(br.arms) == 0 {
		return nil
	}
	return []*branch{br}
}
