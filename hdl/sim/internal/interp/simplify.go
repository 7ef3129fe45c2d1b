package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// simplify goes once through the order, replacing nodes by constants, by their operands, by equal nodes or by
// simpler operations. Members of a word-level cycle are left as they are.
func (p *prep) simplify() {
	widest := 1
	for i := range p.nodes {
		widest = max(widest, limbs(p.nodes[i].Width))
	}
	t, s := newScratch(widest), newSharer(p)
	for _, id := range p.order {
		if p.loop[id] != 0 {
			continue
		}
		p.replaceArgs(id)
		if !p.fold(id, &t) {
			p.rewrite(id)
			if p.repl[id] == id {
				s.share(id)
			}
		}
	}
	for _, id := range p.order {
		if p.loop[id] != 0 {
			p.replaceArgs(id)
		}
	}
}

func (p *prep) replaceArgs(id flat.ID) {
	n := &p.nodes[id]
	switch n.Op {
	case ir.Cat, ir.Select:
		args := p.pool[n.X : n.X+n.N]
		for i, a := range args {
			args[i] = p.repl[a]
		}
	}
	if n.Op != ir.Cat {
		n.A, n.B, n.C = p.repl[n.A], p.repl[n.B], p.repl[n.C]
	}
}

// rewrite applies the identities that hold for any width, and those of constants of up to 64 bits.
func (p *prep) rewrite(id flat.ID) {
	n := &p.nodes[id]
	switch n.Op {
	case ir.Cast:
		p.repl[id] = n.A
	case ir.Slice:
		p.rewriteSlice(id)
	case ir.Zext, ir.Sext:
		if p.nodes[n.A].Width == n.Width {
			p.repl[id] = n.A
		}
	case ir.Repeat:
		if n.X == 1 {
			p.repl[id] = n.A
		}
	case ir.Cat:
		if n.N == 1 {
			p.repl[id] = p.pool[n.X]
		}
	case ir.Select:
		if i := p.value(n.A); i != nil {
			p.repl[id] = p.pool[n.X+amount(i, n.N-1)]
		} else if n.N == 1 {
			p.repl[id] = p.pool[n.X]
		}
	case ir.Mux:
		p.rewriteMux(id)
	case ir.And, ir.Or, ir.Xor, ir.Add, ir.Sub:
		p.rewriteBinary(id)
	case ir.Eq, ir.Ne:
		p.rewriteEqual(id)
	case ir.Not:
		p.rewriteNot(id)
	case ir.RedAnd, ir.RedOr, ir.RedXor:
		if p.nodes[n.A].Width == 1 {
			p.repl[id] = n.A
		}
	case ir.Shl, ir.Shr:
		if k := p.value(n.B); k != nil && isZero(k) {
			p.repl[id] = n.A
		}
	}
}

func (p *prep) rewriteSlice(id flat.ID) {
	n := &p.nodes[id]
	for range maxHops {
		a := &p.nodes[n.A]
		switch a.Op {
		case ir.Slice:
			n.X += a.X
			n.A = a.A
			continue
		case ir.Cat:
			if p.intoPart(n, a) {
				n.A = p.repl[n.A]
				continue
			}
		case ir.Zext, ir.Sext:
			if n.X+n.Width <= p.nodes[a.A].Width {
				n.A = p.repl[a.A]
				continue
			}
		}
		break
	}
	switch a := &p.nodes[n.A]; {
	case a.Width == n.Width:
		p.repl[id] = n.A
	case a.Op == ir.Const:
		v := make([]uint64, limbs(n.Width))
		extract(v, p.consts[a.X], n.X)
		trim(v, n.Width)
		p.become(id, v, n.Width)
	case a.Op == ir.Zext && n.X >= p.nodes[a.A].Width:
		p.become(id, make([]uint64, limbs(n.Width)), n.Width)
	}
}

func (p *prep) rewriteMux(id flat.ID) {
	n := &p.nodes[id]
	if p.nodes[n.A].Op == ir.Not && p.loop[n.A] == 0 {
		n.A, n.B, n.C = p.nodes[n.A].A, n.C, n.B
	}
	if v, ok := p.small64(n.A); ok {
		p.repl[id] = n.C
		if v != 0 {
			p.repl[id] = n.B
		}
		return
	}
	if n.B == n.C {
		p.repl[id] = n.B
		return
	}
	if n.Width != 1 {
		return
	}
	b, bk := p.small64(n.B)
	c, ck := p.small64(n.C)
	switch {
	case bk && ck && b == c:
		p.repl[id] = n.B
	case bk && ck && b == 1:
		p.repl[id] = n.A
	case bk && ck:
		n.Op, n.B, n.C = ir.Not, 0, 0
	case ck && c == 0:
		n.Op, n.C = ir.And, 0
	case bk && b == 1:
		n.Op, n.B, n.C = ir.Or, n.C, 0
	}
}

func (p *prep) rewriteBinary(id flat.ID) {
	n := &p.nodes[id]
	if n.Op != ir.Sub && p.nodes[n.A].Op == ir.Const {
		n.A, n.B = n.B, n.A
	}
	if n.A == n.B {
		switch n.Op {
		case ir.And, ir.Or:
			p.repl[id] = n.A
		case ir.Xor, ir.Sub:
			p.become(id, make([]uint64, limbs(n.Width)), n.Width)
		}
		return
	}
	k, ok := p.small64(n.B)
	switch {
	case !ok:
	case k == 0 && n.Op == ir.And:
		p.repl[id] = n.B
	case k == 0:
		p.repl[id] = n.A
	case k == maskOf(n.Width) && n.Op == ir.And:
		p.repl[id] = n.A
	case k == maskOf(n.Width) && n.Op == ir.Or:
		p.repl[id] = n.B
	case k == maskOf(n.Width) && n.Op == ir.Xor:
		n.Op, n.B = ir.Not, 0
		p.rewriteNot(id)
	}
}

func (p *prep) rewriteEqual(id flat.ID) {
	n := &p.nodes[id]
	if p.nodes[n.A].Op == ir.Const {
		n.A, n.B = n.B, n.A
	}
	if n.A == n.B {
		v := []uint64{0}
		if n.Op == ir.Eq {
			v[0] = 1
		}
		p.become(id, v, 1)
		return
	}
	k, ok := p.small64(n.B)
	if !ok || p.nodes[n.A].Width != 1 {
		return
	}
	if (k == 1) == (n.Op == ir.Eq) {
		p.repl[id] = n.A
		return
	}
	n.Op, n.B = ir.Not, 0
	p.rewriteNot(id)
}

// rewriteNot turns the negation of a negation or a comparison into its opposite.
func (p *prep) rewriteNot(id flat.ID) {
	n := &p.nodes[id]
	a := &p.nodes[n.A]
	if p.loop[n.A] != 0 {
		return
	}
	switch a.Op {
	case ir.Not:
		p.repl[id] = a.A
	case ir.Eq:
		n.Op, n.A, n.B = ir.Ne, a.A, a.B
	case ir.Ne:
		n.Op, n.A, n.B = ir.Eq, a.A, a.B
	case ir.Lt:
		n.Op, n.A, n.B, n.Signed = ir.Le, a.B, a.A, a.Signed
	case ir.Le:
		n.Op, n.A, n.B, n.Signed = ir.Lt, a.B, a.A, a.Signed
	}
}
