package dma_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/blocks/dma"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// A controlBench is a controller with a program in memory; the test says what the rest of the machine is doing.
type controlBench struct {
	*sim.Sim[dma.ControllerIO]
	mem    *memory
	loads  *sim.Collector
	phases *sim.Collector
}

func newControl(t *testing.T, p dma.Params, program ...instruction) *controlBench {
	t.Helper()
	s := sim.New[dma.ControllerIO](t, dma.Controller(p))
	b := &controlBench{
		Sim: s, mem: &memory{portBytes: p.PortBytes, programs: map[uint32][]instruction{1000: program}, latency: 4},
		loads: sim.Collect(s, s.IO.Load, 0), phases: sim.Collect(s, s.IO.Phase, 0),
	}
	b.Poke(b.IO.Read.Ready, 1)
	b.machine(true)
	return b
}

// machine sets whether everything that was asked for is finished.
func (b *controlBench) machine(idle bool) {
	for _, s := range []sim.Handle{b.IO.LoadsIdle, b.IO.Idle, b.IO.Written} {
		b.Poke(s, idle)
	}
}

func (b *controlBench) step() {
	io := b.IO
	beat := b.mem.answer(b.Cycle())
	b.Poke(io.RspValid, beat != nil)
	if beat != nil {
		b.Poke(io.RspData, beat)
	}
	b.Poke(io.Quiet, b.mem.quiet())
	if b.Peek(io.Read.Valid) == 1 {
		b.mem.ask(uint32(b.Peek(io.Read.Data.Addr)), b.Cycle())
	}
	b.Step(1)
}

func (b *controlBench) steps(n int) {
	for range n {
		b.step()
	}
}

func (b *controlBench) start(prog int) {
	b.Poke(b.IO.Start, 1)
	b.Poke(b.IO.Prog, prog)
	b.step()
	b.Poke(b.IO.Start, 0)
	b.Poke(b.IO.Prog, 0)
}

// finish steps until the program is done and returns how many cycles after the start that is.
func (b *controlBench) finish(limit int) int {
	for n := 1; n < limit; n++ {
		if b.Peek(b.IO.Done) == 1 {
			return n
		}
		b.step()
	}
	return limit
}

// The instructions, as docs/machine.md lays them out.

func end() instruction { return instruction{0} }

func loadOf(addr, local, beats uint32) instruction {
	return instruction{2 | beats<<16, addr, local}
}

// waitingLoad waits until so many phases have been retired.
func waitingLoad(phases uint32) instruction {
	return instruction{2 | 1<<4 | 1<<16, 0, phases << 16}
}

func phaseOf(aBase, bBase, jobs, barrier uint32) instruction {
	return instruction{3 | barrier<<4 | jobs<<16, aBase | bBase<<16}
}

type layer struct {
	format, log2Group, ncols, rowWords, stride, drainWords, sliceBeats, mult, shift uint32
}

func config(c layer) instruction {
	return instruction{
		1 | c.format<<4 | c.log2Group<<8 | c.ncols<<16, c.rowWords | c.stride<<16, c.drainWords | c.sliceBeats<<16, c.mult | c.shift<<16,
	}
}

// expectLayer compares the configuration that stands.
func (b *controlBench) expectLayer(c layer) {
	o := b.IO.Config
	for _, x := range []struct {
		h    sim.Handle
		want uint32
	}{
		{o.Format, c.format},
		{o.Log2Group, c.log2Group},
		{o.NCols, c.ncols},
		{o.RowWords, c.rowWords},
		{o.Stride, c.stride},
		{o.DrainWords, c.drainWords},
		{o.SliceBeats, c.sliceBeats},
		{o.Mult, c.mult},
		{o.Shift, c.shift},
	} {
		b.Expect(x.h, x.want)
	}
}
