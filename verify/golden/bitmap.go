package golden

import (
	"errors"
	"fmt"
	"math/bits"
)

// Bitmap is a matrix as a lane reads it in bitmap form: for each row a bitmap of its columns and its non-zero values
// packed in column order. Column c of row r is bit c%64 of Bits[r*Stride()+c/64].
type Bitmap struct {
	Rows, Cols int
	Bits       []uint64 // Rows * Stride() words; the bits past the last column are zero
	Val        []int8   // the non-zeros of all rows, in row-major order
}

// Stride is the number of 64-bit words of one row's bitmap.
func (b *Bitmap) Stride() int { return ceilDiv(b.Cols, 64) }

// Row is the bitmap of row r. The slice aliases the matrix.
func (b *Bitmap) Row(r int) []uint64 { return b.Bits[r*b.Stride() : (r+1)*b.Stride()] }

// Bitmap encodes the matrix as bitmaps with packed values.
func (m *CSR) Bitmap() *Bitmap {
	b := &Bitmap{Rows: m.Rows, Cols: m.Cols, Val: append([]int8(nil), m.Val...)}
	b.Bits = make([]uint64, m.Rows*b.Stride())
	for r := range m.Rows {
		row := b.Row(r)
		cols, _ := m.Row(r)
		for _, c := range cols {
			row[c/64] |= 1 << (c % 64)
		}
	}
	return b
}

// CSR decodes the bitmaps. It reports bits past the last column and a number of values that differs from the bits set.
func (b *Bitmap) CSR() (*CSR, error) {
	if b.Rows < 0 || b.Cols < 0 || len(b.Bits) != b.Rows*b.Stride() {
		return nil, fmt.Errorf("bitmap: %d words for %d x %d", len(b.Bits), b.Rows, b.Cols)
	}
	out := newBuilder(b.Rows, b.Cols, len(b.Val))
	for r := range b.Rows {
		for i, word := range b.Row(r) {
			for ; word != 0; word &= word - 1 {
				c, k := i*64+bits.TrailingZeros64(word), len(out.m.Val)
				if k >= len(b.Val) {
					return nil, fmt.Errorf("bitmap: more bits set than the %d values", len(b.Val))
				}
				out.add(r, c, b.Val[k])
			}
		}
	}
	m := out.done()
	if m.NNZ() != len(b.Val) {
		return nil, fmt.Errorf("bitmap: %d bits set, %d values", m.NNZ(), len(b.Val))
	}
	return m, m.Validate()
}

// Pair is one non-zero of a row: its position in the row and its value.
type Pair struct {
	Pos int32
	Val int8
}

// Pairs is row r as (position, value) pairs in increasing position.
func (m *CSR) Pairs(r int) []Pair {
	cols, vals := m.Row(r)
	pairs := make([]Pair, len(cols))
	for k, c := range cols {
		pairs[k] = Pair{c, vals[k]}
	}
	return pairs
}

// FromPairs builds the matrix whose row r is rows[r]: the inverse of [CSR.Pairs]. It reports what [CSR.Validate] would.
func FromPairs(cols int, rows [][]Pair) (*CSR, error) {
	if cols < 0 {
		return nil, errors.New("pairs: negative number of columns")
	}
	b := newBuilder(len(rows), cols, 0)
	for r, pairs := range rows {
		for _, p := range pairs {
			b.add(r, int(p.Pos), p.Val)
		}
	}
	m := b.done()
	return m, m.Validate()
}
