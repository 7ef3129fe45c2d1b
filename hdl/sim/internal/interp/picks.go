package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// The patterns of choose, one method for each kind of operation. All operands fit one slot.

func (k *picker) logic(n *flat.Node) instr {
	a, b := k.op(n.A), k.op(n.B)
	if v, ok := k.small64(n.B); ok {
		o := opAndK
		switch n.Op {
		case ir.Or:
			o = opOrK
		case ir.Xor:
			o = opXorK
		}
		return instr{op: o, a: a, imm: v}
	}
	switch n.Op {
	case ir.And:
		if x := k.absorb(n.B, ir.Not); x != nil && k.nodes[n.B].Op == ir.Not {
			return instr{op: opAndNot, a: a, b: k.op(x.A)}
		}
		if x := k.absorb(n.A, ir.Not); x != nil && k.nodes[n.A].Op == ir.Not {
			return instr{op: opAndNot, a: b, b: k.op(x.A)}
		}
		x, y := n.A, n.B
		for range 2 {
			if in, ok := k.andEqual(x, y); ok {
				return in
			}
			x, y = y, x
		}
		return instr{op: opAnd, a: a, b: b}
	case ir.Or:
		return instr{op: opOr, a: a, b: b}
	}
	return instr{op: opXor, a: a, b: b}
}

// andEqual fuses x & (y == constant), or != instead of ==.
func (k *picker) andEqual(x, y flat.ID) (in instr, ok bool) {
	in.op = opAndEqK
	c := k.absorb(y, ir.Eq)
	if c == nil {
		in.op = opAndNeK
		c = k.absorb(y, ir.Ne)
	}
	if c == nil {
		return in, false
	}
	in.imm, ok = k.small64(c.B)
	in.a, in.b = k.op(c.A), k.op(x)
	return in, ok
}

func (k *picker) add(n *flat.Node) instr {
	if v, ok := k.small64(n.B); ok {
		return instr{op: opAddK, a: k.op(n.A), sh: uint8(64 - n.Width), imm: v}
	}
	x, y := n.A, n.B
	for range 2 {
		if in, ok := k.mulAdd(n, x, y); ok {
			return in
		}
		x, y = y, x
	}
	return instr{op: opAdd, a: k.op(n.A), b: k.op(n.B), imm: maskOf(n.Width)}
}

// mulAdd fuses n = y + x where x is a product, extended according to its sign or not extended at all.
func (k *picker) mulAdd(n *flat.Node, x, y flat.ID) (instr, bool) {
	signed := false
	if s := k.absorb(x, ir.Sext); s != nil && k.nodes[x].Op == ir.Sext {
		x, signed = s.A, true
	}
	m := k.absorb(x, ir.Mul)
	if m == nil {
		return instr{}, false
	}
	in := instr{op: opMulAdd, a: k.op(m.A), b: k.op(m.B), c: k.op(y), imm: maskOf(n.Width)}
	if m.Signed {
		in.op, in.sh, in.sh2 = opMulAddS, k.high(m.A), k.high(m.B)
	}
	// A signed product may grow by its sign only, an unsigned one by zeros only.
	same := k.nodes[x].Op == ir.Mul && m.Width == n.Width
	return in, same || signed && m.Signed && k.nodes[x].Op == ir.Mul || !signed && !m.Signed
}

func (k *picker) sub(n *flat.Node) instr {
	if v, ok := k.small64(n.B); ok {
		return instr{op: opAddK, a: k.op(n.A), sh: uint8(64 - n.Width), imm: -v}
	}
	return instr{op: opSub, a: k.op(n.A), b: k.op(n.B), imm: maskOf(n.Width)}
}

func (k *picker) mul(n *flat.Node, mask uint64) instr {
	if n.Signed {
		return instr{op: opMulS, a: k.op(n.A), b: k.op(n.B), sh: k.high(n.A), sh2: k.high(n.B), imm: mask}
	}
	return instr{op: opMul, a: k.op(n.A), b: k.op(n.B), imm: mask}
}

func (k *picker) sext(n *flat.Node) instr {
	if m := k.absorb(n.A, ir.Mul); m != nil && m.Signed && k.nodes[n.A].Op == ir.Mul {
		return k.mul(m, maskOf(n.Width))
	}
	return instr{op: opSext, a: k.op(n.A), sh: k.high(n.A), imm: maskOf(n.Width)}
}

func (k *picker) equal(n *flat.Node) instr {
	v, ok := k.small64(n.B)
	switch {
	case ok && n.Op == ir.Eq:
		if x := k.absorb(n.A, ir.Slice); x != nil && v < 1<<32 {
			return instr{op: opFieldEqK, a: k.op(x.A), sh: uint8(x.X), imm: maskOf(x.Width), c: uint32(v)}
		}
		return instr{op: opEqK, a: k.op(n.A), imm: v}
	case ok:
		return instr{op: opNeK, a: k.op(n.A), imm: v}
	case n.Op == ir.Eq:
		return instr{op: opEq, a: k.op(n.A), b: k.op(n.B)}
	}
	return instr{op: opNe, a: k.op(n.A), b: k.op(n.B)}
}

func (k *picker) compare(n *flat.Node) instr {
	a, b := k.op(n.A), k.op(n.B)
	less := n.Op == ir.Lt
	if n.Signed {
		if less {
			return instr{op: opLtS, a: a, b: b, sh: k.high(n.A)}
		}
		return instr{op: opLeS, a: a, b: b, sh: k.high(n.A)}
	}
	if v, ok := k.small64(n.B); ok {
		if less {
			return instr{op: opLtK, a: a, imm: v}
		}
		return instr{op: opLeK, a: a, imm: v}
	}
	if v, ok := k.small64(n.A); ok && (!less || v < ^uint64(0)) {
		if less {
			v++
		}
		return instr{op: opGeK, a: b, imm: v}
	}
	if less {
		return instr{op: opLt, a: a, b: b}
	}
	return instr{op: opLe, a: a, b: b}
}

func (k *picker) shift(n *flat.Node) instr {
	a, b, m := k.op(n.A), k.op(n.B), maskOf(n.Width)
	if v, ok := k.small64(n.B); ok && v < uint64(n.Width) && !n.Signed {
		if n.Op == ir.Shl {
			return instr{op: opShlK, a: a, sh: uint8(v), imm: m}
		}
		return instr{op: opSlice, a: a, sh: uint8(v), imm: m}
	}
	switch {
	case n.Op == ir.Shl:
		return instr{op: opShl, a: a, b: b, imm: m}
	case n.Signed:
		return instr{op: opShrS, a: a, b: b, sh: k.high(n.A), imm: m}
	}
	return instr{op: opShr, a: a, b: b}
}

func (k *picker) mux(n *flat.Node) instr {
	a, b, c := k.op(n.A), k.op(n.B), k.op(n.C)
	bv, bk := k.small64(n.B)
	cv, ck := k.small64(n.C)
	switch {
	case bk && ck && cv < 1<<32:
		return instr{op: opMuxKK, a: a, imm: bv, c: uint32(cv)}
	case bk:
		return instr{op: opMuxK, a: a, imm: bv, c: c}
	case ck:
		return instr{op: opMux0, a: a, b: b, imm: cv}
	}
	if x := k.absorb(n.B, ir.Add); x != nil {
		if v, ok := k.small64(x.B); ok {
			return instr{op: opMuxAddK, a: a, b: k.op(x.A), c: c, sh: uint8(64 - x.Width), imm: v}
		}
	}
	if x := k.absorb(n.A, ir.Eq); x != nil {
		if v, ok := k.small64(x.B); ok {
			return instr{op: opMuxEqK, a: k.op(x.A), imm: v, b: b, c: c}
		}
	}
	if x := k.absorb(n.A, ir.Slice); x != nil {
		return instr{op: opMuxBit, a: k.op(x.A), sh: uint8(x.X), b: b, c: c}
	}
	return instr{op: opMux, a: a, b: b, c: c}
}

// slice takes bits out of a value of any width; c is the limb it starts in.
func (k *picker) slice(n *flat.Node) instr {
	in := instr{op: opSlice, a: k.op(n.A), sh: uint8(n.X & 63), imm: maskOf(n.Width)}
	if k.nodes[k.plain(n.A)].Width > 64 {
		in.c = uint32(n.X >> 6)
		if n.X&63+n.Width > 64 {
			in.op = opSlice2
		}
	}
	return in
}

func (k *picker) cat(n *flat.Node) instr {
	parts := k.pool[n.X : n.X+n.N]
	w := func(i int) int32 { return k.nodes[parts[i]].Width }
	switch n.N {
	case 2:
		if v, ok := k.small64(parts[1]); ok {
			return instr{op: opCatK, a: k.op(parts[0]), sh: uint8(w(1)), imm: v}
		}
		if v, ok := k.small64(parts[0]); ok && v == 0 {
			return instr{op: opCopy, a: k.op(parts[1])}
		}
		return instr{op: opCat2, a: k.op(parts[0]), b: k.op(parts[1]), sh: uint8(w(1))}
	case 3:
		return instr{
			op: opCat3, a: k.op(parts[0]), b: k.op(parts[1]), c: k.op(parts[2]),
			sh: uint8(w(1) + w(2)), sh2: uint8(w(2)),
		}
	}
	return k.catN(parts, n.Width, 0)
}

// repeat multiplies by a constant with a one at the start of each copy.
func (k *picker) repeat(n *flat.Node) instr {
	w := k.nodes[n.A].Width
	var pattern uint64
	for i := range n.X {
		pattern |= 1 << uint(i*w)
	}
	return instr{op: opMulK, a: k.op(n.A), sh: uint8(64 - n.Width), imm: pattern}
}

func (k *picker) selection(n *flat.Node) instr {
	args := k.pool[n.X : n.X+n.N]
	in := instr{op: opTable, a: k.op(n.A), b: uint32(len(k.values)), c: uint32(n.N - 1)}
	for _, a := range args {
		v, ok := k.small64(a)
		if !ok {
			k.values = k.values[:in.b]
			in.op, in.b = opSelect, uint32(len(k.tables))
			for _, a := range args {
				k.tables = append(k.tables, operand{k.plain(a), 0})
			}
			break
		}
		k.values = append(k.values, v)
	}
	return in
}
