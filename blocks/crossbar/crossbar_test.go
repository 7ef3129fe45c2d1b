package crossbar_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/crossbar"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

var sizes = []crossbar.Params{
	{Ports: 2, Banks: 2, AddrBits: 8, Width: 16},
	{Ports: 3, Banks: 2, AddrBits: 10, Width: 32},
	{Ports: 17, Banks: 16, AddrBits: 14, Width: 32},
	{Ports: 5, Banks: 16, AddrBits: 12, Width: 60},
	{Ports: 33, Banks: 4, AddrBits: 16, Width: 32},
}

func eachSize(t *testing.T, f func(t *testing.T, b *bench, rng *rand.Rand)) {
	t.Helper()
	for i, p := range sizes {
		t.Run(fmt.Sprintf("%d ports, %d banks", p.Ports, p.Banks), func(t *testing.T) {
			f(t, newBench(t, p), rand.New(rand.NewPCG(7, uint64(i))))
		})
	}
}

// Under random requests, which stay until granted: a bank that is asked for serves exactly one of those who ask for it,
// a bank that is not is not read, and the word comes one cycle after the grant.
func TestEachBankServesOneOfItsRequesters(t *testing.T) {
	eachSize(t, func(t *testing.T, b *bench, rng *rand.Rand) {
		asks, addr := make([]bool, b.p.Ports), make([]uint64, b.p.Ports)
		granted := make([]bool, b.p.Ports)
		for cycle := range 600 {
			for i := range asks {
				if granted[i] {
					require.Equal(t, b.content(addr[i]), b.data[i].Get(), "cycle %d: word of requester %d", cycle, i)
				}
				if granted[i] || !asks[i] {
					asks[i], addr[i] = rng.IntN(4) > 0, rng.Uint64N(1<<b.p.AddrBits)
				}
				b.request(i, asks[i], addr[i])
			}
			wanted, served := make([]int, b.p.Banks), make([]int, b.p.Banks)
			for i := range asks {
				k := addr[i] % uint64(b.p.Banks)
				granted[i] = b.grant[i].Get() == 1
				if asks[i] {
					wanted[k]++
				}
				if granted[i] {
					require.True(t, asks[i], "cycle %d: grant without a request to %d", cycle, i)
					served[k]++
				}
			}
			for k := range served {
				require.Equal(t, min(wanted[k], 1), served[k], "cycle %d: grants of bank %d", cycle, k)
				require.EqualValues(t, served[k], b.ren[k].Get())
			}
			b.step(rng)
		}
	})
}

// A request waits for at most Ports cycles, however the others press on.
func TestNoRequesterStarves(t *testing.T) {
	eachSize(t, func(t *testing.T, b *bench, rng *rand.Rand) {
		waits, grants, longest := make([]int, b.p.Ports), make([]int, b.p.Ports), 0
		for range 20 * b.p.Ports {
			for i := range waits {
				b.request(i, true, uint64(b.p.Banks)*rng.Uint64N(8)) // all at bank 0
			}
			for i := range waits {
				if waits[i]++; b.grant[i].Get() == 1 {
					longest = max(longest, waits[i]-1)
					waits[i] = 0
					grants[i]++
				}
			}
			b.step(rng)
		}
		require.LessOrEqual(t, longest, b.p.Ports)
		for i, n := range grants { // the priority is back after Ports + 1 cycles
			require.GreaterOrEqual(t, n, 20*b.p.Ports/(b.p.Ports+1)-1, "grants of requester %d", i)
		}
	})
}

// Requesters at banks of their own are all served in every cycle.
func TestNoWaitWithoutConflict(t *testing.T) {
	eachSize(t, func(t *testing.T, b *bench, rng *rand.Rand) {
		n := min(b.p.Ports, b.p.Banks)
		for cycle := range 100 {
			for i := range n {
				bankOf := uint64((i + cycle) % b.p.Banks)
				b.request(i, true, bankOf+uint64(b.p.Banks)*rng.Uint64N(8))
			}
			for i := range n {
				require.EqualValues(t, 1, b.grant[i].Get())
			}
			b.step(rng)
		}
	})
}

func TestCrossbarWave(t *testing.T) {
	b := newBench(t, crossbar.Params{Ports: 2, Banks: 2, AddrBits: 4, Width: 16})
	rng := rand.New(rand.NewPCG(1, 1))
	for _, c := range [][2]int{{4, 3}, {5, 8}, {6, 10}, {7, 10}, {-1, -1}} { // -1: no request
		for i, a := range c {
			b.request(i, a >= 0, uint64(max(a, 0)))
		}
		b.step(rng)
	}
	io := b.IO
	sim.ExpectWave(t, b, "testdata/crossbar.wave", io.Port[0].Valid, io.Port[0].Addr, io.Port[0].Grant, io.Port[0].Data,
		io.Port[1].Valid, io.Port[1].Addr, io.Port[1].Grant, io.Port[1].Data)
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	wave, err := os.ReadFile("testdata/crossbar.wave")
	require.NoError(t, err)
	require.Contains(t, string(page), string(wave))
}
