package golden

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSizesByHand works out every size of the small matrix: R=4, C=8, N=5, V=8, gaps 0 0 19 4 4.
func TestSizesByHand(t *testing.T) {
	for _, c := range []struct {
		layout string
		want   int64
	}{
		{"dense", 4 * 8 * 8},
		{"bitmap", 32 + 40},
		{"bitmap2 4", 8 + 4*4 + 40},     // 4 of 8 blocks used
		{"rle 5", 5 * (5 + 8)},          // no gap of 32, no filler
		{"coo", 5 * (2 + 3 + 8)},        //
		{"csr", 5*3 + 5*(3+8)},          // clog2(6) = 3
		{"csc", 9*3 + 5*(2+8)},          //
		{"delta 3", 6*(3+1) + 40},       // one chunk each, two for the gap of 19
		{"bcsr 1x2", 5*3 + 4*(2+2*8)},   // 4 blocks
		{"kn 2:8", 4 * 1 * 2 * (3 + 8)}, // one group a row
	} {
		f := Format(c.layout)
		for _, known := range Formats() {
			if len(c.layout) > len(known) && c.layout[:len(known)+1] == string(known)+" " {
				f = known
			}
		}
		l, size := Best(f, small().Pattern(), 8)
		assert.Equal(t, c.layout, l.String())
		assert.Equal(t, c.want, size, c.layout)
		assert.Equal(t, c.want, SizeBits(f, small().Pattern(), 8), c.layout)
	}
	f, size := Smallest(small().Pattern(), 8)
	assert.Equal(t, FormatBitmap2, f, "ties with delta, listed before it")
	assert.EqualValues(t, 64, size)
	assert.EqualValues(t, 8, SmallestBytes(small().Pattern(), 8))
}

// TestMoreSizesByHand has one case for each rule the small matrix does not reach.
func TestMoreSizesByHand(t *testing.T) {
	at := func(rows, cols int, positions ...int64) Pattern {
		return fromPositions(&rng{}, rows, cols, positions).Pattern()
	}
	for _, c := range []struct {
		name string
		f    Format
		p    Pattern
		v    int
		want int64
	}{
		{"an empty matrix has a bitmap all the same", FormatBitmap, at(4, 8), 8, 32},
		{"an empty matrix has no pairs", FormatCOO, at(4, 8), 8, 0},
		{"an empty matrix has pointers of no width", FormatCSR, at(4, 8), 8, 0},
		{"an empty matrix has no slots", FormatKN, at(4, 8), 8, 0},
		{"one row needs no row index", FormatCOO, at(1, 8, 3), 8, 3 + 8},
		{"one position needs no index", FormatCOO, at(1, 1, 0), 8, 8},
		{"runs of zero keep one bit", FormatRLE, at(1, 4, 0, 1, 2, 3), 8, 4 * (1 + 8)},
		// gaps 8 and 0: width 1 takes 4 fillers, 6 * 9; width 2 takes 2, 4 * 10; width 3 takes 1, 3 * 11; width 4, 2 * 12
		{"no filler when the width fits", FormatRLE, at(1, 20, 8, 9), 8, 24},
		// one gap of 31 among 19 of 0: width 1 takes 15 fillers, 35 * 9; 2: 27 * 10; 3: 23 * 11; 4: 21 * 12; 5: 20 * 13
		{
			"fillers when a rare gap is long", FormatRLE, at(1, 60, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 50),
			8, 21 * 12,
		},
		{"the run goes over row ends", FormatRLE, at(4, 2, 7), 8, 3 + 8},
		{"4-bit values", FormatBitmap, at(2, 4, 1, 2), 4, 8 + 8},
		{"2:4 with full groups", FormatKN, at(1, 8, 0, 1, 6, 7), 8, 2 * 2 * (2 + 8)},
		{"a last group filled up", FormatKN, at(1, 9, 0, 1, 6, 7, 8), 8, 3 * 2 * (2 + 8)},
		// one full 4 x 4 block in 8 x 8: 3 pointers of 1 bit, block column 1 bit, 16 values
		{"a full block", FormatBCSR, at(8, 8, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27), 8, 3 + 1 + 128},
		{"a last block filled up", FormatBitmap2, at(1, 5, 4), 8, 2 + 4 + 8},
	} {
		assert.Equal(t, c.want, SizeBits(c.f, c.p, c.v), c.name)
	}
}

// TestParametersAreTheBest tries every other parameter by really encoding.
func TestParametersAreTheBest(t *testing.T) {
	trials := map[Format][]Layout{}
	for n := 1; n <= 24; n++ {
		trials[FormatRLE] = append(trials[FormatRLE], Layout{FormatRLE, n, 0})
		trials[FormatDelta] = append(trials[FormatDelta], Layout{FormatDelta, n, 0})
	}
	for h := 1; h <= 16; h *= 2 {
		for w := 1; w <= 16; w *= 2 {
			if h*w > 1 {
				trials[FormatBCSR] = append(trials[FormatBCSR], Layout{FormatBCSR, h, w})
			}
		}
	}
	for b := 4; b <= 1024; b *= 2 {
		trials[FormatBitmap2] = append(trials[FormatBitmap2], Layout{FormatBitmap2, b, 0})
	}
	for name, m := range zoo() {
		for f, layouts := range trials {
			_, size := Best(f, m.Pattern(), 8)
			least := Encode(layouts[0], m).Bits
			for _, l := range layouts {
				least = min(least, Encode(l, m).Bits)
			}
			assert.Equal(t, least, size, "%s %s", name, f)
		}
	}
}

// TestStructureWins pins which format wins for which structure. COO, CSR and CSC never do: runs and deltas need no row
// pointers, but give up finding a row without reading those before it.
func TestStructureWins(t *testing.T) {
	for _, c := range []struct {
		name string
		m    *CSR
		want string
	}{
		{"full", RandomDense(1, 32, 32).CSR(), "dense"},
		{"half", RandomCSR(2, 64, 64, 0.5), "bitmap"},
		{"a fifth", RandomCSR(2, 512, 512, 0.2), "bitmap2 4"},
		{"a tenth", RandomCSR(2, 512, 512, 0.1), "rle 5"},
		{"hyper-sparse", RandomCSR(8, 1000, 1000, 0.0005), "rle 13"},
		{"nothing", RandomCSR(3, 64, 64, 0), "rle 1"},
		{"hubs", PowerLaw(1, 4096, 40000), "delta 3"},
		{"mesh", Banded(1, 2000, 3, 0.7), "delta 1"},
		{"most rows empty", SkewedCSR(7, 2048, 512, 0.0035, 5.4), "delta 3"},
		{"2:4 is as small as a bitmap of 8-bit values", RandomKN(4, 64, 64, 2, 4), "bitmap"},
		{"1:16", RandomKN(5, 64, 64, 1, 16), "kn 1:16"},
		{"blocks", RandomBlocks(6, 256, 256, 4, 4, 0.05), "bcsr 4x4"},
	} {
		l, _ := SmallestLayout(c.m.Pattern(), 8)
		assert.Equal(t, c.want, l.String(), c.name)
	}
}

func TestUnknownFormat(t *testing.T) {
	assert.PanicsWithValue(t, `golden.Best: "zip" is not a format`, func() { SizeBits("zip", small().Pattern(), 8) })
	assert.PanicsWithValue(t, `golden.Encode: "zip" is not a format`, func() { Encode(Layout{Format: "zip"}, small()) })
}

// TestSizesAreFast keeps the search near linear: a 10,000 x 10,000 matrix of 100,000 non-zeros.
func TestSizesAreFast(t *testing.T) {
	m := RandomCSR(1, 10_000, 10_000, 0.001)
	require.Equal(t, 100_000, m.NNZ())
	start := time.Now()
	Smallest(m.Pattern(), 8)
	assert.Less(t, time.Since(start), 2*time.Second)
}

func BenchmarkSmallest(b *testing.B) {
	p := RandomCSR(1, 10_000, 10_000, 0.001).Pattern()
	for b.Loop() {
		Smallest(p, 8)
	}
}
