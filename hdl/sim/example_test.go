package sim_test

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

func Example() {
	d, err := hdl.Build(Counter(CounterParams{Width: 4, Limit: 3}))
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := sim.FromDesign[CounterIO](d)
	if err != nil {
		fmt.Println(err)
		return
	}
	s.Step(1)
	s.Poke(s.IO.En, 1)
	s.Step(5)
	fmt.Print(s.Wave())
	// Output:
	// cycle  0  1  2  3  4  5
	// en_i  ___/~~~~~~~~~~~~~~
	// q_o   |0    |1 |2 |0 |1
	// ovf_o _________/~~\_____
}

func ExampleSend() {
	d, _ := hdl.Build(TwoFIFOs())
	s, _ := sim.FromDesign[FIFOIO](d)
	sim.Send(s, s.IO.In, sim.Item{1, -5}, sim.Item{2, 7}).With(sim.Stall(1, 0.3))
	out := sim.Collect(s, s.IO.Out, 2)
	err := s.StepUntilDone(100, out)
	fmt.Println(out.Items(), err)
	// Output: [[1 -5] [2 7]] <nil>
}
