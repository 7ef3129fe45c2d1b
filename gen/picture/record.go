package main

import (
	"context"
	"fmt"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// A layer is the product that is recorded: weights of a pruned layer times activations.
type layer struct {
	M, K, N  int
	Density  float64 // of the weights
	RowCV    float64 // standard deviation / mean of the non-zeros in the rows of the weights
	BDensity float64 // of the activations
	Seed     uint64
}

func (l layer) product() run.Product {
	return run.Product{
		Name: "layer", Op: "matmul",
		A: golden.SkewedCSR(l.Seed, l.M, l.K, l.Density, l.RowCV),
		B: golden.RandomCSR(l.Seed+1, l.K, l.N, l.BDensity),
	}
}

// A recording is what was seen of a run. Counts are those at the start of each cycle, from cycle 0 to the one with done.
type recording struct {
	*run.Layer
	Workload layer
	Target   *target.Target
	Program  *compile.Program
	Products [][]uint32 // by lane
	Beats    []uint32   // moved by the memory port
	Written  []uint32   // of these, writes
	Phases   []span
}

// A span is the time a phase is open in the scheduler: from the first look at its job table until it is retired.
type span struct {
	Number   int // in order of starting
	Slot     int // of the phases in flight
	From, To int // cycles
}

// record runs the layer on the netlist of the target's machine, in process.
func record(ctx context.Context, t *target.Target, l layer) (*recording, error) {
	e, err := run.NewEngine("interp", t)
	if err != nil {
		return nil, err
	}
	j, err := run.Prepare(t, l.product(), compile.Options{})
	if err != nil {
		return nil, err
	}
	r := &recording{Workload: l, Target: t, Program: j.Program, Products: make([][]uint32, t.Lanes)}
	w, ok := e.(run.Watched)
	if !ok {
		return nil, fmt.Errorf("engine %s can not be watched", e.Name())
	}
	var look func(int)
	w.Watch(func(cycle uint64, b *sim.Bench) {
		if cycle == 0 {
			look = r.watch(b)
		}
		look(int(cycle))
	})
	if r.Layer, _, err = j.Run(ctx, t, e, run.Bench{}); err != nil {
		return nil, err
	}
	if r.Mismatches != 0 {
		return nil, fmt.Errorf("%d elements of the result differ from the golden model", r.Mismatches)
	}
	return r, nil
}

// inFlight is the number of phases that may be open at once.
const inFlight = 4

// watch resolves the signals and returns what looks at them in one cycle.
func (r *recording) watch(b *sim.Bench) func(cycle int) {
	var products, open []*sim.Port
	for l := range r.Target.Lanes {
		products = append(products, b.Port(fmt.Sprintf("u_lane_%d.products", l)))
	}
	for s := range inFlight {
		open = append(open, b.Port(fmt.Sprintf("u_schedule.open_%d", s)))
	}
	beats, written := b.Port("u_port.beats"), b.Port("u_port.written")
	current := [inFlight]int{-1, -1, -1, -1} // phase of each slot
	return func(cycle int) {
		for l, p := range products {
			r.Products[l] = append(r.Products[l], uint32(p.Get()))
		}
		r.Beats = append(r.Beats, uint32(beats.Get()))
		r.Written = append(r.Written, uint32(written.Get()))
		for s, p := range open {
			switch was := current[s]; {
			case p.Get() == 0:
				current[s] = -1
			case was < 0:
				current[s] = len(r.Phases)
				r.Phases = append(r.Phases, span{Number: len(r.Phases), Slot: s, From: cycle, To: cycle + 1})
			default:
				r.Phases[was].To = cycle + 1
			}
		}
	}
}
