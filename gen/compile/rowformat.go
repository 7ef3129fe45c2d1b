package compile

// The words of one row of one slice of B. Columns are counted from the first column of the slice.

// maxRowWords is what the 7-bit field of a row-table entry holds.
const maxRowWords = 127

// run is a piece of a row of B that falls into one slice.
type run struct {
	slice int     // over all tiles of N: tile x group + slice of the tile
	cols  []int32 // columns of B
	vals  []int8
}

// eachRun cuts a row of B at slice boundaries, in order; empty slices are passed over.
func eachRun(cols []int32, vals []int8, ncols int, visit func(run)) {
	for i := 0; i < len(cols); {
		s := int(cols[i]) / ncols
		end, j := int32((s+1)*ncols), i+1
		for j < len(cols) && cols[j] < end {
			j++
		}
		visit(run{s, cols[i:j], vals[i:j]})
		i = j
	}
}

// words is the length of the row in a compressed format.
func (r run) words(f BFormat, ncols int) int {
	if f == Pairs {
		return (len(r.cols) + 1) / 2
	}
	base, words := int32(r.slice*ncols), 0
	for i := 0; i < len(r.cols); {
		seg, n := (r.cols[i]-base)/32, 0
		for ; i < len(r.cols) && (r.cols[i]-base)/32 == seg; i++ {
			n++
		}
		words += (n + 3) / 4
		if i == len(r.cols) {
			words += int(seg) + 1 // masks, empty segments in between included
		}
	}
	return words
}

// appendPairs appends column [7:0] and value [15:8], two a word, low half first.
func (r run) appendPairs(out []uint32, ncols int) []uint32 {
	base := int32(r.slice * ncols)
	for i, c := range r.cols {
		half := uint32(c-base) | uint32(uint8(r.vals[i]))<<8
		if i%2 == 0 {
			out = append(out, half)
		} else {
			out[len(out)-1] |= half << 16
		}
	}
	return out
}

// appendBitmap appends for each segment of 32 columns a mask, then its values, four a word, low byte first.
func (r run) appendBitmap(out []uint32, ncols int) []uint32 {
	base := int32(r.slice * ncols)
	for i, seg := 0, int32(0); i < len(r.cols); seg++ {
		at := len(out)
		out = append(out, 0)
		for n := 0; i < len(r.cols) && (r.cols[i]-base)/32 == seg; i, n = i+1, n+1 {
			out[at] |= 1 << ((r.cols[i] - base) % 32)
			if n%4 == 0 {
				out = append(out, 0)
			}
			out[len(out)-1] |= uint32(uint8(r.vals[i])) << (8 * (n % 4))
		}
	}
	return out
}
