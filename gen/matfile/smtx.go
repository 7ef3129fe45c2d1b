package matfile

import (
	"github.com/sparsegen/sparsegen/verify/golden"
)

// smtx reads the pattern format of the Deep Learning Matrix Collection (Gale, Zaharia, Young, Elsen, "Sparse GPU kernels
// for deep learning", SC20), three lines:
//
//	rows, cols, nnz
//	the rows + 1 row offsets
//	the nnz column indices, from 0, increasing in each row
//
// All published files have sorted rows, so an unsorted one is an error: it is more likely damaged than meant.
func (rd *reader) smtx(data []byte) (*golden.CSR, error) {
	ls := &lines{rest: data}
	line, _ := ls.next()
	head := fields(line)
	if len(head) != 3 {
		return nil, rd.fail(1, "write `rows, cols, nnz`", "the first line has %d fields, not 3", len(head))
	}
	rows, err := rd.size(1, "rows", head[0])
	if err != nil {
		return nil, err
	}
	cols, err := rd.size(1, "cols", head[1])
	if err != nil {
		return nil, err
	}
	nnz, err := rd.count(1, head[2])
	if err != nil {
		return nil, err
	}
	m := &golden.CSR{Rows: rows, Cols: cols}
	if m.RowPtr, err = rd.smtxOffsets(ls, rows, nnz); err != nil {
		return nil, err
	}
	if m.ColIdx, err = rd.smtxColumns(ls, m.RowPtr, cols); err != nil {
		return nil, err
	}
	if _, ok := ls.nextData(""); ok {
		return nil, rd.fail(ls.num, "remove it", "text after the column indices")
	}
	m.Val = golden.ValuesOf(rd.o.Seed, nnz, rd.o.Bits)
	return m, nil
}

func (rd *reader) smtxOffsets(ls *lines, rows, nnz int) ([]int, error) {
	line, ok := ls.next()
	if !ok {
		return nil, rd.fail(2, "the file is cut short, fetch it again", "the row offsets are missing")
	}
	toks := fields(line)
	if len(toks) != rows+1 {
		return nil, rd.fail(2, fixCut, "found %d row offsets, %d rows have %d", len(toks), rows, rows+1)
	}
	ptr := make([]int, rows+1)
	for r, tok := range toks {
		p, err := rd.integer(2, "row offset", tok)
		switch {
		case err != nil:
			return nil, err
		case r == 0 && p != 0:
			return nil, rd.fail(2, "start with 0", "the first row offset is %d", p)
		case r > 0 && p < ptr[r-1]:
			return nil, rd.fail(2, "offsets never decrease, correct them", "row offset %d follows %d", p, ptr[r-1])
		}
		ptr[r] = p
	}
	if ptr[rows] != nnz {
		return nil, rd.fail(2, "correct the one that is wrong", "the last row offset is %d, line 1 says %d non-zeros",
			ptr[rows], nnz)
	}
	return ptr, nil
}

func (rd *reader) smtxColumns(ls *lines, ptr []int, cols int) ([]int32, error) {
	nnz := ptr[len(ptr)-1]
	line, _ := ls.next()
	toks := fields(line)
	if len(toks) != nnz {
		return nil, rd.fail(3, fixCut, "found %d column indices, line 1 says %d", len(toks), nnz)
	}
	idx := make([]int32, nnz)
	for r := range len(ptr) - 1 {
		prev := -1
		for k := ptr[r]; k < ptr[r+1]; k++ {
			c, err := rd.integer(3, "column index", toks[k])
			switch {
			case err != nil:
				return nil, err
			case c < 0 || c >= cols:
				return nil, rd.fail(3, "correct it or line 1", "column index %d of row %d is outside 0..%d", c, r, cols-1)
			case c == prev:
				return nil, rd.fail(3, "keep one", "column index %d of row %d is given twice", c, r)
			case c < prev:
				return nil, rd.fail(3, "sort the columns of each row", "row %d is unsorted, column %d follows %d", r, c, prev)
			}
			prev, idx[k] = c, int32(c)
		}
	}
	return idx, nil
}
