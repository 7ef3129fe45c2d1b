// Package compile turns a product of two matrices into a program for the machine: the image of external memory that
// docs/machine.md describes, ready to be started.
//
// [Compile] works in five steps, each in its own files:
//
//	reduce.go               keep the positions k that contribute, number them anew
//	slices.go, split.go     what a way of cutting N into slices and K into tiles costs: words, touched rows
//	plan.go, estimate.go    candidates, and the closed formula that ranks them
//	jobs.go, schedule.go    job orders and chunks, and a job-level simulation that picks among the best candidates
//	layout.go, isa.go, emit.go  addresses, then the bytes
//
// The loops of a run, outermost first: tiles of K, tiles of N, chunks of A, jobs. With K outermost the partial sums of a
// tile of N are written long before they are read again, and one barrier a tile of K is enough.
//
// Two rules keep every matrix compilable. A row is never cut into several jobs within a tile: the tile of K is chosen small enough
// that its longest row fits a chunk. And each tile of N has its own copy of the chunks of A, because an end word holds
// an absolute output address; in exchange a copy leaves out the tasks that meet an empty piece of B.
//
// It imports gen/target and verify/golden. Start at [Compile], [Options] and [Program]. The same input gives the same bytes.
package compile
