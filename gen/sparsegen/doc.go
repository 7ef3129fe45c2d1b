// Command sparsegen builds, runs and measures sparse-tensor accelerators.
//
//	sparsegen run     a matrix product, or the layers of a workload, on a simulated machine
//	sparsegen emit    a target as SystemVerilog
//	sparsegen block   one block of the library as SystemVerilog
//	sparsegen area    the area of a target on standard cells
//	sparsegen doctor  which outside tools are there
//
// It exits 0 on success, 1 when a check failed or a result mismatched, and 2 on a usage or input error, which is one line
// on stderr. Each subcommand has a file of its own; start reading at root.go.
package main
