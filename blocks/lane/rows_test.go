package lane_test

import (
	"math/rand/v2"
	"slices"

	"github.com/sparsegen/sparsegen/blocks/lane"
)

// A value is an element of a row of B: its column and its number.
type value struct {
	col int
	val int8
}

// formats are the ways in which a row can be written.
var formats = []struct {
	code   int
	name   string
	encode func(row []value, ncols int) []uint32
}{
	{lane.Dense, "dense", encodeDense},
	{lane.Pairs, "pairs", encodePairs},
	{lane.Bitmap, "bitmap", encodeBitmap},
}

// encodeDense writes all columns, four a word, low byte first. What stands behind the last column is not zero here:
// nobody may use it.
func encodeDense(row []value, ncols int) []uint32 {
	words := make([]uint32, (ncols+3)/4)
	for i := range words {
		words[i] = 0x77777777
	}
	for c := range ncols {
		words[c/4] &^= 0xff << (c % 4 * 8)
	}
	for _, v := range row {
		words[v.col/4] |= uint32(uint8(v.val)) << (v.col % 4 * 8)
	}
	return words
}

// encodePairs writes (column, value), two a word, low half first; an odd one out is followed by value 0.
func encodePairs(row []value, _ int) (words []uint32) {
	for i, v := range row {
		pair := uint32(uint8(v.val))<<8 | uint32(v.col)
		if i%2 == 0 {
			words = append(words, pair)
		} else {
			words[i/2] |= pair << 16
		}
	}
	return words
}

// encodeBitmap writes for each segment of 32 columns a mask and the values of its bits, four a word; empty segments at
// the end are left out.
func encodeBitmap(row []value, _ int) (words []uint32) {
	for seg := 0; len(row) > 0; seg++ {
		var mask uint32
		var vals []uint32
		for len(row) > 0 && row[0].col/32 == seg {
			mask |= 1 << (row[0].col % 32)
			vals = append(vals, uint32(uint8(row[0].val)))
			row = row[1:]
		}
		words = append(words, mask)
		for four := range slices.Chunk(vals, 4) {
			var w uint32
			for i, v := range four {
				w |= v << (8 * i)
			}
			words = append(words, w)
		}
	}
	return words
}

// randomRow has each column with probability p; its values are not zero.
func randomRow(rng *rand.Rand, ncols int, p float64) (row []value) {
	for c := range ncols {
		if rng.Float64() < p {
			row = append(row, value{c, nonzero(rng)})
		}
	}
	return row
}

func nonzero(rng *rand.Rand) int8 {
	return []int8{-128, -127, -1, 1, 127, int8(1 + rng.IntN(127)), -int8(1 + rng.IntN(127))}[rng.IntN(7)]
}

// gappyRow has values in some segments of 32 columns only, such as the first and the last.
func gappyRow(rng *rand.Rand, ncols int) (row []value) {
	for seg := 0; seg < ncols; seg += 32 {
		if rng.IntN(2) == 0 || seg+32 >= ncols {
			for _, v := range randomRow(rng, min(32, ncols-seg), 0.2) {
				row = append(row, value{v.col + seg, v.val})
			}
		}
	}
	return row
}

// products are what a row gives under a format: dense rows have a product for each column, the zeros too.
func products(row []value, format, ncols int) []value {
	if format != lane.Dense {
		return row
	}
	all := make([]value, ncols)
	for c := range all {
		all[c].col = c
	}
	for _, v := range row {
		all[v.col].val = v.val
	}
	return all
}
