package golden

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestApply(t *testing.T) {
	for _, c := range []struct {
		q    Requant
		acc  int32
		want int8
	}{
		{Requant{1, 0}, 0, 0},
		{Requant{1, 0}, 127, 127},
		{Requant{1, 0}, 128, 127},
		{Requant{1, 0}, -128, -128},
		{Requant{1, 0}, -129, -128},
		{Requant{1, 1}, 5, 3},   // 2.5 -> 3
		{Requant{1, 1}, -5, -2}, // -2.5 -> -2
		{Requant{1, 1}, -6, -3},
		{Requant{1, 2}, 5, 1},   // 1.25
		{Requant{1, 2}, -5, -1}, // -1.25
		{Requant{1, 2}, -7, -2}, // -1.75
		{Requant{3, 4}, 100, 19},
		{Requant{65535, 0}, math.MaxInt32, 127},
		{Requant{65535, 0}, math.MinInt32, -128},
		{Requant{65535, 47}, math.MaxInt32, 1},
		{Requant{65535, 47}, math.MinInt32, -1},
		{Requant{0, 10}, 12345, 0},
	} {
		assert.Equal(t, c.want, c.q.Apply(c.acc), "%v of %d", c.q, c.acc)
	}
}

// TestApplyIsExact compares with arbitrary precision: floor(acc*mult / 2^shift + 1/2), saturated.
func TestApplyIsExact(t *testing.T) {
	g := rng{1}
	for range 20000 {
		q := Requant{uint16(g.next()), uint8(g.below(48))}
		acc := int32(g.next()) >> g.below(32)
		x := new(big.Int).Mul(big.NewInt(int64(acc)), big.NewInt(int64(q.Mult)))
		if q.Shift > 0 {
			x.Add(x, new(big.Int).Lsh(big.NewInt(1), uint(q.Shift)-1))
		}
		x.Rsh(x, uint(q.Shift)) // rounds towards minus infinity
		want := int8(127)
		if x.IsInt64() && x.Int64() < 127 {
			want = int8(max(x.Int64(), -128))
		} else if x.Sign() < 0 {
			want = -128
		}
		if !assert.Equal(t, want, q.Apply(acc), "%v of %d", q, acc) {
			return
		}
	}
}

func TestRequantFor(t *testing.T) {
	assert.Equal(t, Requant{1, 0}, RequantFor(0))
	assert.Equal(t, Requant{1, 0}, RequantFor(-5))
	assert.Equal(t, Requant{32512, 8}, RequantFor(1))
	assert.Equal(t, Requant{16384, 14}, RequantFor(127))

	check := func(most int32) bool {
		q := RequantFor(most)
		return assert.True(t, q.Mult >= 1<<14 && q.Mult < 1<<15 && q.Shift <= 47, "%d gives %v", most, q) &&
			assert.EqualValues(t, 127, q.Apply(most), "%d under %v", most, q) &&
			assert.EqualValues(t, -127, q.Apply(-most), "%d under %v", -most, q)
	}
	for most := int32(1); most < 70000; most++ {
		if !check(most) {
			return
		}
	}
	for shift := 16; shift < 31; shift++ {
		for d := int32(-70); d <= 70; d++ {
			if !check(1<<shift + d) {
				return
			}
		}
	}
	check(math.MaxInt32)
}

func TestRequantise(t *testing.T) {
	m := &Int32{1, 5, []int32{0, 1000, -1000, 400, 3}}
	assert.Equal(t, []int8{0, 127, -127, 51, 0}, m.Requantise(RequantFor(m.MaxAbs())).Data)
}
