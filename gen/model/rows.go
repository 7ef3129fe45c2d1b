package model

import "math/bits"

// addRow adds value times the row of B at pos, slice s, to the accumulators.
func (x *executor) addRow(acc []int32, value int32, pos, s, bBase int) {
	c := &x.cfg
	at := bBase + s*c.sliceStride + pos
	if c.format == formatDense {
		for i := range c.rowWords {
			w := x.word(at + i)
			for j := 4 * i; j < min(4*i+4, c.ncols); j++ {
				acc[j] += value * int32(int8(w))
				x.products++
				w >>= 8
			}
		}
		return
	}
	entry := x.word(at)
	if entry>>23 != 0 {
		x.fail("row-table entry %d of slice %d has bits above 22", pos, s)
	}
	row, n := at+int(entry&0xffff), int(entry>>16&127) // relative to the entry itself
	if c.format == formatPairs {
		x.addPairs(acc, value, row, n)
	} else {
		x.addBitmap(acc, value, row, n)
	}
}

func (x *executor) addPairs(acc []int32, value int32, row, n int) {
	for i := range n {
		w := x.word(row + i)
		for half := range 2 {
			col, v := int(w&0xff), int32(int8(w>>8))
			w >>= 16
			if v == 0 {
				continue
			}
			if col >= len(acc) {
				x.fail("half %d of word %d of a row has column %d of %d", half, i, col, len(acc))
			}
			acc[col] += value * v
			x.products++
		}
	}
}

func (x *executor) addBitmap(acc []int32, value int32, row, n int) {
	for i, seg := 0, 0; i < n; seg++ {
		mask := x.word(row + i)
		i++
		hits := bits.OnesCount32(mask)
		if i+(hits+3)/4 > n {
			x.fail("segment %d of a row has %d values but the row ends", seg, hits)
		}
		var w uint32
		for h := 0; mask != 0; h++ {
			if h%4 == 0 {
				w = x.word(row + i)
				i++
			}
			col := 32*seg + bits.TrailingZeros32(mask)
			if col >= len(acc) {
				x.fail("segment %d of a row has column %d of %d", seg, col, len(acc))
			}
			acc[col] += value * int32(int8(w))
			x.products++
			mask &= mask - 1
			w >>= 8
		}
	}
}
