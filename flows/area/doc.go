// Package area measures the area of an emitted design: yosys synthesises it to standard cells, each kind of module
// once with the hierarchy kept, and memories that would be macros are counted by a model instead of being built
// from flip-flops.
//
// The steps, each a file:
//
//	process.go  the cell library and the gate that areas are given in
//	yosys.go    two runs of yosys: to word level, where memories show, and from there to cells
//	netlist.go  what yosys wrote
//	memory.go   the macro models, and where they come from
//	report.go   figures for each kind of module, times its instances, and the hierarchy
//	mac.go      the same multipliers alone, for comparison
//
// No figure includes wires, clock tree or placement. Start reading at Measure. The package imports flows/tool only.
package area
