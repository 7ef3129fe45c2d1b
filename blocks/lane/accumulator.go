package lane

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
)

// AccumulatorIO is the interface of the multiplier with its accumulators.
type AccumulatorIO struct {
	HitValid hdl.In `hdl:"1"        doc:"a product this cycle"`
	Half     hdl.In `hdl:"1"        doc:"accumulator half it goes to"`
	Col      hdl.In `hdl:"ColBits"  doc:"its column"`
	A        hdl.In `hdl:"8,signed" doc:"its value of A"`
	B        hdl.In `hdl:"8,signed" doc:"its value of B"`

	DrainRead hdl.In  `hdl:"1"            doc:"read and clear a word of the half that drains"`
	DrainHalf hdl.In  `hdl:"1"            doc:"the half that drains"`
	DrainIdx  hdl.In  `hdl:"AccIndexBits" doc:"word of the half"`
	DrainData hdl.Out `hdl:"AccWidth"     doc:"the word read in the cycle of the last drain_read"`
	Cleared   hdl.Out `hdl:"1"            doc:"the accumulators are zero after reset: products may come"`
}

// Accumulator multiplies and adds into one of two halves while the other drains. A product is read, added and
// written in consecutive cycles; the sum is forwarded to a product for the same column right behind it.
// Draining a word clears it.
func Accumulator(p Params) *hdl.Module {
	return hdl.New("accumulator", p, func(m *hdl.M, io *AccumulatorIO) {
		m.Doc("Multiplier and two halves of 32-bit accumulators: one gathers products while the other drains.")
		colLow := hdl.Clog2(p.AccWord)
		if p.AccWord == 1 {
			colLow = 0
		}
		// Stage C: the word is read and the product formed.
		valid := m.RegNext("c_valid", io.HitValid)
		half, col := m.RegNext("c_half", io.Half, hdl.NoReset()), m.RegNext("c_col", io.Col, hdl.NoReset())
		a, b := m.RegNext("c_a", io.A, hdl.NoReset()), m.RegNext("c_b", io.B, hdl.NoReset())
		// Stage D: the product is added and written back.
		dValid, dHalf, dCol := m.RegNext("d_valid", valid), m.RegNext("d_half", half, hdl.NoReset()), m.RegNext("d_col", col, hdl.NoReset())
		product := m.RegNext("d_product", a.Mul(b), hdl.NoReset())

		clear := m.Reg("clear_count", p.AccIndexBits()+1)
		clearing := clear.Lt(hdl.K(p.AccDepth())).Named("clearing")
		m.If(clearing, func() { clear.Set(clear.Add(hdl.K(1))) })
		io.Cleared.Set(clearing.Not())
		drained := m.RegNext("drained", io.DrainRead)
		drainedIdx, drainedHalf := m.RegNext("drained_idx", io.DrainIdx, hdl.NoReset()), m.RegNext("drained_half", io.DrainHalf, hdl.NoReset())

		sum := m.Wire("sum", 32)
		words := make([]hdl.Value, 2)
		for h := range 2 {
			isHalf := func(s hdl.Sig) hdl.Sig {
				if h == 1 {
					return s
				}
				return s.Not()
			}
			mem := m.Mem(fmt.Sprintf("half_%d", h), p.AccDepth(), p.AccWidth())
			reads := io.DrainRead.And(isHalf(io.DrainHalf.Sig)).Named(fmt.Sprintf("drain_%d", h))
			en := reads.Or(valid.And(isHalf(half.Sig)))
			words[h] = mem.ReadSync(fmt.Sprintf("word_%d", h), en, hdl.Mux(reads, io.DrainIdx, index(m, p, col, colLow)), hdl.OldData)

			adds := dValid.And(isHalf(dHalf.Sig)).Named(fmt.Sprintf("add_%d", h))
			zero := drained.And(isHalf(drainedHalf.Sig)).Named(fmt.Sprintf("zero_%d", h))
			addr := hdl.Mux(clearing, clear.Trunc(p.AccIndexBits()), hdl.Mux(zero, drainedIdx, index(m, p, dCol, colLow)))
			wipe := clearing.Or(zero)
			data := hdl.Mux(wipe, hdl.K(0), sum.Repeat(p.AccWord))
			mask := columnMask(m, p, dCol, colLow).Or(wipe.Repeat(p.AccWord))
			mem.WriteMask(adds.Or(wipe), addr, data, mask)
			m.Assert(fmt.Sprintf("one_user_%d", h), adds.And(zero).Not())
		}
		// The word read last stays while the drain waits.
		dataHalf := m.RegNext("data_half", io.DrainHalf, hdl.NoReset(), hdl.Enable(io.DrainRead))
		io.DrainData.Set(hdl.Mux(dataHalf, words[1], words[0]))

		// The word read may be one product old.
		last := m.RegNext("last_sum", sum, hdl.NoReset())
		lastKey := m.RegNext("last_key", hdl.Cat(dHalf, dCol), hdl.NoReset())
		forward := m.RegNext("last_valid", dValid).And(lastKey.Eq(hdl.Cat(dHalf, dCol))).Named("forward")
		word := hdl.Mux(dHalf, words[1], words[0])
		old := word
		if p.AccWord > 1 {
			parts := make([]hdl.Value, p.AccWord)
			for i := range parts {
				parts[i] = word.Slice(32*i+31, 32*i)
			}
			old = hdl.Select(dCol.Slice(colLow-1, 0), parts...)
		}
		sum.Set(hdl.Mux(forward, last, old).Add(product.Sext(32).AsUnsigned()))
	})
}

// index is the word of a column.
func index(m *hdl.M, p Params, col hdl.Reg, colLow int) hdl.Sig {
	if p.AccDepth() == 1 {
		return m.Lit(1, 0)
	}
	return col.Slice(p.ColBits()-1, colLow)
}

// columnMask enables the column's part of its word.
func columnMask(m *hdl.M, p Params, col hdl.Reg, colLow int) hdl.Sig {
	if p.AccWord == 1 {
		return m.Lit(1, 1)
	}
	return m.Lit(p.AccWord, 1).Shl(col.Slice(colLow-1, 0))
}
