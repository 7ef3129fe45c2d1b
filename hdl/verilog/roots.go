package verilog

import (
	"math/bits"
	"strconv"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

func itoa(n int) string { return strconv.Itoa(n) }

// collectRoots lists what the statements, memories and assertions of the module use, and how.
func (p *plan) collectRoots() {
	m := p.f.m
	add := func(id ir.NodeID, u use) {
		if id != 0 {
			p.roots = append(p.roots, root{p.f.ref[id], u})
		}
	}
	for i, d := range p.drive {
		switch d.form {
		case formAssign:
			add(d.value, wholeRHS|whole)
		case formConnect:
			add(d.value, wholeRHS)
		case formTernary:
			add(d.cond, 0)
			add(d.value, 0)
			add(d.els, 0)
		case formBlock:
			p.branchRoots(p.proj.wires[i], inComb, add)
		case formDirect, formZero:
		}
	}
	for _, g := range p.proj.groups {
		p.branchRoots(g.body, 0, add)
	}
	for i := range m.Mems {
		mem := &m.Mems[i]
		for j := range mem.Writes {
			w := &mem.Writes[j]
			add(w.En, 0)
			add(w.Addr, p.addressUse(mem, w.Addr))
			if w.Mask != 0 && m.Nodes[w.Mask].Width > 1 {
				add(w.Mask, byName)
				add(w.Data, byName)
			} else {
				add(w.Mask, 0)
				add(w.Data, wholeRHS)
			}
		}
	}
	for i := range m.Reads {
		r := &m.Reads[i]
		add(r.En, 0)
		add(r.Addr, p.addressUse(&m.Mems[r.Mem], r.Addr))
	}
	for i := range m.Assert {
		u := inComb
		if m.Clocked {
			u = 0
		}
		add(m.Assert[i].En, u)
		add(m.Assert[i].Cond, u)
	}
}

func (p *plan) branchRoots(body []*branch, u use, add func(ir.NodeID, use)) {
	for _, br := range body {
		switch br.kind {
		case ir.Assign:
			add(br.value, u|wholeRHS)
		case ir.Switch:
			add(br.src.Subject, u)
		case ir.If:
		}
		for _, l := range br.arms {
			add(l.cond, u)
			p.branchRoots(l.body, u, add)
		}
	}
}

// indexBits is the width of an index of the memory that no tool finds too wide or too narrow.
func indexBits(mem *ir.Mem) int { return indexWidth(int(mem.Depth)) }

func indexWidth(depth int) int { return max(bits.Len(uint(depth-1)), 1) }

// addressUse asks for a name where the address is cut to the index, or compared with the depth as well.
func (p *plan) addressUse(mem *ir.Mem, addr ir.NodeID) use {
	if p.f.konst(addr) == nil && (p.f.width(addr) > indexBits(mem) || pastDepth(mem, p.f.width(addr))) {
		return byName
	}
	return 0
}

// pastDepth tells whether an address of w bits can lie past the depth.
func pastDepth(mem *ir.Mem, w int) bool { return w > 31 || int64(mem.Depth) < int64(1)<<w }

// settle decides the forms that depend on what turned out to be inlined.
func (p *plan) settle() {
	m := p.f.m
	for i := range p.drive {
		d := &p.drive[i]
		switch d.form {
		case formConnect:
			read := p.uses[m.Wires[i].Node] > 0
			long := !p.net[d.value] && p.length[d.value] > maxConnect || p.f.node(d.value).Op == ir.Mul
			if read || long {
				d.form = formAssign
			}
		case formAssign:
			n := &m.Nodes[d.value]
			if p.uses[d.value] != 1 || m.Wires[i].Kind == ir.InstInput {
				continue
			}
			switch n.Op {
			case ir.InstOut:
				d.form = formDirect
				p.names.outs[n.X][n.N] = p.names.wires[i]
				p.direct[d.value] = true
			case ir.MemRead:
				if !m.Reads[n.X].Sync {
					d.form = formDirect
					p.names.reads[n.X] = p.names.wires[i]
					p.direct[d.value] = true
				}
			}
		}
	}
}
