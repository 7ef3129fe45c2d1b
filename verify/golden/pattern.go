package golden

// Pattern is where the non-zeros of a matrix are, without their values: all that the size in a format depends on.
// Build one with the Pattern method of a matrix; RowPtr and ColIdx follow the rules of [CSR].
type Pattern struct {
	Rows, Cols int
	RowPtr     []int
	ColIdx     []int32
}

// Pattern shares the matrix's slices; it costs nothing.
func (m *CSR) Pattern() Pattern { return Pattern{m.Rows, m.Cols, m.RowPtr, m.ColIdx} }

// Pattern shares the matrix's slices; it costs nothing.
func (m *CSR32) Pattern() Pattern { return Pattern{m.Rows, m.Cols, m.RowPtr, m.ColIdx} }

// Pattern finds the non-zeros in one pass.
func (m *Int32) Pattern() Pattern { return findPattern(m.Rows, m.Cols, m.Data) }

// Pattern finds the non-zeros in one pass.
func (d *Dense) Pattern() Pattern { return findPattern(d.Rows, d.Cols, d.Data) }

func findPattern[T int8 | int32](rows, cols int, data []T) Pattern {
	nnz := 0
	for _, v := range data {
		if v != 0 {
			nnz++
		}
	}
	p := Pattern{Rows: rows, Cols: cols, RowPtr: make([]int, rows+1), ColIdx: make([]int32, 0, nnz)}
	for r := range rows {
		for c, v := range data[r*cols : (r+1)*cols] {
			if v != 0 {
				p.ColIdx = append(p.ColIdx, int32(c))
			}
		}
		p.RowPtr[r+1] = len(p.ColIdx)
	}
	return p
}

// NNZ is the number of non-zeros.
func (p Pattern) NNZ() int { return len(p.ColIdx) }

// Row is the columns of row r, in increasing order. The slice aliases the pattern.
func (p Pattern) Row(r int) []int32 { return p.ColIdx[p.RowPtr[r]:p.RowPtr[r+1]] }

// Area is Rows x Cols, the number of positions.
func (p Pattern) Area() int64 { return int64(p.Rows) * int64(p.Cols) }

// gaps lists, for each non-zero in row-major order, how many zeros lie between it and the one before (or the start),
// counting across row ends. longest is the largest of them.
func (p Pattern) gaps() (gap []int64, longest int64) {
	gap = make([]int64, 0, p.NNZ())
	next := int64(0) // the position after the last non-zero
	for r := range p.Rows {
		base := int64(r) * int64(p.Cols)
		for _, c := range p.Row(r) {
			g := base + int64(c) - next
			next += g + 1
			gap = append(gap, g)
			longest = max(longest, g)
		}
	}
	return gap, longest
}
