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
//	project    the statement tree, turned into one tree for each wire and each group of registers
//	plan       which nodes become named nets and which are inlined
//	rename     every name of a module, settled in one place; hint derives names from operands
//	module     assembles the syntax tree of one module, with expr, stmt, inst, memory, enum and unused
//	ast        the output syntax tree, written out by print
//	manifest   what other tools want to know about the output
//
// Start reading at Print, then module.go. The package may import hdl, its internal/ir and the standard
// library.
package verilog
