// Package verilog prints a checked design as SystemVerilog: one file for each module, a package of the
// generator parameters, a file list and a manifest that maps the names of the design to the emitted ones.
//
// The output keeps to the subset that Verilator 5.006, Yosys 0.23 and Icarus Verilog 11 all accept, and is
// silent under `verilator --lint-only -Wall` without waivers. The same design always gives the same bytes,
// and a local edit of a design changes only the lines that belong to it: names come from operands, never
// from counters, and nothing is aligned across lines.
//
// The way through the package, each step in files of that name:
//
//	emit       the entry points and the Output
//	fold       nodes that need no text of their own
//	enum       enumerations, and the registers that can have such a type
//	project    the statement tree, turned into one tree for each wire and each group of registers
//	forms      how each wire is driven: assign, conditional, always_comb, port connection
//	roots      what statements, memories and assertions use
//	select     selections, followed to the declared thing whose bits they take
//	plan       which expressions become named nets and which are inlined
//	rename     every name of a module, settled in one place; names and hint propose them
//	module     assembles the syntax tree of one module, with declare, expr, stmt, memory and unused
//	ast        the output syntax tree, written out by print
//	params     the package of generator parameters
//	manifest   what other tools want to know about the output
//
// Start reading at Print, then module.go. The package may import hdl, its internal/ir and the standard
// library.
package verilog
