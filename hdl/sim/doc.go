// Package sim simulates a built design inside the Go process: no other tool, no compile step, from the
// module to the first cycle in milliseconds.
//
// A test makes a Sim from a module and works on the same IO struct the module was written with:
//
//	s := sim.New[CounterIO](t, Counter(CounterParams{Width: 4, Limit: 10}))
//	s.Poke(s.IO.En, 1)
//	s.Step(9)
//	s.Expect(s.IO.Ovf, 1) // a failure shows path, cycle, got, want and the last cycles as a wave
//
// Semantics: two states, one clock, registers start at their initial values. Within a cycle inputs are poked
// and signals peeked in any order; Step is the rising edge, at which everything takes its value from the cycle
// before. Reset is synchronous and happens only through Reset.
//
// Start reading at Sim (sim.go) and Bench (bench.go), which has most methods. Streams are driven by Send and
// Collect (send.go, collect.go), waves are in vcd.go and wave.go, golden tests in golden.go. The engine behind
// the small interface of engine.go is package interp.
//
// The package imports hdl, its internal packages ir, flat and diag, and the standard library; testing only for
// the interface testing.TB.
package sim
