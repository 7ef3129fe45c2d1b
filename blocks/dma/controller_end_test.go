package dma_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// END waits for loads, phases and outputs.
func TestEndWaitsForEverything(t *testing.T) {
	for _, hold := range []string{"loads_idle_i", "idle_i", "written_i"} {
		b := newControl(t, settings[1], loadOf(0, 0, 1), end())
		b.Poke(hold, 0)
		b.start(1000)
		b.steps(60)
		b.Expect(b.IO.Done, 0)
		b.Expect(b.IO.Busy, 1)
		b.Poke(hold, 1)
		require.Less(t, b.finish(20), 20)
	}
}

// Done is a level, until the next start; the cycle counter stands at the number of the first cycle in which done is 1,
// where the start is in cycle 0.
func TestDoneAndCycleCount(t *testing.T) {
	for _, p := range settings {
		b := newControl(t, p, loadOf(0, 0, 1), end())
		b.Expect(b.IO.Done, 0)
		b.start(1000)
		cycles := b.finish(100)
		for range 10 {
			b.Expect(b.IO.Done, 1)
			b.Expect(b.IO.Cycle, cycles)
			b.step()
		}
		b.start(1000)
		b.Expect(b.IO.Done, 0)
		b.Expect(b.IO.Busy, 1)
		require.Equal(t, cycles, b.finish(100))
	}
}

// A second program runs as the first did, whatever was read ahead past the END of the first.
func TestRestart(t *testing.T) {
	for _, p := range settings {
		b := newControl(t, p, loadOf(1, 0, 1), end(), loadOf(99, 0, 1), loadOf(98, 0, 1), loadOf(97, 0, 1))
		b.mem.programs[5000] = []instruction{loadOf(2, 0, 1), loadOf(3, 0, 1), end()}
		want := []int64{}
		for run := range 6 {
			if run%2 == 0 {
				b.start(1000)
				want = append(want, 1)
			} else {
				b.start(5000)
				want = append(want, 2, 3)
			}
			require.Less(t, b.finish(100), 100)
			require.True(t, b.mem.quiet(), "an answer is still to come")
			b.steps(run)
		}
		var got []int64
		for _, l := range b.loads.Items() {
			got = append(got, l[0])
		}
		require.Equal(t, want, got)
	}
}

// A start while a program runs changes nothing.
func TestStartWhileBusyIsIgnored(t *testing.T) {
	b := newControl(t, settings[1], loadOf(1, 0, 1), loadOf(2, 0, 1), end())
	b.mem.programs[5000] = []instruction{loadOf(50, 0, 1), end()}
	b.start(1000)
	b.step()
	b.start(5000)
	require.Less(t, b.finish(100), 100)
	require.Len(t, b.loads.Items(), 2)
}

// Reset ends a program.
func TestResetWhileBusy(t *testing.T) {
	b := newControl(t, settings[1], loadOf(1, 0, 1), loadOf(2, 0, 1), end())
	b.start(1000)
	b.steps(3)
	b.Reset(1)
	b.mem.asked, b.mem.at, b.mem.done = nil, nil, 0
	b.Expect(b.IO.Busy, 0)
	b.Expect(b.IO.Done, 0)
	b.steps(20)
	require.Empty(t, b.loads.Items())
	b.start(1000)
	require.Less(t, b.finish(100), 100)
	require.Len(t, b.loads.Items(), 2)
}
