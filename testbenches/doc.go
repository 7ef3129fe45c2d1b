// Package testbenches holds the C++ harnesses that Verilator builds around emitted designs, embedded so that
// the command carries them.
//
// cpp/machine.cpp runs a whole accelerator against the memory model of docs/machine.md. Package verify/cosim
// builds and runs it.
package testbenches

import _ "embed"

// Machine is the source of cpp/machine.cpp.
//
//go:embed cpp/machine.cpp
var Machine []byte
