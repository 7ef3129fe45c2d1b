package model_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/matfile"
	"github.com/sparsegen/sparsegen/gen/model"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// floor runs A x B with 64 columns on the default target, checks the result, the utilisation and what the compiler expected.
func floor(t *testing.T, a *golden.CSR, density, least float64) {
	t.Helper()
	tt := load(t, "default")
	b := golden.RandomCSR(7, a.Cols, 64, density)
	p, err := compile.Compile(tt, a, b, compile.Options{})
	require.NoError(t, err)
	r := agree(t, tt, p, a, b, compile.Options{}, model.Options{})
	used := p.Utilisation(tt, float64(r.Cycles.Total))
	t.Logf("utilisation %.3f in %d cycles; %s", used, r.Cycles.Total, p.Explanation)
	require.GreaterOrEqual(t, used, least)
	require.InEpsilon(t, float64(r.Cycles.Total), p.Stats.EstimatedCycles, 0.08)
}

// Layers with the sizes, densities and row spreads of pruned networks keep the multipliers busy.
func TestUtilisation(t *testing.T) {
	for _, c := range []struct {
		m, k                        int
		density, cv                 float64
		leastDense, leastCompressed float64
	}{
		{512, 512, 0.4, 0.14, 0.99, 0.95},
		{512, 512, 0.2, 0.14, 0.98, 0.94},
		{512, 2048, 0.1, 0.2, 0.98, 0.92},
		{2048, 512, 0.05, 0.46, 0.98, 0.94},
		{512, 4608, 0.02, 0.23, 0.96, 0.80},
		{512, 512, 0.02, 0.5, 0.90, 0.63},
		{64, 256, 0.5, 0.1, 0.96, 0.88},
		{64, 576, 0.3, 0.24, 0.96, 0.88},
	} {
		for _, b := range []struct{ density, least float64 }{{1, c.leastDense}, {0.4, c.leastCompressed}} {
			t.Run(fmt.Sprintf("%dx%d %.2f by %.1f", c.m, c.k, c.density, b.density), func(t *testing.T) {
				floor(t, golden.SkewedCSR(1, c.m, c.k, c.density, c.cv), b.density, b.least)
			})
		}
	}
}

// One row with a tenth of all non-zeros does not hold up the machine.
func TestDenseRow(t *testing.T) {
	b := golden.RandomDense(3, 1, 1310).CSR()
	rest := golden.RandomCSR(4, 1812, 1813, 9787.0/(1812*1813))
	a := &golden.CSR{Rows: 1813, Cols: 1813, RowPtr: append([]int{0}, rest.RowPtr...)}
	for i := range a.RowPtr[1:] {
		a.RowPtr[i+1] += b.NNZ()
	}
	a.ColIdx = append(append(a.ColIdx, b.ColIdx...), rest.ColIdx...)
	a.Val = append(append(a.Val, b.Val...), rest.Val...)
	floor(t, a, 1, 0.68)
}

// Published layers, where they are at hand.
func TestPrunedLayers(t *testing.T) {
	root := os.Getenv("SPARSEGEN_DATA")
	if root == "" {
		t.Skip("set SPARSEGEN_DATA to a folder with dlmc/*.smtx")
	}
	files, err := filepath.Glob(filepath.Join(root, "dlmc", "*.smtx*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		a, err := matfile.Read(f, matfile.Options{Seed: 1})
		require.NoError(t, err)
		filled := float64(a.NNZ()) / float64(a.Rows*a.Cols)
		if a.Rows < 512 || a.Cols < 512 || filled < 0.05 || filled > 0.4 {
			continue
		}
		for _, b := range []struct{ density, least float64 }{{1, 0.97}, {0.4, 0.92}} {
			t.Run(fmt.Sprintf("%s by %.1f", filepath.Base(f), b.density), func(t *testing.T) { floor(t, a, b.density, b.least) })
		}
	}
}
