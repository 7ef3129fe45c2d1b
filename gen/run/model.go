package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/model"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/cosim"
)

// cycleModel runs the image on the cycle model: the result is exact, the cycles are a prediction.
type cycleModel struct{ t *target.Target }

func (e *cycleModel) Name() string { return "model" }
func (e *cycleModel) Exact() bool  { return false }

func (e *cycleModel) Run(_ context.Context, p *compile.Program, o Bench) (*Result, error) {
	if o.Stalls.Rate != 0 {
		return nil, errors.New("engine model knows no stalls of the memory; use --engine interp or verilator")
	}
	if o.VCD != "" {
		return nil, errors.New("engine model has no signals to write a wave of; use --engine interp")
	}
	begin := time.Now()
	r, err := model.Run(e.t, p.Image, p.Prog, model.Options{Latency: o.Latency, MaxCycles: int64(o.MaxCycles)})
	if err != nil {
		return nil, fmt.Errorf("engine model: %w", err)
	}
	c := r.Cycles
	counters := cosim.Counters{
		Cycles: uint64(c.Total), BankWaits: uint64(c.Waits), PortBeats: uint64(c.Beats), BeatsWritten: uint64(c.Written),
	}
	for _, n := range c.Products {
		counters.Products = append(counters.Products, uint64(n))
	}
	return &Result{Cycles: counters.Cycles, Mem: r.Memory, Seconds: time.Since(begin).Seconds(), Counters: counters}, nil
}
