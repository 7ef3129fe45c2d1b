package dma

import (
	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// The clients of the memory port, in order of priority.
const (
	drainClient = 0
	loadClient  = 1
	instrClient = 2
)

// Owner remembers whose read is under way.
type Owner struct {
	Client hdl.Sig `hdl:"2" doc:"client of the read"`
}

// PortIO is the interface of the memory port.
type PortIO struct {
	Drain hdl.Sink[bus.Request] `doc:"writes and partial sums of the output stage"`
	Load  hdl.Sink[Read]        `doc:"reads of the loader"`
	Instr hdl.Sink[Read]        `doc:"reads of the controller"`

	DrainRsp hdl.Out `hdl:"1" doc:"rsp_data belongs to the output stage"`
	LoadRsp  hdl.Out `hdl:"1" doc:"rsp_data belongs to the loader"`
	InstrRsp hdl.Out `hdl:"1" doc:"rsp_data belongs to the controller"`

	Req      hdl.Source[bus.Request] `doc:"requests to memory"`
	RspValid hdl.In                  `hdl:"1" doc:"a read answers, in order"`
	Quiet    hdl.Out                 `hdl:"1" doc:"no read is under way and no request waits"`
	Start    hdl.In                  `hdl:"1" doc:"a run starts: counters to zero"`
	Beats    hdl.Out                 `hdl:"32" doc:"requests moved since the start"`
	Written  hdl.Out                 `hdl:"32" doc:"of these, writes"`
}

// readsUnderWay bounds the reads that wait for their answer.
const readsUnderWay = 32

// Port makes the memory port: one request a cycle, the output stage first, then loads, then instructions. Answers come
// in order and are never refused, so each client asks only for what it has room for.
func Port(p Params) *hdl.Module {
	return hdl.New("memory_port", p, func(m *hdl.M, io *PortIO) {
		m.Doc("Memory port: arbitrates requests by fixed priority and returns answers to whoever asked.")
		owners := hdl.Inst[stream.FIFOIO[Owner]](m, "u_owners", stream.FIFO[Owner]("fifo_owner", stream.FIFOParams{Depth: readsUnderWay}))
		room := owners.In.Ready
		// Writes need no owner; reads do.
		drainOK := io.Drain.Valid.And(io.Drain.Data.Write.Or(room)).Named("drain_ok")
		loadOK := io.Load.Valid.And(room).And(drainOK.Not()).Named("load_ok")
		instrOK := io.Instr.Valid.And(room).And(drainOK.Not()).And(io.Load.Valid.Not()).Named("instr_ok")
		reads := loadOK.Or(instrOK).Named("reads")

		// A register keeps the request stable while memory makes it wait, whatever comes with more priority.
		out := hdl.Inst[stream.RegisterIO[bus.Request]](m, "u_request", stream.Register[bus.Request]("request_register", stream.RegisterParams{Of: p}))
		hdl.Connect(io.Req, out.Out)
		hdl.Connect(out.In.Valid, drainOK.Or(reads))
		addr := hdl.Mux(drainOK, io.Drain.Data.Addr, hdl.Mux(loadOK, io.Load.Data.Addr, io.Instr.Data.Addr))
		write := drainOK.And(io.Drain.Data.Write).Named("write")
		hdl.Connect(out.In.Data, bus.Request{Write: write, Addr: addr, Data: io.Drain.Data.Data, Mask: io.Drain.Data.Mask})
		io.Drain.Ready.Set(out.In.Ready.And(io.Drain.Data.Write.Or(room)))
		io.Load.Ready.Set(out.In.Ready.And(loadOK))
		io.Instr.Ready.Set(out.In.Ready.And(instrOK))

		moved := out.In.Fire().Named("moved")
		hdl.Connect(owners.In.Valid, moved.And(write.Not()))
		hdl.Connect(owners.In.Data, Owner{hdl.Mux(drainOK, hdl.K(drainClient), hdl.Mux(loadOK, m.Lit(2, loadClient), m.Lit(2, instrClient)))})
		hdl.Connect(owners.Out.Ready, io.RspValid)
		owner := owners.Out.Data.Client
		io.DrainRsp.Set(io.RspValid.And(owner.Eq(hdl.K(drainClient))))
		io.LoadRsp.Set(io.RspValid.And(owner.Eq(hdl.K(loadClient))))
		io.InstrRsp.Set(io.RspValid.And(owner.Eq(hdl.K(instrClient))))
		io.Quiet.Set(owners.Out.Valid.Not().And(out.Empty))
		m.Assert("answer_was_asked", io.RspValid.Not().Or(owners.Out.Valid))

		beats, written := m.Reg("beats", 32), m.Reg("written", 32)
		m.If(io.Start, func() {
			beats.Set(hdl.K(0))
			written.Set(hdl.K(0))
		}).Else(func() {
			m.If(moved, func() { beats.Set(beats.Add(hdl.K(1))) })
			m.If(moved.And(write), func() { written.Set(written.Add(hdl.K(1))) })
		})
		io.Beats.Set(beats)
		io.Written.Set(written)
	})
}
