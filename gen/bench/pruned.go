package main

import (
	"context"
	"fmt"
	"os"

	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
)

// prunedLayers runs every published pruned layer, or made-up ones where there are none, on the default target with a dense operand.
func prunedLayers(ctx context.Context, r *results) error {
	list, err := published("dlmc", 1<<30)
	if err != nil {
		return err
	}
	if list == nil {
		fmt.Fprintln(os.Stderr, "pruned: SPARSEGEN_DATA is not set; layers of the same statistics are made up")
		list = made()
	}
	t, err := target.Load("targets/default.toml")
	if err != nil {
		return err
	}
	e, err := run.NewEngine("verilator", t)
	if err != nil {
		return err
	}
	for _, m := range list {
		p := run.Product{Name: m.name, Op: "matmul", A: m.CSR, B: operand(m, 1)}
		j, err := run.Prepare(t, p, run.Options{}.Compile)
		if err != nil {
			return err
		}
		l, _, err := j.Run(ctx, t, e, run.Bench{})
		if err != nil {
			return err
		}
		if l.Mismatches > 0 {
			return fmt.Errorf("%s: %d elements are wrong", m.name, l.Mismatches)
		}
		most := float64(l.EffectualMACs) / float64(t.Lanes) / float64(max(1, l.BoundCycles)) // utilisation at the bound
		goal := ""
		if denseEnough(m) && most >= 0.9 {
			goal = ">= 0.9"
		}
		r.add("utilisation/"+m.name, l.Utilisation, fmt.Sprintf("of %.3f", most), goal)
	}
	return nil
}
