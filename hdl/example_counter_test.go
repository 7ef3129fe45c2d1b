package hdl_test

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

type CounterParams struct{ Width, Limit int }

type CounterIO struct {
	En  hdl.In  `hdl:"1"     doc:"advance by one"`
	Q   hdl.Out `hdl:"Width" doc:"current count"`
	Ovf hdl.Out `hdl:"1"     doc:"pulses on the last count"`
}

func Counter(p CounterParams) *hdl.Module {
	return hdl.New("counter", p, func(m *hdl.M, io *CounterIO) {
		q := m.Reg("q", p.Width, hdl.Init(0))
		last := q.Eq(hdl.K(p.Limit - 1))
		m.If(io.En, func() { q.Set(hdl.Mux(last, hdl.K(0), q.Add(hdl.K(1)))) })
		io.Q.Set(q)
		io.Ovf.Set(io.En.And(last))
	})
}

// A counter with a parameter struct, a port struct and one register, built and run for 23 cycles.
func ExampleNew() {
	design, err := hdl.Build(Counter(CounterParams{Width: 4, Limit: 10}))
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := sim.FromDesign[CounterIO](design)
	if err != nil {
		fmt.Println(err)
		return
	}
	s.Poke(s.IO.En, 1)
	s.Step(9)
	fmt.Println("after 9 cycles: q", s.Peek(s.IO.Q), "ovf", s.Peek(s.IO.Ovf))
	s.Step(14)
	fmt.Println("after 23 cycles: q", s.Peek(s.IO.Q), "ovf", s.Peek(s.IO.Ovf))
	// Output:
	// after 9 cycles: q 9 ovf 1
	// after 23 cycles: q 3 ovf 0
}
