package lane

import (
	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
)

// ReaderIO is the interface of the row reader.
type ReaderIO struct {
	Task     hdl.Sink[bus.Task] `doc:"tasks of this lane"`
	Dense    hdl.In             `hdl:"1"        doc:"rows of B are dense: no row table"`
	RowWords hdl.In             `hdl:"7"        doc:"words of a dense row"`
	Offset   hdl.In             `hdl:"AddrBits" doc:"words from slice 0 to this lane's slice"`
	Table    bus.ReadPort
	Row      bus.ReadPort
	Desc     hdl.Source[Desc] `doc:"rows and job ends, in order"`
	Word     hdl.Source[Word] `doc:"words of the rows, in order"`
	Words    hdl.In           `hdl:"WordsBits" doc:"words in the word queue"`
}

// WordsBits is the width of a number of words in the word queue.
func (p Params) WordsBits() int { return hdl.Clog2(p.Prefetch + 1) }

// Reader turns tasks into the words of rows of B. A dense row's address follows from the task; a compressed row's
// address and length come from the row table, one look-up a task, which runs ahead while the row before is read.
// Empty rows are dropped here.
func Reader(p Params) *hdl.Module {
	return hdl.New("row_reader", p, func(m *hdl.M, io *ReaderIO) {
		m.Doc("Row reader: looks up and reads the rows of B that the tasks ask for.")
		t := io.Task.Data
		isEnd := t.Word.Bit(31).Named("is_end")
		entry := t.Word.Slice(23, 8).Resize(p.AddrBits).Add(io.Offset).Named("entry_addr")

		// Look-up: the answer goes straight on when the reader is free, else it waits in found.
		foundNow := m.RegNext("found_now", io.Table.Grant)
		found, held := m.Reg("found", 1), m.Reg("found_word", 23, hdl.NoReset())
		needTable := io.Dense.Or(isEnd).Not().Named("need_table")
		io.Table.Valid.Set(io.Task.Valid.And(needTable).And(found.Not()).And(foundNow.Not()))
		io.Table.Addr.Set(entry)
		look := hdl.Mux(found, held, io.Table.Data.Slice(22, 0)).Named("look")
		addr := hdl.Mux(io.Dense, entry, entry.Add(look.Slice(15, 0).Resize(p.AddrBits)))
		count := hdl.Mux(io.Dense, io.RowWords, look.Slice(22, 16)).Named("row_words")
		known := needTable.Not().Or(found).Or(foundNow).Named("known")

		// Reading: one row at a time, a word a cycle.
		arrives := m.RegNext("arrives", io.Row.Grant)
		room := io.Words.Grow(1).Add(arrives.Zext(p.WordsBits() + 1)).Lt(hdl.K(p.Prefetch)).Named("room")
		next, left := m.Reg("next", p.AddrBits, hdl.NoReset()), m.Reg("left", 7)
		io.Row.Valid.Set(left.Any().And(room))
		io.Row.Addr.Set(next)
		m.If(io.Row.Grant, func() {
			next.Set(next.Add(hdl.K(1)))
			left.Set(left.Sub(hdl.K(1)))
		})
		hdl.Connect(io.Word.Valid, arrives)
		hdl.Connect(io.Word.Data, Word{Data: io.Row.Data.Sig})
		m.Assert("room_for_words", arrives.Not().Or(io.Word.Ready))

		last := left.Eq(hdl.K(1)).And(io.Row.Grant)
		free := left.Any().Not().Or(last)
		empty := isEnd.Not().And(count.Any().Not()).Named("empty_row")
		ready := io.Task.Valid.And(known).And(free).Named("row_known")
		io.Desc.Valid.Set(ready.And(empty.Not()))
		hdl.Connect(io.Desc.Data, Desc{
			Body: hdl.Mux(isEnd, t.Word.Slice(30, 0), hdl.Cat(m.Lit(16, 0), count, t.Word.Slice(7, 0))),
			Tag:  t.Tag,
			End:  isEnd,
		})
		take := ready.And(empty.Or(io.Desc.Ready)).Named("take")
		io.Task.Ready.Set(known.And(free).And(empty.Or(io.Desc.Ready)))
		m.If(take.And(isEnd.Not()).And(empty.Not()), func() {
			next.Set(addr)
			left.Set(count)
		})
		m.If(take, func() { found.Set(hdl.K(0)) }).
			ElseIf(foundNow, func() { found.Set(hdl.K(1)) })
		m.If(foundNow, func() { held.Set(io.Table.Data.Slice(22, 0)) })
	})
}
