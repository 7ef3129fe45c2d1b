package run_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/cosim/memport"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// A trial is one random product with everything that may be chosen around it.
type trial struct {
	a, b  *golden.CSR
	opts  compile.Options
	bench run.Bench
}

func (c trial) String() string {
	return fmt.Sprintf("%d x %d x %d, %d and %d non-zeros, %+v, %+v", c.a.Rows, c.a.Cols, c.b.Cols, c.a.NNZ(), c.b.NNZ(), c.opts, c.bench)
}

// newTrial draws shapes from 1 up, densities from empty to full, every pattern, format, group size and output, forced
// tile sizes, latencies and stalls.
func newTrial(r *rand.Rand, t *target.Target) trial {
	dim := func() int {
		switch r.IntN(4) {
		case 0:
			return 1 + r.IntN(3)
		case 1:
			return 1 + r.IntN(80)
		default:
			return 1 + r.IntN(24)
		}
	}
	density := func() float64 { return []float64{0, 0.02, 0.1, 0.3, 0.6, 1}[r.IntN(6)] }
	m, k, n := dim(), dim(), dim()
	c := trial{b: golden.RandomDensity(r.Uint64(), k, n, density()).CSR()}
	switch r.IntN(3) {
	case 0:
		c.a = golden.SkewedCSR(r.Uint64(), m, k, density(), 1.5)
	case 1:
		c.a = golden.RandomDensity(r.Uint64(), m, k, density()).CSR()
	default:
		c.a = golden.RandomCSR(r.Uint64(), m, k, density())
	}
	groups := 0
	for g := 1; g <= t.Lanes; g *= 2 {
		groups++
	}
	c.opts = compile.Options{BFormat: compile.BFormat(r.IntN(4)), Group: 1 << r.IntN(groups), Output: compile.Output(r.IntN(2))}
	if r.IntN(3) == 0 {
		c.opts.Group = 0
	}
	if r.IntN(2) == 0 {
		c.opts.TileK = 1 + r.IntN(k)
	}
	if r.IntN(2) == 0 {
		c.opts.TileN = 1 + r.IntN(min(n, max(1, c.opts.Group)*t.AccColumns))
	}
	c.bench = run.Bench{Latency: 1 + r.IntN(20), MaxCycles: 400_000}
	if r.IntN(2) == 0 {
		c.bench.Stalls = memport.Stalls{Seed: r.Uint64(), Rate: uint8(r.IntN(200))}
	}
	return c
}

// Every random product on the machine equals the golden model; where Verilator is installed, it agrees with the
// interpreter in outputs and in the cycle count, and so do the counters.
func TestRandomProducts(t *testing.T) {
	for _, c := range []struct {
		target    string
		trials    int
		verilator int // of these, how many run in Verilator too
	}{{"tiny", 300, 300}, {"default", 40, 40}} {
		t.Run(c.target, func(t *testing.T) {
			tgt, err := target.Load("../../targets/" + c.target + ".toml")
			require.NoError(t, err)
			interp, err := run.NewEngine("interp", tgt)
			require.NoError(t, err)
			var verilator run.Engine
			if _, err := tool.Find("verilator"); err != nil {
				t.Logf("Verilator is not compared: %v", err)
			} else if verilator, err = run.NewEngine("verilator", tgt); err != nil {
				t.Fatal(err)
			}
			for i := range c.trials {
				x := newTrial(rand.New(rand.NewPCG(uint64(i), 7)), tgt)
				want := check(t, i, tgt, x, interp)
				if verilator == nil || i >= c.verilator || want == nil {
					continue
				}
				got := check(t, i, tgt, x, verilator)
				require.NotNil(t, got)
				assert.Equal(t, want.Cycles, got.Cycles, "trial %d: %s", i, x)
				assert.Equal(t, want.Counters, got.Counters, "trial %d: %s", i, x)
				assert.Equal(t, want.Mem, got.Mem, "trial %d: %s", i, x)
			}
		})
	}
}

// check runs one trial and compares it with the golden model; nil when the target cannot take the forced tiles.
func check(t *testing.T, i int, tgt *target.Target, x trial, e run.Engine) *run.Result {
	t.Helper()
	j, err := run.Prepare(tgt, run.Product{Name: "trial", Op: "matmul", A: x.a, B: x.b}, x.opts)
	if err != nil { // forced tiles may be too large: then the compiler says so
		require.ErrorContains(t, err, "compile:", "trial %d: %s", i, x)
		return nil
	}
	l, r, err := j.Run(context.Background(), tgt, e, x.bench)
	require.NoError(t, err, "trial %d: %s", i, x)
	require.Zero(t, l.Mismatches, "trial %d on %s: %s", i, e.Name(), x)
	return r
}
