package verilog

import (
	"math/big"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// folded is a module in which every node that needs no text of its own stands for another or for a value:
// casts (the sign of the text is tracked apart), operations that change nothing, and comparisons whose
// outcome the width decides, of which linters complain.
type folded struct {
	m   *ir.Module
	ref []ir.NodeID // the node to print for a node
	val []*big.Int  // the value of a constant node, as an unsigned number

	slices map[sliceKey]ir.NodeID
	cats   map[ir.NodeID][]int // see partAt
}

func fold(m *ir.Module) *folded {
	f := &folded{m: m, ref: make([]ir.NodeID, len(m.Nodes)), val: make([]*big.Int, len(m.Nodes))}
	f.slices, f.cats = map[sliceKey]ir.NodeID{}, map[ir.NodeID][]int{}
	for i := range m.Nodes {
		id := ir.NodeID(i)
		f.ref[id] = id
		n := &m.Nodes[i]
		if n.Op == ir.Const {
			f.val[id] = toBig(m.Consts[n.X].Val)
			continue
		}
		if !f.named(id) {
			f.ref[id] = f.stands(id, n)
			if f.ref[id] == id {
				f.val[id] = f.value(n)
			}
		}
	}
	return f
}

// named tells whether the user named the expression id, so that it must stay a net.
func (f *folded) named(id ir.NodeID) bool {
	_, ok := f.m.Named[id]
	return ok && hasOperands(f.m.Nodes[id].Op)
}

// node is the node printed for id.
func (f *folded) node(id ir.NodeID) *ir.Node { return &f.m.Nodes[f.ref[id]] }

// konst is the value of id if it is a constant, else nil.
func (f *folded) konst(id ir.NodeID) *big.Int { return f.val[f.ref[id]] }

func (f *folded) width(id ir.NodeID) int { return int(f.m.Nodes[id].Width) }

// stands finds the operand that n merely passes on.
func (f *folded) stands(id ir.NodeID, n *ir.Node) ir.NodeID {
	same := false
	switch n.Op {
	case ir.Cast:
		same = true
	case ir.Zext, ir.Sext, ir.Slice, ir.Repeat, ir.RedAnd, ir.RedOr, ir.RedXor:
		same = f.m.Nodes[n.A].Width == n.Width
	case ir.Mux:
		if c := f.konst(n.A); c != nil {
			if c.Sign() != 0 {
				return f.ref[n.B]
			}
			return f.ref[n.C]
		}
	case ir.Cat:
		if n.N == 1 {
			return f.ref[f.m.Pool[n.X]]
		}
	case ir.Select:
		if n.N == 1 {
			return f.ref[f.m.Pool[n.X]]
		}
		if c := f.konst(n.A); c != nil {
			i := n.N - 1
			if c.IsInt64() && c.Int64() < int64(i) {
				i = int32(c.Int64())
			}
			return f.ref[f.m.Pool[n.X+i]]
		}
	}
	if same {
		return f.ref[n.A]
	}
	if n.Op == ir.Slice && !f.named(id) {
		b, lo := f.selected(n)
		if lo == 0 && f.m.Nodes[b].Width == n.Width {
			return b
		}
		key := sliceKey{b, lo, int(n.Width), n.Signed}
		if first, ok := f.slices[key]; ok {
			return first
		}
		f.slices[key] = id
	}
	return id
}

// value is the constant that n must be, or nil. Only what the printing needs is computed: selections from a
// constant, which have no syntax, and comparisons decided by the range of their operand.
func (f *folded) value(n *ir.Node) *big.Int {
	switch n.Op {
	case ir.Slice:
		if b, lo := f.selected(n); f.val[b] != nil {
			v := new(big.Int).Rsh(f.val[b], uint(lo))
			return v.And(v, ones(int(n.Width)))
		}
	case ir.Zext, ir.Sext:
		a := f.konst(n.A)
		if a == nil {
			return nil
		}
		w := f.width(n.A)
		if n.Op == ir.Sext {
			a = signedValue(a, w)
		}
		return new(big.Int).And(a, ones(int(n.Width)))
	case ir.Eq, ir.Ne:
		if f.ref[n.A] == f.ref[n.B] {
			return truth(n.Op == ir.Eq)
		}
	case ir.Lt, ir.Le:
		return f.decided(n)
	}
	return nil
}

func truth(b bool) *big.Int {
	if b {
		return big.NewInt(1)
	}
	return new(big.Int)
}

func (f *folded) decided(n *ir.Node) *big.Int {
	if f.ref[n.A] == f.ref[n.B] {
		return truth(n.Op == ir.Le)
	}
	a, b := f.konst(n.A), f.konst(n.B)
	w := f.width(n.A)
	lo, hi := new(big.Int), ones(w)
	if f.m.Nodes[n.A].Signed {
		lo, hi = new(big.Int).Lsh(big.NewInt(1), uint(w-1)), ones(w-1)
	}
	is := func(v, limit *big.Int) bool { return v != nil && v.Cmp(limit) == 0 }
	if n.Op == ir.Lt && (is(b, lo) || is(a, hi)) {
		return new(big.Int)
	}
	if n.Op == ir.Le && (is(b, hi) || is(a, lo)) {
		return big.NewInt(1)
	}
	return nil
}

// operands calls g for each node whose text the text of id holds.
func (f *folded) operands(id ir.NodeID, g func(ir.NodeID)) {
	n := &f.m.Nodes[id]
	switch {
	case f.val[id] != nil:
	case n.Op == ir.Slice:
		b, _ := f.selected(n)
		g(b)
	default:
		f.m.Args(n, func(a ir.NodeID) { g(f.ref[a]) })
	}
}

// leaf tells whether id has a name or a literal by itself.
func (f *folded) leaf(id ir.NodeID) bool {
	if f.val[id] != nil {
		return true
	}
	switch f.m.Nodes[id].Op {
	case ir.None, ir.Poison, ir.Input, ir.WireRef, ir.RegRef, ir.InstOut, ir.MemRead:
		return true
	}
	return false
}

func toBig(b ir.Bits) *big.Int {
	v := new(big.Int)
	for i := len(b) - 1; i >= 0; i-- {
		v.Lsh(v, 64)
		v.Or(v, new(big.Int).SetUint64(b[i]))
	}
	return v
}

func ones(w int) *big.Int {
	v := new(big.Int).Lsh(big.NewInt(1), uint(w))
	return v.Sub(v, big.NewInt(1))
}

// signedValue reads the w bits of v as two's complement.
func signedValue(v *big.Int, w int) *big.Int {
	if w > 0 && v.Bit(w-1) == 1 {
		return new(big.Int).Sub(v, new(big.Int).Lsh(big.NewInt(1), uint(w)))
	}
	return v
}

func bigInt(i int) *big.Int { return big.NewInt(int64(i)) }
