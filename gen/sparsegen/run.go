package main

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/matfile"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/run/workload"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/cosim/memport"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// runFlags are the flags of `sparsegen run`.
type runFlags struct {
	target, workload, op, a, b, engine, format, output, vcd string
	bCols, group, latency                                   int
	bDensity, stalls                                        float64
	seed                                                    uint64
	json                                                    bool
}

func newRun(c *console) *cobra.Command {
	f := &runFlags{}
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run a matrix product, or the layers of a workload, on a simulated machine",
		Long: "Run a matrix product, or the layers of a workload, on a simulated machine; compare every element of the result\n" +
			"with the golden model, and report cycles, utilisation and how near they are to the bound of multipliers and bytes.\n\n" +
			"Matrices: .smtx, .mtx, .txt (edge list or mask of 0/1), .npy, each also .gz. Patterns get values from the seed.\n" +
			"Engines: interp (the design's netlist in process), verilator (the emitted SystemVerilog), model (predicts cycles).\n" +
			"The default is interp, and verilator for 500,000 cycles and more where it is installed; both give the same,\n" +
			"exact cycles.\n" +
			"Exits 1 when an element of a result is wrong.",
		Example: "  sparsegen run --target targets/default.toml --op matmul --a layer.smtx --b-cols 64\n" +
			"  sparsegen run --op spgemm --a graph.mtx --engine model --json\n" +
			"  sparsegen run --workload gen/sparsegen/examples/demo.toml --engine interp",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			o, err := f.options()
			if err != nil {
				return err
			}
			o.Note = c.note
			t, err := target.Load(f.target)
			if err != nil {
				return err
			}
			if g := f.group; g < 0 || g > t.Lanes || g&(g-1) != 0 {
				return fmt.Errorf("--group %d: not a number of lanes that work together; use 0 or a power of two up to %d", g, t.Lanes)
			}
			products, err := f.products()
			if err != nil {
				return err
			}
			if o.Bench.VCD != "" && len(products) > 1 {
				return fmt.Errorf("--vcd: the workload has %d layers, a wave is of one; use a workload with one layer", len(products))
			}
			r, err := run.Matmul(cmd.Context(), t, products, o)
			if err != nil {
				return err
			}
			if err := f.print(c, r); err != nil {
				return err
			}
			if r.Total.Mismatches > 0 {
				return errCheck
			}
			return nil
		},
	}
	fl := cmd.Flags()
	fl.SortFlags = false
	targetFlag(cmd, &f.target)
	fl.StringVar(&f.op, "op", "matmul", "matmul (A x B), or spgemm (the same; A x A when there is no B)")
	fl.StringVar(&f.a, "a", "", "file of A, M x K")
	fl.StringVar(&f.b, "b", "", "file of B, K x N")
	fl.IntVar(&f.bCols, "b-cols", 0, "make B up: number of columns")
	fl.Float64Var(&f.bDensity, "b-density", 1, "make B up: share of non-zeros, 0 to 1")
	fl.StringVar(&f.workload, "workload", "", "run the layers of this file (TOML) instead of --a and --b")
	fl.Uint64Var(&f.seed, "seed", 1, "seed of values that a file does not give, and of a B made up")
	fl.StringVar(&f.engine, "engine", "", "interp, verilator or model (default: the fastest with exact cycles)")
	fl.IntVar(&f.group, "group", 0, "lanes of a workgroup, a power of two (default: the compiler chooses)")
	fl.StringVar(&f.format, "format", "auto", "format of B in memory: auto, dense, pairs or bitmap")
	fl.StringVar(&f.output, "output", "int32", "type of the result: int32, or int8 scaled to the largest sum")
	fl.IntVar(&f.latency, "latency", memport.DefaultLatency, "cycles from a read request to its data")
	fl.Float64Var(&f.stalls, "stalls", 0, "share of cycles in which the memory is not ready, 0 to 0.99")
	fl.StringVar(&f.vcd, "vcd", "", "write a wave: all of the run with interp, the end of a failing one with verilator")
	jsonFlag(cmd, &f.json)
	return cmd
}

// check reports flags that do not go together.
func (f *runFlags) check(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	if f.workload != "" {
		for _, name := range []string{"op", "a", "b", "b-cols", "b-density", "seed"} {
			if given(name) {
				return fmt.Errorf("--%s: has no meaning with --workload; leave it out", name)
			}
		}
		return nil
	}
	switch {
	case f.op != "matmul" && f.op != "spgemm" && f.op != "spmm":
		return fmt.Errorf("--op %s: is not known, or needs a workload file; use matmul or spgemm", f.op)
	case f.a == "":
		return errors.New("no matrix is given; use --a FILE, or --workload FILE")
	case f.b != "" && given("b-cols"):
		return errors.New("--b and --b-cols are both given; use one of them")
	case f.b == "" && !given("b-cols") && f.op != "spgemm":
		return errors.New("no B is given; use --b FILE, or --b-cols N to make one up")
	case given("b-density") && !given("b-cols"):
		return errors.New("--b-density: has a meaning with --b-cols only; add --b-cols N")
	case given("b-cols") && (f.bCols < 1 || f.bCols > 1<<20):
		return fmt.Errorf("--b-cols %d: out of range; use 1 to %d", f.bCols, 1<<20)
	case !(f.bDensity >= 0 && f.bDensity <= 1):
		return fmt.Errorf("--b-density %g: out of range; use 0 to 1", f.bDensity)
	}
	return nil
}

// options turns flags into what run takes.
func (f *runFlags) options() (run.Options, error) {
	o := run.Options{Engine: f.engine}
	formats := map[string]compile.BFormat{"auto": compile.Auto, "dense": compile.Dense, "pairs": compile.Pairs, "bitmap": compile.Bitmap}
	outputs := map[string]compile.Output{"int32": compile.Int32, "int8": compile.Int8}
	var ok bool
	if o.Compile.BFormat, ok = formats[f.format]; !ok {
		return o, fmt.Errorf("--format %s: is not known; use auto, dense, pairs or bitmap", f.format)
	}
	if o.Compile.Output, ok = outputs[f.output]; !ok {
		return o, fmt.Errorf("--output %s: is not known; use int32 or int8", f.output)
	}
	if f.latency < 1 || f.latency > 1000 {
		return o, fmt.Errorf("--latency %d: out of range; use 1 to 1000", f.latency)
	}
	if !(f.stalls >= 0 && f.stalls <= 0.99) {
		return o, fmt.Errorf("--stalls %g: out of range; use 0 to 0.99", f.stalls)
	}
	o.Compile.Group = f.group
	o.Bench = run.Bench{
		Latency: f.latency, VCD: f.vcd,
		Stalls: memport.Stalls{Rate: uint8(math.Round(f.stalls * 256)), Seed: f.seed},
	}
	return o, nil
}

// products reads or makes the operands.
func (f *runFlags) products() ([]run.Product, error) {
	if f.workload != "" {
		layers, err := workload.Load(f.workload)
		if err != nil {
			return nil, err
		}
		products := make([]run.Product, len(layers))
		for i, l := range layers {
			products[i] = run.Product{Name: l.Name, Op: l.Op, A: l.A, B: l.B}
		}
		return products, nil
	}
	a, err := matfile.Read(f.a, matfile.Options{Seed: f.seed})
	if err != nil {
		return nil, err
	}
	p := run.Product{Name: layerName(f.a), Op: f.op, A: a}
	switch {
	case f.b != "":
		if p.B, err = matfile.Read(f.b, matfile.Options{Seed: f.seed + 1}); err != nil {
			return nil, err
		}
		if p.A.Cols != p.B.Rows {
			return nil, fmt.Errorf("%s: is %d x %d, and A %d x %d; give a B of %d rows", f.b, p.B.Rows, p.B.Cols, a.Rows, a.Cols, a.Cols)
		}
	case f.bCols > 0 && f.bDensity*float64(f.bCols)*float64(a.Cols) > workload.MaxMade:
		return nil, fmt.Errorf("--b-cols %d: a B of %d x %d has more than the %d non-zeros that are made up here; use fewer columns or a lower --b-density",
			f.bCols, a.Cols, f.bCols, workload.MaxMade)
	case f.bCols > 0:
		p.B = golden.RandomCSR(f.seed+1, a.Cols, f.bCols, f.bDensity)
	case a.Rows != a.Cols:
		return nil, fmt.Errorf("%s: is %d x %d, and A x A needs a square one; give --b FILE or --b-cols N", f.a, a.Rows, a.Cols)
	default:
		p.B = a
	}
	return []run.Product{p}, nil
}

// layerName is the name of a file without folders and endings.
func layerName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".gz")
	return strings.TrimSuffix(name, filepath.Ext(name))
}

func (f *runFlags) print(c *console, r *run.Report) error {
	if f.json {
		return c.json(r)
	}
	printRun(c, r)
	return nil
}
