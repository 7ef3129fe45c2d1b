package run

import (
	"slices"

	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/cosim"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// Figures are what is measured of a layer, or of a run of several.
type Figures struct {
	DenseMACs     int64   `json:"dense_macs"`
	EffectualMACs int64   `json:"effectual_macs"` // products of two non-zeros
	Bytes         int64   `json:"bytes"`          // operands and output once, each in its smallest format
	BoundCycles   int64   `json:"bound_cycles"`   // the larger of what the multipliers and the memory port need at least
	Cycles        uint64  `json:"cycles"`
	Utilisation   float64 `json:"utilisation"`        // effectual MACs / (multipliers x cycles)
	Achieved      float64 `json:"achieved_fraction"`  // bound / cycles
	Speedup       float64 `json:"speedup"`            // dense MACs / multipliers / cycles
	Achievable    float64 `json:"achievable_speedup"` // dense MACs / multipliers / bound
	Idle          float64 `json:"idle_fraction"`      // multiplier-cycles without a product
	Spread        float64 `json:"work_spread"`        // largest / smallest number of busy cycles of a lane
	Mismatches    int     `json:"mismatches"`
	WallSeconds   float64 `json:"wall_seconds"` // of simulation
	CyclesASecond float64 `json:"simulated_cycles_per_second"`

	busy []uint64 // a lane
}

// Demand is what a product asks of any machine, from the golden model alone.
type Demand struct {
	DenseMACs, EffectualMACs int64
	Bytes                    int64
	Smallest                 [3]string // formats that Bytes counts, of A, B and C
}

// demandOf counts the work and the bytes of A x B = C, with C of valueBits bits a value.
func demandOf(a, b *golden.CSR, c golden.Pattern, valueBits int) Demand {
	d := Demand{
		DenseMACs:     golden.DenseMACs(a.Rows, a.Cols, b.Cols),
		EffectualMACs: golden.EffectualMACs(a, b),
	}
	for i, m := range []struct {
		p    golden.Pattern
		bits int
	}{{a.Pattern(), 8}, {b.Pattern(), 8}, {c, valueBits}} {
		layout, bits := golden.SmallestLayout(m.p, m.bits)
		d.Bytes += (bits + 7) / 8
		d.Smallest[i] = layout.String()
	}
	return d
}

// bound is the least number of cycles on a target.
func (d Demand) bound(t *target.Target) int64 {
	return max(ceilDiv(d.EffectualMACs, int64(t.Lanes)), ceilDiv(d.Bytes, int64(t.PortBytes)))
}

// figures puts a demand and a result together.
func figures(t *target.Target, d Demand, r *Result, mismatches int) Figures {
	f := Figures{
		DenseMACs: d.DenseMACs, EffectualMACs: d.EffectualMACs, Bytes: d.Bytes, BoundCycles: d.bound(t),
		Cycles: r.Cycles, Mismatches: mismatches, WallSeconds: r.Seconds, busy: busyCycles(r.Counters, t.Lanes),
	}
	f.derive(t)
	return f
}

func busyCycles(c cosim.Counters, lanes int) []uint64 {
	busy := make([]uint64, lanes)
	copy(busy, c.Products)
	return busy
}

// total sums layers; ratios are those of the sums.
func total(t *target.Target, layers []Layer) Figures {
	f := Figures{busy: make([]uint64, t.Lanes)}
	for i := range layers {
		l := &layers[i].Figures
		f.DenseMACs += l.DenseMACs
		f.EffectualMACs += l.EffectualMACs
		f.Bytes += l.Bytes
		f.BoundCycles += l.BoundCycles
		f.Cycles += l.Cycles
		f.Mismatches += l.Mismatches
		f.WallSeconds += l.WallSeconds
		for lane, n := range l.busy {
			f.busy[lane] += n
		}
	}
	f.derive(t)
	return f
}

// derive fills in the ratios. A ratio over nothing is 0, and the spread of nothing 1.
func (f *Figures) derive(t *target.Target) {
	lanes, cycles := float64(t.Lanes), float64(f.Cycles)
	dense := float64(f.DenseMACs) / lanes
	f.Utilisation = ratio(float64(f.EffectualMACs), lanes*cycles)
	f.Achieved = ratio(float64(f.BoundCycles), cycles)
	f.Speedup = ratio(dense, cycles)
	f.Achievable = ratio(dense, float64(f.BoundCycles))
	f.CyclesASecond = ratio(cycles, f.WallSeconds)
	sum := uint64(0)
	for _, n := range f.busy {
		sum += n
	}
	f.Idle = 1 - ratio(float64(sum), lanes*cycles)
	f.Spread = float64(max(1, slices.Max(f.busy))) / float64(max(1, slices.Min(f.busy)))
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }
