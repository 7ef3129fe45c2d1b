package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"text/tabwriter"
	"time"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
)

// A Row is one product of the campaign on all engines.
type Row struct {
	Target      string  `json:"target"`
	Matrix      string  `json:"matrix"`
	Density     float64 `json:"b_density"`
	NNZ         int     `json:"nnz"`
	Cycles      uint64  `json:"cycles"` // interp
	Verilator   uint64  `json:"verilator_cycles"`
	Model       uint64  `json:"model_cycles"`
	ModelError  float64 `json:"model_error"` // of cycles, signed
	Utilisation float64 `json:"utilisation"`
	Bound       int64   `json:"bound_cycles"`
	Mismatches  int     `json:"mismatches"` // over all engines
	Differ      int     `json:"engines_differ"`
}

// runCampaign runs every published matrix of up to 3,000 rows, and every pruned layer, with a dense and a 40 % full
// operand, on the default target, and the small ones on the tiny one.
func runCampaign(ctx context.Context, r *results, out string) error {
	var list []matrix
	for _, c := range []struct {
		folder string
		rows   int
	}{{"dlmc", 1 << 30}, {"mtx", 3000}} {
		m, err := published(c.folder, c.rows)
		if err != nil {
			return err
		}
		list = append(list, m...)
	}
	if list == nil {
		return errors.New("SPARSEGEN_DATA is not set; set it to the folder with dlmc/ and mtx/")
	}
	var rows []Row
	for _, c := range []struct {
		target string
		nnz    int
	}{{"tiny", 5000}, {"default", math.MaxInt}} {
		t, err := target.Load("targets/" + c.target + ".toml")
		if err != nil {
			return err
		}
		engines := map[string]run.Engine{}
		for _, name := range run.Engines() {
			if engines[name], err = run.NewEngine(name, t); err != nil {
				return err
			}
		}
		for _, m := range list {
			if m.NNZ() > c.nnz {
				continue
			}
			for _, density := range []float64{1, 0.4} {
				row, err := campaignRow(ctx, t, engines, m, density)
				if err != nil {
					return fmt.Errorf("%s on %s: %w", m.name, t.Name, err)
				}
				rows = append(rows, *row)
			}
		}
	}
	printRows(rows)
	summarise(r, rows)
	return write(out, rows)
}

func campaignRow(ctx context.Context, t *target.Target, engines map[string]run.Engine, m matrix, density float64) (*Row, error) {
	begin := time.Now()
	p := run.Product{Name: m.name, Op: "matmul", A: m.CSR, B: operand(m, density)}
	j, err := run.Prepare(t, p, compile.Options{})
	if err != nil {
		return nil, err
	}
	row := &Row{Target: t.Name, Matrix: m.name, Density: density, NNZ: m.NNZ()}
	layers := map[string]*run.Layer{}
	for _, name := range run.Engines() {
		l, _, err := j.Run(ctx, t, engines[name], run.Bench{})
		if err != nil {
			return nil, err
		}
		layers[name] = l
		row.Mismatches += l.Mismatches
	}
	exact := layers["interp"]
	row.Cycles, row.Verilator, row.Model = exact.Cycles, layers["verilator"].Cycles, layers["model"].Cycles
	row.Utilisation, row.Bound = exact.Utilisation, exact.BoundCycles
	row.ModelError = float64(row.Model)/float64(row.Cycles) - 1
	if row.Cycles != row.Verilator {
		row.Differ = 1
	}
	fmt.Fprintf(os.Stderr, "%s %s %g: %d cycles, %.1f s\n", t.Name, m.name, density, row.Cycles, time.Since(begin).Seconds())
	return row, nil
}

func printRows(rows []Row) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "target\tB\tbound\tinterp\tverilator\tmodel\terror\tutilisation\twrong\t  matrix\n")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%g\t%d\t%d\t%d\t%d\t%+.2f %%\t%.3f\t%d\t  %s\n", r.Target, r.Density, r.Bound, r.Cycles, r.Verilator,
			r.Model, 100*r.ModelError, r.Utilisation, r.Mismatches, r.Matrix)
	}
	w.Flush()
}

func summarise(r *results, rows []Row) {
	wrong, differ, worst := 0, 0, 0.0
	for _, x := range rows {
		wrong += x.Mismatches
		differ += x.Differ
		worst = max(worst, math.Abs(x.ModelError))
	}
	r.add("campaign/runs", float64(len(rows)), "products", "")
	r.add("campaign/mismatches", float64(wrong), "elements", "== 0")
	r.add("campaign/cycles-differ", float64(differ), "products", "== 0")
	r.add("campaign/model-error", worst, "of cycles", "<= 0.03")
}
