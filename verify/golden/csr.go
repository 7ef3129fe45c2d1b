package golden

import "fmt"

// CSR is a sparse int8 matrix in compressed sparse rows: the non-zeros of row r are ColIdx[k], Val[k] for k in
// RowPtr[r] <= k < RowPtr[r+1]. Columns increase strictly inside a row and no stored value is zero.
type CSR struct {
	Rows, Cols int
	RowPtr     []int   // length Rows+1, from 0 to NNZ
	ColIdx     []int32 // length NNZ
	Val        []int8  // length NNZ, never zero
}

// NNZ is the number of non-zeros.
func (m *CSR) NNZ() int { return len(m.ColIdx) }

// Row gives the columns and values of row r. The slices alias the matrix.
func (m *CSR) Row(r int) (cols []int32, vals []int8) {
	lo, hi := m.RowPtr[r], m.RowPtr[r+1]
	return m.ColIdx[lo:hi], m.Val[lo:hi]
}

// Validate reports the first broken rule of the structure: lengths, row pointers, index range, strict order of the
// columns in a row, no stored zero.
func (m *CSR) Validate() error {
	if len(m.Val) != len(m.ColIdx) {
		return fmt.Errorf("csr: %d values for %d column indices", len(m.Val), len(m.ColIdx))
	}
	if err := validStructure(m.Rows, m.Cols, m.RowPtr, m.ColIdx); err != nil {
		return err
	}
	for k, v := range m.Val {
		if v == 0 {
			return fmt.Errorf("csr: the value of non-zero %d is zero", k)
		}
	}
	return nil
}

// validStructure holds the rules CSR and Pattern share: all but the values.
func validStructure(rows, cols int, rowPtr []int, colIdx []int32) error {
	switch {
	case rows < 0 || cols < 0:
		return fmt.Errorf("csr: negative size %d x %d", rows, cols)
	case len(rowPtr) != rows+1:
		return fmt.Errorf("csr: %d row pointers for %d rows, want rows + 1", len(rowPtr), rows)
	case rowPtr[0] != 0:
		return fmt.Errorf("csr: the first row pointer is %d, want 0", rowPtr[0])
	case rowPtr[rows] != len(colIdx):
		return fmt.Errorf("csr: the last row pointer is %d, want the %d non-zeros", rowPtr[rows], len(colIdx))
	}
	for r := range rows {
		if rowPtr[r+1] < rowPtr[r] || rowPtr[r+1] > len(colIdx) {
			return fmt.Errorf("csr: row pointers of row %d run from %d to %d", r, rowPtr[r], rowPtr[r+1])
		}
		prev := int32(-1)
		for _, c := range colIdx[rowPtr[r]:rowPtr[r+1]] {
			switch {
			case c < 0 || int(c) >= cols:
				return fmt.Errorf("csr: row %d has column %d, outside 0..%d", r, c, cols-1)
			case c <= prev:
				return fmt.Errorf("csr: row %d has column %d after %d, want strictly increasing", r, c, prev)
			}
			prev = c
		}
	}
	return nil
}

// Dense writes the matrix out in full.
func (m *CSR) Dense() *Dense {
	d := NewDense(m.Rows, m.Cols)
	for r := range m.Rows {
		cols, vals := m.Row(r)
		for k, c := range cols {
			d.Data[r*m.Cols+int(c)] = vals[k]
		}
	}
	return d
}

// Transpose gives the Cols x Rows matrix with rows and columns exchanged, in time linear in NNZ + Rows + Cols.
func (m *CSR) Transpose() *CSR {
	t := &CSR{
		Rows: m.Cols, Cols: m.Rows, RowPtr: make([]int, m.Cols+1),
		ColIdx: make([]int32, m.NNZ()), Val: make([]int8, m.NNZ()),
	}
	for _, c := range m.ColIdx {
		t.RowPtr[c+1]++
	}
	for c := range m.Cols {
		t.RowPtr[c+1] += t.RowPtr[c]
	}
	next := append([]int(nil), t.RowPtr...)
	for r := range m.Rows {
		cols, vals := m.Row(r)
		for k, c := range cols {
			at := next[c]
			next[c]++
			t.ColIdx[at], t.Val[at] = int32(r), vals[k]
		}
	}
	return t
}

// csrBuilder appends non-zeros in row-major order.
type csrBuilder struct {
	m   *CSR
	row int
}

func newBuilder(rows, cols, nnz int) *csrBuilder {
	return &csrBuilder{m: &CSR{
		Rows: rows, Cols: cols, RowPtr: make([]int, 1, rows+1),
		ColIdx: make([]int32, 0, nnz), Val: make([]int8, 0, nnz),
	}}
}

// add appends one non-zero. Rows must come in order; the order of columns is for Validate to check.
func (b *csrBuilder) add(r, c int, v int8) {
	b.seal(r)
	b.m.ColIdx = append(b.m.ColIdx, int32(c))
	b.m.Val = append(b.m.Val, v)
}

// seal closes every row before r.
func (b *csrBuilder) seal(r int) {
	for ; b.row < r; b.row++ {
		b.m.RowPtr = append(b.m.RowPtr, len(b.m.ColIdx))
	}
}

func (b *csrBuilder) done() *CSR {
	b.seal(b.m.Rows)
	return b.m
}
