package golden

import "math"

// Int32 is a result: an int32 matrix written out in full, row major.
type Int32 struct {
	Rows, Cols int
	Data       []int32 // length Rows*Cols
}

// NewInt32 gives a matrix of zeros.
func NewInt32(rows, cols int) *Int32 {
	return &Int32{Rows: rows, Cols: cols, Data: make([]int32, rows*cols)}
}

// At is element (r, c).
func (m *Int32) At(r, c int) int32 { return m.Data[r*m.Cols+c] }

// Row is row r. The slice aliases the matrix.
func (m *Int32) Row(r int) []int32 { return m.Data[r*m.Cols : (r+1)*m.Cols] }

// MaxAbs is the largest magnitude, 0 for an empty matrix. The magnitude of -2^31, which int32 cannot hold, counts as
// 2^31 - 1.
func (m *Int32) MaxAbs() int32 { return maxAbs(m.Data) }

func maxAbs(data []int32) int32 {
	most := int32(0)
	for _, v := range data {
		switch {
		case v == math.MinInt32:
			return math.MaxInt32
		case v < 0:
			v = -v
		}
		most = max(most, v)
	}
	return most
}

// Mismatches counts the elements in which got differs from want. The shapes must agree.
func Mismatches(want, got *Int32) int {
	mustAgree("Mismatches", want.Rows, want.Cols, got.Rows, got.Cols)
	n := 0
	for i, v := range want.Data {
		if got.Data[i] != v {
			n++
		}
	}
	return n
}

// CSR32 is a sparse result, for products too large to write out in full. Like [CSR] it holds strictly increasing columns
// and no zero: a sum that cancels to zero is not stored.
type CSR32 struct {
	Rows, Cols int
	RowPtr     []int
	ColIdx     []int32
	Val        []int32
}

// NNZ is the number of non-zeros.
func (m *CSR32) NNZ() int { return len(m.ColIdx) }

// MaxAbs is the largest magnitude, as [Int32.MaxAbs].
func (m *CSR32) MaxAbs() int32 { return maxAbs(m.Val) }

// Int32 writes the matrix out in full.
func (m *CSR32) Int32() *Int32 {
	d := NewInt32(m.Rows, m.Cols)
	for r := range m.Rows {
		for k := m.RowPtr[r]; k < m.RowPtr[r+1]; k++ {
			d.Data[r*m.Cols+int(m.ColIdx[k])] = m.Val[k]
		}
	}
	return d
}
