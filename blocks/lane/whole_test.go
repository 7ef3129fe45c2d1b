package lane_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// laneBench is a lane that is a group of its own: it leads itself, and a memory grants when it is permitted to.
type laneBench struct {
	Config     lane.Config
	PrevOffset hdl.In `hdl:"AddrBits"`
	Job        hdl.Sink[bus.Job]
	Drain      lane.Drain
	Retire     hdl.Out `hdl:"1"`
	RetireTag  hdl.Out `hdl:"2"`
	Start      hdl.In  `hdl:"1"`
	Products   hdl.Out `hdl:"32"`
	Permit     hdl.In  `hdl:"1"`
}

// A wholeLane is the bench with a model: a row of sums for each job.
type wholeLane struct {
	*sim.Sim[laneBench]
	p       lane.Params
	rng     *rand.Rand
	mem     []uint32
	free    int     // next free word
	entries []entry // rows of B
	jobs    []sim.Item
	want    []result
	hits    int
	permit  float64 // how often memory grants
	tags    []int64 // of the jobs that retired, in order
}

// entry is a row of B where the tasks find it.
type entry struct {
	row []value
	pos int
}

// result is the end word of a job, its tag and its row.
type result struct {
	end, tag int64
	sums     []int32
}

const stride = 5 // of the slice offset that the lane adds to its neighbour's

func newLane(t *testing.T, p lane.Params, opts []sim.Option) *sim.Sim[laneBench] {
	t.Helper()
	return sim.New[laneBench](t, hdl.New("bench", p, func(m *hdl.M, io *laneBench) {
		u := hdl.Inst[lane.IO](m, "u_lane", lane.New(p))
		hdl.Connect(u.Config, io.Config)
		hdl.Connect(u.PrevOffset, io.PrevOffset)
		hdl.Connect(u.Job, io.Job)
		hdl.Connect(u.Task, u.TaskOut)
		hdl.Connect(u.Start, io.Start)
		serve(m, "mem", m.Mem("mem", 1<<p.AddrBits, 32), u.Mem, io.Permit)
		hdl.Connect(u.Drain.Read, io.Drain.Read)
		hdl.Connect(u.Drain.Idx, io.Drain.Idx)
		hdl.Connect(u.Drain.Done, io.Drain.Done)
		io.Drain.Pending.Set(u.Drain.Pending)
		io.Drain.End.Set(u.Drain.End)
		io.Drain.Data.Set(u.Drain.Data)
		io.Retire.Set(u.Retire)
		io.RetireTag.Set(u.RetireTag)
		io.Products.Set(u.Products)
	}), opts...)
}

// put stores words and returns where.
func (w *wholeLane) put(words ...uint32) int {
	at := w.free
	w.free += copy(w.mem[at:], words)
	return at
}

// rowsOfB lays out a tile of B at the lane's slice offset.
func (w *wholeLane) rowsOfB(n, ncols, format int) {
	offset := 100 + stride
	w.free = offset
	if format == lane.Dense {
		for k := range n {
			row := randomRow(w.rng, ncols, 0.7)
			w.entries = append(w.entries, entry{row, k * ((ncols + 3) / 4)})
			w.put(encodeDense(row, ncols)...)
		}
		return
	}
	table := w.put(make([]uint32, n)...)
	for k := range n {
		row := randomRow(w.rng, ncols, []float64{0, 0.1, 0.5, 1}[w.rng.IntN(4)])
		words := formats[format].encode(row, ncols)
		at := w.put(words...)
		w.mem[table+k] = uint32(at-table-k)&0xffff | uint32(len(words))<<16
		w.entries = append(w.entries, entry{row, k})
	}
}

// addJob makes a job of n tasks and works out its row.
func (w *wholeLane) addJob(n, ncols, format int) {
	r := result{end: w.rng.Int64N(1 << 31), tag: w.rng.Int64N(4), sums: make([]int32, w.p.AccColumns)}
	at := w.free
	for range n {
		e, a := w.entries[w.rng.IntN(len(w.entries))], nonzero(w.rng)
		w.put(uint32(e.pos)<<8 | uint32(uint8(a)))
		for _, v := range products(e.row, format, ncols) {
			r.sums[v.col] += int32(a) * int32(v.val)
			w.hits++
		}
	}
	w.put(1<<31 | uint32(r.end))
	w.jobs = append(w.jobs, sim.Item{int64(at), int64(n + 1), 0, r.tag})
	w.want = append(w.want, r)
}

// drainOne waits for the next full half and reads it at the given pace. The last sum of a row is written in the cycle in
// which the half is first seen full, so it is read from the next cycle on.
func (w *wholeLane) drainOne(pace float64) result {
	for w.Peek(w.IO.Drain.Pending) == 0 && w.Cycle() < 100000 {
		w.step()
	}
	r := result{end: int64(w.Peek(w.IO.Drain.End)), sums: make([]int32, 0, w.p.AccColumns)}
	w.step()
	for idx := 0; idx < w.p.AccDepth(); {
		if flip(w.rng, pace) == 0 {
			w.step()
			continue
		}
		w.Poke(w.IO.Drain.Read, 1)
		w.Poke(w.IO.Drain.Idx, idx)
		w.step()
		w.Poke(w.IO.Drain.Read, 0)
		for flip(w.rng, pace) == 0 { // the word stays until the next is read
			w.step()
		}
		for word, i := w.PeekBig(w.IO.Drain.Data), 0; i < w.p.AccWord; i++ {
			part := new(big.Int).Rsh(word, uint(32*i))
			r.sums = append(r.sums, int32(uint32(part.Uint64())))
		}
		idx++
	}
	w.Poke(w.IO.Drain.Done, 1)
	w.step()
	w.Poke(w.IO.Drain.Done, 0)
	return r
}
