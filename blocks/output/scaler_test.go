package output_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/output"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// scalerBench has the ports of a scaler resolved, as many values go through it.
type scalerBench struct {
	*sim.Sim[output.ScalerIO]
	acc, mult, shift, raw, int8s *sim.Port
}

func newScaler(t *testing.T) *scalerBench {
	t.Helper()
	s := sim.New[output.ScalerIO](t, output.Scaler())
	s.Poke(s.IO.Advance, 1)
	return &scalerBench{s, s.Port(s.IO.Acc), s.Port(s.IO.Mult), s.Port(s.IO.Shift), s.Port(s.IO.Raw), s.Port(s.IO.Int8)}
}

// check compares one value, one step later.
func (b *scalerBench) check(t *testing.T, acc int32, mult uint16, shift uint8) {
	t.Helper()
	b.acc.SetInt(int64(acc))
	b.mult.Set(uint64(mult))
	b.shift.Set(uint64(shift))
	b.Step(1)
	want := golden.Requant{Mult: mult, Shift: shift}.Apply(acc)
	if got := int8(b.int8s.Get()); got != want {
		require.Equal(t, want, got, "%d x %d >> %d", acc, mult, shift)
	}
	if b.raw.Get() != uint64(uint32(acc)) {
		require.Equal(t, uint64(uint32(acc)), b.raw.Get())
	}
}

// Every shift with the ends of the ranges of sum and multiplier, and around the powers of two.
func TestScalerExtremes(t *testing.T) {
	b := newScaler(t)
	for shift := range uint8(48) {
		for _, mult := range []uint16{0, 1, 2, 3, 1 << 14, 1<<15 - 1, 1 << 15, math.MaxUint16} {
			for _, acc := range []int32{math.MinInt32, math.MinInt32 + 1, -129, -128, -127, -2, -1, 0, 1, 2, 126, 127, 128, math.MaxInt32 - 1, math.MaxInt32} {
				b.check(t, acc, mult, shift)
			}
			for bit := range 31 {
				for _, d := range []int32{-1, 0, 1} {
					b.check(t, 1<<bit+d, mult, shift)
					b.check(t, -1<<bit+d, mult, shift)
				}
			}
		}
	}
}

// Every shift with random values of all sizes.
func TestScalerRandom(t *testing.T) {
	b := newScaler(t)
	rng := rand.New(rand.NewPCG(1, 1))
	for shift := range uint8(48) {
		for range 1500 {
			b.check(t, int32(rng.Uint32())>>rng.IntN(32), uint16(rng.Uint32())>>rng.IntN(16), shift)
		}
	}
}

// The values around each half, where rounding decides, and around the two ends of int8, where saturation does.
func TestScalerRounding(t *testing.T) {
	b := newScaler(t)
	for shift := uint8(1); shift <= 24; shift++ {
		for q := int64(-130); q <= 130; q++ {
			half := q<<shift + 1<<(shift-1)
			for d := int64(-2); d <= 2; d++ {
				if v := half + d; v >= math.MinInt32 && v <= math.MaxInt32 {
					b.check(t, int32(v), 1, shift)
				}
			}
		}
	}
}

// Where the pipeline does not advance, both outputs stay.
func TestScalerHolds(t *testing.T) {
	b := newScaler(t)
	b.check(t, 1000, 3, 5)
	b.Poke(b.IO.Advance, 0)
	for i := range 5 {
		b.acc.SetInt(int64(i))
		b.Step(1)
		b.Expect(b.IO.Raw, 1000)
		b.Expect(b.IO.Int8, 94) // 3000 / 32 = 93.75
	}
}
