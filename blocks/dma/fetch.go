package dma

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// Instr is one instruction: four words of 32 bits, the first in the low bits.
type Instr struct {
	Words hdl.Sig `hdl:"128" doc:"w3, w2, w1, w0"`
}

// FetchIO is the interface of the instruction fetch.
type FetchIO struct {
	Start    hdl.In            `hdl:"1"        doc:"fetch from prog on"`
	Prog     hdl.In            `hdl:"32"       doc:"beat address of the program"`
	Stop     hdl.In            `hdl:"1"        doc:"ask for no more and drop what arrives"`
	Read     hdl.Source[Read]  `doc:"reads"`
	RspValid hdl.In            `hdl:"1"        doc:"a beat arrives"`
	RspData  hdl.In            `hdl:"BeatBits" doc:"its data"`
	Instr    hdl.Source[Instr] `doc:"instructions in order"`
}

// BeatsPerInstr is the number of beats of one instruction.
func (p Params) BeatsPerInstr() int { return max(1, 16/p.PortBytes) }

// Fetch reads the program ahead, two instructions at a time.
func Fetch(p Params) *hdl.Module {
	return hdl.New("instruction_fetch", p, func(m *hdl.M, io *FetchIO) {
		m.Doc("Instruction fetch: reads the program ahead of its execution.")
		const ahead = 2
		n := p.BeatsPerInstr()
		q := hdl.Inst[stream.FIFOIO[Instr]](m, "u_queue", stream.FIFO[Instr]("fifo_instr", stream.FIFOParams{Depth: ahead}))
		pc := m.Reg("pc", 32, hdl.NoReset())
		// room counts beats that may still be asked for.
		room := m.Reg("room", hdl.Clog2(ahead*n+1), hdl.Init(ahead*n))
		on := m.Reg("on", 1)
		io.Read.Valid.Set(on.And(room.Any()).And(io.Stop.Not()))
		hdl.Connect(io.Read.Data, Read{pc.Sig})

		words := io.RspData.Sig
		whole := io.RspValid.Sig
		if n > 1 { // gather the beats of an instruction
			part := m.Reg("part", hdl.Clog2(n))
			low := make([]hdl.Value, n-1)
			for i := range low {
				r := m.Reg(fmt.Sprintf("low_%d", i), p.BeatBits(), hdl.NoReset())
				m.If(io.RspValid.And(part.Eq(hdl.K(i))), func() { r.Set(io.RspData) })
				low[n-2-i] = r
			}
			m.If(io.Start, func() { part.Set(hdl.K(0)) }).
				ElseIf(io.RspValid, func() { part.Set(hdl.Mux(part.Eq(hdl.K(n-1)), hdl.K(0), part.Add(hdl.K(1)))) })
			words = hdl.Cat(append([]hdl.Value{io.RspData}, low...)...)
			whole = io.RspValid.And(part.Eq(hdl.K(n - 1)))
		}
		drop := m.Reg("drop", 1) // after the end: empty the queue
		hdl.Connect(q.In.Valid, whole.And(drop.Not()))
		hdl.Connect(q.In.Data, Instr{words.Trunc(128)})
		io.Instr.Valid.Set(q.Out.Valid.And(drop.Not()))
		hdl.Connect(io.Instr.Data, q.Out.Data)
		hdl.Connect(q.Out.Ready, io.Instr.Ready.Or(drop))
		m.Assert("room_for_instruction", whole.Not().Or(q.In.Ready))

		taken := q.Out.Fire().And(drop.Not()).Named("taken")
		asked := io.Read.Fire().Named("asked")
		gain := hdl.Mux(taken, hdl.K(n), m.Lit(room.Width(), 0))
		loss := asked.Zext(room.Width())
		m.If(io.Start, func() {
			pc.Set(io.Prog)
			room.Set(hdl.K(ahead * n))
			on.Set(hdl.K(1))
			drop.Set(hdl.K(0))
		}).Else(func() {
			m.If(asked, func() { pc.Set(pc.Add(hdl.K(1))) })
			room.Set(room.Add(gain).Sub(loss))
			m.If(io.Stop, func() {
				on.Set(hdl.K(0))
				drop.Set(hdl.K(1))
			})
		})
	})
}
