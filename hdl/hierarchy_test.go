package hdl_test

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// chainIO passes a stream through a row of stages.
type chainIO struct {
	In  hdl.Sink[word]
	Out hdl.Source[word]
}

// chain is n instances in a row; stage makes the module of each.
func chain(n int, stage func(i int) *hdl.Module) *hdl.Module {
	return hdl.New("chain", nil, func(m *hdl.M, io *chainIO) {
		last := hdl.Source[word]{}
		for i := range n {
			u := hdl.Inst[FIFOIO[word]](m, fmt.Sprintf("u_stage%d", i), stage(i))
			if i == 0 {
				hdl.Connect(u.In, io.In)
			} else {
				hdl.Connect(u.In, last)
			}
			last = u.Out
		}
		hdl.Connect(io.Out, last)
	})
}

func design(t *testing.T, m *hdl.Module) *hdl.Design {
	t.Helper()
	d, err := hdl.Build(m)
	require.NoError(t, err)
	return d
}

func emitNames(d *hdl.Design) (names []string) {
	for _, m := range d.IR().Modules {
		names = append(names, m.EmitName)
	}
	return names
}

// TestEqualModulesAreOne: by contents, whether made once or many times; names come from the parameters that differ.
func TestEqualModulesAreOne(t *testing.T) {
	once := FIFO[word](4)
	tests := map[string]struct {
		top  *hdl.Module
		want []string
	}{
		"one module, 64 instances":    {chain(64, func(int) *hdl.Module { return once }), []string{"fifo", "chain"}},
		"made 64 times, all equal":    {chain(64, func(int) *hdl.Module { return FIFO[word](4) }), []string{"fifo", "chain"}},
		"parameters differ":           {chain(4, func(i int) *hdl.Module { return FIFO[word](4 << (i % 2)) }), []string{"fifo_depth4", "fifo_depth8", "chain"}},
		"equal over equal children":   {nested(false), []string{"counter", "pair", "quad"}},
		"unequal over their children": {nested(true), []string{"counter_limit10", "pair", "counter_limit12", "pair_2", "quad"}},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			d := design(t, c.top)
			require.Equal(t, c.want, emitNames(d))
			seen := map[*ir.Module]bool{}
			for _, m := range d.IR().Modules { // children first, and instances of these alone
				for _, in := range m.Insts {
					require.True(t, seen[in.Module])
				}
				seen[m] = true
			}
			require.Same(t, d.IR().Top, d.IR().Modules[len(d.IR().Modules)-1])
		})
	}
}

// nested is two pairs of counters, which differ or not in a parameter of the counters only.
func nested(differ bool) *hdl.Module {
	pair := func(limit int) *hdl.Module {
		return hdl.New("pair", CounterParams{Width: 4}, func(m *hdl.M, io *CounterIO) {
			a := hdl.Inst[CounterIO](m, "u_a", Counter(CounterParams{4, limit}))
			b := hdl.Inst[CounterIO](m, "u_b", Counter(CounterParams{4, limit}))
			hdl.Connect(a.En, io.En)
			hdl.Connect(b.En, a.Ovf)
			io.Q.Set(b.Q)
			io.Ovf.Set(b.Ovf)
		})
	}
	return hdl.New("quad", CounterParams{Width: 4}, func(m *hdl.M, io *CounterIO) {
		a := hdl.Inst[CounterIO](m, "u_a", pair(10))
		second := 10
		if differ {
			second = 12
		}
		b := hdl.Inst[CounterIO](m, "u_b", pair(second))
		hdl.Connect(a.En, io.En)
		hdl.Connect(b.En, a.Ovf)
		io.Q.Set(b.Q)
		io.Ovf.Set(b.Ovf)
	})
}

// TestHierarchyBehaves counts through two levels: 10 * 10 * 12 * 12 steps to the overflow of the last.
func TestHierarchyBehaves(t *testing.T) {
	x := start(t, nested(true))
	x.set("en", 1)
	for range 1199 {
		x.step()
	}
	require.Equal(t, uint64(0), x.get("q"))
	require.Equal(t, []uint64{9, 9, 11}, []uint64{x.get("u_a.u_a.q"), x.get("u_a.u_b.q"), x.get("u_b.u_a.q")})
	x.step()
	require.Equal(t, uint64(1), x.get("q"))
}

// TestBuildIsDeterministic: the same description gives the same two forms, byte for byte, locations included.
func TestBuildIsDeterministic(t *testing.T) {
	var first *hdl.Design
	for range 4 {
		again := design(t, chain(5, func(i int) *hdl.Module { return FIFO[word](2 << (i % 3)) }))
		if first == nil {
			first = again
		}
		require.True(t, reflect.DeepEqual(first.IR(), again.IR()), "hierarchical form")
		require.True(t, reflect.DeepEqual(first.Flat(), again.Flat()), "flat form")
	}
}

// TestAModuleInTwoDesigns: a build leaves its modules as they were, so that each may stand alone, be built again and be
// part of others, also at the same time.
func TestAModuleInTwoDesigns(t *testing.T) {
	small, large := FIFO[word](4), FIFO[word](8)
	alone := design(t, small)
	require.Equal(t, []string{"fifo"}, emitNames(alone))

	var group sync.WaitGroup
	names := make([][]string, 8)
	for i := range names {
		group.Go(func() {
			d, err := hdl.Build(chain(4, func(i int) *hdl.Module { return []*hdl.Module{small, large}[i%2] }))
			if err == nil {
				names[i] = emitNames(d)
			}
		})
	}
	group.Wait()
	for _, n := range names {
		require.Equal(t, []string{"fifo_depth4", "fifo_depth8", "chain"}, n)
	}
	require.Equal(t, []string{"fifo"}, emitNames(alone), "the design built first is as it was")

	again := design(t, small)
	require.Same(t, alone, again)
	top, node := hdl.NodeOf(again.IO().(*FIFOIO[word]).In.Valid)
	require.Same(t, again.IR().Top, top, "handles stand for nodes of the design")
	require.Equal(t, "in_valid", again.IR().Top.Ports[again.IR().Top.Nodes[node].X].Name)
}

// TestWorkIsLinear counts allocations, which do not depend on the machine: twice the instances, at most 2.3 times the work.
func TestWorkIsLinear(t *testing.T) {
	tests := map[string]func(n int){
		"equal instances":        func(n int) { design(t, chain(n, func(int) *hdl.Module { return FIFO[word](4) })) },
		"one module":             func(n int) { m := FIFO[word](4); design(t, chain(n, func(int) *hdl.Module { return m })) },
		"different modules":      func(n int) { design(t, chain(n, func(i int) *hdl.Module { return FIFO[word](i + 2) })) },
		"statements":             func(n int) { design(t, ladder(n)) },
		"a chain of plain wires": func(n int) { design(t, wires(n)) },
	}
	for name, work := range tests {
		t.Run(name, func(t *testing.T) {
			const n = 64
			work(2 * n) // caches of the process
			one := testing.AllocsPerRun(1, func() { work(n) })
			two := testing.AllocsPerRun(1, func() { work(2 * n) })
			require.Less(t, two/one, 2.3, "%.0f allocations, then %.0f", one, two)
		})
	}
}

// ladder has n registers under n conditions each on its own.
func ladder(n int) *hdl.Module {
	return ex(func(m *hdl.M, io *pins) {
		for i := range n {
			q := m.Reg(fmt.Sprintf("q%d", i), 8)
			m.If(io.A8.Eq(hdl.K(i)), func() { q.Set(io.B8) }).ElseIf(io.En, func() { q.Set(q.Add(hdl.K(1))) })
		}
	})
}

// wires is n wires in a row, last to first.
func wires(n int) *hdl.Module {
	return ex(func(m *hdl.M, io *pins) {
		ws := make([]hdl.Wire, n)
		for i := range ws {
			ws[i] = m.Wire(fmt.Sprintf("w%d", i), 8)
		}
		for i := range n - 1 {
			ws[i].Set(ws[i+1])
		}
		ws[n-1].Set(io.A8)
	})
}
