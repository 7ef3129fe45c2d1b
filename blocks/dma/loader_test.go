package dma_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/dma"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// params are those of a machine.
func params(lanes, addrBits, accColumns, portBytes int) dma.Params {
	return dma.Params{Lanes: lanes, AddrBits: addrBits, AccColumns: accColumns, AccDepth: accColumns / (portBytes / 4), PortBytes: portBytes}
}

var settings = []dma.Params{params(2, 10, 16, 8), params(16, 14, 128, 16), params(64, 16, 256, 32)}

func flip(rng *rand.Rand, p float64) bool { return rng.Float64() < p }

// A loaderBench is a loader whose reads are answered in order, some cycles later.
type loaderBench struct {
	*sim.Sim[dma.LoaderIO]
	reads   *sim.Collector
	latency int
	asked   []int // cycle of each read
	done    int   // reads answered
	local   []uint64
}

func newLoader(t *testing.T, p dma.Params, latency int, stall float64) *loaderBench {
	t.Helper()
	s := sim.New[dma.LoaderIO](t, dma.Loader(p))
	return &loaderBench{Sim: s, reads: sim.Collect(s, s.IO.Read, 0).With(sim.Stall(2, stall)), latency: latency}
}

// step answers the oldest read if its time has come; it notes where the beat goes.
func (b *loaderBench) step() {
	arrives := b.done < len(b.asked) && b.Cycle() >= b.asked[b.done]+b.latency
	b.Poke(b.IO.RspValid, arrives)
	b.Expect(b.IO.Write, arrives)
	if arrives {
		b.local = append(b.local, b.Peek(b.IO.Local))
		b.done++
	}
	b.Step(1)
	for len(b.asked) < len(b.reads.Items()) {
		b.asked = append(b.asked, b.Cycle()-1)
	}
}

// Every beat of every block is read in order and goes to its place in local memory, also when it wraps at the end.
func TestLoaderBringsBlocks(t *testing.T) {
	for i, p := range settings {
		for _, c := range []struct {
			latency      int
			loads, reads float64
		}{{1, 0, 0}, {8, 0, 0}, {40, 0, 0.5}, {8, 0.5, 0.8}} {
			t.Run(fmt.Sprintf("%d bytes, %v", p.PortBytes, c), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(uint64(i), 1))
				b := newLoader(t, p, c.latency, c.reads)
				var loads, reads []sim.Item
				var local []uint64
				words := int64(p.WordsPerBeat())
				for range 30 {
					addr, at, beats := rng.Int64N(1<<32), rng.Int64N(1<<p.AddrBits/words)*words, 1+rng.Int64N(12)
					loads = append(loads, sim.Item{addr, at, beats})
					for k := range beats {
						reads = append(reads, sim.Item{(addr + k) & (1<<32 - 1)})
						local = append(local, uint64(at+k*words)&(1<<p.AddrBits-1))
					}
				}
				sim.Send(b, b.IO.Load, loads...).With(sim.Stall(1, c.loads))
				for b.done < len(local) && b.Cycle() < 20000 {
					b.step()
				}
				require.Equal(t, reads, b.reads.Items())
				require.Equal(t, local, b.local)
				b.Expect(b.IO.Idle, 1)
			})
		}
	}
}

// Idle is 0 from the first read to the last answer, in the gap between two blocks too.
func TestLoaderIsIdleWhenAllHasArrived(t *testing.T) {
	b := newLoader(t, settings[1], 20, 0)
	b.Expect(b.IO.Idle, 1)
	sim.Send(b, b.IO.Load, sim.Item{100, 0, 3}, sim.Item{200, 64, 2})
	b.step()
	for b.done < 5 {
		b.Expect(b.IO.Idle, 0)
		b.step()
		require.Less(t, b.Cycle(), 100)
	}
	b.Expect(b.IO.Idle, 1)
}

// The reads of four blocks are under way before the first answers; a fifth waits.
func TestLoaderRunsFourBlocksAhead(t *testing.T) {
	b := newLoader(t, settings[1], 1000, 0)
	in := sim.Send(b, b.IO.Load, sim.Item{0, 0, 2}, sim.Item{10, 8, 2}, sim.Item{20, 16, 2}, sim.Item{30, 24, 2}, sim.Item{40, 32, 2})
	for range 50 {
		b.step()
	}
	require.Equal(t, 4, in.Sent())
	require.Len(t, b.reads.Items(), 8)
	b.latency = 0
	for range 30 {
		b.step()
	}
	require.True(t, in.Done())
	require.Len(t, b.reads.Items(), 10)
}

// One cycle for a block and one for each of its beats.
func TestLoaderTimes(t *testing.T) {
	b := newLoader(t, settings[1], 1, 0)
	sim.Send(b, b.IO.Load, sim.Item{0, 0, 10}, sim.Item{100, 0, 1}, sim.Item{200, 0, 5})
	for len(b.reads.Items()) < 16 {
		b.step()
		require.Less(t, b.Cycle(), 100)
	}
	require.Equal(t, 3+16, b.Cycle())
}

func TestLoaderWave(t *testing.T) {
	b := newLoader(t, settings[1], 4, 0)
	sim.Send(b, b.IO.Load, sim.Item{100, 64, 2}, sim.Item{200, 128, 1})
	for range 10 {
		b.step()
	}
	sim.ExpectWave(t, b, "testdata/loader.wave")
	expectShown(t, "testdata/loader.wave")
}
