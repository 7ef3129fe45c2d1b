package golden

import (
	"fmt"
	"slices"
)

// MatMul is A x B with int8 factors and int32 sums that wrap in two's complement, as an accumulator of 32 bits does.
// It works row-wise (Gustavson, "Two fast algorithms for sparse matrices", ACM TOMS 1978): each non-zero a of row i of A
// adds a times row k of B to row i of the result. Shapes M x K, K x N -> M x N.
func MatMul(a, b *CSR) *Int32 {
	mustChain("MatMul", a.Rows, a.Cols, b.Rows, b.Cols)
	out := NewInt32(a.Rows, b.Cols)
	for i := range a.Rows {
		acc := out.Row(i)
		ks, as := a.Row(i)
		for t, k := range ks {
			js, bs := b.Row(int(k))
			for u, j := range js {
				acc[j] += int32(as[t]) * int32(bs[u])
			}
		}
	}
	return out
}

// MatMulDense is [MatMul] with B written out in full.
func MatMulDense(a *CSR, b *Dense) *Int32 {
	mustChain("MatMulDense", a.Rows, a.Cols, b.Rows, b.Cols)
	out := NewInt32(a.Rows, b.Cols)
	for i := range a.Rows {
		acc := out.Row(i)
		ks, as := a.Row(i)
		for t, k := range ks {
			av := int32(as[t])
			for j, bv := range b.Row(int(k)) {
				acc[j] += av * int32(bv)
			}
		}
	}
	return out
}

// MatMulSparse is [MatMul] with a sparse result: memory follows the non-zeros of the result instead of M x N.
func MatMulSparse(a, b *CSR) *CSR32 {
	mustChain("MatMulSparse", a.Rows, a.Cols, b.Rows, b.Cols)
	out := &CSR32{
		Rows: a.Rows, Cols: b.Cols, RowPtr: make([]int, a.Rows+1),
		ColIdx: []int32{}, Val: []int32{},
	}
	acc := make([]int32, b.Cols)
	touched := make([]int, b.Cols) // 1 + the last row that added to this column
	var cols []int32
	for i := range a.Rows {
		cols = cols[:0]
		ks, as := a.Row(i)
		for t, k := range ks {
			js, bs := b.Row(int(k))
			for u, j := range js {
				if touched[j] != i+1 {
					touched[j], acc[j] = i+1, 0
					cols = append(cols, j)
				}
				acc[j] += int32(as[t]) * int32(bs[u])
			}
		}
		slices.Sort(cols)
		for _, j := range cols {
			if acc[j] != 0 {
				out.ColIdx = append(out.ColIdx, j)
				out.Val = append(out.Val, acc[j])
			}
		}
		out.RowPtr[i+1] = len(out.ColIdx)
	}
	return out
}

// EffectualMACs counts the products of A x B whose two factors are both non-zero.
func EffectualMACs(a, b *CSR) int64 {
	mustChain("EffectualMACs", a.Rows, a.Cols, b.Rows, b.Cols)
	n := int64(0)
	for _, k := range a.ColIdx {
		n += int64(b.RowPtr[k+1] - b.RowPtr[k])
	}
	return n
}

// DenseMACs is the number of products of a dense M x K by K x N product.
func DenseMACs(m, k, n int) int64 { return int64(m) * int64(k) * int64(n) }

func mustChain(op string, ar, ac, br, bc int) {
	if ac != br {
		panic(fmt.Sprintf("golden.%s: %d x %d times %d x %d: the inner sizes differ", op, ar, ac, br, bc))
	}
}

func mustAgree(op string, ar, ac, br, bc int) {
	if ar != br || ac != bc {
		panic(fmt.Sprintf("golden.%s: %d x %d against %d x %d: the shapes differ", op, ar, ac, br, bc))
	}
}
