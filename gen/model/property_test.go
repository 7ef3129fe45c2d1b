package model_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/model"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

func load(tb testing.TB, name string) *target.Target {
	tb.Helper()
	tt, err := target.Load(filepath.Join("..", "..", "targets", name+".toml"))
	require.NoError(tb, err)
	return tt
}

// scribble fills the outputs with rubbish, so that whatever a run does not write shows.
func scribble(t *target.Target, p *compile.Program) []byte {
	mem := append([]byte(nil), p.Image...)
	for _, r := range p.OutputRegions {
		for i := int(r.Beat) * t.PortBytes; i < int(r.Beat+r.Beats)*t.PortBytes; i++ {
			mem[i] = 0xa5
		}
	}
	return mem
}

// agree runs a program and compares with the golden model.
func agree(t *testing.T, tt *target.Target, p *compile.Program, a, b *golden.CSR, o compile.Options, ro model.Options) *model.Result {
	t.Helper()
	r, err := model.Run(tt, scribble(tt, p), p.Prog, ro)
	require.NoError(t, err)
	if !ro.Functional {
		formed := int64(0)
		for _, n := range r.Cycles.Products {
			formed += n
		}
		require.Equal(t, r.Products, formed)
	}
	want := golden.MatMul(a, b)
	if o.Output == compile.Int8 {
		got, err := p.UnpackInt8(r.Memory)
		require.NoError(t, err)
		require.Equal(t, want.Requantise(o.Requant), got)
		return r
	}
	got, err := p.Unpack(r.Memory)
	require.NoError(t, err)
	require.Equal(t, want, got)
	return r
}

// Any matrices under any options compile to an image that computes their product.
func TestEveryProduct(t *testing.T) {
	for _, c := range []struct {
		target string
		cases  int
	}{{"tiny", 2000}, {"default", 800}, {"wide", 150}} {
		tt := load(t, c.target)
		t.Run(c.target, func(t *testing.T) {
			for seed := range c.cases {
				oneProduct(t, tt, uint64(seed))
			}
		})
	}
}

func oneProduct(t *testing.T, tt *target.Target, seed uint64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	size := func() int {
		if rng.IntN(5) == 0 {
			return 1
		}
		return 1 + rng.IntN(1<<(1+rng.IntN(7)))
	}
	density := func() float64 {
		return [...]float64{0, 0.01, 0.05, 0.2, 0.5, 0.9, 1}[rng.IntN(7)]
	}
	m, k, n := size(), size(), size()
	a := golden.RandomCSR(seed, m, k, density())
	if rng.IntN(3) == 0 {
		a = golden.SkewedCSR(seed, m, k, density(), 2)
	}
	b := golden.RandomCSR(seed+1000, k, n, density())
	o := compile.Options{BFormat: compile.BFormat(rng.IntN(4)), Output: compile.Output(rng.IntN(2))}
	if rng.IntN(2) == 0 {
		o.Group = 1 << rng.IntN(1+log2(tt.Lanes))
	}
	if o.Output == compile.Int8 {
		o.Requant = golden.RequantFor(golden.MatMul(a, b).MaxAbs())
	}
	if rng.IntN(2) == 0 {
		o.TileN = 1 + rng.IntN(min(n, tt.AccColumns*max(1, o.Group)))
	}
	if rng.IntN(2) == 0 {
		o.TileK = 1 + rng.IntN(min(k, 32))
		if rng.IntN(2) == 0 {
			o.ChunkWords = o.TileK + 2 + rng.IntN(20)
		}
	}
	name := fmt.Sprintf("seed %d: %d x %d x %d, %d and %d non-zeros, %+v", seed, m, k, n, a.NNZ(), b.NNZ(), o)
	p, err := compile.Compile(tt, a, b, o)
	if err != nil && (o.TileN > 0 || o.TileK > 0 || o.Group > 0) {
		require.Regexp(t, `^compile: .*; use `, err.Error(), name)
		return
	}
	require.NoError(t, err, name)
	ok := t.Run(name, func(t *testing.T) {
		agree(t, tt, p, a, b, o, model.Options{Functional: seed%4 > 0, MaxCycles: 1_000_000})
	})
	if !ok {
		t.Log(p.Explanation)
		t.FailNow()
	}
}

func log2(n int) int {
	l := 0
	for 1<<l < n {
		l++
	}
	return l
}
