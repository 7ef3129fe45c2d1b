package hdl_test

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

type state int

const (
	idle state = iota
	load
	run
)

func (s state) String() string { return [...]string{"idle", "load", "run"}[s] }

type ControlIO struct {
	Start hdl.In  `hdl:"1"`
	Done  hdl.In  `hdl:"1"`
	Busy  hdl.Out `hdl:"1"`
}

func Control() *hdl.Module {
	return hdl.New("control", nil, func(m *hdl.M, io *ControlIO) {
		st := hdl.NewFSM(m, "state", idle, load, run)
		st.State(idle, func() { m.If(io.Start, func() { st.Goto(load) }) })
		st.State(load, func() { st.Goto(run) })
		st.State(run, func() { m.If(io.Done, func() { st.Goto(idle) }) })
		io.Busy.Set(st.In(idle).Not())
	})
}

// A state machine over a Go enum: the states keep their names everywhere.
func ExampleNewFSM() {
	design, err := hdl.Build(Control())
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := sim.FromDesign[ControlIO](design)
	if err != nil {
		fmt.Println(err)
		return
	}
	s.Poke(s.IO.Start, 1)
	for range 3 {
		fmt.Println(s.PeekName("state"), "busy", s.Peek(s.IO.Busy))
		s.Step(1)
	}
	s.Poke(s.IO.Done, 1)
	s.Step(1)
	fmt.Println(s.PeekName("state"), "busy", s.Peek(s.IO.Busy))
	// Output:
	// idle busy 0
	// load busy 1
	// run busy 1
	// idle busy 0
}
