// Package cosim builds emitted designs with Verilator and runs them.
//
// [Build] turns SystemVerilog files and a harness of package testbenches into a program, kept in a cache by the
// hash of everything that went into it, so one build serves many runs and many processes. [Bench.Run] runs one
// memory image on it. Several processes may build and run at once.
//
// The package knows files, not designs: it imports flows/tool, testbenches and the memory model in memport.
package cosim
