// Package interp is the interpreting engine of the simulator: it loads a flat netlist in linear time and
// executes it cycle by cycle as bytecode over one array of 64-bit slots.
//
// The way of a netlist through the package:
//
//	prep.go, order.go    a private copy of the nodes, put into an order in which operands come first
//	simplify.go, fold.go constants folded, slices looked through, trivial operations removed
//	share.go             nodes that compute the same made one
//	patterns.go          trees over the bits of one value, such as a count of ones, found
//	pick.go, picks.go    one instruction for each node that is needed, fused where that saves one
//	picklimbs.go         or one for each limb of a value wider than a slot
//	blocks.go            instructions of one op gathered into blocks, in an order of execution
//	load.go, emit.go     slots, code and memories of the Machine
//	lay.go, fans.go      the work of the edge hung on the blocks; which blocks run when a value changes
//	run.go, runmore.go   execution of a block
//	generic.go           what has no instruction: any operation at any width
//	settle.go, edge.go   one cycle: the blocks whose inputs changed, then the clock edge
//
// A value of up to 64 bits is one slot, a wider one consecutive slots, low part first; bits above the width
// are zero. Two things make it fast. Work is skipped by blocks: a block runs only when one of the values it
// reads has changed, and its registers are looked at only when one of its own has. And a block is a loop over
// one op, with one dispatch for all its instructions: hardware is made of equal parts, so that the same line
// of all instances of a module fills a block.
//
// Start reading at Machine in machine.go. The package imports only hdl/internal/flat and hdl/internal/ir.
package interp
