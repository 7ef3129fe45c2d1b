// Package run executes products on a machine and reports how well it did: compile, simulate on an engine, compare with
// the golden model, measure.
//
//	matmul.go     one product from operands to a Layer of the report
//	figures.go    the figures, as defined in one place
//	report.go     the JSON document of `sparsegen run`
//	engine.go     what an engine is, their names, and which is the default
//	interp.go     engine interp: the emitted design's netlist, interpreted in process
//	verilator.go  engine verilator: the emitted SystemVerilog, compiled
//	model.go      engine model: the cycle model
//
// Expected results, and every figure that is not a cycle or a counter, come from verify/golden and never from what is
// measured. Package workload reads descriptions of layers. Start reading at Matmul.
package run
