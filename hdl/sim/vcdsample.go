package sim

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// The part of the VCD writer that runs in every cycle.

func itoa(n int) string { return strconv.Itoa(n) }

func (v *VCDWriter) put(s string) { v.buf = append(v.buf, s...) }

// sample writes what differs from the last sample; the values have settled.
func (v *VCDWriter) sample() {
	if v.lazy != nil {
		v.lazy()
	}
	b := append(v.buf, '#')
	b = strconv.AppendInt(b, int64(v.b.cycle)*10, 10)
	b = append(b, '\n')
	first := !v.begun
	if first {
		b = append(b, "$dumpvars\n"...)
		v.begun = true
	}
	b = append(b, '1', '!'+clockCode, '\n')
	if first || v.reset != v.b.reset {
		v.reset = v.b.reset
		b = append(b, "10"[truth(v.reset)], '!'+resetCode, '\n')
	}
	b = v.changes(b, first)
	if first {
		b = append(b, "$end\n"...)
	}
	b = append(b, '#')
	b = strconv.AppendInt(b, int64(v.b.cycle)*10+5, 10)
	b = append(b, '\n', '0', '!'+clockCode, '\n')
	v.buf = b
	if len(b) >= vcdBuffer {
		_ = v.Flush() // Stop returns the first error
	}
}

// changes appends the variables that changed. Room for all of them is made first, so that the loop only
// stores.
func (v *VCDWriter) changes(b []byte, all bool) []byte {
	n := len(b)
	b = slices.Grow(b, v.room)
	b = b[:cap(b)]
	values := v.b.engine.Values()
	for i := range v.bits {
		x := &v.bits[i]
		now := values[x.slot]
		if now == x.last && !all {
			continue
		}
		x.last = now
		if x.single {
			b[n] = '0' + byte(now)
			n++
		} else {
			b[n] = 'b'
			n = putDigits(b, n+1, now, bits.Len64(now|1))
		}
		n = x.end(b, n, x.tail)
	}
	for i := range v.vars {
		x := &v.vars[i]
		if same(x.v, x.last) && !all {
			continue
		}
		copy(x.last, x.v)
		if x.enum != nil {
			b[n] = 's'
			n += 1 + copy(b[n+1:], text(x.v, &signal{width: x.width, enum: x.enum}))
		} else {
			b[n] = 'b'
			n = putWide(b, n+1, x.v)
		}
		n = x.end(b, n, x.tail)
	}
	return b[:n]
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Leading zeros of a value are left out, as the standard allows. What follows may leave up to 7 bytes of
// rubbish behind the position returned, which the next change overwrites.

func (s vcdShape) end(b []byte, n int, tail uint64) int {
	binary.LittleEndian.PutUint64(b[n:], tail)
	return n + int(s.tailLen)
}

// putDigits writes the low digits bits of v at b[n:] and returns where they end.
func putDigits(b []byte, n int, v uint64, digits int) int {
	v <<= uint(64 - digits)
	for k := 0; k < digits; k += 8 {
		binary.BigEndian.PutUint64(b[n+k:], spread(v>>56))
		v <<= 8
	}
	return n + digits
}

func putWide(b []byte, n int, v []uint64) int {
	top := len(v) - 1
	for top > 0 && v[top] == 0 {
		top--
	}
	n = putDigits(b, n, v[top], bits.Len64(v[top]|1))
	for i := top - 1; i >= 0; i-- {
		n = putDigits(b, n, v[i], 64)
	}
	return n
}

// spread turns the bits of a byte into eight digits, the high bit in the high byte.
func spread(x uint64) uint64 {
	x = (x | x<<28) & 0x0000000f0000000f
	x = (x | x<<14) & 0x0003000300030003
	x = (x | x<<7) & 0x0101010101010101
	return x | 0x3030303030303030
}

// bind makes the variable of a code and adds to room what a change of it takes at most.
func (v *VCDWriter) bind(code string, slot uint32, width int32, enum *ir.Enum) {
	shape := vcdShape{single: width == 1 && enum == nil}
	tail := code + "\n"
	if !shape.single {
		tail = " " + tail
	}
	var t [8]byte
	shape.tailLen = uint8(copy(t[:], tail))
	end := binary.LittleEndian.Uint64(t[:])
	room := max(int(width), 20)
	if width <= 64 && enum == nil {
		v.bits = append(v.bits, vcdBits{slot: slot, tail: end, vcdShape: shape})
	} else {
		n := uint32(ir.Limbs(width))
		x := vcdVar{v: v.b.engine.Values()[slot : slot+n], last: make([]uint64, n), enum: enum, width: width, tail: end, vcdShape: shape}
		v.vars = append(v.vars, x)
	}
	if enum != nil {
		for _, m := range enum.Members {
			room = max(room, len(m))
		}
	}
	v.room += room + 24
}
