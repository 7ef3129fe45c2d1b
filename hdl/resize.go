package hdl

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// This file holds what changes the shape of a value: sign, slices, extension, truncation, repetition.

// AsSigned reads the same bits as a two's complement number.
func (s Sig) AsSigned() Sig { return s.cast(true) }

// AsUnsigned reads the same bits as an unsigned number.
func (s Sig) AsUnsigned() Sig { return s.cast(false) }

func (s Sig) cast(signed bool) Sig {
	if s.bad() || s.node().Signed == signed {
		return s
	}
	return s.unary(ir.Cast, func(n *ir.Node) { n.Signed = signed })
}

// Slice is bits hi down to lo, unsigned.
func (s Sig) Slice(hi, lo int) Sig {
	if s.bad() {
		return s
	}
	w := s.Width()
	if lo < 0 || hi < lo || hi >= w {
		s.m.report(CodeRange, sprintf("use bits %d to 0", w-1), "bits %d to %d of %s, which has %d bits", hi, lo, s.m.describe(s.id), w)
		return s.m.poison()
	}
	if lo == 0 && hi == w-1 {
		return s.cast(false)
	}
	return s.unary(ir.Slice, func(n *ir.Node) { n.Width, n.Signed, n.X = int32(hi-lo+1), false, int32(lo) })
}

// Bit is bit i.
func (s Sig) Bit(i int) Sig { return s.Slice(i, i) }

// Trunc keeps the low bits; the sign attribute stays.
func (s Sig) Trunc(width int) Sig {
	if s.bad() {
		return s
	}
	if width < 1 || width > s.Width() {
		s.m.report(CodeExtend, "use Zext or Sext to grow", "truncation of %s from %d to %d bits", s.m.describe(s.id), s.Width(), width)
		return s.m.poison()
	}
	return s.Slice(width-1, 0).cast(s.Signed())
}

// Zext adds zeros above; for unsigned values.
func (s Sig) Zext(width int) Sig { return s.extend(ir.Zext, width) }

// Sext adds copies of the top bit.
func (s Sig) Sext(width int) Sig { return s.extend(ir.Sext, width) }

// Extend grows by the value's own sign.
func (s Sig) Extend(width int) Sig {
	if s.Signed() {
		return s.Sext(width)
	}
	return s.Zext(width)
}

// Grow extends by n bits.
func (s Sig) Grow(n int) Sig { return s.Extend(s.Width() + n) }

// Resize truncates or extends to the width.
func (s Sig) Resize(width int) Sig {
	if s.Width() > width {
		return s.Trunc(width)
	}
	return s.Extend(width)
}

func (s Sig) extend(op ir.Op, width int) Sig {
	if s.bad() || s.Width() == width {
		return s
	}
	if width < s.Width() {
		s.m.report(CodeExtend, "use Trunc to shrink", "extension of %s from %d to %d bits", s.m.describe(s.id), s.Width(), width)
		return s.m.poison()
	}
	if !s.m.widthOK("extension of "+s.m.describe(s.id), width) {
		return s.m.poison()
	}
	return s.unary(op, func(n *ir.Node) { n.Width = int32(width) })
}

// Repeat is n copies side by side.
func (s Sig) Repeat(n int) Sig {
	if s.bad() || n == 1 {
		return s
	}
	if n < 1 {
		s.m.report(CodeRange, "repeat at least once", "%d copies of %s", n, s.m.describe(s.id))
		return s.m.poison()
	}
	if n > maxWidth/s.Width() {
		s.m.report(CodeRange, sprintf("use 1 to %d bits", maxWidth), "%d copies of %s are more than %d bits", n, s.m.describe(s.id), maxWidth)
		return s.m.poison()
	}
	return s.unary(ir.Repeat, func(d *ir.Node) { d.Width, d.Signed, d.X = d.Width*int32(n), false, int32(n) })
}
