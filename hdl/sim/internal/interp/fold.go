package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// bind makes the generic form of node n with operands given by at.
func (p *prep) bind(n *flat.Node, dst []uint64, at func(flat.ID) []uint64) generic {
	g := generic{op: n.Op, signed: n.Signed, width: n.Width, x: n.X, dst: dst}
	switch n.Op {
	case ir.Cat, ir.Select:
		for _, a := range p.pool[n.X : n.X+n.N] {
			g.parts = append(g.parts, at(a))
			g.partW = append(g.partW, p.nodes[a].Width)
		}
	}
	if n.Op == ir.Cat {
		return g
	}
	g.a, g.aw = at(n.A), p.nodes[n.A].Width
	if n.Op == ir.Select || n.Op == ir.MemRead {
		return g
	}
	if n.B != 0 {
		g.b, g.bw = at(n.B), p.nodes[n.B].Width
	}
	if n.C != 0 {
		g.c = at(n.C)
	}
	return g
}

// fold replaces node id by a constant if all its operands are.
func (p *prep) fold(id flat.ID, t *scratch) bool {
	n := &p.nodes[id]
	if n.Op == ir.MemRead {
		return false
	}
	for i := int32(0); ; i++ {
		a := p.arg(n, i)
		if a == 0 {
			break
		}
		if p.nodes[a].Op != ir.Const {
			return false
		}
	}
	dst := make([]uint64, limbs(n.Width))
	g := p.bind(n, dst, p.value)
	g.run(t)
	p.become(id, dst, g.width)
	return true
}
