package dma_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/dma"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// A fetchBench is an instruction fetch with its memory.
type fetchBench struct {
	*sim.Sim[dma.FetchIO]
	rng         *rand.Rand
	mem         *memory
	reads, take float64 // chances: a read is taken, an instruction is
	got         []instruction
}

func newFetch(t *testing.T, p dma.Params, latency int) *fetchBench {
	t.Helper()
	return &fetchBench{
		Sim: sim.New[dma.FetchIO](t, dma.Fetch(p)), rng: rand.New(rand.NewPCG(3, 3)), reads: 1, take: 1,
		mem: &memory{portBytes: p.PortBytes, programs: map[uint32][]instruction{}, latency: latency},
	}
}

func (b *fetchBench) step() {
	io := b.IO
	beat := b.mem.answer(b.Cycle())
	b.Poke(io.RspValid, beat != nil)
	if beat != nil {
		b.Poke(io.RspData, beat)
	}
	b.Poke(io.Read.Ready, flip(b.rng, b.reads))
	b.Poke(io.Instr.Ready, flip(b.rng, b.take))
	if b.Peek(io.Read.Valid) == 1 && b.Peek(io.Read.Ready) == 1 {
		b.mem.ask(uint32(b.Peek(io.Read.Data.Addr)), b.Cycle())
	}
	if b.Peek(io.Instr.Valid) == 1 && b.Peek(io.Instr.Ready) == 1 {
		v := b.PeekBig(io.Instr.Data.Words)
		var in instruction
		for i := range in {
			for bit := range 32 {
				in[i] |= uint32(v.Bit(32*i+bit)) << bit
			}
		}
		b.got = append(b.got, in)
	}
	b.Step(1)
}

// start begins at a program.
func (b *fetchBench) start(prog uint32) {
	b.Poke(b.IO.Start, 1)
	b.Poke(b.IO.Prog, prog)
	b.step()
	b.Poke(b.IO.Start, 0)
	b.got = nil
}

// stop ends the program and waits for the answers under way.
func (b *fetchBench) stop() {
	b.take = 0
	b.Poke(b.IO.Stop, 1)
	b.Expect(b.IO.Read.Valid, 0)
	for b.step(); !b.mem.quiet(); {
		b.step()
	}
	b.step()
	b.Poke(b.IO.Stop, 0)
	b.take = 1
}

// Instructions come whole and in order, for beats of half an instruction, of one, and of one with padding.
func TestFetchGivesTheProgram(t *testing.T) {
	for _, p := range settings {
		for _, c := range []struct {
			latency     int
			reads, take float64
		}{{1, 1, 1}, {8, 1, 1}, {30, 0.4, 1}, {8, 1, 0.1}, {3, 0.5, 0.5}} {
			t.Run(fmt.Sprintf("%d bytes, %v", p.PortBytes, c), func(t *testing.T) {
				b := newFetch(t, p, c.latency)
				b.reads, b.take = c.reads, c.take
				program := randomProgram(b.rng, 30)
				b.mem.programs[1000] = program
				b.start(1000)
				for len(b.got) < len(program) && b.Cycle() < 5000 {
					b.step()
				}
				require.Equal(t, program, b.got)
			})
		}
	}
}

// Two instructions are read ahead and no more.
func TestFetchReadsTwoAhead(t *testing.T) {
	for _, p := range settings {
		b := newFetch(t, p, 2)
		b.take = 0
		b.start(50)
		for range 30 {
			b.step()
		}
		require.Len(t, b.mem.asked, 2*p.BeatsPerInstr())
		for i, a := range b.mem.asked {
			require.EqualValues(t, 50+i, a)
		}
		b.take = 1
		b.step()
		b.take = 0
		for range 30 {
			b.step()
		}
		require.Len(t, b.mem.asked, 3*p.BeatsPerInstr())
	}
}

// After a stop nothing is asked for and what still arrives is dropped; the next start begins at its own program, also
// when the one before was left with half an instruction.
func TestFetchStopsAndStartsAgain(t *testing.T) {
	for _, p := range settings {
		for cut := range 12 {
			b := newFetch(t, p, 3)
			first, second := randomProgram(b.rng, 10), randomProgram(b.rng, 10)
			b.mem.programs[100], b.mem.programs[500] = first, second
			b.start(100)
			for range cut {
				b.step()
			}
			require.Equal(t, first[:len(b.got)], append([]instruction{}, b.got...))
			b.stop()
			asked := len(b.mem.asked)
			for range 10 {
				b.step()
				b.Expect(b.IO.Instr.Valid, 0)
			}
			require.Len(t, b.mem.asked, asked)
			b.start(500)
			for len(b.got) < len(second) && b.Cycle() < 1000 {
				b.step()
			}
			require.Equal(t, second, b.got)
		}
	}
}

func TestFetchWave(t *testing.T) {
	b := newFetch(t, settings[0], 2)
	b.mem.programs[40] = []instruction{{1}, {2}, {3}, {4}, {5}}
	b.start(40)
	b.take = 0
	for range 7 {
		b.step()
	}
	b.take = 1
	for range 4 {
		b.step()
	}
	io := b.IO
	sim.ExpectWave(t, b, "testdata/fetch.wave", io.Start, io.Prog, io.Read.Valid, io.Read.Data.Addr, io.RspValid, io.Instr.Valid, io.Instr.Ready)
	expectShown(t, "testdata/fetch.wave")
}
