package lane

import (
	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// FetcherIO is the interface of the task fetcher.
type FetcherIO struct {
	Job  hdl.Sink[bus.Job] `doc:"job to fetch"`
	Mem  bus.ReadPort
	Task hdl.Source[bus.Task] `doc:"tasks for the lanes of the group"`
}

// Fetcher reads the task words of one job after the other and makes their positions absolute. It takes the next job
// when the last word of the one before has left, so that a job is bound to a group no earlier than needed.
func Fetcher(p Params) *hdl.Module {
	return hdl.New("task_fetcher", p, func(m *hdl.M, io *FetcherIO) {
		m.Doc("Task fetcher: reads the words of a job and sends them to the lanes of its group.")
		const depth = 2
		q := hdl.Inst[stream.FIFOIO[bus.Task]](m, "u_words", stream.FIFO[bus.Task]("fifo_task", stream.FIFOParams{Depth: depth}))
		addr, left := m.Reg("addr", p.AddrBits), m.Reg("left", 16)
		base, tag := m.Reg("base", 16, hdl.NoReset()), m.Reg("tag", 2, hdl.NoReset())

		arrives := m.RegNext("arrives", io.Mem.Grant)

		// One request may be under way, so there must be room for it and for the one asked now.
		room := q.Count.Resize(3).Add(arrives.Zext(3)).Lt(hdl.K(depth)).Named("room")
		busy := left.Any()
		io.Mem.Valid.Set(busy.And(room))
		io.Mem.Addr.Set(addr)
		m.If(io.Mem.Grant, func() {
			addr.Set(addr.Add(hdl.K(1)))
			left.Set(left.Sub(hdl.K(1)))
		})

		word := io.Mem.Data
		pos := word.Slice(23, 8).Add(base)
		hdl.Connect(q.In.Valid, arrives)
		hdl.Connect(q.In.Data, bus.Task{
			Word: hdl.Mux(word.Bit(31), word, hdl.Cat(word.Slice(31, 24), pos, word.Slice(7, 0))),
			Tag:  tag.Sig,
		})
		m.Assert("room_for_words", arrives.Not().Or(q.In.Ready))
		hdl.Connect(io.Task, q.Out)

		io.Job.Ready.Set(busy.Or(arrives).Or(q.Out.Valid).Not())
		m.If(io.Job.Fire(), func() {
			addr.Set(io.Job.Data.Addr)
			left.Set(io.Job.Data.Len)
			base.Set(io.Job.Data.Base)
			tag.Set(io.Job.Data.Tag)
		})
	})
}
