package multicast_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/multicast"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// tasks are n different tasks, with the leader's number in them.
func tasks(rng *rand.Rand, leader, n int) []sim.Item {
	items := make([]sim.Item, n)
	for i := range items {
		items[i] = sim.Item{int64(leader)<<24 | rng.Int64N(1<<24), rng.Int64N(4)}
	}
	return items
}

func eachSize(t *testing.T, f func(t *testing.T, lanes, group int)) {
	t.Helper()
	for _, lanes := range []int{2, 4, 16, 64} {
		for g := 1; g <= lanes; g *= 2 {
			t.Run(fmt.Sprintf("%d lanes in groups of %d", lanes, g), func(t *testing.T) { f(t, lanes, g) })
		}
	}
}

func log2(n int) (l int) {
	for ; n > 1; n /= 2 {
		l++
	}
	return l
}

// Every lane of a group gets each task of its leader exactly once and in order, whatever stalls there are.
func TestEachLaneGetsItsLeadersTasks(t *testing.T) {
	eachSize(t, func(t *testing.T, lanes, group int) {
		const n = 25
		rng := rand.New(rand.NewPCG(uint64(lanes), uint64(group)))
		s := sim.New[multicast.IO](t, multicast.New(multicast.Params{Lanes: lanes}))
		s.Poke(s.IO.Log2Group, log2(group))
		sent := make([][]sim.Item, lanes)
		var ends []sim.Stream
		var outs []*sim.Collector
		for i := range lanes {
			if i%group == 0 {
				sent[i] = tasks(rng, i, n)
				ends = append(ends, sim.Send(s, s.IO.In[i], sent[i]...).With(sim.Stall(rng.Uint64(), 0.3)))
			}
			outs = append(outs, sim.Collect(s, s.IO.Out[i], n).With(sim.Stall(rng.Uint64(), 0.3)))
			ends = append(ends, outs[i])
		}
		// All 64 lanes of one group are ready together once in a long while: they stall only at the start.
		for range 60 {
			s.Step(1)
		}
		for _, o := range outs {
			o.With(sim.Stall(1, 0))
		}
		require.NoError(t, s.StepUntilDone(200, ends...))
		for i, o := range outs {
			require.Equal(t, sent[i/group*group], o.Items(), "lane %d", i)
		}
	})
}

// All lanes of a group take a task in one and the same cycle: when the last of them is ready.
func TestATaskMovesToAllLanesAtOnce(t *testing.T) {
	eachSize(t, func(t *testing.T, lanes, group int) {
		rng := rand.New(rand.NewPCG(3, uint64(group)))
		s := sim.New[multicast.IO](t, multicast.New(multicast.Params{Lanes: lanes}))
		s.Poke(s.IO.Log2Group, log2(group))
		for range 50 {
			late := rng.IntN(3*lanes + 1) // the lane that is not ready, if it is one
			for i := range lanes {
				s.Poke(s.IO.Out[i].Ready, i != late)
				s.Poke(s.IO.In[i].Valid, i%group == 0)
				s.Poke(s.IO.In[i].Data.Word, i)
			}
			for i := range lanes {
				moves := late/group != i/group
				s.Expect(s.IO.Out[i].Valid, moves)
				if moves {
					s.Expect(s.IO.Out[i].Data.Word, i/group*group)
				}
				if i%group == 0 {
					s.Expect(s.IO.In[i].Ready, moves)
				}
			}
			s.Step(1)
		}
	})
}

func TestTheFirstLaneOfAGroupLeads(t *testing.T) {
	eachSize(t, func(t *testing.T, lanes, group int) {
		s := sim.New[multicast.IO](t, multicast.New(multicast.Params{Lanes: lanes}))
		s.Poke(s.IO.Log2Group, log2(group))
		for i := range lanes {
			s.Expect(s.IO.Leads[i], i%group == 0)
		}
	})
}

func TestMulticastWave(t *testing.T) {
	s := sim.New[multicast.IO](t, multicast.New(multicast.Params{Lanes: 2}))
	s.Poke(s.IO.Log2Group, 1)
	sim.Send(s, s.IO.In[0], sim.Item{10, 0}, sim.Item{11, 0}, sim.Item{12, 0})
	for _, ready := range [][2]int{{0, 1}, {1, 0}, {1, 1}, {1, 1}, {0, 1}, {1, 1}} {
		s.Poke(s.IO.Out[0].Ready, ready[0])
		s.Poke(s.IO.Out[1].Ready, ready[1])
		s.Step(1)
	}
	io := s.IO
	sim.ExpectWave(t, s, "testdata/multicast.wave", io.In[0].Valid, io.In[0].Ready, io.In[0].Data.Word,
		io.Out[0].Valid, io.Out[0].Ready, io.Out[0].Data.Word, io.Out[1].Valid, io.Out[1].Ready, io.Out[1].Data.Word)
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	wave, err := os.ReadFile("testdata/multicast.wave")
	require.NoError(t, err)
	require.Contains(t, string(page), string(wave))
}
