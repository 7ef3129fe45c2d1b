package interp

import (
	"math/bits"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A generic is an operation of any width with its operands bound to their places. It executes what the
// bytecode has no instruction for, folds constants at load, and evaluates signals nothing else needs.
type generic struct {
	op      ir.Op
	signed  bool  // signed operands, of Mul, Lt, Le and Shr
	width   int32 // of the result
	aw, bw  int32 // widths of a and b
	x       int32
	dst     []uint64
	a, b, c []uint64
	parts   [][]uint64 // Cat: high part first; Select: the values
	partW   []int32
	mem     *memory // MemRead
}

// scratch holds intermediate results; its buffers are as wide as the widest value.
type scratch struct{ r, x, y []uint64 }

func newScratch(n int) scratch {
	return scratch{make([]uint64, n), make([]uint64, n), make([]uint64, n)}
}

// run executes g and reports whether its result differs from before.
func (g *generic) run(t *scratch) bool {
	r := t.r[:len(g.dst)]
	g.eval(r, t)
	trim(r, g.width)
	changed := false
	for i, v := range r {
		if g.dst[i] != v {
			g.dst[i] = v
			changed = true
		}
	}
	return changed
}

func (g *generic) eval(r []uint64, t *scratch) {
	a, b := g.a, g.b
	switch g.op {
	case ir.Not:
		for i := range r {
			r[i] = ^a[i]
		}
	case ir.Neg:
		clear(r)
		subLimbs(r, r, a)
	case ir.And:
		for i := range r {
			r[i] = a[i] & b[i]
		}
	case ir.Or:
		for i := range r {
			r[i] = a[i] | b[i]
		}
	case ir.Xor:
		for i := range r {
			r[i] = a[i] ^ b[i]
		}
	case ir.Add:
		addLimbs(r, a, b)
	case ir.Sub:
		subLimbs(r, a, b)
	case ir.Mul:
		x, y := t.x[:len(r)], t.y[:len(r)]
		extend(x, a, g.aw, g.signed)
		extend(y, b, g.bw, g.signed)
		mulLimbs(r, x, y)
	case ir.Shl:
		clear(r)
		if n := amount(b, g.width); n < g.width {
			insert(r, a, n)
		}
	case ir.Shr:
		g.shiftRight(r, t)
	case ir.Mux:
		if a[0] != 0 {
			copy(r, b)
		} else {
			copy(r, g.c)
		}
	case ir.Cat:
		clear(r)
		lo := int32(0)
		for i := len(g.parts) - 1; i >= 0; i-- {
			insert(r, g.parts[i], lo)
			lo += g.partW[i]
		}
	case ir.Slice:
		extract(r, a, g.x)
	case ir.Zext:
		extend(r, a, g.aw, false)
	case ir.Sext:
		extend(r, a, g.aw, true)
	case ir.Repeat:
		clear(r)
		for i := range g.x {
			insert(r, a, i*g.aw)
		}
	case ir.Cast:
		copy(r, a)
	case ir.Select:
		copy(r, g.parts[amount(a, int32(len(g.parts)-1))])
	case ir.MemRead:
		clear(r)
		if w := g.mem.word(a); w != nil {
			copy(r, w)
		}
	default:
		r[0] = 0
		if g.truth() {
			r[0] = 1
		}
	}
}

// truth evaluates the operations with a result of one bit.
func (g *generic) truth() bool {
	a, b := g.a, g.b
	switch g.op {
	case ir.Eq, ir.Ne:
		for i, v := range a {
			if v != b[i] {
				return g.op == ir.Ne
			}
		}
		return g.op == ir.Eq
	case ir.Lt:
		return less(a, b, g.aw, g.signed)
	case ir.Le:
		return !less(b, a, g.aw, g.signed)
	case ir.RedOr:
		return !isZero(a)
	case ir.RedAnd:
		n := 0
		for _, v := range a {
			n += bits.OnesCount64(v)
		}
		return n == int(g.aw)
	case ir.RedXor:
		n := 0
		for _, v := range a {
			n += bits.OnesCount64(v)
		}
		return n&1 != 0
	}
	panic("interp: no evaluation for op " + g.op.String())
}

func (g *generic) shiftRight(r []uint64, t *scratch) {
	n := amount(g.b, g.width)
	if !g.signed || !bitOf(g.a, g.width-1) {
		extract(r, g.a, n)
		return
	}
	// The ones that come in from above are those of ^(^a >> n).
	x := t.x[:len(r)]
	for i := range x {
		x[i] = ^g.a[i]
	}
	trim(x, g.width)
	extract(r, x, n)
	for i := range r {
		r[i] = ^r[i]
	}
}
