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
)

// fetcherBench is a fetcher with a memory that grants when it is permitted to.
type fetcherBench struct {
	Job    hdl.Sink[bus.Job]
	Task   hdl.Source[bus.Task]
	Permit hdl.In `hdl:"1"`
}

func newFetcher(t *testing.T, p lane.Params, mem []uint32) *sim.Sim[fetcherBench] {
	t.Helper()
	s := sim.New[fetcherBench](t, hdl.New("bench", p, func(m *hdl.M, io *fetcherBench) {
		u := hdl.Inst[lane.FetcherIO](m, "u_fetch", lane.Fetcher(p))
		hdl.Connect(u.Job, io.Job)
		hdl.Connect(io.Task, u.Task)
		serve(m, "mem", m.Mem("mem", 1<<p.AddrBits, 32), u.Mem, io.Permit)
	}))
	for i, w := range mem {
		s.WriteMem("mem", i, w)
	}
	return s
}

// job is a job as an Item: address, words, base, tag.
type job struct{ addr, length, base, tag int64 }

func (j job) item() sim.Item { return sim.Item{j.addr, j.length, j.base, j.tag} }

// tasksOf is the model: the words from addr on, positions raised by base modulo 2^16, end words as they are.
func tasksOf(p lane.Params, mem []uint32, j job) (items []sim.Item) {
	for i := range j.length {
		w := mem[(j.addr+i)%(1<<p.AddrBits)]
		if w>>31 == 0 {
			pos := uint16(w>>8) + uint16(j.base)
			w = w&0xff0000ff | uint32(pos)<<8
		}
		items = append(items, sim.Item{int64(w), j.tag})
	}
	return items
}

func randomJobs(rng *rand.Rand, p lane.Params, n int) (jobs []job) {
	for range n {
		jobs = append(jobs, job{rng.Int64N(1 << p.AddrBits), 1 + rng.Int64N(20), rng.Int64N(1 << 16), rng.Int64N(4)})
	}
	return jobs
}

func TestFetcherSendsTheWordsOfEachJob(t *testing.T) {
	for i, p := range settings {
		for _, pace := range []struct{ permit, jobs, tasks float64 }{{1, 0, 0}, {0.3, 0, 0}, {1, 0, 0.7}, {0.5, 0.5, 0.5}} {
			t.Run(fmt.Sprintf("%v %v", p, pace), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(uint64(i), 1))
				mem := randomWords(rng, p)
				s := newFetcher(t, p, mem)
				var jobs, want []sim.Item
				for _, j := range randomJobs(rng, p, 20) {
					jobs, want = append(jobs, j.item()), append(want, tasksOf(p, mem, j)...)
				}
				in := sim.Send(s, s.IO.Job, jobs...).With(sim.Stall(1, pace.jobs))
				out := sim.Collect(s, s.IO.Task, len(want)).With(sim.Stall(2, pace.tasks))
				for !out.Done() && s.Cycle() < 30*len(want) {
					s.Poke(s.IO.Permit, flip(rng, pace.permit))
					s.Step(1)
				}
				require.Equal(t, want, out.Items())
				require.True(t, in.Done())
			})
		}
	}
}

// A job is taken only when the last word of the one before has left: until then another group may have it.
func TestFetcherTakesAJobOnlyWhenIdle(t *testing.T) {
	p := settings[1]
	rng := rand.New(rand.NewPCG(4, 4))
	s := newFetcher(t, p, randomWords(rng, p))
	var jobs []sim.Item
	due := 0
	for _, j := range randomJobs(rng, p, 30) {
		jobs = append(jobs, j.item())
	}
	in := sim.Send(s, s.IO.Job, jobs...)
	out := sim.Collect(s, s.IO.Task, 0).With(sim.Stall(2, 0.6))
	for in.Sent() < len(jobs) {
		s.Poke(s.IO.Permit, flip(rng, 0.5))
		s.Expect(s.IO.Job.Ready, len(out.Items()) == due)
		before := in.Sent()
		s.Step(1)
		if in.Sent() > before {
			due += int(jobs[before][1])
		}
	}
}

// Two words in three cycles: the queue of two holds a word that leaves in the cycle in which the next could be asked for.
func TestFetcherTimesTwoWordsInThreeCycles(t *testing.T) {
	p := settings[2]
	s := newFetcher(t, p, nil)
	s.Poke(s.IO.Permit, 1)
	sim.Send(s, s.IO.Job, job{0, 60, 0, 0}.item())
	out := sim.Collect(s, s.IO.Task, 60)
	require.NoError(t, s.StepUntilDone(200, out))
	require.Equal(t, 3+60*3/2-1, s.Cycle()) // 3: job, request, word
}

func TestFetcherWave(t *testing.T) {
	p := settings[1]
	s := newFetcher(t, p, []uint32{5: 7 | 3<<8, 6: 8 | 4<<8, 7: 1<<31 | 9})
	s.Poke(s.IO.Permit, 1)
	s.Watch("u_fetch.mem_valid", "u_fetch.mem_addr", "u_fetch.mem_grant")
	sim.Send(s, s.IO.Job, job{5, 3, 100, 2}.item())
	sim.Collect(s, s.IO.Task, 3)
	s.Step(8)
	sim.ExpectWave(t, s, "testdata/fetcher.wave", s.IO.Job.Valid, s.IO.Job.Ready, "u_fetch.mem_valid", "u_fetch.mem_addr",
		"u_fetch.mem_grant", s.IO.Task.Valid, s.IO.Task.Ready)
	expectShown(t, "testdata/fetcher.wave")
}
