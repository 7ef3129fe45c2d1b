package lane_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// readerBench is a reader with its word queue and a memory behind both of its ports.
type readerBench struct {
	Task     hdl.Sink[bus.Task]
	Desc     hdl.Source[lane.Desc]
	Word     hdl.Source[lane.Word]
	Dense    hdl.In `hdl:"1"`
	RowWords hdl.In `hdl:"7"`
	Offset   hdl.In `hdl:"AddrBits"`
	Table    hdl.In `hdl:"1" doc:"permit look-ups"`
	Row      hdl.In `hdl:"1" doc:"permit reads of rows"`
}

func newReader(t *testing.T, p lane.Params, mem []uint32) *sim.Sim[readerBench] {
	t.Helper()
	s := sim.New[readerBench](t, hdl.New("bench", p, func(m *hdl.M, io *readerBench) {
		u := hdl.Inst[lane.ReaderIO](m, "u_read", lane.Reader(p))
		q := hdl.Inst[stream.FIFOIO[lane.Word]](m, "u_words", stream.FIFO[lane.Word]("fifo_word", stream.FIFOParams{Depth: p.Prefetch}))
		hdl.Connect(u.Task, io.Task)
		hdl.Connect(io.Desc, u.Desc)
		hdl.Connect(q.In, u.Word)
		hdl.Connect(io.Word, q.Out)
		hdl.Connect(u.Words, q.Count)
		hdl.Connect(u.Dense, io.Dense)
		hdl.Connect(u.RowWords, io.RowWords)
		hdl.Connect(u.Offset, io.Offset)
		words := m.Mem("mem", 1<<p.AddrBits, 32)
		serve(m, "table", words, u.Table, io.Table)
		serve(m, "row", words, u.Row, io.Row)
	}))
	for i, w := range mem {
		s.WriteMem("mem", i, w)
	}
	return s
}

// rows is the model of the reader: descriptors and words that the tasks lead to.
type rows struct{ descs, words []sim.Item }

func (r *rows) add(p lane.Params, mem []uint32, task sim.Item, dense bool, rowWords, offset int64) {
	size := int64(1) << p.AddrBits
	w, tag := task[0], task[1]
	if w>>31 == 1 {
		r.descs = append(r.descs, sim.Item{w & (1<<31 - 1), tag, 1})
		return
	}
	addr, count := (w>>8&0xffff+offset)%size, rowWords
	if !dense {
		entry := int64(mem[addr])
		addr, count = (addr+entry&0xffff)%size, entry>>16&0x7f
	}
	if count == 0 {
		return // an empty row asks for nothing
	}
	r.descs = append(r.descs, sim.Item{count<<8 | w&0xff, tag, 0})
	for i := range count {
		r.words = append(r.words, sim.Item{int64(mem[(addr+i)%size])})
	}
}

// randomTasks has an end word now and then; table entries, which any word may be, get short rows and many empty ones.
func randomTasks(rng *rand.Rand, mem []uint32, n int) (tasks []sim.Item) {
	for i := range mem {
		mem[i] = mem[i]&^(0x7f<<16) | rng.Uint32N(6)>>1<<16
	}
	for range n {
		w := rng.Int64N(1 << 24)
		if rng.IntN(6) == 0 {
			w = 1<<31 | rng.Int64N(1<<31)
		}
		tasks = append(tasks, sim.Item{w, rng.Int64N(4)})
	}
	return tasks
}

func TestReaderFindsTheRowOfEachTask(t *testing.T) {
	for i, p := range settings {
		for _, dense := range []bool{true, false} {
			for _, pace := range []struct{ table, row, tasks, descs, words float64 }{
				{1, 1, 0, 0, 0}, {0.2, 1, 0, 0, 0}, {1, 0.2, 0, 0, 0}, {1, 1, 0, 0.8, 0}, {1, 1, 0, 0, 0.8}, {0.5, 0.5, 0.5, 0.5, 0.5},
			} {
				t.Run(fmt.Sprintf("%v dense %v %v", p, dense, pace), func(t *testing.T) {
					rng := rand.New(rand.NewPCG(uint64(i), 2))
					mem := randomWords(rng, p)
					tasks := randomTasks(rng, mem, 60)
					rowWords, offset := 1+rng.Int64N(4), rng.Int64N(1<<p.AddrBits)
					var want rows
					for _, k := range tasks {
						want.add(p, mem, k, dense, rowWords, offset)
					}
					s := newReader(t, p, mem)
					s.Poke(s.IO.Dense, dense)
					s.Poke(s.IO.RowWords, rowWords)
					s.Poke(s.IO.Offset, offset)
					in := sim.Send(s, s.IO.Task, tasks...).With(sim.Stall(1, pace.tasks))
					descs := sim.Collect(s, s.IO.Desc, 0).With(sim.Stall(2, pace.descs))
					words := sim.Collect(s, s.IO.Word, 0).With(sim.Stall(3, pace.words))
					for quiet := 0; quiet < 40 && s.Cycle() < 10000; quiet++ {
						s.Poke(s.IO.Table, flip(rng, pace.table))
						s.Poke(s.IO.Row, flip(rng, pace.row))
						before := in.Sent() + len(words.Items()) + len(descs.Items())
						if s.Step(1); before != in.Sent()+len(words.Items())+len(descs.Items()) {
							quiet = 0
						}
					}
					require.True(t, in.Done())
					require.Equal(t, want.descs, descs.Items())
					require.Equal(t, want.words, words.Items())
				})
			}
		}
	}
}

// The reader asks for no word that its queue has no room for: when nobody takes words, it has Prefetch of them.
func TestReaderStopsWhenTheQueueIsFull(t *testing.T) {
	for _, p := range settings {
		s := newReader(t, p, nil)
		s.Poke(s.IO.Dense, 1)
		s.Poke(s.IO.RowWords, 100)
		s.Poke(s.IO.Row, 1)
		sim.Send(s, s.IO.Task, sim.Item{0, 0})
		sim.Collect(s, s.IO.Desc, 0)
		s.Step(40)
		s.Expect("u_words.count", p.Prefetch)
		s.Expect("u_read.row_valid", 0)
	}
}

// Cycles from the first task to the last word, without stalls.
func TestReaderTimes(t *testing.T) {
	const n = 20
	for _, c := range []struct {
		name          string
		dense         bool
		words, cycles int
	}{
		{"dense: a word a cycle", true, 1, 3 + n},
		{"dense: a word a cycle across rows", true, 4, 3 + 4*n},
		{"compressed: a look-up is hidden behind a row of two words", false, 2, 4 + 2*n},
		{"compressed: a word a cycle from there on", false, 5, 4 + 5*n},
		{"compressed: a row of one word waits for its look-up", false, 1, 3 + 2*n},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := settings[2]
			p.Prefetch = 3 // the least that is enough
			mem := make([]uint32, n)
			for i := range mem {
				mem[i] = uint32(c.words)<<16 | 100
			}
			s := newReader(t, p, mem)
			s.Poke(s.IO.Dense, c.dense)
			s.Poke(s.IO.RowWords, c.words)
			s.Poke(s.IO.Table, 1)
			s.Poke(s.IO.Row, 1)
			var tasks []sim.Item
			for k := range n {
				tasks = append(tasks, sim.Item{int64(k) << 8, 0})
			}
			sim.Send(s, s.IO.Task, tasks...)
			sim.Collect(s, s.IO.Desc, 0)
			require.NoError(t, s.StepUntilDone(500, sim.Collect(s, s.IO.Word, n*c.words)))
			require.Equal(t, c.cycles, s.Cycle())
		})
	}
}

// An empty row takes its look-up and no more.
func TestReaderDropsEmptyRowsInTwoCyclesEach(t *testing.T) {
	s := newReader(t, settings[2], nil) // a table of zeros
	s.Poke(s.IO.Table, 1)
	var tasks []sim.Item
	for k := range 20 {
		tasks = append(tasks, sim.Item{int64(k) << 8, 0})
	}
	in := sim.Send(s, s.IO.Task, tasks...)
	require.NoError(t, s.StepUntilDone(100, in))
	require.Equal(t, 40, s.Cycle())
	s.Expect(s.IO.Desc.Valid, 0)
}

func TestReaderWave(t *testing.T) {
	s := newReader(t, settings[1], []uint32{5: 2<<16 | 20, 6: 0, 7: 1<<16 | 30, 25: 250, 26: 260, 37: 370})
	s.Poke(s.IO.Table, 1)
	s.Poke(s.IO.Row, 1)
	shown := []sim.Handle{
		s.IO.Task.Valid, s.IO.Task.Ready, "u_read.table_valid", "u_read.table_addr", "u_read.row_valid", "u_read.row_addr",
		s.IO.Desc.Valid, s.IO.Desc.Data.Body, s.IO.Word.Valid, s.IO.Word.Data.Data,
	}
	s.Watch(shown...)
	sim.Send(s, s.IO.Task, sim.Item{5 << 8, 0}, sim.Item{6 << 8, 0}, sim.Item{7 << 8, 0})
	sim.Collect(s, s.IO.Desc, 0)
	sim.Collect(s, s.IO.Word, 0)
	s.Step(10)
	sim.ExpectWave(t, s, "testdata/reader.wave", shown...)
	expectShown(t, "testdata/reader.wave")
}
