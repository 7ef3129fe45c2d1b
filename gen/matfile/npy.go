package matfile

import (
	"math"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// npy reads NumPy array files of format 1, 2 and 3: boolean, integers of 8 to 64 bits and floats of 16, 32 and 64 bits, of
// either byte order, in C or Fortran order. A 1-D array is a matrix of one row. Booleans are a pattern.
func (rd *reader) npy(data []byte) (*golden.CSR, error) {
	h, data, err := rd.npyHeader(data)
	if err != nil {
		return nil, err
	}
	// The shape is believed only when the data is there, so compare by division: the product may overflow.
	room := len(data) / h.size
	rows, cols := h.shape[0], h.shape[1]
	if len(data)%h.size != 0 || rows > room || room%rows != 0 || room/rows != cols {
		return nil, rd.fail(0, "the file may be cut short, fetch it or write it again",
			"found %d bytes of data, %d x %d elements of %d bytes are stated", len(data), rows, cols, h.size)
	}
	for d, what := range []string{"rows", "columns"} {
		if err := rd.checkSize(0, what, h.shape[d]); err != nil {
			return nil, err
		}
	}
	l := list{rows: rows, cols: cols, pattern: h.kind == 'b'}
	for r := range rows {
		for c := range cols {
			at := r*cols + c
			if h.fortran {
				at = c*rows + r
			}
			v := h.element(data[at*h.size : (at+1)*h.size])
			switch {
			case math.IsNaN(v) || math.IsInf(v, 0):
				return nil, rd.fail(0, "replace it by a number", "value %v of element [%d, %d] is not finite", v, r, c)
			case v != 0:
				l.entries = append(l.entries, entry{int32(r), int32(c), v})
			}
		}
	}
	return rd.build(l)
}

// element converts the bytes of one element.
func (h npyHead) element(b []byte) float64 {
	var u uint64
	switch h.size {
	case 1:
		u = uint64(b[0])
	case 2:
		u = uint64(h.order.Uint16(b))
	case 4:
		u = uint64(h.order.Uint32(b))
	case 8:
		u = h.order.Uint64(b)
	}
	switch h.kind {
	case 'b':
		return float64(min(u, 1))
	case 'u':
		return float64(u)
	case 'i':
		shift := 64 - 8*h.size
		return float64(int64(u<<shift) >> shift)
	}
	switch h.size {
	case 2:
		return half(uint16(u))
	case 4:
		return float64(math.Float32frombits(uint32(u)))
	}
	return math.Float64frombits(u)
}

// half converts IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits.
func half(h uint16) float64 {
	exp, frac := int(h>>10&31), float64(h&1023)
	var v float64
	switch exp {
	case 0:
		v = math.Ldexp(frac, -24)
	case 31:
		v = math.Inf(1)
		if frac != 0 {
			v = math.NaN()
		}
	default:
		v = math.Ldexp(1024+frac, exp-25)
	}
	if h>>15 == 1 {
		v = -v
	}
	return v
}
