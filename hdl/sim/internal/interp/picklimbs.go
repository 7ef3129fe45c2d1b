package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Values wider than a slot. Where each limb of a result comes from few limbs of the operands, it has its own
// instruction, of the same ops as narrow values; the rest is left to the generic operations.

// chooseLimbs appends the instructions of node id if it is such an operation.
func (k *picker) chooseLimbs(id flat.ID) bool {
	n := &k.nodes[id]
	if n.Width <= 64 {
		return false
	}
	last := uint32(limbs(n.Width) - 1)
	mask := func(l uint32) uint64 {
		if l < last || n.Width&63 == 0 {
			return ^uint64(0)
		}
		return maskOf(n.Width & 63)
	}
	add := func(l uint32, in instr, limb [3]uint32) {
		k.picks = append(k.picks, pick{id: id, in: in, dst: l, limb: limb})
	}
	switch n.Op {
	case ir.And, ir.Or, ir.Xor:
		o := map[ir.Op]op{ir.And: opAnd, ir.Or: opOr, ir.Xor: opXor}[n.Op]
		for l := range last + 1 {
			add(l, instr{op: o, a: k.op(n.A), b: k.op(n.B)}, [3]uint32{l, l})
		}
	case ir.Not:
		for l := range last + 1 {
			add(l, instr{op: opXorK, a: k.op(n.A), imm: mask(l)}, [3]uint32{l})
		}
	case ir.Mux:
		for l := range last + 1 {
			add(l, instr{op: opMux, a: k.op(n.A), b: k.op(n.B), c: k.op(n.C)}, [3]uint32{0, l, l})
		}
	case ir.Zext: // what is above stays zero
		for l := range uint32(limbs(k.nodes[n.A].Width)) {
			add(l, instr{op: opCopy, a: k.op(n.A)}, [3]uint32{l})
		}
	case ir.Slice:
		for l := range last + 1 {
			in, from := k.limbOf(n.A, n.X+64*int32(l), mask(l))
			add(l, in, [3]uint32{from})
		}
	case ir.Repeat:
		return k.repeatLimbs(n, mask, add)
	case ir.Cat:
		for l := range last + 1 {
			add(l, k.catN(k.pool[n.X:n.X+n.N], n.Width, int32(l)), [3]uint32{})
		}
	case ir.Select:
		if k.nodes[n.A].Width > 64 {
			return false
		}
		for l := range last + 1 {
			in := instr{op: opSelect, a: k.op(n.A), b: uint32(len(k.tables)), c: uint32(n.N - 1)}
			for _, a := range k.pool[n.X : n.X+n.N] {
				k.tables = append(k.tables, operand{k.plain(a), l})
			}
			add(l, in, [3]uint32{})
		}
	default:
		return false
	}
	return true
}

// limbOf takes up to 64 bits out of the wide node a, from bit lo on.
func (k *picker) limbOf(a flat.ID, lo int32, mask uint64) (in instr, limb uint32) {
	in = instr{op: opSlice, a: k.op(a), sh: uint8(lo & 63), imm: mask}
	if lo&63 != 0 && int(lo>>6)+1 < limbs(k.nodes[k.plain(a)].Width) {
		in.op = opSlice2
	}
	return in, uint32(lo >> 6)
}

func (k *picker) repeatLimbs(n *flat.Node, mask func(uint32) uint64, add func(uint32, instr, [3]uint32)) bool {
	w := k.nodes[n.A].Width
	if w > 64 || 64%w != 0 {
		return false
	}
	var pattern uint64
	for i := int32(0); i < 64; i += w {
		pattern |= 1 << uint(i)
	}
	for l := range uint32(limbs(n.Width)) {
		m := mask(l)
		in := instr{op: opMulK, a: k.op(n.A), imm: pattern}
		if w == 1 {
			in = instr{op: opNeg, a: k.op(n.A), imm: m}
		} else if m != ^uint64(0) {
			in.sh = uint8(64 - n.Width&63)
		}
		add(l, in, [3]uint32{})
	}
	return true
}

// catN makes limb l of a concatenation. A slice that nothing else reads becomes part of it.
func (k *picker) catN(parts []flat.ID, width, l int32) instr {
	in := instr{op: opCatN, b: uint32(len(k.parts))}
	hi := width
	for _, id := range parts {
		w := k.nodes[id].Width
		hi -= w
		for i := range int32(limbs(w)) {
			at := hi + 64*i - 64*l // position of limb i of the part in limb l of the result
			size := min(w-64*i, 64)
			if at >= 64 || at+size <= 0 {
				continue
			}
			p := catOperand{operand{k.plain(id), uint32(i)}, catPart{mask: ^uint64(0), shl: uint8(max(at, 0))}}
			if v, ok := k.small64(p.id); ok && v == 0 {
				continue
			}
			if at < 0 {
				p.shr = uint8(-at)
			}
			if x := k.absorb(id, ir.Slice); x != nil && k.nodes[id].Op == ir.Slice && at >= 0 && size <= 64-at {
				p.id, p.shr, p.mask = k.plain(x.A), uint8(x.X), maskOf(x.Width)
			}
			k.parts = append(k.parts, p)
		}
	}
	in.c = uint32(len(k.parts)) - in.b
	return in
}
