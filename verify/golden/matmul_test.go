package golden

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// naive is the textbook triple loop.
func naive(a, b *Dense) (*Int32, int64) {
	out, macs := NewInt32(a.Rows, b.Cols), int64(0)
	for i := range a.Rows {
		for j := range b.Cols {
			for k := range a.Cols {
				x, y := a.At(i, k), b.At(k, j)
				out.Data[i*b.Cols+j] += int32(x) * int32(y)
				if x != 0 && y != 0 {
					macs++
				}
			}
		}
	}
	return out, macs
}

func TestProductsAgreeWithTheTextbook(t *testing.T) {
	seed := uint64(0)
	for _, shape := range [][3]int{{1, 1, 1}, {3, 4, 5}, {17, 1, 9}, {20, 33, 12}, {1, 64, 1}, {0, 3, 2}, {2, 0, 3}} {
		for _, density := range []float64{0, 0.05, 0.3, 1} {
			seed++
			a := RandomCSR(seed, shape[0], shape[1], density)
			b := RandomCSR(seed+100, shape[1], shape[2], 0.5)
			want, macs := naive(a.Dense(), b.Dense())
			assert.Equal(t, want, MatMul(a, b))
			assert.Equal(t, want, MatMulDense(a, b.Dense()))
			sparse := MatMulSparse(a, b)
			assert.Equal(t, want, sparse.Int32())
			assert.Equal(t, want.Pattern(), sparse.Pattern(), "cancelled sums are not stored")
			assert.Equal(t, want.MaxAbs(), sparse.MaxAbs())
			assert.Equal(t, macs, EffectualMACs(a, b))
			q := RequantFor(want.MaxAbs())
			assert.Equal(t, want.Requantise(q).CSR(), sparse.Requantise(q))
		}
	}
}

func TestSumsWrap(t *testing.T) {
	const k = 140000 // 140000 * 127 * 127 is past 2^31
	ones := make([]int8, k)
	for i := range ones {
		ones[i] = 127
	}
	a, b := (&Dense{1, k, ones}).CSR(), (&Dense{k, 1, ones}).CSR()
	sum := int64(k) * 127 * 127
	assert.Equal(t, []int32{int32(sum - 1<<32)}, MatMul(a, b).Data)
	assert.Equal(t, []int32{int32(sum - 1<<32)}, MatMulSparse(a, b).Val)
}

func TestExtremes(t *testing.T) {
	a := (&Dense{1, 1, []int8{-128}}).CSR()
	assert.Equal(t, []int32{16384}, MatMul(a, a).Data)
	assert.EqualValues(t, 6_000_000_000_000, DenseMACs(10_000, 20_000, 30_000))
	assert.EqualValues(t, math.MaxInt32, (&Int32{1, 2, []int32{5, math.MinInt32}}).MaxAbs())
	assert.EqualValues(t, 7, (&Int32{1, 3, []int32{5, -7, 6}}).MaxAbs())
	assert.EqualValues(t, 0, (&Int32{}).MaxAbs())
}

func TestMismatches(t *testing.T) {
	want := &Int32{1, 3, []int32{1, 2, 3}}
	assert.Equal(t, 0, Mismatches(want, want))
	assert.Equal(t, 2, Mismatches(want, &Int32{1, 3, []int32{0, 2, 4}}))
}

func TestShapesThatDoNotFit(t *testing.T) {
	a := RandomCSR(1, 2, 3, 0.5)
	assert.PanicsWithValue(t, "golden.MatMul: 2 x 3 times 2 x 3: the inner sizes differ", func() { MatMul(a, a) })
	assert.PanicsWithValue(t, "golden.MatMulDense: 2 x 3 times 2 x 3: the inner sizes differ",
		func() { MatMulDense(a, a.Dense()) })
	assert.PanicsWithValue(t, "golden.Mismatches: 2 x 3 against 3 x 2: the shapes differ",
		func() { Mismatches(NewInt32(2, 3), NewInt32(3, 2)) })
}
