package stream_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

type fifoIO = stream.FIFOIO[Sample]

func fifo(depth int) *hdl.Module {
	return stream.FIFO[Sample]("fifo", stream.FIFOParams{Depth: depth, Of: sampleParams{20}})
}

// Whatever the two ends do, all payloads come out once and in order, count is what went in less what came out, and the
// output keeps to the protocol, which Collect checks.
func TestFIFOKeepsOrderAndCount(t *testing.T) {
	for _, depth := range []int{1, 2, 3, 4, 7, 8, 33} {
		for i, pace := range paces {
			t.Run(fmt.Sprintf("depth %d, %s", depth, pace.name), func(t *testing.T) {
				items := samples(rand.New(rand.NewPCG(uint64(depth), uint64(i))), 200)
				s := sim.New[fifoIO](t, fifo(depth))
				in := sim.Send(s, s.IO.In, items...).With(sim.Stall(1, pace.in))
				out := sim.Collect(s, s.IO.Out, len(items)).With(sim.Stall(2, pace.out))
				fullest := 0
				for !out.Done() && s.Cycle() < 30*len(items) {
					s.Step(1)
					held := in.Sent() - len(out.Items())
					s.Expect(s.IO.Count, held)
					fullest = max(fullest, held)
				}
				require.Equal(t, items, out.Items())
				require.LessOrEqual(t, fullest, depth)
				if pace.out > pace.in {
					require.Equal(t, depth, fullest, "a slow receiver lets it fill")
				}
			})
		}
	}
}

// A payload that comes in at one edge is offered from the next cycle on.
func TestFIFOLatencyIsOne(t *testing.T) {
	for _, depth := range []int{1, 2, 5} {
		s := sim.New[fifoIO](t, fifo(depth))
		sim.Send(s, s.IO.In, sim.Item{7, -3, 99})
		s.Step(1)
		s.Expect(s.IO.Out.Valid, 1)
		s.Expect(s.IO.Out.Data.Pos, 7)
		s.Expect(s.IO.Out.Data.Val, -3)
		s.Expect(s.IO.Out.Data.Wide, 99)
	}
}

// From depth 2 on a payload moves in every cycle; a FIFO of depth 1 takes nothing while it is full, so every other.
func TestFIFOThroughput(t *testing.T) {
	const n = 50
	for _, c := range []struct{ depth, cycles int }{{1, 2 * n}, {2, n + 1}, {3, n + 1}, {8, n + 1}} {
		s := sim.New[fifoIO](t, fifo(c.depth))
		sim.Send(s, s.IO.In, samples(rand.New(rand.NewPCG(1, 1)), n)...)
		out := sim.Collect(s, s.IO.Out, n)
		require.NoError(t, s.StepUntilDone(3*n, out))
		require.Equal(t, c.cycles, s.Cycle(), "depth %d", c.depth)
	}
}

// Neither ready nor valid follows from the other side within a cycle, empty, partly filled or full.
func TestFIFOCutsBothPaths(t *testing.T) {
	const depth = 3
	s := sim.New[fifoIO](t, fifo(depth))
	for held := range depth + 1 {
		for _, valid := range []int{1, 0} {
			for _, ready := range []int{1, 0} {
				s.Poke(s.IO.In.Valid, valid)
				s.Poke(s.IO.Out.Ready, ready)
				s.Expect(s.IO.In.Ready, held < depth)
				s.Expect(s.IO.Out.Valid, held > 0)
			}
		}
		s.Poke(s.IO.In.Valid, held < depth)
		s.Step(1)
	}
}

func TestFIFOIsEmptyAfterReset(t *testing.T) {
	s := sim.New[fifoIO](t, fifo(4))
	sim.Send(s, s.IO.In, samples(rand.New(rand.NewPCG(3, 3)), 3)...)
	s.Step(5)
	s.Expect(s.IO.Count, 3)
	s.Reset(1)
	s.Expect(s.IO.Count, 0)
	s.Expect(s.IO.Out.Valid, 0)
	s.Expect(s.IO.In.Ready, 1)
}

func TestFIFOWave(t *testing.T) {
	s := sim.New[stream.FIFOIO[stream.Bits]](t, stream.FIFO[stream.Bits]("fifo", stream.FIFOParams{Depth: 2, Of: stream.BitsParams{Width: 8}}))
	sim.Send(s, s.IO.In, sim.Item{10}, sim.Item{11}, sim.Item{12}, sim.Item{13})
	s.Step(4)
	s.Poke(s.IO.Out.Ready, 1)
	s.Step(6)
	sim.ExpectWave(t, s, "testdata/fifo.wave")
	expectShown(t, "README.md", "testdata/fifo.wave")
}
