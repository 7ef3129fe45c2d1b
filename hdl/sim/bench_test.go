package sim_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

type MacIO struct {
	A    hdl.In  `hdl:"8"`
	B    hdl.In  `hdl:"8"`
	AOut hdl.Out `hdl:"8"`
	BOut hdl.Out `hdl:"8"`
	Acc  hdl.Out `hdl:"32"`
}

func Mac() *hdl.Module {
	return hdl.New("mac", nil, func(m *hdl.M, io *MacIO) {
		a, b, acc := m.Reg("a", 8), m.Reg("b", 8), m.Reg("acc", 32)
		a.Set(io.A)
		b.Set(io.B)
		acc.Set(acc.Add(a.Mul(b).Zext(32)))
		io.AOut.Set(a)
		io.BOut.Set(b)
		io.Acc.Set(acc)
	})
}

type GridIO struct {
	Sum hdl.Out `hdl:"32"`
}

// Grid is n by n cells fed by a shift register with feedback: all of it is active in every cycle.
func Grid(n int) *hdl.Module {
	return hdl.New("grid", struct{ N int }{n}, func(m *hdl.M, io *GridIO) {
		q := m.Reg("lfsr", 16, hdl.Init(0xace1))
		q.Set(hdl.Cat(q.Slice(14, 0), q.Bit(15).Xor(q.Bit(12))))
		down := make([]hdl.Sig, n)
		for i := range down {
			down[i] = q.Slice(i%9+7, i%9)
		}
		var sum hdl.Value
		cell := Mac()
		for i := range n {
			right := q.Slice(15-i%9, 8-i%9)
			for j := range n {
				u := hdl.Inst[MacIO](m, fmt.Sprintf("u_mac_%d_%d", i, j), cell)
				hdl.Connect(u.A, right)
				hdl.Connect(u.B, down[j])
				right, down[j] = u.AOut.Sig, u.BOut.Sig
				if sum == nil {
					sum = u.Acc
				} else {
					sum = u.Acc.Xor(sum)
				}
			}
		}
		io.Sum.Set(sum)
	})
}

func grid(b *testing.B, opts ...sim.Option) {
	d, err := hdl.Build(Grid(16))
	if err != nil {
		b.Fatal(err)
	}
	s, err := sim.FromDesign[GridIO](d, opts...)
	if err != nil {
		b.Fatal(err)
	}
	s.Step(10)
	b.ResetTimer()
	s.Step(b.N)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcycles/s")
}

func BenchmarkGrid(b *testing.B)    { grid(b) }
func BenchmarkGridVCD(b *testing.B) { grid(b, sim.VCD(io.Discard)) }

// BenchmarkEditToResult is all that follows an edit of a design once the test binary is linked: build, load
// and 500 cycles.
func BenchmarkEditToResult(b *testing.B) {
	for range b.N {
		d, err := hdl.Build(Grid(16))
		if err != nil {
			b.Fatal(err)
		}
		s, err := sim.FromDesign[GridIO](d)
		if err != nil {
			b.Fatal(err)
		}
		s.Step(500)
	}
}

func BenchmarkOpen(b *testing.B) {
	d, err := hdl.Build(Grid(16))
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		if _, err := sim.Open(d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Flat().Nodes)), "nodes")
}
