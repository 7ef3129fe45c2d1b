package lane_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// step grants at the run's pace and notes what retires.
func (w *wholeLane) step() {
	w.Poke(w.IO.Permit, flip(w.rng, w.permit))
	if w.Peek(w.IO.Retire) == 1 {
		w.tags = append(w.tags, int64(w.Peek(w.IO.RetireTag)))
	}
	w.Step(1)
}

func startLane(t *testing.T, p lane.Params, format, ncols int, permit float64, seed uint64, opts ...sim.Option) *wholeLane {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, uint64(format)))
	w := &wholeLane{Sim: newLane(t, p, opts), p: p, rng: rng, mem: make([]uint32, 1<<p.AddrBits), permit: permit}
	w.Poke(w.IO.Config.Format, format)
	w.Poke(w.IO.Config.NCols, ncols)
	w.Poke(w.IO.Config.RowWords, (ncols+3)/4)
	w.Poke(w.IO.Config.Stride, stride)
	w.Poke(w.IO.PrevOffset, 100)
	w.rowsOfB(12, ncols, format)
	return w
}

// start puts data in place, lets the accumulators clear and the offset settle, and sends the jobs.
func (w *wholeLane) start() {
	for i, v := range w.mem {
		w.WriteMem("mem", i, v)
	}
	w.Step(w.p.AccDepth() + 5)
	sim.Send(w, w.IO.Job, w.jobs...)
}

// check drains the row of each job and compares it.
func (w *wholeLane) check(t *testing.T, drain float64) {
	t.Helper()
	for i, want := range w.want {
		got := w.drainOne(drain)
		got.tag = want.tag
		require.Equal(t, want, got, "job %d", i)
	}
	w.Step(3)
	require.Len(t, w.tags, len(w.want))
	for i, want := range w.want {
		require.Equal(t, want.tag, w.tags[i], "tag of job %d", i)
	}
	w.Expect(w.IO.Products, w.hits)
}

// Jobs over rows of B in all formats give the rows that plain Go gives, at the offset of the lane's slice, with memory
// and drain fast and slow. Jobs without tasks give rows of zeros.
func TestLaneMultipliesRows(t *testing.T) {
	for i, p := range settings[1:] {
		for f, format := range formats {
			for k, pace := range []struct{ permit, drain float64 }{{1, 1}, {0.3, 1}, {1, 0.2}, {0.6, 0.5}} {
				t.Run(fmt.Sprintf("%s, %d columns, memory %v, drain %v", format.name, p.AccColumns, pace.permit, pace.drain), func(t *testing.T) {
					ncols := min(p.AccColumns, 96) - k
					w := startLane(t, p, f, ncols, pace.permit, uint64(10*i+k))
					for n := range 10 {
						w.addJob([]int{0, 1, 3, 8}[n%4], ncols, f)
					}
					w.start()
					w.check(t, pace.drain)
				})
			}
		}
	}
}

// A full half waits for its drain; the lane works on in the other, and stops before the end of the next job: the row
// that waits is not touched, and no third job begins.
func TestLaneWorksOnInTheOtherHalf(t *testing.T) {
	p := settings[1]
	w := startLane(t, p, lane.Dense, 16, 1, 3)
	for range 4 {
		w.addJob(2, 16, lane.Dense)
	}
	w.start()
	for range 300 {
		w.step()
	}
	w.Expect(w.IO.Products, 2*2*16)
	require.Len(t, w.tags, 1)
	w.check(t, 1)
}

// The counter of products starts again with each run.
func TestLaneCountsProductsOfARun(t *testing.T) {
	w := startLane(t, settings[2], lane.Pairs, 64, 1, 5)
	w.addJob(5, 64, lane.Pairs)
	w.start()
	w.check(t, 1)
	w.Poke(w.IO.Start, 1)
	w.Step(1)
	w.Poke(w.IO.Start, 0)
	w.Expect(w.IO.Products, 0)
}

// The first lane of a group has offset 0, each other one stride more than the lane before.
func TestLaneOffset(t *testing.T) {
	for _, p := range settings {
		s := sim.New[lane.IO](t, lane.New(p))
		s.Poke(s.IO.Config.Stride, 7)
		s.Poke(s.IO.PrevOffset, 1<<p.AddrBits-3)
		s.Step(1)
		s.Expect(s.IO.Offset, 4)
		s.Poke(s.IO.Config.First, 1)
		s.Step(1)
		s.Expect(s.IO.Offset, 0)
	}
}

// From a job to its row: a job of one task at a dense row of eight columns, everything ready.
func TestLaneWave(t *testing.T) {
	w := startLane(t, settings[1], lane.Dense, 8, 1, 9, sim.Keep(21))
	w.addJob(1, 8, lane.Dense)
	shown := []sim.Handle{
		w.IO.Job.Valid, w.IO.Job.Ready, "u_lane.mem_valid", "u_lane.mem_addr", "u_lane.u_read.task_valid", "u_lane.u_serial.hit_valid",
		"u_lane.u_serial.col", w.IO.Retire, w.IO.Drain.Pending,
	}
	w.Watch(shown...)
	w.start()
	for range 21 {
		w.step()
	}
	w.Expect(w.IO.Drain.Pending, 1)
	sim.ExpectWave(t, w, "testdata/lane.wave", shown...)
	expectShown(t, "testdata/lane.wave")
}
