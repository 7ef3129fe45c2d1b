package golden

import (
	"fmt"
	"math/bits"
	"slices"
)

// rng is SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). It is spelt out
// here so that a seed means the same numbers under every release of Go.
type rng struct{ state uint64 }

func (g *rng) next() uint64 {
	g.state += 0x9e3779b97f4a7c15
	z := g.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is uniform in 0..n-1, n > 0; its bias is under n / 2^64.
func (g *rng) below(n int64) int64 {
	hi, _ := bits.Mul64(g.next(), uint64(n))
	return int64(hi)
}

// chance is true with probability p, to 53 bits.
func (g *rng) chance(p float64) bool { return float64(g.next()>>11) < p*(1<<53) }

// Values makes n values in -127..127, never zero: each magnitude and sign equally likely. Same seed, same values.
func Values(seed uint64, n int) []int8 { return ValuesOf(seed, n, 8) }

// ValuesOf is [Values] for a width of 2 to 8 bits: values in -(2^(width-1) - 1)..2^(width-1) - 1, never zero.
func ValuesOf(seed uint64, n, width int) []int8 {
	if width < 2 || width > 8 {
		panic(fmt.Sprintf("golden.ValuesOf: width %d, want 2 to 8", width))
	}
	g := rng{seed}
	most := uint64(1)<<(width-1) - 1
	out := make([]int8, n)
	for i := range out {
		x := g.next()
		v := int8(1 + (x>>32)*most>>32)
		if x&1 == 1 {
			v = -v
		}
		out[i] = v
	}
	return out
}

// RandomDense makes a matrix whose elements are all non-zero.
func RandomDense(seed uint64, rows, cols int) *Dense {
	return &Dense{Rows: rows, Cols: cols, Data: Values(seed, rows*cols)}
}

// RandomDensity is [RandomCSR] written out in full.
func RandomDensity(seed uint64, rows, cols int, density float64) *Dense {
	return RandomCSR(seed, rows, cols, density).Dense()
}

// RandomCSR makes a matrix with exactly round(rows * cols * density) non-zeros, every choice of positions equally likely.
// The density is limited to 0..1.
func RandomCSR(seed uint64, rows, cols int, density float64) *CSR {
	g := &rng{seed}
	area := int64(rows) * int64(cols)
	positions := g.sample(area, share(area, density))
	return fromPositions(g, rows, cols, positions)
}

// share is round(n * fraction) within 0..n.
func share(n int64, fraction float64) int64 {
	return min(max(int64(float64(float64(n)*fraction)+0.5), 0), n)
}

// sample draws k of 0..n-1 without repetition, in increasing order.
func (g *rng) sample(n, k int64) []int64 {
	out := make([]int64, 0, k)
	if k*16 >= n { // Knuth's algorithm S: one look at each candidate
		for i := int64(0); int64(len(out)) < k; i++ {
			if g.below(n-i) < k-int64(len(out)) {
				out = append(out, i)
			}
		}
		return out
	}
	seen := make(map[int64]bool, k) // Floyd's: one draw for each of the few that are taken
	for i := n - k; i < n; i++ {
		x := g.below(i + 1)
		if seen[x] {
			x = i
		}
		seen[x] = true
		out = append(out, x)
	}
	slices.Sort(out)
	return out
}

// fromPositions builds a matrix with values from g at the given row-major positions, in increasing order.
func fromPositions(g *rng, rows, cols int, positions []int64) *CSR {
	vals := Values(g.next(), len(positions))
	b := newBuilder(rows, cols, len(positions))
	for k, pos := range positions {
		b.add(int(pos/int64(cols)), int(pos%int64(cols)), vals[k])
	}
	return b.done()
}

// shuffle puts xs in random order (Fisher-Yates).
func shuffle[T any](g *rng, xs []T) {
	for i := len(xs) - 1; i > 0; i-- {
		j := g.below(int64(i + 1))
		xs[i], xs[j] = xs[j], xs[i]
	}
}
