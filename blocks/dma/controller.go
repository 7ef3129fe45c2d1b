package dma

import (
	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// Instructions of a program.
const (
	OpEnd    = 0
	OpConfig = 1
	OpLoad   = 2
	OpPhase  = 3
)

// LayerConfig is the configuration of a layer, as CONFIG sets it.
type LayerConfig struct {
	Format     hdl.Out `hdl:"2"         doc:"format of B: 0 dense, 1 pairs, 2 bitmap"`
	Log2Group  hdl.Out `hdl:"3"         doc:"log2 of the lanes in a group"`
	NCols      hdl.Out `hdl:"NColsBits" doc:"columns of a slice"`
	RowWords   hdl.Out `hdl:"7"         doc:"words of a dense row"`
	Stride     hdl.Out `hdl:"AddrBits"  doc:"words between neighbouring slices"`
	DrainWords hdl.Out `hdl:"CountBits" doc:"words of a half that are written"`
	SliceBeats hdl.Out `hdl:"16"        doc:"beats between the outputs of neighbouring slices"`
	Mult       hdl.Out `hdl:"16"        doc:"requantisation multiplier"`
	Shift      hdl.Out `hdl:"6"         doc:"requantisation shift"`
}

// ControllerIO is the interface of the controller.
type ControllerIO struct {
	Start hdl.In  `hdl:"1"  doc:"run the program at prog"`
	Prog  hdl.In  `hdl:"32" doc:"beat address of the program"`
	Busy  hdl.Out `hdl:"1"  doc:"a program runs"`
	Done  hdl.Out `hdl:"1"  doc:"the program has ended; until the next start"`
	Cycle hdl.Out `hdl:"32" doc:"cycles since the start, held when done"`

	Read     hdl.Source[Read] `doc:"instruction reads"`
	RspValid hdl.In           `hdl:"1"        doc:"an instruction beat arrives"`
	RspData  hdl.In           `hdl:"BeatBits" doc:"its data"`
	Quiet    hdl.In           `hdl:"1"        doc:"no read is under way"`

	Config    LayerConfig
	Load      hdl.Source[Load]      `doc:"blocks to bring"`
	LoadsIdle hdl.In                `hdl:"1"  doc:"everything asked for has arrived"`
	Phase     hdl.Source[bus.Phase] `doc:"phases in order"`
	Retired   hdl.In                `hdl:"16" doc:"phases retired since the start"`
	Idle      hdl.In                `hdl:"1"  doc:"every phase is retired"`
	Written   hdl.In                `hdl:"1"  doc:"no output is on its way"`
}

type controlState int

const (
	stopped controlState = iota
	running
	settling // a new configuration ripples through the lanes
	ending
)

func (s controlState) String() string {
	return [...]string{"stopped", "running", "settling", "ending"}[s]
}

// Controller fetches instructions and executes them in order: loads run ahead of the phases that need them, a phase is
// queued once its loads have arrived, a configuration waits until the machine is idle.
func Controller(p Params) *hdl.Module {
	return hdl.New("controller", p, func(m *hdl.M, io *ControllerIO) {
		m.Doc("Controller: executes the program: configurations, loads and phases.")
		st := hdl.NewFSM(m, "state", stopped, running, settling, ending)
		fetch := hdl.Inst[FetchIO](m, "u_fetch", Fetch(p))
		start := io.Start.And(st.In(stopped)).Named("start")
		hdl.Connect(fetch.Start, start)
		hdl.Connect(fetch.Prog, io.Prog)
		hdl.Connect(io.Read, fetch.Read)
		hdl.Connect(fetch.RspValid, io.RspValid)
		hdl.Connect(fetch.RspData, io.RspData)

		word := func(i int) hdl.Sig { return fetch.Instr.Data.Words.Slice(32*i+31, 32*i) }
		ready := fetch.Instr.Valid.And(st.In(running)).Named("instr_ready")
		op := word(0).Slice(3, 0).Named("op")
		is := func(code int, name string) hdl.Sig { return ready.And(op.Eq(hdl.K(code))).Named(name) }
		isConfig, isLoad, isPhase, isEnd := is(OpConfig, "is_config"), is(OpLoad, "is_load"), is(OpPhase, "is_phase"), is(OpEnd, "is_end")

		phases := hdl.Inst[stream.FIFOIO[bus.Phase]](m, "u_phases", stream.FIFO[bus.Phase]("fifo_phase", stream.FIFOParams{Depth: 4}))
		hdl.Connect(io.Phase, phases.Out)
		allDone := io.Idle.And(io.Written).And(phases.Out.Valid.Not()).Named("all_done")

		// LOAD: with the wait flag, until enough phases have retired (modulo 2^16).
		enough := io.Retired.Sub(word(2).Slice(31, 16)).Bit(15).Not()
		mayLoad := isLoad.And(word(0).Bit(4).Not().Or(enough)).Named("may_load")
		io.Load.Valid.Set(mayLoad)
		hdl.Connect(io.Load.Data, Load{Addr: word(1), Local: word(2).Slice(p.AddrBits-1, 0), Beats: word(0).Slice(31, 16)})

		// PHASE: once all loads before it have arrived.
		mayQueue := isPhase.And(io.LoadsIdle).Named("may_queue")
		hdl.Connect(phases.In.Valid, mayQueue)
		hdl.Connect(phases.In.Data, bus.Phase{
			ABase: word(1).Slice(15, 0), BBase: word(1).Slice(31, 16), Jobs: word(0).Slice(31, 16), Barrier: word(0).Bit(4),
		})

		configure := isConfig.And(allDone).Named("configure")
		finish := isEnd.And(allDone).And(io.LoadsIdle).Named("finish")
		taken := configure.Or(mayLoad.And(io.Load.Ready)).Or(mayQueue.And(phases.In.Ready)).Or(finish)
		hdl.Connect(fetch.Instr.Ready, taken)
		hdl.Connect(fetch.Stop, finish.Or(st.In(ending)))

		settle := m.Reg("settle", hdl.Clog2(p.Lanes+1))
		st.State(stopped, func() { m.If(io.Start, func() { st.Goto(running) }) })
		st.State(running, func() {
			m.If(configure, func() {
				st.Goto(settling)
				settle.Set(hdl.K(p.Lanes))
			})
			m.If(finish, func() { st.Goto(ending) })
		})
		st.State(settling, func() {
			settle.Set(settle.Sub(hdl.K(1)))
			m.If(settle.Eq(hdl.K(1)), func() { st.Goto(running) })
		})
		st.State(ending, func() { m.If(io.Quiet, func() { st.Goto(stopped) }) })

		done := m.Reg("done", 1)
		cycle := m.Reg("cycle", 32)
		m.If(start, func() {
			done.Set(hdl.K(0))
			cycle.Set(hdl.K(1))
		}).ElseIf(st.In(stopped).Not(), func() {
			cycle.Set(cycle.Add(hdl.K(1)))
			m.If(st.In(ending).And(io.Quiet), func() { done.Set(hdl.K(1)) })
		})
		io.Busy.Set(st.In(stopped).Not())
		io.Done.Set(done)
		io.Cycle.Set(cycle)
		configRegs(m, io, configure, word)
	})
}

// configRegs keeps the fields of the last CONFIG.
func configRegs(m *hdl.M, io *ControllerIO, configure hdl.Sig, word func(int) hdl.Sig) {
	keep := func(name string, out hdl.Out, v hdl.Sig) {
		out.Set(m.RegNext(name, v.Resize(out.Width()), hdl.NoReset(), hdl.Enable(configure)))
	}
	c := io.Config
	keep("format", c.Format, word(0).Slice(5, 4))
	keep("log2_group", c.Log2Group, word(0).Slice(10, 8))
	keep("ncols", c.NCols, word(0).Slice(27, 16))
	keep("row_words", c.RowWords, word(1).Slice(6, 0))
	keep("stride", c.Stride, word(1).Slice(31, 16))
	keep("drain_words", c.DrainWords, word(2).Slice(15, 0))
	keep("slice_beats", c.SliceBeats, word(2).Slice(31, 16))
	keep("mult", c.Mult, word(3).Slice(15, 0))
	keep("shift", c.Shift, word(3).Slice(21, 16))
}
