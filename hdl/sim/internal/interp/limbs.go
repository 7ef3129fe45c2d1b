package interp

import (
	"math/bits"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Arithmetic on values of any width: little-endian limbs of 64 bits, no bit set at or above the width.

func limbs(width int32) int { return ir.Limbs(width) }

// maskOf has the low width bits set; width is 1 to 64.
func maskOf(width int32) uint64 { return ^uint64(0) >> (64 - uint(width)) }

// trim clears the bits of d at and above width.
func trim(d []uint64, width int32) {
	if r := width & 63; r != 0 {
		d[len(d)-1] &= maskOf(r)
	}
}

// fit returns the limbs of b for a value of the given width; a short or nil b has zeros above.
func fit(b ir.Bits, width int32) []uint64 {
	d := make([]uint64, limbs(width))
	copy(d, b)
	trim(d, width)
	return d
}

func bitOf(a []uint64, i int32) bool { return a[i>>6]>>(uint(i)&63)&1 != 0 }

func isZero(a []uint64) bool {
	for _, l := range a {
		if l != 0 {
			return false
		}
	}
	return true
}

func addLimbs(d, a, b []uint64) {
	var c uint64
	for i := range d {
		d[i], c = bits.Add64(a[i], b[i], c)
	}
}

func subLimbs(d, a, b []uint64) {
	var c uint64
	for i := range d {
		d[i], c = bits.Sub64(a[i], b[i], c)
	}
}

// mulLimbs sets d to the low len(d) limbs of a*b; d is not a or b.
func mulLimbs(d, a, b []uint64) {
	clear(d)
	for i, x := range a {
		if x == 0 {
			continue
		}
		var carry uint64
		for j := 0; i+j < len(d); j++ {
			var hi, lo, c uint64
			if j < len(b) {
				hi, lo = bits.Mul64(x, b[j])
			}
			lo, c = bits.Add64(lo, carry, 0)
			hi += c
			d[i+j], c = bits.Add64(d[i+j], lo, 0)
			carry = hi + c
		}
	}
}

// extend copies a of the given width to the wider d, with copies of its top bit above when signed.
func extend(d, a []uint64, width int32, signed bool) {
	clear(d)
	copy(d, a)
	if !signed || !bitOf(a, width-1) {
		return
	}
	i := int(width-1) >> 6
	if r := width & 63; r != 0 {
		d[i] |= ^maskOf(r)
	}
	for i++; i < len(d); i++ {
		d[i] = ^uint64(0)
	}
}

// less compares two values of one width.
func less(a, b []uint64, width int32, signed bool) bool {
	if signed {
		if x, y := bitOf(a, width-1), bitOf(b, width-1); x != y {
			return x
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// extract sets d to a shifted right by lo bits, zeros from above.
func extract(d, a []uint64, lo int32) {
	k, sh := int(lo>>6), uint(lo&63)
	for i := range d {
		var v uint64
		if k+i < len(a) {
			v = a[k+i] >> sh
		}
		if sh != 0 && k+i+1 < len(a) {
			v |= a[k+i+1] << (64 - sh)
		}
		d[i] = v
	}
}

// insert ors a, shifted left by lo bits, into d; bits past the end of d are lost.
func insert(d, a []uint64, lo int32) {
	k, sh := int(lo>>6), uint(lo&63)
	for i, v := range a {
		if k+i < len(d) {
			d[k+i] |= v << sh
		}
		if sh != 0 && k+i+1 < len(d) {
			d[k+i+1] |= v >> (64 - sh)
		}
	}
}

// amount reads a as a shift amount or index, no more than limit.
func amount(a []uint64, limit int32) int32 {
	if !isZero(a[1:]) || a[0] > uint64(limit) {
		return limit
	}
	return int32(a[0])
}
