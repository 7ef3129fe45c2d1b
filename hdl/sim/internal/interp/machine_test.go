package interp

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

func (m *maker) set(mc *Machine, ref *reference, i int) {
	in := m.Inputs[i]
	v := m.bits(in.Width)
	ref.inputs[i] = v
	slot, _ := mc.Slot(in.Node)
	copy(mc.Values()[slot:], toLimbs(v, in.Width))
	mc.InputChanged(i)
}

// value reads any node of the machine, computed on demand where no instruction keeps it.
func value(t *testing.T, mc *Machine, id flat.ID) []uint64 {
	slot, ok := mc.Slot(id)
	if !ok {
		mc.Lazily(id)()
		slot, _ = mc.Slot(id)
	}
	require.NotZero(t, slot)
	return mc.Values()[slot : slot+ir.Limbs(mc.nl.Nodes[id].Width)]
}

// TestEqualsReference runs random netlists with random stimulus, of which most inputs hold most of the time,
// so that skipped work would show, and compares every node with the reference.
func TestEqualsReference(t *testing.T) {
	for _, width := range []int32{1, 8, 40, 70, 300} {
		for seed := range uint64(60) {
			t.Run(fmt.Sprintf("width%d/%d", width, seed), func(t *testing.T) {
				m := random(seed, 150, width)
				mc, ref := Load(m.Netlist), newReference(m.Netlist)
				nodes := len(m.Netlist.Nodes)
				for cycle := range 20 {
					for i := range m.Inputs {
						if m.rng.IntN(3) == 0 {
							m.set(mc, ref, i)
						}
					}
					ref.forget()
					require.NoError(t, mc.Settle())
					for id := 1; id < nodes; id++ {
						if m.rng.IntN(4) > 0 && cycle%5 > 0 {
							continue
						}
						n := &m.Nodes[id]
						want := toLimbs(ref.value(flat.ID(id)), n.Width)
						require.Equal(t, want, append([]uint64{}, value(t, mc, flat.ID(id))...),
							"cycle %d node %d %s width %d", cycle, id, n.Op, n.Width)
					}
					reset := m.rng.IntN(10) == 0
					failed, collided := mc.Edge(reset)
					wantFailed, wantCollided := ref.edge(reset)
					require.Equal(t, wantCollided, append([]int32(nil), collided...))
					require.Subset(t, wantFailed, failed) // a failure is repeated only when its inputs change
					if cycle == 0 {
						require.Equal(t, wantFailed, append([]int32(nil), failed...))
					}
				}
			})
		}
	}
}

// TestIdOrder: the ids of a netlist are in no particular order.
func TestIDOrder(t *testing.T) {
	m := random(5, 200, 90)
	perm := rand.New(rand.NewPCG(1, 2)).Perm(len(m.Nodes) - 1)
	to := func(id flat.ID) flat.ID {
		if id == 0 {
			return 0
		}
		return flat.ID(perm[id-1] + 1)
	}
	nodes := make([]flat.Node, len(m.Nodes))
	for i, n := range m.Nodes {
		n.A, n.B, n.C = to(n.A), to(n.B), to(n.C)
		nodes[to(flat.ID(i))] = n
	}
	m.Nodes = nodes
	for i := range m.Pool {
		m.Pool[i] = to(m.Pool[i])
	}
	for i := range m.Inputs {
		m.Inputs[i].Node = to(m.Inputs[i].Node)
	}
	for i := range m.Outputs {
		m.Outputs[i].Node = to(m.Outputs[i].Node)
	}
	for i := range m.Regs {
		m.Regs[i].Q, m.Regs[i].D = to(m.Regs[i].Q), to(m.Regs[i].D)
	}
	for i := range m.Reads {
		r := &m.Reads[i]
		r.En, r.Addr, r.Node = to(r.En), to(r.Addr), to(r.Node)
	}
	for i := range m.Mems {
		for j, w := range m.Mems[i].Writes {
			m.Mems[i].Writes[j] = flat.Write{En: to(w.En), Addr: to(w.Addr), Data: to(w.Data), Mask: to(w.Mask)}
		}
	}
	for i := range m.Asserts {
		m.Asserts[i].En, m.Asserts[i].Cond = to(m.Asserts[i].En), to(m.Asserts[i].Cond)
	}
	mc, ref := Load(m.Netlist), newReference(m.Netlist)
	for range 10 {
		for i := range m.Inputs {
			m.set(mc, ref, i)
		}
		ref.forget()
		require.NoError(t, mc.Settle())
		for id := 1; id < len(m.Nodes); id++ {
			want := toLimbs(ref.value(flat.ID(id)), m.Nodes[id].Width)
			require.Equal(t, want, append([]uint64{}, value(t, mc, flat.ID(id))...))
		}
		mc.Edge(false)
		ref.edge(false)
	}
}

// TestWordCycle: two words whose halves depend on each other crosswise are a cycle of words, not of bits.
func TestWordCycle(t *testing.T) {
	m := newMaker(nil, 8)
	in := m.input(4, false)
	// x = cat(not y[7:4], in); y = x + (x << 4): bits 3:0 of y come from in alone, bits 7:4 from x's low half too.
	x := m.node(flat.Node{Op: ir.Xor, Width: 8})
	shifted := m.node(flat.Node{Op: ir.Shl, Width: 8, A: x, B: m.k(4, 3)})
	wide := m.zext(in, 8)
	m.Nodes[x].A, m.Nodes[x].B = wide, shifted
	m.output(x)
	mc := Load(m.Netlist)
	for v := range uint64(16) {
		slot, _ := mc.Slot(in)
		mc.Values()[slot] = v
		mc.InputChanged(0)
		require.NoError(t, mc.Settle())
		require.Equal(t, v|v<<4, value(t, mc, x)[0])
		mc.Edge(false)
	}
}

// TestWideWordCycle: the same over two slots, half of it in limbs and half of it generic.
func TestWideWordCycle(t *testing.T) {
	m := newMaker(nil, 100)
	in := m.input(4, false)
	x := m.node(flat.Node{Op: ir.Xor, Width: 100})
	m.Nodes[x].B = m.node(flat.Node{Op: ir.Shl, Width: 100, A: x, B: m.k(4, 3)})
	m.Nodes[x].A = m.zext(in, 100)
	m.output(x)
	mc := Load(m.Netlist)
	slot, _ := mc.Slot(in)
	for _, v := range []uint64{0, 1, 9, 15, 4} {
		mc.Values()[slot] = v
		mc.InputChanged(0)
		require.NoError(t, mc.Settle())
		require.Equal(t, []uint64{v * 0x1111111111111111, v * 0x111111111}, value(t, mc, x))
		mc.Edge(false)
	}
}

func TestBitLoopIsAnError(t *testing.T) {
	m := newMaker(nil, 8)
	in := m.input(1, false)
	x := m.node(flat.Node{Op: ir.Xor, Width: 1})
	m.Nodes[x].A, m.Nodes[x].B = in, m.node(flat.Node{Op: ir.Not, Width: 1, A: x})
	m.output(x)
	require.ErrorContains(t, Load(m.Netlist).Settle(), "combinational loop: 2 operations do not become stable")
}

// TestSkips: a machine none of whose inputs change runs nothing.
func TestSkips(t *testing.T) {
	m := newMaker(nil, 8)
	in := m.input(8, false)
	q := m.reg(8, 0, true)
	m.Regs[0].D = m.bin(ir.And, in, q)
	mc := Load(m.Netlist)
	require.NoError(t, mc.Settle())
	mc.Edge(false)
	require.NoError(t, mc.Settle())
	require.Equal(t, []uint64{0}, mc.changed)
}

// TestEachFusion checks that the patterns that fuse instructions are taken at all; their results are
// compared in TestEqualsReference.
func TestEachOpIsPicked(t *testing.T) {
	seen := map[op]bool{}
	for seed := range uint64(400) {
		m := random(seed, 400, []int32{6, 20, 100}[seed%3])
		for _, in := range Load(m.Netlist).code {
			seen[in.op] = true
		}
	}
	var missing []int
	for o := range numOps {
		if !seen[o] {
			missing = append(missing, int(o))
		}
	}
	sort.Ints(missing)
	require.Empty(t, missing)
}
