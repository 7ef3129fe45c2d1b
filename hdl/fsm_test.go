package hdl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// TestStateMachines: the first state listed is the reset state, members stand by value, the arms of one machine make one
// Switch.
func TestStateMachines(t *testing.T) {
	m := hdl.New("fsm", nil, func(m *hdl.M, io *ControlIO) {
		st := hdl.NewFSM(m, "state", load, run, idle) // resets to load
		st.State(idle, func() { m.If(io.Start, func() { st.Goto(load) }) })
		st.State(load, func() { st.Goto(run) })
		st.State(run, func() { m.If(io.Done, func() { st.Goto(idle) }) })
		m.Assert("known", st.Sig().Le(hdl.K(2)))
		st.State(run, func() { m.If(io.Start, func() { st.Goto(load) }) }) // an assertion is no statement, so this follows the first
		io.Busy.Set(st.In(idle).Not())
	})
	_, err := hdl.Build(m)
	require.ErrorContains(t, err, "state run is described twice")

	x := start(t, hdl.New("fsm", nil, func(m *hdl.M, io *ControlIO) {
		st := hdl.NewFSM(m, "state", load, run, idle)
		st.State(idle, func() { m.If(io.Start, func() { st.Goto(load) }) })
		st.State(load, func() { st.Goto(run) })
		busy := m.Reg("busy", 1)
		busy.Set(hdl.K(0)) // a statement between: the next arms make a Switch of their own, later
		st.State(run, func() { m.If(io.Done, func() { st.Goto(idle) }); busy.Set(hdl.K(1)) })
		io.Busy.Set(busy)
	}))
	top := x.nl.Top
	require.Equal(t, []string{"idle", "load", "run"}, top.Regs[0].Enum.Members)
	require.Equal(t, []uint64{0, 1, 2}, top.Regs[0].Enum.Values)
	var kinds []ir.StmtKind
	arms := 0
	for _, s := range top.Body {
		kinds = append(kinds, s.Kind)
		arms += len(s.Arms)
	}
	require.Equal(t, []ir.StmtKind{ir.Switch, ir.Assign, ir.Switch, ir.Assign}, kinds)
	require.Equal(t, 3, arms)

	var states []uint64
	for i := range 6 {
		states = append(states, x.get("state"))
		x.set("done", bit(i == 2))
		x.set("start", bit(i == 4))
		x.step()
	}
	require.Equal(t, []uint64{1, 2, 2, 0, 0, 1}, states)
}
