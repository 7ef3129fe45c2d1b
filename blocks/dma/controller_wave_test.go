package dma_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl/sim"
)

// A load and a phase that waits for it, then the end.
func TestControllerWave(t *testing.T) {
	b := newControl(t, settings[0], loadOf(40, 0, 3), phaseOf(8, 16, 1, 0), end())
	b.mem.latency = 1
	b.start(1000)
	for cycle := 1; cycle < 20; cycle++ {
		b.Poke(b.IO.LoadsIdle, cycle < 5 || cycle > 10)
		b.Poke(b.IO.Idle, cycle < 11 || cycle > 13)
		b.step()
	}
	io := b.IO
	sim.ExpectWave(t, b, "testdata/controller.wave", io.Start, io.Read.Valid, io.RspValid, io.Load.Valid, io.LoadsIdle, io.Phase.Valid, io.Idle, io.Busy, io.Done)
	expectShown(t, "testdata/controller.wave")
}
