package run

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/cosim"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// The definitions, on numbers that can be checked by hand: 4 multipliers, 8 bytes a cycle.
func TestFiguresFollowTheirDefinitions(t *testing.T) {
	machine := &target.Target{Lanes: 4, PortBytes: 8}
	d := Demand{DenseMACs: 8000, EffectualMACs: 1000, Bytes: 2400}
	r := &Result{Cycles: 500, Counters: cosim.Counters{Products: []uint64{300, 200, 260, 240}}, Seconds: 0.25}
	f := figures(machine, d, r, 3)
	assert.EqualValues(t, 300, f.BoundCycles, "2400 bytes take longer than 1000 products")
	assert.InDelta(t, 1000.0/(4*500), f.Utilisation, 1e-12)
	assert.InDelta(t, 300.0/500, f.Achieved, 1e-12)
	assert.InDelta(t, 8000.0/4/500, f.Speedup, 1e-12)
	assert.InDelta(t, 8000.0/4/300, f.Achievable, 1e-12)
	assert.InDelta(t, 0.5, f.Idle, 1e-12, "1000 of 2000 multiplier-cycles formed a product")
	assert.InDelta(t, 1.5, f.Spread, 1e-12)
	assert.InDelta(t, 2000, f.CyclesASecond, 1e-9)
	assert.Equal(t, 3, f.Mismatches)

	all := total(machine, []Layer{{Figures: f}, {Figures: f}})
	assert.EqualValues(t, 1000, all.Cycles)
	assert.InDelta(t, f.Utilisation, all.Utilisation, 1e-12, "ratios of a total are those of the sums")
	assert.Equal(t, 6, all.Mismatches)
}

func TestFiguresOfNothingAreNumbers(t *testing.T) {
	machine := &target.Target{Lanes: 4, PortBytes: 8}
	f := figures(machine, Demand{}, &Result{}, 0)
	for _, x := range []float64{f.Utilisation, f.Achieved, f.Speedup, f.Achievable, f.Idle, f.Spread, f.CyclesASecond} {
		assert.False(t, math.IsNaN(x) || math.IsInf(x, 0))
	}
	assert.InDelta(t, 1, f.Spread, 0)
}

// Bytes count each operand in its own smallest format, whatever the machine stores.
func TestDemandCountsSmallestFormats(t *testing.T) {
	a := &golden.CSR{Rows: 2, Cols: 2, RowPtr: []int{0, 1, 2}, ColIdx: []int32{0, 1}, Val: []int8{1, 2}}
	b := golden.RandomDense(1, 2, 8).CSR()
	d := demandOf(a, b, golden.MatMul(a, b).Pattern(), 32)
	assert.EqualValues(t, 4*8, d.DenseMACs)
	assert.EqualValues(t, 16, d.EffectualMACs)
	assert.Equal(t, "dense", d.Smallest[1])
	assert.Equal(t, "dense", d.Smallest[2])
	assert.EqualValues(t, 3+16+64, d.Bytes, "bitmap of 4 bits and two values, 16 values, 16 sums")
}
