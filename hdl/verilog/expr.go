package verilog

import (
	"fmt"
	"math/big"
	"math/bits"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// In Verilog the width of an expression's context reaches into its operands, and one unsigned operand makes
// the others unsigned. Widths never differ here: operands are as wide as the result wherever the context
// reaches, and a product is always the whole right side of an assignment of its own width. Signs are tracked:
// every piece of text has the sign the language gives it, which need not be its node's, and a piece with an
// arithmetic shift inside is fragile, since an unsigned context would make that shift a logical one.

// A piece is an expression with what the language will make of it.
type piece struct {
	e       expr
	signed  bool
	fragile bool
}

// expr is the text of a node: its name if it is a net or declared, else its operation.
func (p *plan) expr(id ir.NodeID) piece {
	id = p.f.ref[id]
	if p.net[id] {
		return piece{e: &ident{p.name[id]}, signed: p.f.m.Nodes[id].Signed}
	}
	return p.inline(id)
}

// inline is the text of a node itself, even if it is a net.
func (p *plan) inline(id ir.NodeID) piece {
	f := p.f
	n := &f.m.Nodes[id]
	if f.leaf(id) {
		return p.leafPiece(id, n)
	}
	if s := f.stands(id, n); s != id { // only a name the user gave keeps it
		return p.expr(s)
	}
	if v := f.value(n); v != nil { // likewise
		return piece{e: number(v, int(n.Width), n.Signed), signed: n.Signed}
	}
	switch n.Op {
	case ir.Not:
		return p.not(n)
	case ir.Neg:
		a := p.expr(n.A)
		return piece{&unary{"-", a.e}, a.signed, a.fragile}
	case ir.And, ir.Or, ir.Xor, ir.Add, ir.Sub:
		op := operators[n.Op]
		if n.Width == 1 && n.Op == ir.And {
			op = "&&"
		} else if n.Width == 1 && n.Op == ir.Or {
			op = "||"
		}
		if op == "&&" || op == "||" {
			return piece{e: &binary{op, p.expr(n.A).e, p.expr(n.B).e}}
		}
		a, b, w := mix(p.expr(n.A), p.expr(n.B))
		w.e = &binary{op, a, b}
		return w
	case ir.Eq, ir.Ne:
		a, b, _ := mix(p.expr(n.A), p.expr(n.B))
		return piece{e: &binary{operators[n.Op], a, b}}
	case ir.Lt, ir.Le, ir.Mul:
		signed := f.m.Nodes[n.A].Signed
		a, b := p.operandPair(n, signed)
		return piece{e: &binary{operators[n.Op], a, b}, signed: signed && n.Op == ir.Mul}
	case ir.Shl, ir.Shr:
		return p.shift(n)
	case ir.Mux:
		a, b, w := mix(p.expr(n.B), p.expr(n.C))
		w.e = &ternary{p.expr(n.A).e, a, b}
		return w
	case ir.Cat:
		return piece{e: p.cat(f.m.Pool[n.X : n.X+n.N])}
	case ir.Slice:
		b, lo := f.selected(n)
		return piece{e: &slice{p.ident(b), lo + int(n.Width) - 1, lo}}
	case ir.Zext:
		return piece{e: &concat{append([]expr{number(new(big.Int), int(n.Width)-f.width(n.A), false)}, p.parts(n.A)...)}}
	case ir.Sext:
		return p.sext(n)
	case ir.Repeat:
		return piece{e: &replicate{int(n.X), p.plain(n.A)}}
	case ir.Cast:
		return p.expr(n.A)
	case ir.RedAnd, ir.RedOr, ir.RedXor:
		return piece{e: &unary{operators[n.Op], p.expr(n.A).e}}
	}
	panic("verilog: no expression for " + n.Op.String())
}

var operators = map[ir.Op]string{
	ir.And: "&", ir.Or: "|", ir.Xor: "^", ir.Add: "+", ir.Sub: "-", ir.Mul: "*",
	ir.Eq: "==", ir.Ne: "!=", ir.Lt: "<", ir.Le: "<=", ir.RedAnd: "&", ir.RedOr: "|", ir.RedXor: "^",
}

func (p *plan) leafPiece(id ir.NodeID, n *ir.Node) piece {
	if v := p.f.val[id]; v != nil {
		if m := p.enums.member(id); m != "" {
			return piece{e: &ident{m}}
		}
		return piece{e: number(v, int(n.Width), n.Signed), signed: n.Signed}
	}
	var name string
	switch n.Op {
	case ir.Input:
		name = p.names.ports[n.X]
	case ir.WireRef:
		name = p.names.wires[n.X]
	case ir.RegRef:
		name = p.names.regs[n.X]
		if p.enums.typed[n.X] != nil {
			return piece{e: &ident{name}}
		}
	case ir.InstOut:
		name = p.names.outs[n.X][n.N]
	case ir.MemRead:
		name = p.names.reads[n.X]
	default:
		panic("verilog: a bad design reached the printer: " + n.Op.String())
	}
	return piece{e: &ident{name}, signed: n.Signed}
}

// ident is the name of a node that was asked to have one.
func (p *plan) ident(id ir.NodeID) string { return p.expr(id).e.(*ident).name }

// plain is the text of an operand whose sign does not matter: constants in their unsigned form.
func (p *plan) plain(id ir.NodeID) expr {
	if v := p.f.konst(id); v != nil && !p.net[p.f.ref[id]] {
		return number(v, p.f.width(id), false)
	}
	return p.expr(id).e
}

// mix brings two pieces together in one context: without a common sign, fragile ones are shielded.
func mix(a, b piece) (x, y expr, whole piece) {
	signed := a.signed && b.signed
	if !signed {
		a, b = shield(a), shield(b)
	}
	return a.e, b.e, piece{signed: signed, fragile: a.fragile || b.fragile}
}

func shield(a piece) piece {
	if a.fragile {
		return piece{e: &call{"$unsigned", a.e}}
	}
	return a
}

// operandPair gives the operands of a comparison or product the sign that the operation means.
func (p *plan) operandPair(n *ir.Node, signed bool) (expr, expr) {
	if signed {
		return p.signedOperand(n, n.A), p.signedOperand(n, n.B)
	}
	a, b := p.expr(n.A), p.expr(n.B)
	if a.signed && b.signed {
		// One unsigned operand is enough to make the other so, but a constant is better rewritten.
		switch {
		case p.f.konst(n.A) != nil:
			a = piece{e: p.plain(n.A)}
		case p.f.konst(n.B) != nil:
			b = piece{e: p.plain(n.B)}
		default:
			a = piece{e: &call{"$unsigned", a.e}}
		}
	}
	return shield(a).e, shield(b).e
}

func (p *plan) asSigned(id ir.NodeID) expr {
	a := p.expr(id)
	if a.signed {
		return a.e
	}
	if v := p.f.konst(id); v != nil && !p.net[p.f.ref[id]] {
		return number(v, p.f.width(id), true)
	}
	return &call{"$signed", a.e}
}

// signedOperand writes a negative factor by its bits: its minus would be evaluated at the width of the
// product, which is right but does not pass lint.
func (p *plan) signedOperand(n *ir.Node, id ir.NodeID) expr {
	v, w := p.f.konst(id), p.f.width(id)
	if n.Op == ir.Mul && v != nil && v.Bit(w-1) == 1 && !p.net[p.f.ref[id]] {
		return &literal{fmt.Sprintf("%d'sh%s", w, v.Text(16))}
	}
	return p.asSigned(id)
}

var opposite = map[string]string{"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}

func (p *plan) not(n *ir.Node) piece {
	a := p.expr(n.A)
	if n.Width > 1 {
		return piece{&unary{"~", a.e}, a.signed, a.fragile}
	}
	return piece{e: negate(a.e)}
}

// negate is the opposite of a single bit.
func negate(e expr) expr {
	switch e := e.(type) {
	case *binary:
		if op, ok := opposite[e.op]; ok {
			return &binary{op, e.x, e.y}
		}
	case *unary:
		if e.op == "!" {
			return e.x
		}
	}
	return &unary{"!", e}
}

// shift lets the tools take amounts past the width, which the language defines, but not amounts so wide that
// they leave the range of machine integers.
func (p *plan) shift(n *ir.Node) piece {
	a := p.expr(n.A)
	op := "<<"
	if n.Op == ir.Shr {
		op = ">>"
		if p.f.m.Nodes[n.A].Signed {
			op = ">>>"
			a = piece{e: p.asSigned(n.A), signed: true, fragile: true}
		}
	}
	if !p.f.wideShift(n) {
		a.e = &binary{op, a.e, p.amount(n)}
		return a
	}
	w, bw := int(n.Width), p.f.width(n.B)
	k := bits.Len(uint(w))
	name := p.ident(n.B)
	fill := piece{e: number(new(big.Int), w, a.signed), signed: a.signed}
	if op == ">>>" {
		top := expr(&ident{p.ident(n.A)})
		if w > 1 {
			top = &slice{p.ident(n.A), w - 1, w - 1}
		}
		fill = piece{e: &replicate{w, top}}
		if w == 1 {
			fill.e = top
		}
	}
	a.e = &binary{op, a.e, &slice{name, k - 1, 0}}
	x, y, whole := mix(fill, a)
	whole.e = &ternary{&unary{"|", &slice{name, bw - 1, k}}, x, y}
	return whole
}

// amount is the shift amount; a constant past the width is cut to the width, which means the same.
func (p *plan) amount(n *ir.Node) expr {
	v := p.f.konst(n.B)
	if v == nil || p.net[p.f.ref[n.B]] {
		return p.expr(n.B).e
	}
	if limit := big.NewInt(int64(n.Width)); v.Cmp(limit) > 0 {
		v = limit
	}
	return number(v, max(v.BitLen(), 1), false)
}

func (p *plan) sext(n *ir.Node) piece {
	if p.f.width(n.A) == 1 {
		return piece{e: &replicate{int(n.Width), p.plain(n.A)}}
	}
	top := p.f.width(n.A) - 1
	more := int(n.Width) - top - 1
	low := p.expr(n.A).e // a name, or a selection from one
	var sign expr
	if s, ok := low.(*slice); ok {
		sign = &slice{s.name, s.hi, s.hi}
	} else {
		sign = &slice{p.ident(n.A), top, top}
	}
	if more > 1 {
		sign = &replicate{more, sign}
	}
	return piece{e: &concat{[]expr{sign, low}}}
}

// cat joins the parts; an inlined concatenation among them is spread out.
func (p *plan) cat(ids []ir.NodeID) expr {
	var parts []expr
	for _, id := range ids {
		parts = append(parts, p.parts(id)...)
	}
	return &concat{parts}
}

func (p *plan) parts(id ir.NodeID) []expr {
	e := p.plain(id)
	if c, ok := e.(*concat); ok {
		return c.parts
	}
	return []expr{e}
}

// number is a sized literal. Large values are in hexadecimal, negative ones have the sign in front.
func number(v *big.Int, w int, signed bool) expr {
	size := itoa(w) + "'"
	if signed {
		size += "s"
		v := signedValue(v, w)
		if v.Sign() < 0 && v.BitLen() < w && v.BitLen() <= 31 && w > 1 {
			return &literal{"-" + size + "d" + new(big.Int).Neg(v).Text(10)}
		}
	}
	switch {
	case w == 1:
		return &literal{size + "b" + v.Text(2)}
	case v.BitLen() <= 16 && !(signed && v.Bit(w-1) == 1):
		return &literal{size + "d" + v.Text(10)}
	}
	return &literal{size + "h" + v.Text(16)}
}
