package sim_test

import "github.com/sparsegen/sparsegen/hdl"

// The designs the tests of this package run.

type CounterParams struct{ Width, Limit int }

type CounterIO struct {
	En  hdl.In  `hdl:"1"     doc:"advance by one"`
	Q   hdl.Out `hdl:"Width" doc:"current count"`
	Ovf hdl.Out `hdl:"1"     doc:"pulses on the last count"`
}

func Counter(p CounterParams) *hdl.Module {
	return hdl.New("counter", p, func(m *hdl.M, io *CounterIO) {
		q := m.Reg("count", p.Width, hdl.Init(0))
		last := q.Eq(hdl.K(p.Limit - 1))
		m.If(io.En, func() { q.Set(hdl.Mux(last, hdl.K(0), q.Add(hdl.K(1)))) })
		io.Q.Set(q)
		io.Ovf.Set(io.En.And(last))
	})
}

type Nonzero struct {
	Pos hdl.Sig `hdl:"8"`
	Val hdl.Sig `hdl:"8,signed"`
}

type FIFOIO struct {
	In  hdl.Sink[Nonzero]
	Out hdl.Source[Nonzero]
}

// FIFO with limit below depth has a wrong assertion, and with leaky set it withdraws valid.
func FIFO(depth, limit int, leaky bool) *hdl.Module {
	return hdl.New("fifo", struct{ Depth int }{depth}, func(m *hdl.M, io *FIFOIO) {
		aw := hdl.Clog2(depth)
		mem := hdl.MemOf[Nonzero](m, "mem", depth)
		wr, rd := m.Reg("wr", aw+1), m.Reg("rd", aw+1)
		wa, ra := wr.Slice(aw-1, 0), rd.Slice(aw-1, 0)
		full := wa.Eq(ra).And(wr.Bit(aw).Ne(rd.Bit(aw)))
		io.In.Ready.Set(full.Not())
		if leaky {
			tick := m.Reg("tick", 2)
			tick.Set(tick.Add(hdl.K(1)))
			io.Out.Valid.Set(wr.Ne(rd).And(tick.Ne(hdl.K(3))))
		} else {
			io.Out.Valid.Set(wr.Ne(rd))
		}
		hdl.Connect(io.Out.Data, mem.ReadAsync(ra))
		mem.Write(io.In.Fire(), wa, io.In.Data)
		m.If(io.In.Fire(), func() { wr.Set(wr.Add(hdl.K(1))) })
		m.If(io.Out.Fire(), func() { rd.Set(rd.Add(hdl.K(1))) })
		m.Assert("never_overfull", wr.Sub(rd).Le(hdl.K(limit)))
	})
}

func TwoFIFOs() *hdl.Module {
	return hdl.New("two_fifos", nil, func(m *hdl.M, io *FIFOIO) {
		a := hdl.Inst[FIFOIO](m, "u_first", FIFO(4, 4, false))
		b := hdl.Inst[FIFOIO](m, "u_second", FIFO(4, 4, false))
		hdl.Connect(a.In, io.In)
		hdl.Connect(b.In, a.Out)
		hdl.Connect(io.Out, b.Out)
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

type BufferIO struct {
	WEn   hdl.In  `hdl:"1"`
	WAddr hdl.In  `hdl:"3"`
	WData hdl.In  `hdl:"100"`
	REn   hdl.In  `hdl:"1"`
	RAddr hdl.In  `hdl:"3"`
	RData hdl.Out `hdl:"100"`
	Sum   hdl.Out `hdl:"100,signed"`
}

func Buffer() *hdl.Module {
	return hdl.New("buffer", nil, func(m *hdl.M, io *BufferIO) {
		mem := m.Mem("mem", 8, 100)
		mem.Write(io.WEn, io.WAddr, io.WData)
		r := mem.ReadSync("rdata_q", io.REn, io.RAddr, hdl.Forbidden)
		io.RData.Set(r)
		io.Sum.Set(r.AsSigned().Add(hdl.K(-1)))
	})
}
