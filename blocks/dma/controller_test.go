package dma_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/sim"
)

var someLayer = layer{format: 2, log2Group: 1, ncols: 15, rowWords: 3, stride: 100, drainWords: 3, sliceBeats: 500, mult: 40000, shift: 47}

// A program of each instruction gives its fields to who needs them, at every width of the port.
func TestControllerExecutesAProgram(t *testing.T) {
	for _, p := range settings {
		t.Run(fmt.Sprintf("%d bytes", p.PortBytes), func(t *testing.T) {
			b := newControl(t, p, config(someLayer), loadOf(0xdeadbeef, 64, 0xffff), phaseOf(0x1234, 0x5678, 9, 0),
				loadOf(77, 128, 1), loadOf(78, 256, 2), phaseOf(1, 2, 0xffff, 1), end())
			b.start(1000)
			b.Expect(b.IO.Busy, 1)
			require.Less(t, b.finish(500), 500)
			require.Equal(t, []sim.Item{{0xdeadbeef, 64, 0xffff}, {77, 128, 1}, {78, 256, 2}}, b.loads.Items())
			require.Equal(t, []sim.Item{{0x1234, 0x5678, 9, 0}, {1, 2, 0xffff, 1}}, b.phases.Items())
			b.expectLayer(someLayer)
			b.Expect(b.IO.Busy, 0)
		})
	}
}

// A phase is queued once the loads before it have arrived.
func TestPhaseWaitsForItsLoads(t *testing.T) {
	b := newControl(t, settings[1], loadOf(0, 0, 5), phaseOf(1, 2, 3, 0), end())
	b.Poke(b.IO.LoadsIdle, 0)
	b.start(1000)
	b.steps(60)
	require.Len(t, b.loads.Items(), 1)
	require.Empty(t, b.phases.Items())
	b.Poke(b.IO.LoadsIdle, 1)
	b.steps(2)
	require.Len(t, b.phases.Items(), 1)
}

// Four phases are queued for a scheduler that takes none; instructions behind the fifth wait.
func TestPhasesQueueUp(t *testing.T) {
	b := newControl(t, settings[1], phaseOf(0, 0, 1, 0), phaseOf(1, 0, 1, 0), phaseOf(2, 0, 1, 0), phaseOf(3, 0, 1, 0), phaseOf(4, 0, 1, 0), loadOf(9, 0, 1), end())
	b.phases.With(sim.Stall(1, 1))
	b.start(1000)
	b.steps(80)
	require.Empty(t, b.loads.Items())
	b.phases.With(sim.Stall(1, 0))
	b.steps(20)
	require.Len(t, b.loads.Items(), 1)
	require.Len(t, b.phases.Items(), 5)
}

// A load with the wait flag waits for a number of retired phases, compared modulo 2^16; one without never does.
func TestLoadWaitsForRetiredPhases(t *testing.T) {
	for _, c := range []struct {
		wait, retired uint32
		goes          bool
	}{
		{0, 0, true},
		{1, 0, false},
		{1, 1, true},
		{1, 2, true},
		{5, 4, false},
		{5, 5, true},
		{0x7fff, 0, false},
		{0xffff, 0xfffe, false},
		{0xffff, 0xffff, true},
		{0xffff, 0, true}, // 2^16 retired
		{0, 0xffff, false},
		{2, 0xfff0, false},
		{0xfff0, 2, true},
		{0x8000, 0xffff, true},
		{0, 0x7fff, true}, // the greatest distance
	} {
		b := newControl(t, settings[1], waitingLoad(c.wait), end())
		b.Poke(b.IO.Retired, c.retired)
		b.start(1000)
		b.steps(60)
		require.Equal(t, c.goes, len(b.loads.Items()) == 1, "wait for %#x of %#x", c.wait, c.retired)
		b.Poke(b.IO.Retired, c.wait)
		b.steps(3)
		require.Len(t, b.loads.Items(), 1)
	}
	b := newControl(t, settings[1], loadOf(0, 0, 1), end())
	b.Poke(b.IO.Retired, 0xffff)
	b.start(1000)
	b.steps(30)
	require.Len(t, b.loads.Items(), 1)
}

// A configuration waits until every phase before it is retired and written, and until none waits for the scheduler.
func TestConfigWaits(t *testing.T) {
	second := someLayer
	second.mult = 7
	for name, hold := range map[string]func(b *controlBench, on bool){
		"a phase is open": func(b *controlBench, on bool) { b.Poke(b.IO.Idle, !on) },
		"output is on its way": func(b *controlBench, on bool) {
			b.Poke(b.IO.Written, !on)
		},
		"a phase waits for the scheduler": func(b *controlBench, on bool) {
			if b.phases.With(sim.Stall(1, 1)); !on {
				b.phases.With(sim.Stall(1, 0))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newControl(t, settings[1], config(someLayer), phaseOf(1, 2, 3, 0), config(second), end())
			b.start(1000)
			for b.Peek(b.IO.Config.Mult) != uint64(someLayer.mult) {
				b.step()
				require.Less(t, b.Cycle(), 50)
			}
			hold(b, true)
			b.steps(80)
			b.expectLayer(someLayer)
			hold(b, false)
			b.steps(4)
			b.expectLayer(second)
		})
	}
}

// Behind a configuration the slice offsets ripple through the lanes: the next instruction waits that long.
func TestConfigSettles(t *testing.T) {
	for _, p := range settings {
		b := newControl(t, p, config(someLayer), loadOf(1, 0, 1), end())
		b.start(1000)
		for b.Peek(b.IO.Config.Mult) == 0 {
			b.step()
			require.Less(t, b.Cycle(), 50)
		}
		set := b.Cycle()
		for len(b.loads.Items()) == 0 {
			b.step()
			require.Less(t, b.Cycle(), 200)
		}
		require.GreaterOrEqual(t, b.Cycle()-1-set, p.Lanes)
	}
}
