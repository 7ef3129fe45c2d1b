package rtltest_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/model"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// The cycle model takes the very cycles of the hardware, and counts the same waits, beats and products. When a block changes,
// this is the test that says so.
func TestModelIsTheHardware(t *testing.T) {
	q := golden.Requant{Mult: 3, Shift: 9}
	type product struct {
		m, k, n  int
		a, cv, b float64 // densities, spread of the rows of A
		o        compile.Options
	}
	small := []product{
		{1, 1, 1, 1, 0, 1, compile.Options{}},
		{8, 8, 8, .5, 0, 1, compile.Options{}},
		{33, 20, 30, .01, 0, 1, compile.Options{}},
		{40, 32, 24, .3, .4, 1, compile.Options{Output: compile.Int8, Requant: q}},
		{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Pairs}},
		{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Bitmap}},
		{40, 32, 40, .3, .4, .05, compile.Options{BFormat: compile.Bitmap, Group: 2}},
		{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Pairs, Group: 2, TileK: 10}},
		{60, 64, 40, .3, 1, .4, compile.Options{BFormat: compile.Bitmap, Output: compile.Int8, Requant: q, TileK: 20, TileN: 16}},
		{64, 128, 64, .2, .2, .4, compile.Options{}},
	}
	for _, c := range []struct {
		target   string
		latency  int
		products []product
	}{{"tiny", 0, small}, {"tiny", 40, small[2:6]}, {"default", 0, small}, {"default", 3, small[3:4]}, {"wide", 0, small[6:9]}} {
		tt, err := target.Load(filepath.Join("..", "..", "..", "targets", c.target+".toml"))
		require.NoError(t, err)
		engine, err := run.NewEngine("interp", tt)
		require.NoError(t, err)
		for i, p := range c.products {
			t.Run(fmt.Sprintf("%s, latency %d, product %d", c.target, c.latency, i), func(t *testing.T) {
				a, b := golden.SkewedCSR(1, p.m, p.k, p.a, p.cv), golden.RandomCSR(2, p.k, p.n, p.b)
				prog, err := compile.Compile(tt, a, b, p.o)
				require.NoError(t, err)
				want, err := engine.Run(t.Context(), prog, run.Bench{Latency: c.latency, MaxCycles: 1_000_000})
				require.NoError(t, err)
				got, err := model.Run(tt, prog.Image, prog.Prog, model.Options{Latency: c.latency})
				require.NoError(t, err)
				require.Equal(t, want.Mem, got.Memory)
				require.EqualValues(t, want.Cycles, got.Cycles.Total)
				require.EqualValues(t, want.Counters.BankWaits, got.Cycles.Waits)
				require.EqualValues(t, want.Counters.PortBeats, got.Cycles.Beats)
				require.EqualValues(t, want.Counters.BeatsWritten, got.Cycles.Written)
				for l, n := range got.Cycles.Products {
					require.EqualValues(t, want.Counters.Products[l], n)
				}
			})
		}
	}
}
