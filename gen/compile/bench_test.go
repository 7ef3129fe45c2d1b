package compile_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

func BenchmarkCompile(b *testing.B) {
	tt, err := target.Load(filepath.Join("..", "..", "targets", "default.toml"))
	require.NoError(b, err)
	for _, c := range []struct {
		name string
		a, b *golden.CSR
	}{
		{"layer", golden.SkewedCSR(1, 512, 2048, 0.1, 0.2), golden.RandomCSR(2, 2048, 64, 0.4)},
		{"graph", golden.RandomCSR(1, 10000, 10000, 0.001), golden.RandomCSR(2, 10000, 64, 1)},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				_, err := compile.Compile(tt, c.a, c.b, compile.Options{})
				require.NoError(b, err)
			}
		})
	}
}
