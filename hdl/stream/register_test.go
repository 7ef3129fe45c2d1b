package stream_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

type registerIO = stream.RegisterIO[Sample]

func register() *hdl.Module {
	return stream.Register[Sample]("register", stream.RegisterParams{Of: sampleParams{20}})
}

func TestRegisterKeepsOrder(t *testing.T) {
	for i, pace := range paces {
		t.Run(pace.name, func(t *testing.T) {
			items := samples(rand.New(rand.NewPCG(9, uint64(i))), 300)
			s := sim.New[registerIO](t, register())
			in := sim.Send(s, s.IO.In, items...).With(sim.Stall(1, pace.in))
			out := sim.Collect(s, s.IO.Out, len(items)).With(sim.Stall(2, pace.out))
			for range 12 * len(items) {
				s.Step(1)
				s.Expect(s.IO.Empty, in.Sent() == len(out.Items()))
			}
			require.Equal(t, items, out.Items())
		})
	}
}

// Latency 1, throughput 1: n payloads take n + 1 cycles.
func TestRegisterTimesOnePayloadACycle(t *testing.T) {
	const n = 40
	s := sim.New[registerIO](t, register())
	sim.Send(s, s.IO.In, samples(rand.New(rand.NewPCG(1, 1)), n)...)
	require.NoError(t, s.StepUntilDone(2*n, sim.Collect(s, s.IO.Out, n)))
	require.Equal(t, n+1, s.Cycle())
}

// Ready passes through a full register and does not depend on valid; valid does not pass through.
func TestRegisterCutsTheForwardPathOnly(t *testing.T) {
	s := sim.New[registerIO](t, register())
	for _, valid := range []int{0, 1} {
		s.Poke(s.IO.In.Valid, valid)
		s.Expect(s.IO.In.Ready, 1)
		s.Expect(s.IO.Out.Valid, 0)
	}
	s.Step(1)
	for _, valid := range []int{0, 1} {
		for _, ready := range []int{1, 0} {
			s.Poke(s.IO.In.Valid, valid)
			s.Poke(s.IO.Out.Ready, ready)
			s.Expect(s.IO.In.Ready, ready)
			s.Expect(s.IO.Out.Valid, 1)
		}
	}
}

// A sender that changes its mind before the transfer does not show behind the register: once something is offered
// there, it stays.
func TestRegisterHidesAnUnsteadySender(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	s := sim.New[registerIO](t, register())
	out := sim.Collect(s, s.IO.Out, 0).With(sim.Stall(1, 0.7))
	var taken []sim.Item
	for range 400 {
		it := samples(rng, 1)[0]
		s.Poke(s.IO.In.Valid, rng.IntN(2))
		s.Poke(s.IO.In.Data.Pos, it[0])
		s.Poke(s.IO.In.Data.Val, it[1])
		s.Poke(s.IO.In.Data.Wide, it[2])
		before := len(out.Items())
		valid, empty := s.Peek(s.IO.In.Valid) == 1, s.Peek(s.IO.Empty) == 1
		s.Step(1)
		if left := len(out.Items()) > before; valid && (empty || left) {
			taken = append(taken, it)
		}
	}
	require.Greater(t, len(taken), 50)
	require.Equal(t, taken[:len(out.Items())], out.Items())
	require.LessOrEqual(t, len(taken)-len(out.Items()), 1)
}

func TestRegisterIsEmptyAfterReset(t *testing.T) {
	s := sim.New[registerIO](t, register())
	sim.Send(s, s.IO.In, sim.Item{1, 2, 3})
	s.Step(2)
	s.Expect(s.IO.Out.Valid, 1)
	s.Reset(1)
	s.Expect(s.IO.Out.Valid, 0)
	s.Expect(s.IO.Empty, 1)
}

func TestRegisterWave(t *testing.T) {
	s := sim.New[stream.RegisterIO[stream.Bits]](t, stream.Register[stream.Bits]("register", stream.RegisterParams{Of: stream.BitsParams{Width: 8}}))
	sim.Send(s, s.IO.In, sim.Item{10}, sim.Item{11}, sim.Item{12})
	s.Step(2)
	s.Poke(s.IO.Out.Ready, 1)
	s.Step(4)
	sim.ExpectWave(t, s, "testdata/register.wave")
	expectShown(t, "README.md", "testdata/register.wave")
}
