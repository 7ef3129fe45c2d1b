package golden

import (
	"math"
	"math/bits"
)

// Requant scales an int32 sum back to int8 by the fraction Mult / 2^Shift.
type Requant struct {
	Mult  uint16
	Shift uint8 // 0..47: the product of a sum and Mult has at most 48 bits
}

// Apply gives saturate_int8((acc*Mult + round) >> Shift) in exact 64-bit arithmetic, with an arithmetic shift and
// round = 2^(Shift-1), or 0 when Shift is 0. A half therefore rounds towards plus infinity: 2.5 to 3, -2.5 to -2.
func (q Requant) Apply(acc int32) int8 {
	p := int64(acc) * int64(q.Mult)
	if q.Shift > 0 {
		p += 1 << (q.Shift - 1)
	}
	return int8(min(max(p>>q.Shift, math.MinInt8), math.MaxInt8))
}

// RequantFor picks the scale that maps the magnitude most to 127. Mult lies in [2^14, 2^15), which keeps 15 significant
// bits, and Shift in 8..39 follows from it. A small most is scaled up (1 maps to 127). When nothing is to be scaled
// (most <= 0) it gives Mult 1, Shift 0.
func RequantFor(most int32) Requant {
	if most <= 0 {
		return Requant{Mult: 1}
	}
	// With s = bitlen(most) + 7, 127 * 2^s / most lies in (16256, 32512]: if that is short of 2^14, one more doubling does.
	s := bits.Len32(uint32(most)) + 7
	mult := scaled(most, s)
	if mult < 1<<14 {
		s++
		mult = scaled(most, s)
	}
	return Requant{Mult: uint16(mult), Shift: uint8(s)}
}

// scaled is 127 * 2^s / most rounded to nearest.
func scaled(most int32, s int) int64 {
	return (127<<s + int64(most)/2) / int64(most)
}

// Requantise applies q to each element.
func (m *Int32) Requantise(q Requant) *Dense {
	d := NewDense(m.Rows, m.Cols)
	for i, v := range m.Data {
		d.Data[i] = q.Apply(v)
	}
	return d
}

// Requantise applies q to each non-zero and drops what becomes zero. Zero stays zero under every q whose Shift is within
// its range, so this equals requantising the matrix written out in full.
func (m *CSR32) Requantise(q Requant) *CSR {
	b := newBuilder(m.Rows, m.Cols, m.NNZ())
	for r := range m.Rows {
		for k := m.RowPtr[r]; k < m.RowPtr[r+1]; k++ {
			if v := q.Apply(m.Val[k]); v != 0 {
				b.add(r, int(m.ColIdx[k]), v)
			}
		}
	}
	return b.done()
}
