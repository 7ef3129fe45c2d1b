package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/model"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// Machine cycles a second of the cycle model alone and with the executor.
func BenchmarkRun(b *testing.B) {
	tt := load(b, "default")
	a := golden.SkewedCSR(1, 512, 512, 0.1, 0.2)
	for _, c := range []struct {
		name    string
		density float64
	}{{"dense", 1}, {"sparse", 0.4}} {
		p, err := compile.Compile(tt, a, golden.RandomCSR(2, 512, 64, c.density), compile.Options{})
		require.NoError(b, err)
		b.Run(c.name, func(b *testing.B) {
			cycles := int64(0)
			for b.Loop() {
				r, err := model.Run(tt, p.Image, p.Prog, model.Options{})
				require.NoError(b, err)
				cycles += r.Cycles.Total
			}
			b.ReportMetric(float64(cycles)/b.Elapsed().Seconds()/1e6, "Mcycle/s")
		})
	}
}
