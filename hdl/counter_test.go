package hdl_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/stretchr/testify/require"
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

type PairIO struct {
	In  hdl.Sink[Nonzero]
	Out hdl.Source[Nonzero]
}

func TestBuildsTheStyleExamples(t *testing.T) {
	for _, m := range []*hdl.Module{
		Counter(CounterParams{4, 10}), FIFO[Nonzero](16), Control(),
		hdl.New("two_fifos", nil, func(m *hdl.M, io *PairIO) {
			a := hdl.Inst[FIFOIO[Nonzero]](m, "u_first", FIFO[Nonzero](4))
			b := hdl.Inst[FIFOIO[Nonzero]](m, "u_second", FIFO[Nonzero](4))
			hdl.Connect(a.In, io.In)
			hdl.Connect(b.In, a.Out)
			hdl.Connect(io.Out, b.Out)
		}),
	} {
		d, err := hdl.Build(m)
		require.NoError(t, err)
		require.Empty(t, d.Warnings())
		require.NotEmpty(t, d.Flat().Outputs)
	}
}
