package hdl

import (
	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file holds the operators. Widths and signs are strict: operands agree, growth is explicit.

// module finds the module that the operands are used in: the one being built, of several the one begun last, so that a
// signal that strayed in from elsewhere is the one that is reported. Only a strayed signal has no other than a finished
// module.
func module(vs ...Value) *M {
	var m *M
	for _, v := range vs {
		if s := operandOf(v).sig; s.m != nil {
			m = later(m, s.m)
		}
	}
	return m
}

func later(a, b *M) *M {
	if a == nil || (a.closed && !b.closed) || (a.closed == b.closed && b.begun > a.begun) {
		return b
	}
	return a
}

// strayed is the result where no operand is of a module being built: the first signal, to be reported where it is used.
func strayed(vs ...Value) Sig {
	for _, v := range vs {
		if s := operandOf(v).sig; s.m != nil {
			return s
		}
	}
	return Sig{}
}

// resolve makes an operand a signal of m; a constant takes the given width and sign (width 0: unknown).
func (m *M) resolve(v Value, width int32, signed bool) Sig {
	if v == nil {
		m.report(CodeUnset, "pass a signal or hdl.K(n)", "nil value")
		return m.poison()
	}
	o := operandOf(v)
	if o.k != nil {
		if width == 0 {
			m.report(CodeNoWidth, "use m.Lit(width, n) for one of them", "constant %s has no width here", o.k)
			return m.poison()
		}
		return m.constant(o.k, width, signed)
	}
	return m.own(o.sig)
}

// own checks that s is a signal of m.
func (m *M) own(s Sig) Sig {
	if s.m == nil || s.id == 0 {
		m.report(CodeUnset, "fill the field in before using it", "signal that was never made")
		return m.poison()
	}
	if s.m != m {
		d := m.report(CodeForeign, "pass it through a port", "%s belongs to module %s, not to %s", s.m.describe(s.id), s.m.ir.Name, m.ir.Name)
		if pos, _ := diag.At(s.m.ir, s.node().Loc); pos.File != "" {
			d.Notes = append(d.Notes, diag.Note{Pos: pos, Msg: "made here"})
		}
		return m.poison()
	}
	if m.closed {
		m.report(CodeForeign, "use it in the function that builds its module", "%s is used after module %s was finished", m.describe(s.id), m.ir.Name)
	}
	return s
}

// pair resolves two operands that must agree in width and sign.
func (m *M) pair(what string, a, b Value) (Sig, Sig, bool) {
	var w int32
	var sg bool
	for _, v := range []Value{a, b} {
		if v != nil {
			if o := operandOf(v); o.k == nil && o.sig.m == m && o.sig.id != 0 && !o.sig.bad() {
				w, sg = o.sig.node().Width, o.sig.node().Signed
				break
			} else if o.k == nil {
				return m.resolve(v, 0, false), Sig{}, false // poison: say nothing more
			}
		}
	}
	x, y := m.resolve(a, w, sg), m.resolve(b, w, sg)
	if x.bad() || y.bad() {
		return x, y, false
	}
	return x, y, m.agree(what, x, y)
}

// agree checks width and sign of two signals.
func (m *M) agree(what string, x, y Sig) bool {
	nx, ny := *x.node(), *y.node()
	if nx.Width != ny.Width {
		d := m.report(CodeWidth, widthFix(nx.Width, ny.Width), "width mismatch in %s: %s is %d bits, %s is %d bits",
			what, m.describe(x.id), nx.Width, m.describe(y.id), ny.Width)
		m.noteBoth(d, x, y)
		return false
	}
	if nx.Signed != ny.Signed {
		d := m.report(CodeSign, "use AsSigned or AsUnsigned on one of them", "sign mismatch in %s: %s is %s, %s is %s",
			what, m.describe(x.id), signName(nx.Signed), m.describe(y.id), signName(ny.Signed))
		m.noteBoth(d, x, y)
		return false
	}
	return true
}

func (m *M) noteBoth(d *diag.Diagnostic, x, y Sig) {
	m.note(d, x.id, "%s made here", m.describe(x.id))
	m.note(d, y.id, "%s made here", m.describe(y.id))
}

func widthFix(a, b int32) string {
	if a < b {
		return sprintf("extend the first to %d bits or truncate the second to %d", b, a)
	}
	return sprintf("truncate the first to %d bits or extend the second to %d", b, a)
}

// binaryOp is an operator on equal shapes.
func binaryOp(op ir.Op, a, b Value) Sig {
	m := module(a, b)
	if m == nil || m.closed {
		return strayed(a, b)
	}
	x, y, ok := m.pair(op.String(), a, b)
	if !ok || (op == ir.Mul && !m.widthOK("product", 2*x.Width())) {
		return m.poison()
	}
	n := ir.Node{Op: op, A: x.id, B: y.id, Width: x.node().Width, Signed: x.node().Signed}
	switch op {
	case ir.Eq, ir.Ne, ir.Lt, ir.Le:
		n.Width, n.Signed = 1, false
	case ir.Mul:
		n.Width *= 2
	}
	return m.expr(n)
}

// And is the bitwise and of equal shapes.
func (s Sig) And(v Value) Sig { return binaryOp(ir.And, s, v) }

// Or is the bitwise or of equal shapes.
func (s Sig) Or(v Value) Sig { return binaryOp(ir.Or, s, v) }

// Xor is the bitwise exclusive or of equal shapes.
func (s Sig) Xor(v Value) Sig { return binaryOp(ir.Xor, s, v) }

// Add wraps at the width; see AddC for the carry.
func (s Sig) Add(v Value) Sig { return binaryOp(ir.Add, s, v) }

// Sub wraps at the width.
func (s Sig) Sub(v Value) Sig { return binaryOp(ir.Sub, s, v) }

// AddC is the sum with one bit more, so that nothing is lost.
func (s Sig) AddC(v Value) Sig {
	m := module(s, v)
	if m == nil || m.closed {
		return strayed(s, v)
	}
	x, y, ok := m.pair("add", s, v)
	if !ok {
		return m.poison()
	}
	return x.Grow(1).Add(y.Grow(1))
}

// Eq is 1 where both are equal.
func (s Sig) Eq(v Value) Sig { return binaryOp(ir.Eq, s, v) }

// Ne is 1 where they differ.
func (s Sig) Ne(v Value) Sig { return binaryOp(ir.Ne, s, v) }

// Lt compares by the operands' sign.
func (s Sig) Lt(v Value) Sig { return binaryOp(ir.Lt, s, v) }

// Le compares by the operands' sign.
func (s Sig) Le(v Value) Sig { return binaryOp(ir.Le, s, v) }

// Gt compares by the operands' sign.
func (s Sig) Gt(v Value) Sig { return s.Le(v).Not() }

// Ge compares by the operands' sign.
func (s Sig) Ge(v Value) Sig { return s.Lt(v).Not() }

// Mul is the full product: its width is the sum of the widths. Signs agree, widths need not.
func (s Sig) Mul(v Value) Sig {
	m := module(s, v)
	if m == nil || m.closed {
		return strayed(s, v)
	}
	o := operandOf(v)
	if o.k != nil || o.sig.m != m || s.m != m || o.sig.bad() || s.bad() {
		return binaryOp(ir.Mul, s, v)
	}
	x, y := s.node(), o.sig.node()
	if x.Signed != y.Signed {
		m.report(CodeSign, "use AsSigned or AsUnsigned on one of them", "sign mismatch in mul: %s is %s, %s is %s",
			m.describe(s.id), signName(x.Signed), m.describe(o.sig.id), signName(y.Signed))
		return m.poison()
	}
	if !m.widthOK("product", s.Width()+o.sig.Width()) {
		return m.poison()
	}
	return m.expr(ir.Node{Op: ir.Mul, A: s.id, B: o.sig.id, Width: x.Width + y.Width, Signed: x.Signed})
}

// unary checks s and appends an operator on it.
func (s Sig) unary(op ir.Op, f func(n *ir.Node)) Sig {
	if s.bad() {
		return s
	}
	n := ir.Node{Op: op, A: s.id, Width: s.node().Width, Signed: s.node().Signed}
	if f != nil {
		f(&n)
	}
	return s.m.expr(n)
}

// Not inverts every bit.
func (s Sig) Not() Sig { return s.unary(ir.Not, nil) }

// Neg is the two's complement, of the same width.
func (s Sig) Neg() Sig { return s.unary(ir.Neg, nil) }

func oneBit(n *ir.Node) { n.Width, n.Signed = 1, false }

// All is 1 where every bit is 1.
func (s Sig) All() Sig { return s.unary(ir.RedAnd, oneBit) }

// Any is 1 where some bit is 1.
func (s Sig) Any() Sig { return s.unary(ir.RedOr, oneBit) }

// Parity is the exclusive or of all bits.
func (s Sig) Parity() Sig { return s.unary(ir.RedXor, oneBit) }

// Shl shifts left by an unsigned amount of any width; the width stays.
func (s Sig) Shl(by Value) Sig { return s.shift(ir.Shl, by) }

// Shr shifts right by an unsigned amount of any width, arithmetically when s is signed.
func (s Sig) Shr(by Value) Sig { return s.shift(ir.Shr, by) }

func (s Sig) shift(op ir.Op, by Value) Sig {
	m := module(s, by)
	if m == nil || m.closed || s.m == m && s.bad() {
		return s
	}
	if s = m.own(s); s.bad() {
		return s
	}
	o := operandOf(by)
	w := int32(32)
	if o.k != nil {
		w = int32(max(1, o.k.BitLen()))
	}
	b := s.m.resolve(by, w, false)
	if b.bad() {
		return s.m.poison()
	}
	if b.Signed() {
		s.m.report(CodeSign, "use AsUnsigned on the amount", "shift by a signed amount %s", s.m.describe(b.id))
		return s.m.poison()
	}
	return s.m.expr(ir.Node{Op: op, A: s.id, B: b.id, Width: s.node().Width, Signed: s.node().Signed})
}
