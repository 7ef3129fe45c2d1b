// Package matfile reads matrices from files into [golden.CSR].
//
// It imports the standard library and verify/golden (for the matrix type and the values of patterns), nothing else.
//
// Start at [Read]. The format follows from the name: .smtx (smtx.go), .mtx (mtx.go), .npy (npy.go), and .txt, whose
// content tells an edge list (edges.go) from mask text (mask.go); each may be packed as .gz. All of them end in build.go,
// which sorts, merges and quantises.
//
// # Values
//
// Numbers are quantised to Options.Bits, symmetric by the largest magnitude: v becomes round(v / max|v| * (2^(Bits-1) - 1)),
// and what is not zero in the file stays at least +-1. Explicit zeros are dropped. A file that holds positions only (.smtx,
// mask text, a pattern .mtx, an edge list without weights, a boolean .npy) gets values made from Options.Seed by
// [golden.ValuesOf], never zero, dealt out in row-major order.
//
// # Entries given twice
//
// Values given more than once for one position add up, as in finite-element assembly; a position of a pattern counts once.
// In a symmetric Matrix Market file an entry also stands for its mirror image, but where the file stores the mirror image
// itself, what is stored wins: an edge listed from both ends is one edge.
package matfile
