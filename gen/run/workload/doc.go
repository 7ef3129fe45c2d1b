// Package workload reads descriptions of layers (TOML) and makes their operands.
//
//	load.go    the file: one [[layer]] a layer
//	fields.go  typed access to the keys of a table, with the place of every mistake
//	tensor.go  one operand: from a file, or made up from a density and a pattern
//
// Every mistake is a *target.Error: one line that names file, line, key and the fix to try. Start reading at Load.
package workload
