package model

import (
	"fmt"
	"slices"

	"github.com/sparsegen/sparsegen/gen/target"
)

// Options of a run. The zero value is a memory latency of 8, and no limit of cycles.
type Options struct {
	Latency    int   // cycles from an accepted read to its data; 0 means 8
	MaxCycles  int64 // give up after so many; 0 means never
	Functional bool  // leave out the cycle model
}

// Result of a run.
type Result struct {
	Memory   []byte // external memory at the end
	Products int64  // formed by all lanes
	Jobs     int64
	Phases   int
	Cycles   Counters
}

// Run executes the program at beat prog of image, which it leaves unchanged. A breach of the contract is an [*Error].
func Run(t *target.Target, image []byte, prog uint32, o Options) (*Result, error) {
	mem := slices.Clone(image)
	x, err := execute(t, mem, prog)
	if err != nil {
		return nil, err
	}
	r := &Result{Memory: mem, Products: x.products, Jobs: x.jobs, Phases: x.phase}
	if o.Functional {
		return r, nil
	}
	if o.Latency == 0 {
		o.Latency = 8
	}
	if r.Cycles, err = count(t, image, prog, o); err != nil {
		return nil, fmt.Errorf("cycle model: %w", err)
	}
	return r, nil
}
