package verilog

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// stmts writes a tree of branches. In combinational blocks assigned tells whether the target already has a
// value, so that a case that covers every value without a default can be closed.
func (p *plan) stmts(body []*branch, clocked, assigned bool) []stmt {
	var list []stmt
	for _, br := range body {
		switch br.kind {
		case ir.Assign:
			list = append(list, &assignStmt{&ident{p.target(br.target)}, p.expr(br.value).e, clocked})
			assigned = true
		case ir.If:
			var arms []ifArm
			for _, l := range br.arms {
				a := ifArm{body: p.stmts(l.body, clocked, assigned)}
				if l.cond != 0 {
					a.cond = p.expr(l.cond).e
				}
				arms = append(arms, a)
			}
			if s := tidyIf(arms); s != nil {
				list = append(list, s)
			}
		case ir.Switch:
			list = append(list, p.caseOf(br, clocked, assigned))
		}
	}
	return list
}

func (p *plan) target(id ir.NodeID) string {
	n := &p.f.m.Nodes[id]
	if n.Op == ir.RegRef {
		return p.names.regs[n.X]
	}
	return p.names.wires[n.X]
}

// maxNegated is how many conditions are at most written as "not this, and not that".
const maxNegated = 3

// tidyIf removes arms without effect, as projection leaves them, where a plainer form says the same.
func tidyIf(arms []ifArm) *ifStmt {
	for len(arms) > 0 && len(arms[len(arms)-1].body) == 0 {
		arms = arms[:len(arms)-1]
	}
	if len(arms) == 0 {
		return nil
	}
	empty := 0
	for len(arms[empty].body) == 0 {
		empty++
	}
	if empty > 0 && empty <= maxNegated && empty == len(arms)-1 {
		cond := negate(arms[0].cond)
		for _, a := range arms[1:empty] {
			cond = &binary{"&&", cond, negate(a.cond)}
		}
		if c := arms[empty].cond; c != nil {
			cond = &binary{"&&", cond, c}
		}
		arms = []ifArm{{cond, arms[empty].body}}
	}
	return &ifStmt{arms}
}

// caseOf always has a default: a register or an assigned target holds where no arm is taken. The labels of
// an enumeration are its members.
func (p *plan) caseOf(br *branch, clocked, assigned bool) stmt {
	s := &caseStmt{subject: shield(p.expr(br.src.Subject)).e}
	labels, closed := 0, false
	seen := map[string]bool{}
	for _, l := range br.arms {
		arm := caseArm{body: p.stmts(l.body, clocked, assigned)}
		for _, id := range l.labels {
			e := p.label(br.src.Subject, id)
			if t := text(e); !seen[t] { // of two arms with one label the first is taken
				seen[t] = true
				arm.labels = append(arm.labels, e)
			}
		}
		labels += len(arm.labels)
		if len(l.labels) == 0 {
			closed = true
		} else if len(arm.labels) == 0 {
			continue
		}
		s.arms = append(s.arms, arm)
	}
	if !closed {
		w := p.f.width(br.src.Subject)
		if full := w < 24 && labels == 1<<w; full && !clocked && !assigned {
			s.arms[len(s.arms)-1].labels = nil
		} else {
			s.arms = append(s.arms, caseArm{})
		}
	}
	return s
}

// label is a constant as a case label: the member of the enumeration where the subject is one.
func (p *plan) label(subject, id ir.NodeID) expr {
	id = p.f.ref[id]
	m := p.enums.member(id)
	if n := p.f.node(subject); m == "" && n.Op == ir.RegRef && p.enums.typed[n.X] != nil {
		m = p.enums.typed[n.X].byValue[p.f.val[id].Uint64()]
	}
	if m != "" {
		return &ident{m}
	}
	return number(p.f.val[id], p.f.width(id), p.f.m.Nodes[id].Signed)
}

// selectCase drives target with one of the operands of a Select, the last for every index past it.
func (p *plan) selectCase(id ir.NodeID, target string) *combItem {
	n := &p.f.m.Nodes[id]
	w := p.f.width(n.A)
	s := &caseStmt{subject: p.expr(n.A).e}
	count := int(n.N)
	if w < 31 {
		count = min(count, 1<<w)
	}
	for i, v := range p.f.m.Pool[n.X : n.X+int32(count)] {
		arm := caseArm{body: []stmt{&assignStmt{&ident{target}, p.expr(v).e, false}}}
		if i < count-1 {
			arm.labels = []expr{number(bigInt(i), w, false)}
		}
		s.arms = append(s.arms, arm)
	}
	return &combItem{[]stmt{s}}
}
