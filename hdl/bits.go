package hdl

import "math/bits"

// This file holds operators on bit vectors that are built from the others.

// PopCount is the number of ones in v, of Clog2(width+1) bits: a balanced tree of adders.
func PopCount(v Value) Sig {
	s := operandOf(v).sig
	if s.bad() {
		return s
	}
	terms := make([]Sig, s.Width())
	for i := range terms {
		terms[i] = s.Bit(i)
	}
	for len(terms) > 1 {
		next := terms[:0:0]
		for i := 0; i+1 < len(terms); i += 2 {
			w := max(terms[i].Width(), terms[i+1].Width())
			next = append(next, terms[i].Resize(w).AddC(terms[i+1].Resize(w)))
		}
		if len(terms)%2 == 1 {
			next = append(next, terms[len(terms)-1])
		}
		terms = next
	}
	return terms[0].Resize(Clog2(s.Width() + 1))
}

// Lowest keeps the lowest bit of v that is 1 and clears the others.
func Lowest(v Value) Sig {
	s := operandOf(v).sig
	return s.And(s.Neg())
}

// Encode is the number of the bit of v that is 1, of Clog2(width) bits; with several, the or of their numbers; with
// none, 0.
func Encode(v Value) Sig {
	s := operandOf(v).sig
	if s.bad() {
		return s
	}
	out := make([]Value, Clog2(s.Width()))
	for b := range out {
		var bits []Value
		for i := range s.Width() {
			if i>>b&1 == 1 {
				bits = append(bits, s.Bit(i))
			}
		}
		if len(bits) == 0 { // a vector of one bit
			bits = append(bits, s.m.Lit(1, 0))
		}
		out[len(out)-1-b] = Cat(bits...).Any()
	}
	return Cat(out...)
}

// Clog2 is the number of bits that number n values, at least 1.
func Clog2(n int) int {
	if n <= 2 {
		return 1
	}
	return bits.Len(uint(n - 1))
}
