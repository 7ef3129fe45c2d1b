package scheduler_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/scheduler"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// All jobs are handed out once, in order, with the addresses of their phase, to the first group that is idle (which step
// checks); every phase retires, and at the end the scheduler is idle.
func TestJobsAreHandedOutInOrder(t *testing.T) {
	for i, p := range []scheduler.Params{{Lanes: 2, AddrBits: 8}, {Lanes: 4, AddrBits: 10}, {Lanes: 16, AddrBits: 14}, {Lanes: 64, AddrBits: 16}} {
		for group := 1; group <= p.Lanes; group *= 4 {
			for _, pace := range []struct{ permit, idle, finish float64 }{{1, 1, 1}, {0.2, 1, 1}, {1, 0.1, 1}, {1, 1, 0.05}, {0.5, 0.2, 0.2}} {
				t.Run(fmt.Sprintf("%d lanes in groups of %d, %v", p.Lanes, group, pace), func(t *testing.T) {
					b := newBench(t, p, group, uint64(i))
					b.permit, b.idle, b.finish = pace.permit, pace.idle, pace.finish
					phases := b.randomPhases(15)
					want := b.expected(phases)
					in := sim.Send(b, b.IO.Phase, items(phases)...).With(sim.Stall(1, 0.3))
					for len(b.retired) < len(phases) && b.Cycle() < 20000 {
						b.step(t)
					}
					require.True(t, in.Done())
					got := make([]handed, len(b.jobs))
					for k, j := range b.jobs {
						j.lane = 0
						got[k] = j
					}
					require.Equal(t, want, got)
					require.Zero(t, b.unfinished)
					b.Expect(b.IO.Retired, len(phases))
					b.Expect(b.IO.Idle, 1)
				})
			}
		}
	}
}

// With everything ready a job leaves in every cycle: n jobs in n cycles, four after the phase came in.
func TestOneJobACycle(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 4, AddrBits: 10}, 1, 1)
	sim.Send(b, b.IO.Phase, phase{jobs: 40}.item())
	for range 3 {
		b.step(t)
	}
	require.Empty(t, b.jobs)
	for range 40 {
		b.step(t)
	}
	require.Len(t, b.jobs, 40)
}

// A group that has no idle fetcher gets nothing, and jobs go round it.
func TestBusyGroupsAreLeftOut(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 4, AddrBits: 10}, 1, 2)
	b.idle = 0.5
	sim.Send(b, b.IO.Phase, phase{jobs: 200}.item())
	per := map[int]int{}
	for range 400 {
		b.step(t)
	}
	for _, j := range b.jobs {
		per[j.lane]++
	}
	require.Len(t, b.jobs, 200)
	for lane, share := range []float64{0.5, 0.25, 0.125, 0.0625} { // the first idle one
		require.InDelta(t, 200*share/0.9375, per[lane], 30, "jobs of lane %d", lane)
	}
	b.idle = 0
	sim.Send(b, b.IO.Phase, phase{jobs: 1}.item())
	for range 50 {
		b.step(t)
	}
	require.Len(t, b.jobs, 200)
}

// No more than four phases are open: the fifth comes in when the oldest has retired.
func TestAtMostFourPhasesAreOpen(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 2, AddrBits: 8}, 1, 3)
	b.finish = 0
	phases := b.randomPhases(9)
	for i := range phases {
		phases[i].jobs, phases[i].barrier = 3, false
	}
	in := sim.Send(b, b.IO.Phase, items(phases)...)
	for range 60 {
		b.step(t)
	}
	require.Equal(t, scheduler.InFlight, in.Sent())
	require.Len(t, b.jobs, 12)
	b.finish = 1
	for len(b.retired) < len(phases) && b.Cycle() < 300 {
		b.step(t)
		require.LessOrEqual(t, in.Sent(), len(b.retired)+scheduler.InFlight)
	}
	require.Len(t, b.retired, len(phases))
}

// Phases retire in order although a later one is finished first, and the later one as soon as it can.
func TestPhasesRetireInOrder(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 2, AddrBits: 8}, 1, 4)
	b.finish = 0
	sim.Send(b, b.IO.Phase, phase{jobs: 1}.item(), phase{jobs: 1}.item())
	for len(b.jobs) < 2 {
		b.step(t)
	}
	first := b.owed[0][0]
	require.Zero(t, first)
	b.owed[0] = nil
	end := func(tag uint64) {
		b.owed[1] = []uint64{tag}
		b.finish = 1
		b.step(t)
		b.finish = 0
		for range 5 {
			b.step(t)
		}
	}
	end(1)
	b.Expect(b.IO.Retired, 0)
	end(0)
	b.Expect(b.IO.Retired, 2)
}

// A phase is retired when all lanes of each group, not only the leaders, have finished its jobs.
func TestAPhaseWaitsForEveryLane(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 8, AddrBits: 8}, 4, 5)
	b.finish = 0
	sim.Send(b, b.IO.Phase, phase{jobs: 2}.item())
	for range 20 {
		b.step(t)
	}
	require.Equal(t, 8, b.unfinished)
	for left := 8; left > 0; left-- {
		b.Expect(b.IO.Retired, 0)
		for i := range b.owed { // one lane after the other
			if len(b.owed[i]) > 0 {
				b.Poke(b.IO.Lane[i].Retire, 1)
				b.Poke(b.IO.Lane[i].RetireTag, b.owed[i][0])
				b.owed[i] = b.owed[i][1:]
				b.Step(1)
				b.Poke(b.IO.Lane[i].Retire, 0)
				break
			}
		}
		b.Step(1)
	}
	b.Expect(b.IO.Retired, 1)
}

// A barrier waits for every phase before it and for the outputs; without one the next phase comes in at once.
func TestBarrier(t *testing.T) {
	for _, barrier := range []bool{false, true} {
		b := newBench(t, scheduler.Params{Lanes: 2, AddrBits: 8}, 1, 6)
		b.finish = 0
		in := sim.Send(b, b.IO.Phase, phase{jobs: 2}.item(), phase{jobs: 2, barrier: barrier}.item())
		for range 20 {
			b.step(t)
		}
		require.Equal(t, !barrier, in.Done())
		b.finish = 1
		b.Poke(b.IO.Written, 0)
		for range 20 {
			b.step(t)
		}
		require.Equal(t, !barrier, in.Done())
		b.Poke(b.IO.Written, 1)
		b.step(t)
		require.True(t, in.Done())
	}
}

// Idle means no open phase and none at the door.
func TestIdle(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 2, AddrBits: 8}, 1, 7)
	b.Expect(b.IO.Idle, 1)
	b.Poke(b.IO.Phase.Valid, 1)
	b.Poke(b.IO.Phase.Data.Jobs, 1)
	b.Expect(b.IO.Idle, 0)
	b.Step(1)
	b.Poke(b.IO.Phase.Valid, 0)
	for len(b.retired) == 0 && b.Cycle() < 50 {
		b.Expect(b.IO.Idle, 0)
		b.step(t)
	}
	b.Expect(b.IO.Idle, 1)
}

// The number of retired phases starts again with a run, and wraps modulo 2^16.
func TestRetiredCount(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 2, AddrBits: 8}, 1, 8)
	in := sim.Send(b, b.IO.Phase, phase{jobs: 1}.item(), phase{jobs: 1}.item())
	for range 20 {
		b.step(t)
	}
	b.Expect(b.IO.Retired, 2)
	b.Poke(b.IO.Start, 1)
	b.Step(1)
	b.Poke(b.IO.Start, 0)
	b.Expect(b.IO.Retired, 0)
	for range 1<<16 + 3 {
		in.Append(phase{jobs: 1}.item())
	}
	for len(b.retired) < 2+1<<16+3 && b.Cycle() < 500000 {
		b.step(t)
	}
	b.Expect(b.IO.Retired, 3)
}

func TestSchedulerWave(t *testing.T) {
	b := newBench(t, scheduler.Params{Lanes: 2, AddrBits: 8}, 1, 9)
	b.finish = 0
	copy(b.mem[16:], []uint32{3<<16 | 4, 2<<16 | 7, 5<<16 | 9})
	sim.Send(b, b.IO.Phase, phase{aBase: 16, bBase: 64, jobs: 3}.item())
	for cycle := range 9 {
		if b.idle = 0; cycle == 4 || cycle == 6 || cycle == 7 {
			b.idle = 1
		}
		b.step(t)
	}
	io := b.IO
	sim.ExpectWave(t, b, "testdata/scheduler.wave", io.Phase.Valid, io.Phase.Ready, io.Mem.Valid, io.Mem.Addr, io.Mem.Grant,
		io.Lane[0].JobReady, io.Lane[0].JobValid, io.JobAddr, io.JobLen, io.JobTag)
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	wave, err := os.ReadFile("testdata/scheduler.wave")
	require.NoError(t, err)
	require.Contains(t, string(page), string(wave))
}
