package sim

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/sim/internal/interp"
)

// An engine executes a netlist; everything else in this package works on any engine. All values live in one
// array of 64-bit slots, which the front end reads and, for inputs, writes directly.
type engine interface {
	// Values is the array, which never moves. A value wider than 64 bits has consecutive slots, low part
	// first; bits above a value's width are zero.
	Values() []uint64
	// Slot is the place of a node's value. If ok is false, Lazily makes the place.
	Slot(id flat.ID) (slot int, ok bool)
	// Lazily returns a function that computes nodes nothing but an observer needs, after Settle.
	Lazily(ids ...flat.ID) func()
	// Settle brings the combinational values up to date.
	Settle() error
	// Edge is a clock edge after Settle; it returns failed assertions and forbidden collisions, by index.
	Edge(reset bool) (failed, collided []int32)
	// InputChanged follows a store to the slot of an input.
	InputChanged(input int)
	// Word is a word of a memory; WordChanged follows a store to it.
	Word(mem, addr int) []uint64
	WordChanged(mem int)
}

var _ engine = (*interp.Machine)(nil)
