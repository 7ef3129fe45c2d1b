package compile

import (
	"slices"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// operands are A and B without the positions k that contribute nothing: those where the column of A or the row of B is
// empty. The rest, the live positions, are numbered anew; B is laid out in this order, so it may be any order.
type operands struct {
	rows, cols int // M and N of the product
	a          *golden.CSR
	b          *golden.CSR
	bRow       []int32 // live position -> row of B

	// A in compressed rows with live positions for columns, increasing in a row.
	rowPtr []int32
	pos    []int32
	val    []int8

	longest int // tasks of the longest row

	uses []int32 // live position -> non-zeros of A there
	macs int64   // products of two non-zeros
}

// live is the number of live positions.
func (o *operands) live() int { return len(o.bRow) }

// reduce finds the live positions, in their natural order or the most used first. The latter gathers the hubs of a graph
// in one tile of K, so that most rows touch few tiles.
func reduce(a, b *golden.CSR, mostUsedFirst bool) *operands {
	o := &operands{rows: a.Rows, cols: b.Cols, a: a, b: b}
	at := a.Transpose()
	for k := range a.Cols {
		if at.RowPtr[k+1] > at.RowPtr[k] && b.RowPtr[k+1] > b.RowPtr[k] {
			o.bRow = append(o.bRow, int32(k))
		}
	}
	used := func(k int32) int { return at.RowPtr[k+1] - at.RowPtr[k] }
	if mostUsedFirst {
		slices.SortStableFunc(o.bRow, func(x, y int32) int { return used(y) - used(x) })
	}
	o.uses = make([]int32, o.live())
	o.rowPtr = make([]int32, a.Rows+1)
	for p, k := range o.bRow {
		o.uses[p] = int32(used(k))
		o.macs += int64(used(k)) * int64(b.RowPtr[k+1]-b.RowPtr[k])
		for _, r := range at.ColIdx[at.RowPtr[k]:at.RowPtr[k+1]] {
			o.rowPtr[r+1]++
		}
	}
	for r := range a.Rows {
		o.longest = max(o.longest, int(o.rowPtr[r+1]))
		o.rowPtr[r+1] += o.rowPtr[r]
	}
	o.pos = make([]int32, o.rowPtr[a.Rows])
	o.val = make([]int8, len(o.pos))
	next := slices.Clone(o.rowPtr)
	for p, k := range o.bRow {
		for i := at.RowPtr[k]; i < at.RowPtr[k+1]; i++ {
			r := at.ColIdx[i]
			o.pos[next[r]], o.val[next[r]] = int32(p), at.Val[i]
			next[r]++
		}
	}
	return o
}

// bNNZ is the number of non-zeros of the row of B at a live position.
func (o *operands) bNNZ(p int) int {
	k := o.bRow[p]
	return o.b.RowPtr[k+1] - o.b.RowPtr[k]
}
