package run

import (
	"context"
	"errors"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/cosim"
)

// verilated runs the emitted SystemVerilog, built by Verilator on first use.
type verilated struct {
	t      *target.Target
	design cosim.Design
	bench  *cosim.Bench
	build  cosim.Options
}

// Cold is an engine that can build anew what it otherwise takes from a cache; for measurements.
type Cold interface{ Cold(cache string) }

// Cold makes the first run build into a new cache without the help of ccache.
func (e *verilated) Cold(cache string) { e.build = cosim.Options{Cache: cache, Force: true} }

func newVerilator(t *target.Target) (Engine, error) {
	if _, err := tool.Find("verilator"); err != nil {
		return nil, err
	}
	d, err := Emitted(t)
	return &verilated{t: t, design: d}, err
}

func (e *verilated) Name() string { return "verilator" }
func (e *verilated) Exact() bool  { return true }

func (e *verilated) Run(ctx context.Context, p *compile.Program, o Bench) (*Result, error) {
	if e.bench == nil {
		b, err := cosim.Build(ctx, e.design, e.build)
		if err != nil {
			return nil, err
		}
		e.bench = b
	}
	r, err := e.bench.Run(ctx, cosim.Job{
		Image: p.Image, Prog: p.Prog, Lanes: e.t.Lanes, Latency: o.Latency, Stalls: o.Stalls,
		MaxCycles: o.MaxCycles, Wave: o.VCD,
	})
	var failed *cosim.FailedError
	if errors.As(err, &failed) {
		return nil, &HungError{Engine: "verilator", Cycle: failed.Result.Cycles, Why: failed.Result.Failure, Wave: failed.Wave}
	}
	if err != nil {
		return nil, err
	}
	return &Result{Cycles: r.Cycles, Counters: r.Counters, Mem: r.Mem, Seconds: r.WallSeconds}, nil
}
