package scheduler_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/scheduler"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// A phase of the stimulus, and where its job table stands.
type phase struct {
	aBase, bBase, jobs int64
	barrier            bool
}

func (p phase) item() sim.Item {
	b := int64(0)
	if p.barrier {
		b = 1
	}
	return sim.Item{p.aBase, p.bBase, p.jobs, b}
}

// A handed job is one that the scheduler has given to a group.
type handed struct {
	lane                    int
	addr, length, base, tag uint64
}

// A bench is a scheduler with a memory, groups of lanes and the output stage played in Go.
type bench struct {
	*sim.Sim[scheduler.IO]
	p     scheduler.Params
	rng   *rand.Rand
	group int
	mem   []uint32

	permit, idle, finish float64 // chances: memory grants; a fetcher is idle; a lane finishes a job

	word       uint64     // what memory shows
	owed       [][]uint64 // by lane: tags of its unfinished jobs, in order
	unfinished int        // ends that lanes owe
	jobs       []handed
	retired    []int // jobs handed out by the time each phase retired, and
	open       []int // ends owed then
}

func newBench(t *testing.T, p scheduler.Params, group int, seed uint64) *bench {
	t.Helper()
	b := &bench{
		Sim: sim.New[scheduler.IO](t, scheduler.New(p)), p: p, rng: rand.New(rand.NewPCG(seed, uint64(group))), group: group,
		mem: make([]uint32, 1<<p.AddrBits), owed: make([][]uint64, p.Lanes), permit: 1, idle: 1, finish: 1,
	}
	for i := range b.mem {
		b.mem[i] = b.rng.Uint32()
	}
	b.Poke(b.IO.GroupSize, group)
	b.Poke(b.IO.Written, 1)
	for i, l := range b.IO.Lane {
		b.Poke(l.Leads, i%group == 0)
	}
	return b
}

func (b *bench) chance(p float64) bool { return b.rng.Float64() < p }

// step plays one cycle. Requests come from registers, so they can be answered in the cycle itself.
func (b *bench) step(t *testing.T) {
	t.Helper()
	io := b.IO
	b.Poke(io.Mem.Data, b.word)
	grant := b.Peek(io.Mem.Valid) == 1 && b.chance(b.permit)
	b.Poke(io.Mem.Grant, grant)
	b.word = b.rng.Uint64() & 0xffffffff // no word where nothing was granted
	if grant {
		b.word = uint64(b.mem[b.Peek(io.Mem.Addr)])
	}
	firstIdle := -1
	for i, l := range io.Lane {
		ready := b.chance(b.idle)
		b.Poke(l.JobReady, ready)
		if ready && i%b.group == 0 && firstIdle < 0 {
			firstIdle = i
		}
		ends := len(b.owed[i]) > 0 && b.chance(b.finish)
		b.Poke(l.Retire, ends)
		if ends {
			b.Poke(l.RetireTag, b.owed[i][0])
			b.owed[i] = b.owed[i][1:]
			b.unfinished--
		}
	}
	for i, l := range io.Lane {
		if b.Peek(l.JobValid) == 0 {
			continue
		}
		require.Equal(t, firstIdle, i, "a job is for the first idle group")
		b.jobs = append(b.jobs, handed{i, b.Peek(io.JobAddr), b.Peek(io.JobLen), b.Peek(io.JobBase), b.Peek(io.JobTag)})
		for k := range b.group {
			b.owed[i+k] = append(b.owed[i+k], b.Peek(io.JobTag))
			b.unfinished++
		}
	}
	before := b.Peek(io.Retired)
	b.Step(1)
	if now := b.Peek(io.Retired); now != before {
		require.Equal(t, (before+1)&0xffff, now, "phases retire one at a time")
		b.retired, b.open = append(b.retired, len(b.jobs)), append(b.open, b.unfinished)
	}
}

// expected are the jobs of phases in order, without the lanes they go to.
func (b *bench) expected(phases []phase) (jobs []handed) {
	size := uint64(len(b.mem))
	for k, p := range phases {
		for j := range p.jobs {
			e := b.mem[(uint64(p.aBase)+uint64(j))%size]
			jobs = append(jobs, handed{0, (uint64(p.aBase) + uint64(e&0xffff)) % size, uint64(e >> 16), uint64(p.bBase), uint64(k % 4)})
		}
	}
	return jobs
}

func (b *bench) randomPhases(n int) (phases []phase) {
	for range n {
		phases = append(phases, phase{b.rng.Int64N(1 << 16), b.rng.Int64N(1 << 16), 1 + b.rng.Int64N(12), b.rng.IntN(5) == 0})
	}
	return phases
}

func items(phases []phase) (list []sim.Item) {
	for _, p := range phases {
		list = append(list, p.item())
	}
	return list
}
