// Package interp is the interpreting engine of the simulator: it loads a flat netlist in linear time and
// executes it cycle by cycle as bytecode over one array of 64-bit slots.
//
// The way of a netlist through the package:
//
//	prep.go, order.go    a private copy of the nodes, put into an order in which operands come first
//	simplify.go, fold.go constants folded, slices looked through, trivial operations removed
//	pick.go, picks.go    one instruction for each node that is needed, fused where that saves one
//	blocks.go            the order cut into blocks; who must run again when a value changes
//	schedule.go, lay.go  the order within blocks, and the work of the edge hung on them
//	load.go, emit.go     slots, code, registers and memories of the Machine
//	run.go, generic.go   execution: values of up to 64 bits, and any width
//	settle.go, edge.go   one cycle: the blocks whose inputs changed, then the clock edge
//
// A value of up to 64 bits is one slot, a wider one consecutive slots, low part first; bits above the width
// are zero. Work is skipped by blocks: a block runs only when one of the values it reads has changed.
//
// Start reading at Machine in machine.go. The package imports only hdl/internal/flat and hdl/internal/ir.
package interp
