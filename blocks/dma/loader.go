package dma

import (
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// Load is one block to bring from memory.
type Load struct {
	Addr  hdl.Sig `hdl:"32"       doc:"beat address"`
	Local hdl.Sig `hdl:"AddrBits" doc:"local word address, a multiple of the words in a beat"`
	Beats hdl.Sig `hdl:"16"       doc:"beats, at least 1"`
}

// Target is where the beats of a load that is under way go.
type Target struct {
	Local hdl.Sig `hdl:"AddrBits" doc:"local word address"`
	Beats hdl.Sig `hdl:"16"       doc:"beats"`
}

// LoaderIO is the interface of the loader.
type LoaderIO struct {
	Load     hdl.Sink[Load]   `doc:"blocks to bring, in order"`
	Read     hdl.Source[Read] `doc:"reads"`
	RspValid hdl.In           `hdl:"1"        doc:"a beat arrives"`
	Write    hdl.Out          `hdl:"1"        doc:"write the beat that arrives to local memory"`
	Local    hdl.Out          `hdl:"AddrBits" doc:"at this word address"`
	Idle     hdl.Out          `hdl:"1"        doc:"everything asked for has arrived"`
}

// Loader brings blocks into the unified memory. The reads of a block may start while the answers of up to four blocks
// before it are still on their way.
func Loader(p Params) *hdl.Module {
	return hdl.New("loader", p, func(m *hdl.M, io *LoaderIO) {
		m.Doc("Loader: reads blocks through the memory port and writes them to local memory.")
		addr, left := m.Reg("addr", 32, hdl.NoReset()), m.Reg("left", 16)
		targets := hdl.Inst[stream.FIFOIO[Target]](m, "u_targets", stream.FIFO[Target]("fifo_target", stream.FIFOParams{Depth: 4, Of: p}))
		free := left.Any().Not().Named("free")
		io.Load.Ready.Set(free.And(targets.In.Ready))
		hdl.Connect(targets.In.Valid, io.Load.Valid.And(free))
		hdl.Connect(targets.In.Data, Target{Local: io.Load.Data.Local, Beats: io.Load.Data.Beats})
		io.Read.Valid.Set(left.Any())
		hdl.Connect(io.Read.Data, Read{addr.Sig})
		m.If(io.Load.Fire(), func() {
			addr.Set(io.Load.Data.Addr)
			left.Set(io.Load.Data.Beats)
		}).ElseIf(io.Read.Fire(), func() {
			addr.Set(addr.Add(hdl.K(1)))
			left.Set(left.Sub(hdl.K(1)))
		})

		arrived := m.Reg("arrived", 16) // beats of the oldest block
		step := m.Reg("step", p.AddrBits)
		lastBeat := arrived.Add(hdl.K(1)).Eq(targets.Out.Data.Beats)
		hdl.Connect(targets.Out.Ready, io.RspValid.And(lastBeat))
		m.If(io.RspValid, func() {
			arrived.Set(hdl.Mux(lastBeat, hdl.K(0), arrived.Add(hdl.K(1))))
			step.Set(hdl.Mux(lastBeat, hdl.K(0), step.Add(hdl.K(p.WordsPerBeat()))))
		})
		io.Write.Set(io.RspValid)
		io.Local.Set(targets.Out.Data.Local.Add(step))
		io.Idle.Set(targets.Out.Valid.Not())
	})
}
