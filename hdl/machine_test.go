package hdl_test

import (
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A machine evaluates a flat netlist of values up to 64 bits in the most direct way: each value when it is asked for. It
// shares nothing with hdl/sim, so that these tests judge the lowering alone.
type machine struct {
	t    *testing.T
	nl   *flat.Netlist
	in   []uint64
	regs []uint64
	mems [][]uint64
	outs []uint64 // of synchronous reads
	memo map[flat.ID]uint64
}

func start(t *testing.T, m *hdl.Module) *machine {
	t.Helper()
	d, err := hdl.Build(m)
	require.NoError(t, err)
	nl := d.Flat()
	x := &machine{t: t, nl: nl, in: make([]uint64, len(nl.Inputs)), outs: make([]uint64, len(nl.Reads)), memo: map[flat.ID]uint64{}}
	for _, r := range nl.Regs {
		x.regs = append(x.regs, r.Init.Uint64())
	}
	for _, mem := range nl.Mems {
		words := make([]uint64, mem.Depth)
		for i := range mem.Init {
			words[i] = mem.Init[i].Uint64()
		}
		x.mems = append(x.mems, words)
	}
	return x
}

// set gives an input its value.
func (x *machine) set(name string, v uint64) {
	x.t.Helper()
	for i, p := range x.nl.Inputs {
		if p.Name == name {
			x.in[i] = v & mask(p.Width)
			clear(x.memo)
			return
		}
	}
	require.Fail(x.t, "no input "+name)
}

// get is the value of an output or of a signal by its path.
func (x *machine) get(name string) uint64 {
	x.t.Helper()
	for _, p := range x.nl.Outputs {
		if p.Name == name {
			return x.eval(p.Node)
		}
	}
	for _, s := range x.nl.Signals {
		path := s.Name
		if p := x.nl.Scopes[s.Scope].Path; p != "" {
			path = p + "." + s.Name
		}
		if path == name {
			return x.eval(s.Node)
		}
	}
	require.Fail(x.t, "no signal "+name)
	return 0
}

// step is one clock edge.
func (x *machine) step() {
	nl := x.nl
	regs := make([]uint64, len(nl.Regs))
	for i, r := range nl.Regs {
		regs[i] = x.eval(r.D)
	}
	outs := make([]uint64, len(nl.Reads))
	for i, r := range nl.Reads {
		if outs[i] = x.outs[i]; r.Sync && x.eval(r.En) == 1 {
			outs[i] = x.word(r)
		}
	}
	type write struct {
		mem        int
		addr, word uint64
	}
	var writes []write
	for m, mem := range nl.Mems {
		for _, w := range mem.Writes {
			if x.eval(w.En) == 1 && x.eval(w.Addr) < uint64(mem.Depth) {
				keep := uint64(0)
				if w.Mask != 0 {
					n := nl.Nodes[w.Mask].Width
					for i := range n {
						if x.eval(w.Mask)>>i&1 == 0 {
							keep |= mask(mem.Width/n) << (i * mem.Width / n)
						}
					}
				}
				writes = append(writes, write{m, x.eval(w.Addr), x.mems[m][x.eval(w.Addr)]&keep | x.eval(w.Data)&^keep})
			}
		}
	}
	for _, w := range writes {
		x.mems[w.mem][w.addr] = w.word
	}
	x.regs, x.outs = regs, outs
	clear(x.memo)
}

func (x *machine) word(r flat.Read) uint64 {
	if a := x.eval(r.Addr); a < uint64(len(x.mems[r.Mem])) {
		return x.mems[r.Mem][a]
	}
	return 0
}

func (x *machine) eval(id flat.ID) uint64 {
	v, ok := x.memo[id]
	if !ok {
		n := &x.nl.Nodes[id]
		if n.Width < 1 || n.Width > 64 {
			x.t.Fatalf("node %d, %v, has %d bits", id, n.Op, n.Width)
		}
		v = x.compute(n) & mask(n.Width)
		x.memo[id] = v
	}
	return v
}

func (x *machine) compute(n *flat.Node) uint64 {
	nl := x.nl
	a := func() uint64 { return x.eval(n.A) }
	b := func() uint64 { return x.eval(n.B) }
	aw := func() int32 { return nl.Nodes[n.A].Width }
	signed := func(id flat.ID) int64 { // by the operand's own sign
		if nl.Nodes[id].Signed {
			return extend(x.eval(id), nl.Nodes[id].Width)
		}
		return int64(x.eval(id))
	}
	less := func() bool {
		if nl.Nodes[n.A].Signed {
			return signed(n.A) < signed(n.B)
		}
		return a() < b()
	}
	switch n.Op {
	case ir.Const:
		return nl.Consts[n.X].Val.Uint64()
	case ir.Input:
		return x.in[n.X]
	case ir.RegRef:
		return x.regs[n.X]
	case ir.MemRead:
		if r := nl.Reads[n.X]; !r.Sync {
			return x.word(r)
		}
		return x.outs[n.X]
	case ir.Not:
		return ^a()
	case ir.Neg:
		return -a()
	case ir.And:
		return a() & b()
	case ir.Or:
		return a() | b()
	case ir.Xor:
		return a() ^ b()
	case ir.Add:
		return a() + b()
	case ir.Sub:
		return a() - b()
	case ir.Mul:
		return uint64(signed(n.A) * signed(n.B))
	case ir.Eq:
		return bit(a() == b())
	case ir.Ne:
		return bit(a() != b())
	case ir.Lt:
		return bit(less())
	case ir.Le:
		return bit(less() || a() == b())
	case ir.Shl:
		return a() << b() // Go gives 0 past the width, as hardware does
	case ir.Shr:
		if nl.Nodes[n.A].Signed {
			return uint64(signed(n.A) >> b())
		}
		return a() >> b()
	case ir.Mux:
		if a() == 1 {
			return b()
		}
		return x.eval(n.C)
	case ir.Cat:
		v := uint64(0)
		for _, p := range nl.Pool[n.X : n.X+n.N] {
			v = v<<nl.Nodes[p].Width | x.eval(p)
		}
		return v
	case ir.Slice:
		return a() >> n.X
	case ir.Zext, ir.Cast:
		return a()
	case ir.Sext:
		return uint64(extend(a(), aw()))
	case ir.Repeat:
		v := uint64(0)
		for range n.X {
			v = v<<aw() | a()
		}
		return v
	case ir.RedAnd:
		return bit(a() == mask(aw()))
	case ir.RedOr:
		return bit(a() != 0)
	case ir.RedXor:
		return uint64(bits.OnesCount64(a()) & 1)
	case ir.Select:
		return x.eval(nl.Pool[n.X+int32(min(a(), uint64(n.N-1)))])
	}
	require.Failf(x.t, "cannot compute", "%v", n.Op)
	return 0
}

func mask(w int32) uint64 { return ^uint64(0) >> (64 - w) }

func extend(v uint64, w int32) int64 { return int64(v<<(64-w)) >> (64 - w) }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
