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
	tables []uint32 // slots, of opSelect
	values []uint64 // of opTable
	mems   []memory
	blocks []block
	moves  []move
	regs   []reg
	wregs  []wideReg
	checks []check
	resets []reset
	fans   []fan
	marks  []mark

	dirty []uint64 // blocks to run, a bit each; one word more takes the marks of what nobody reads
	ran   []uint64 // blocks run since the last edge
	stale bool     // some block is dirty

	inputFan []uint32
	scratch  scratch
	lazy     lazies
	failed   []int32 // assertions and collisions of the last edge
	collided []int32
}

// A block is a piece of the order that runs as a whole, together with what hangs on its values at the edge.
type block struct {
	lo, hi           int32 // code
	movesLo, movesHi int32
	regsLo, regsHi   int32
	wideLo, wideHi   int32 // wregs
	chkLo, chkHi     int32
	passes           int32 // above 0: a word-level cycle, run until stable, at most so often
}

// A move copies the present value of a register or input that is the next value of another register, before
// any register changes.
type move struct{ from, to, n uint32 }

// A reg takes the value of slot d at the edge. Most registers are read by one block, which is kept in place;
// fan has all if there are more. Small, because all registers of an active design pass through the cache in
// every cycle.
type reg struct{ q, d, reader, fan uint32 }

// A wideReg takes n slots.
type wideReg struct{ q, d, n, fan uint32 }

// A check is an assertion; en is the slot of the constant one where it has none.
type check struct {
	en, cond uint32
	index    int32
}

// A reset is a register with a reset value.
type reset struct {
	q    uint32
	init []uint64
}

// A fan lists the blocks that read a value: marks[lo:hi]. A mark names up to 64 neighbouring blocks.
type fan struct{ lo, hi uint32 }

type mark struct {
	mask uint64
	word uint32
}

// touch marks the readers of a changed value.
func (m *Machine) touch(f uint32) {
	if f == 0 {
		return
	}
	for _, k := range m.marks[m.fans[f].lo:m.fans[f].hi] {
		m.mark(k)
	}
	m.stale = true
}

// mark stores only if a bit is new: where much is active, a store each time would make every mark wait for
// the one before.
func (m *Machine) mark(k mark) {
	if p := &m.dirty[k.word]; *p&k.mask != k.mask {
		*p |= k.mask
	}
}

// touchAll makes every block run again, after a change that did not go through an edge or an input.
func (m *Machine) touchAll() {
	for b := range m.blocks {
		m.dirty[b>>6] |= 1 << (uint(b) & 63)
	}
	m.stale = true
}

// Stats describes the loaded code, for logs and tests.
type Stats struct{ Nodes, Instructions, Wide, Blocks, Slots int }

// Stats returns the size of the loaded code.
func (m *Machine) Stats() Stats {
	return Stats{len(m.nl.Nodes), len(m.code), len(m.wide), len(m.blocks), len(m.slots)}
}
