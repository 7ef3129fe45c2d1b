package main

import (
	"context"
	"fmt"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// simulation measures the engines on one layer, on each target.
func simulation(ctx context.Context, r *results) error {
	for _, name := range []string{"tiny", "default", "wide"} {
		t, err := target.Load("targets/" + name + ".toml")
		if err != nil {
			return err
		}
		size := 64 * t.Lanes / 2
		p := run.Product{Name: name, Op: "matmul", A: golden.SkewedCSR(1, size, size, 0.1, 0.15), B: golden.RandomDense(2, size, 32).CSR()}
		j, err := run.Prepare(t, p, compile.Options{})
		if err != nil {
			return err
		}
		speed := map[string]float64{}
		for _, engine := range run.Engines() {
			e, err := run.NewEngine(engine, t)
			if err != nil {
				return err
			}
			l, _, err := j.Run(ctx, t, e, run.Bench{})
			if err != nil {
				return err
			}
			if l.Mismatches > 0 {
				return fmt.Errorf("%s on %s: %d elements are wrong", name, engine, l.Mismatches)
			}
			speed[engine] = l.CyclesASecond
			r.add("sim/"+engine+"/"+name, l.CyclesASecond/1e3, "kcycle/s", "")
		}
		r.add("sim/interp-vs-verilator/"+name, speed["interp"]/speed["verilator"], "ratio", "")
	}
	return nil
}
