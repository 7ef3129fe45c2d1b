package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
)

// A Machine is a loaded netlist with its state.
type Machine struct {
	nl   *flat.Netlist
	prep *prep
	place

	code   []instr
	wide   []generic
	tables []uint32  // slots, of opSelect
	parts  []catPart // of opCatN
	values []uint64  // of opTable
	mems   []memory
	blocks []block
	regs   []reg
	checks []check
	resets []reset
	fans   []fan
	marks  []mark

	dirty   []uint64 // blocks to run, a bit each
	changed []uint64 // blocks with values that have changed since the last edge
	stale   bool     // some block is dirty
	forced  bool     // all blocks count as changed, until the next edge

	inputFan []uint32
	scratch  scratch
	lazy     lazies
	failed   []int32 // assertions and collisions of the last edge
	collided []int32
}

// A block is a group of instructions of one op, independent of each other, that run as a whole, together with
// what hangs on their values at the edge.
type block struct {
	lo, hi         int32  // code
	fan, regFan    uint32 // who reads any of the values, and any of the registers
	op             op
	passes         int32 // above 0: a word-level cycle of mixed ops, run until stable, at most so often
	regsLo, regsHi int32
	chkLo, chkHi   int32
}

// A reg, or a limb of one, takes the value of slot d at the edge.
type reg struct{ q, d uint32 }

// A check is an assertion, which fails if its slot is not zero.
type check struct {
	fails uint32
	index int32
}

// A reset is a register with a reset value.
type reset struct {
	q    uint32
	init []uint64
}

// touch marks the readers of a changed value.
func (m *Machine) touch(f uint32) {
	if f == 0 {
		return
	}
	m.mark(f)
	m.stale = true
}

func (m *Machine) mark(f uint32) {
	for _, k := range m.marks[m.fans[f].lo:m.fans[f].hi] {
		m.dirty[k.word] |= k.mask
	}
}

// touchAll makes every block run again, after a change that did not go through an edge or an input.
func (m *Machine) touchAll() {
	for b := range m.blocks {
		m.dirty[b>>6] |= 1 << (uint(b) & 63)
	}
	m.stale, m.forced = true, true
}

// Stats describes the loaded code, for logs and tests.
type Stats struct{ Nodes, Instructions, Wide, Blocks, Slots int }

// Stats returns the size of the loaded code.
func (m *Machine) Stats() Stats {
	return Stats{len(m.nl.Nodes), len(m.code), len(m.wide), len(m.blocks), len(m.slots)}
}
