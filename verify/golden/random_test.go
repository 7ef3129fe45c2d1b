package golden

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestValuesArePinned holds the stream in place: a change here changes every result made from a seed.
func TestValuesArePinned(t *testing.T) {
	g := rng{1234567}
	assert.Equal(t, []uint64{6457827717110365317, 3203168211198807973}, []uint64{g.next(), g.next()}, "published SplitMix64")
	assert.Equal(t, Values(7, 8), Values(7, 100)[:8], "a longer run starts the same")
	assert.NotEqual(t, Values(7, 100), Values(8, 100))
}

func TestValuesRange(t *testing.T) {
	for width, most := range map[int]int8{2: 1, 3: 3, 4: 7, 8: 127} {
		seen := map[int8]int{}
		for _, v := range ValuesOf(3, 100_000, width) {
			seen[v]++
		}
		assert.Len(t, seen, 2*int(most), "width %d: all values but zero", width)
		for v := -most; v <= most; v++ {
			want := 100_000 / (2 * float64(most))
			if v != 0 {
				assert.InDelta(t, want, seen[v], want*0.2, "width %d, value %d", width, v)
			}
			if v == most {
				break // int8 would wrap
			}
		}
		assert.Zero(t, seen[0])
	}
	assert.Panics(t, func() { ValuesOf(1, 1, 9) })
}

func TestRandomCSRHasTheExactCount(t *testing.T) {
	for _, density := range []float64{-1, 0, 0.001, 0.01, 0.1, 0.5, 0.9, 1, 2} {
		m := RandomCSR(5, 123, 77, density)
		require.NoError(t, m.Validate())
		assert.EqualValues(t, share(123*77, density), m.NNZ(), "density %v", density)
		assert.Equal(t, m, RandomCSR(5, 123, 77, density), "same seed")
		assert.Equal(t, m.Dense(), RandomDensity(5, 123, 77, density))
	}
	assert.NotEqual(t, RandomCSR(5, 50, 50, 0.1), RandomCSR(6, 50, 50, 0.1))
	assert.NotContains(t, RandomDense(1, 100, 100).Data, int8(0))
}

func TestSampleIsUniform(t *testing.T) {
	for _, k := range []int64{3, 50} { // one for each algorithm
		g, hits := rng{11}, make([]int, 100)
		const runs = 20_000
		for range runs {
			for _, x := range g.sample(100, k) {
				hits[x]++
			}
		}
		for x, n := range hits {
			assert.InDelta(t, runs*k/100, n, float64(runs*k/100)*0.25, "%d of %d", x, k)
		}
	}
}

// TestSkewedCSR covers the row statistics of real pruned layers, from nearly even rows to mostly empty ones.
func TestSkewedCSR(t *testing.T) {
	for _, c := range []struct {
		rows, cols  int
		density, cv float64
		empty       int // at least
	}{
		{64, 256, 0.5, 0.11, 0},
		{256, 2304, 0.1, 0.29, 0},
		{512, 128, 0.2, 0.82, 0},
		{2048, 512, 0.0094, 2.1, 200},
		{2048, 512, 0.002, 3.76, 1200},
		{2048, 512, 0.0035, 5.39, 1700},
	} {
		m := SkewedCSR(1, c.rows, c.cols, c.density, c.cv)
		require.NoError(t, m.Validate())
		assert.EqualValues(t, share(int64(c.rows*c.cols), c.density), m.NNZ())
		assert.InEpsilon(t, c.cv, m.Pattern().RowCV(), 0.05, "%v", c)
		empty := 0
		for r := range m.Rows {
			if len(m.Pattern().Row(r)) == 0 {
				empty++
			}
		}
		assert.GreaterOrEqual(t, empty, c.empty, "%v", c)
		assert.Equal(t, m, SkewedCSR(1, c.rows, c.cols, c.density, c.cv), "same seed")
	}
	full := SkewedCSR(1, 8, 8, 1, 3)
	assert.Equal(t, 64, full.NNZ(), "a full matrix cannot be uneven")
	most := SkewedCSR(1, 100, 10, 0.1, 99)
	assert.InDelta(t, 3, most.Pattern().RowCV(), 0.01, "ten full rows of a hundred are the most uneven")
	assert.NoError(t, SkewedCSR(1, 0, 0, 0.5, 1).Validate())
}

func TestGraphs(t *testing.T) {
	g := PowerLaw(1, 1000, 5000)
	assert.Equal(t, 5000, g.NNZ())
	assert.Greater(t, g.Pattern().RowCV(), 1.0, "hubs")
	assert.LessOrEqual(t, PowerLaw(1, 4, 1000).NNZ(), 16)
	assert.NoError(t, PowerLaw(1, 0, 10).Validate())
	assert.NoError(t, PowerLaw(1, 1, 1).Validate())

	b := Banded(1, 100, 2, 0.5)
	for r := range b.Rows {
		for _, c := range b.Pattern().Row(r) {
			assert.InDelta(t, r, c, 2)
		}
		assert.NotZero(t, b.Dense().At(r, r))
	}
	assert.Equal(t, 5*100-6, Banded(1, 100, 2, 1).NNZ())
}

func TestStructuredSparsity(t *testing.T) {
	m := RandomKN(1, 10, 34, 2, 4)
	for r := range m.Rows {
		var in [9]int
		for _, c := range m.Pattern().Row(r) {
			in[c/4]++
		}
		assert.Equal(t, [9]int{2, 2, 2, 2, 2, 2, 2, 2, 2}, in)
	}
	blocks := RandomBlocks(1, 32, 32, 4, 8, 0.25)
	assert.Equal(t, 8*32, blocks.NNZ(), "8 of 32 blocks, each full")
	assert.NoError(t, RandomBlocks(1, 30, 29, 4, 8, 0.5).Validate())
}
