// Command bench measures the project: `make bench` and `make campaign`.
//
//	edit.go      from a changed line to the result of a short test: interpreter against a cold Verilator build
//	emit.go      emission of the widest target: seconds, memory, and how time grows with lanes
//	speed.go     simulated cycles a second of the engines, side by side
//	pruned.go    utilisation on published pruned layers
//	campaign.go  every published matrix on every engine: results, equal cycles, error of the cycle model
//	dataset.go   where the published matrices are (SPARSEGEN_DATA)
//	results.go   the table and the JSON document
//
// Names of results are stable. Every ratio is of two things measured in the same run, one after the other.
package main
