package lane

import (
	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// Config is what the lane needs to know of the layer; it changes only while the machine is idle.
type Config struct {
	Format   hdl.In `hdl:"2"         doc:"format of B: 0 dense, 1 pairs, 2 bitmap"`
	RowWords hdl.In `hdl:"7"         doc:"words of a dense row"`
	NCols    hdl.In `hdl:"NColsBits" doc:"columns of a slice"`
	Stride   hdl.In `hdl:"AddrBits"  doc:"words between neighbouring slices"`
	First    hdl.In `hdl:"1"         doc:"this lane is the first of its group"`
}

// Drain is the interface to the output stage.
type Drain struct {
	Pending hdl.Out `hdl:"1"            doc:"a finished half waits"`
	End     hdl.Out `hdl:"31"           doc:"end word of its job"`
	Read    hdl.In  `hdl:"1"            doc:"read and clear word idx of it"`
	Idx     hdl.In  `hdl:"AccIndexBits" doc:"word"`
	Done    hdl.In  `hdl:"1"            doc:"the last word is taken: the half is free"`
	Data    hdl.Out `hdl:"AccWidth"     doc:"the word read last"`
}

// IO is the interface of a lane.
type IO struct {
	Config     Config
	PrevOffset hdl.In  `hdl:"AddrBits" doc:"slice offset of the lane before"`
	Offset     hdl.Out `hdl:"AddrBits" doc:"slice offset of this lane, settled some cycles after the configuration"`

	Job     hdl.Sink[bus.Job]    `doc:"job for the group this lane leads"`
	TaskOut hdl.Source[bus.Task] `doc:"tasks for the group this lane leads"`
	Task    hdl.Sink[bus.Task]   `doc:"tasks of the group this lane is in"`

	Mem       bus.ReadPort
	Drain     Drain
	Retire    hdl.Out `hdl:"1"  doc:"a job is finished here"`
	RetireTag hdl.Out `hdl:"2"  doc:"its phase, modulo 4"`
	Start     hdl.In  `hdl:"1"  doc:"a run starts: counters to zero"`
	Products  hdl.Out `hdl:"32" doc:"products formed since the start"`
}

// New makes a lane.
func New(p Params) *hdl.Module {
	return hdl.New("lane", p, func(m *hdl.M, io *IO) {
		m.Doc("Lane: task queue > row reader > word serialiser > multiplier > accumulators, behind one memory port.")
		// Every lane adds one stride to its neighbour's offset: settled after as many cycles as the group has lanes.
		offset := m.Reg("offset", p.AddrBits, hdl.NoReset())
		offset.Set(hdl.Mux(io.Config.First, hdl.K(0), io.PrevOffset.Add(io.Config.Stride)))
		io.Offset.Set(offset)

		fetch := hdl.Inst[FetcherIO](m, "u_fetch", Fetcher(p))
		hdl.Connect(fetch.Job, io.Job)
		hdl.Connect(io.TaskOut, fetch.Task)

		tasks := hdl.Inst[stream.FIFOIO[bus.Task]](m, "u_tasks", stream.FIFO[bus.Task]("fifo_task", stream.FIFOParams{Depth: p.Queue}))
		hdl.Connect(tasks.In, io.Task)

		read := hdl.Inst[ReaderIO](m, "u_read", Reader(p))
		hdl.Connect(read.Task, tasks.Out)
		hdl.Connect(read.Dense, io.Config.Format.Eq(hdl.K(Dense)))
		hdl.Connect(read.RowWords, io.Config.RowWords)
		hdl.Connect(read.Offset, offset)

		const rows = 4 // as many rows as words ahead can belong to
		descs := hdl.Inst[stream.FIFOIO[Desc]](m, "u_rows", stream.FIFO[Desc]("fifo_row", stream.FIFOParams{Depth: rows}))
		words := hdl.Inst[stream.FIFOIO[Word]](m, "u_words", stream.FIFO[Word]("fifo_word", stream.FIFOParams{Depth: p.Prefetch}))
		hdl.Connect(descs.In, read.Desc)
		hdl.Connect(words.In, read.Word)
		hdl.Connect(read.Words, words.Count)

		ser := hdl.Inst[SerialiserIO](m, "u_serial", Serialiser(p))
		hdl.Connect(ser.Desc, descs.Out)
		hdl.Connect(ser.Word, words.Out)
		hdl.Connect(ser.Format, io.Config.Format)
		hdl.Connect(ser.NCols, io.Config.NCols)

		acc := hdl.Inst[AccumulatorIO](m, "u_acc", Accumulator(p))
		hdl.Connect(acc.HitValid, ser.HitValid)
		hdl.Connect(acc.Col, ser.Col)
		hdl.Connect(acc.A, ser.A)
		hdl.Connect(acc.B, ser.B)
		hdl.Connect(ser.Go, acc.Cleared)

		memoryPort(io.Mem, read.Row, read.Table, fetch.Mem)
		halves(m, io, ser, acc)

		products := m.Reg("products", 32)
		m.If(io.Start, func() { products.Set(hdl.K(0)) }).
			ElseIf(ser.HitValid, func() { products.Set(products.Add(hdl.K(1))) })
		io.Products.Set(products)
	})
}

// memoryPort shares the lane's port among its clients, the first first.
func memoryPort(mem bus.ReadPort, clients ...bus.ReadPort) {
	names := []string{"row", "table", "task"}
	var any, addr, before hdl.Sig
	for i := len(clients) - 1; i >= 0; i-- {
		c := clients[i]
		if i == len(clients)-1 {
			any, addr = c.Valid.Sig, c.Addr.Sig
		} else {
			any, addr = any.Or(c.Valid), hdl.Mux(c.Valid, c.Addr, addr)
		}
	}
	mem.Valid.Set(any)
	mem.Addr.Set(addr)
	for i, c := range clients {
		grant := mem.Grant.And(c.Valid)
		if i > 0 {
			grant = grant.And(before.Not())
			before = before.Or(c.Valid)
		} else {
			before = c.Valid.Sig
		}
		grant = grant.Named(names[i] + "_grant")
		hdl.Connect(c.Grant, grant)
		hdl.Connect(c.Data, mem.Data)
	}
}

// halves switches accumulator halves at the end of a job: the full half waits for the drain, and the next job's end
// waits until it is free again.
func halves(m *hdl.M, io *IO, ser *SerialiserIO, acc *AccumulatorIO) {
	half, pending := m.Reg("half", 1), m.Reg("pending", 1)
	end := m.Reg("end_word", 31, hdl.NoReset())
	hdl.Connect(ser.EndOK, pending.Not())
	m.If(ser.End, func() {
		half.Set(half.Not())
		pending.Set(hdl.K(1))
		end.Set(ser.EndBody)
	}).ElseIf(io.Drain.Done, func() { pending.Set(hdl.K(0)) })
	hdl.Connect(acc.Half, half)
	hdl.Connect(acc.DrainHalf, half.Not())
	hdl.Connect(acc.DrainRead, io.Drain.Read)
	hdl.Connect(acc.DrainIdx, io.Drain.Idx)
	io.Drain.Data.Set(acc.DrainData)
	io.Drain.Pending.Set(pending)
	io.Drain.End.Set(end)
	io.Retire.Set(ser.End)
	io.RetireTag.Set(ser.EndTag)
}
