package hdl_test

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// Nonzero is a payload: the order of fields is the order of bits, the first field in the low bits.
type Nonzero struct {
	Row hdl.Sig `hdl:"10"`
	Col hdl.Sig `hdl:"10"`
	Val hdl.Sig `hdl:"16,signed"`
}

type FIFOIO[T any] struct {
	In  hdl.Sink[T]   `doc:"what comes in"`
	Out hdl.Source[T] `doc:"what goes out, in order"`
}

func FIFO[T any](depth int) *hdl.Module {
	return hdl.New("fifo", struct{ Depth int }{depth}, func(m *hdl.M, io *FIFOIO[T]) {
		aw := hdl.Clog2(depth)
		mem := hdl.MemOf[T](m, "mem", depth)
		wr, rd := m.Reg("wr", aw+1), m.Reg("rd", aw+1)
		wa, ra := wr.Slice(aw-1, 0), rd.Slice(aw-1, 0)
		full := wa.Eq(ra).And(wr.Bit(aw).Ne(rd.Bit(aw)))

		io.In.Ready.Set(full.Not())
		io.Out.Valid.Set(wr.Ne(rd))
		hdl.Connect(io.Out.Data, mem.ReadAsync(ra))
		mem.Write(io.In.Fire(), wa, io.In.Data)
		m.If(io.In.Fire(), func() { wr.Set(wr.Add(hdl.K(1))) })
		m.If(io.Out.Fire(), func() { rd.Set(rd.Add(hdl.K(1))) })
		m.Assert("never_overfull", wr.Sub(rd).Le(hdl.K(depth)))
	})
}

// A queue of any payload between two valid/ready streams: two values go in, then come out in order.
func ExampleMemOf() {
	design, err := hdl.Build(FIFO[Nonzero](16))
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := sim.FromDesign[FIFOIO[Nonzero]](design)
	if err != nil {
		fmt.Println(err)
		return
	}
	in, out := s.IO.In, s.IO.Out
	s.Poke(in.Valid, 1)
	for _, val := range []int{-7, 12} {
		s.Poke(in.Data.Row, 3)
		s.Poke(in.Data.Val, val)
		s.Step(1)
	}
	s.Poke(in.Valid, 0)
	s.Poke(out.Ready, 1)
	for s.Peek(out.Valid) == 1 {
		fmt.Println("row", s.Peek(out.Data.Row), "value", s.PeekInt(out.Data.Val))
		s.Step(1)
	}
	// Output:
	// row 3 value -7
	// row 3 value 12
}
