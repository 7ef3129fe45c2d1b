package hdl

import (
	"encoding/binary"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file holds what chooses among values or joins them: Mux, Select, OneHot, Cat.

// Mux is a where c is 1, else b; a and b of equal shape.
func Mux(c, a, b Value) Sig {
	m := module(c, a, b)
	if m == nil || m.closed {
		return strayed(c, a, b)
	}
	cs := m.cond(c)
	x, y, ok := m.pair("mux", a, b)
	if !ok || cs.bad() {
		return m.poison()
	}
	return m.expr(ir.Node{Op: ir.Mux, A: cs.id, B: x.id, C: y.id, Width: x.node().Width, Signed: x.node().Signed})
}

// cond resolves a 1-bit condition.
func (m *M) cond(c Value) Sig {
	s := m.resolve(c, 1, false)
	if !s.bad() && s.Width() != 1 {
		m.report(CodeBool, "use .Any() or a comparison", "condition %s has %d bits", m.describe(s.id), s.Width())
		return m.poison()
	}
	return s
}

// Cat joins values, the first in the high bits; the result is unsigned.
func Cat(vs ...Value) Sig {
	m := module(vs...)
	if m == nil || m.closed {
		return strayed(vs...)
	}
	w := 0
	ids := make([]ir.NodeID, 0, len(vs))
	for _, v := range vs {
		s := m.resolve(v, 0, false)
		if s.bad() {
			return m.poison()
		}
		ids = append(ids, s.id)
		w += s.Width()
	}
	if len(ids) == 1 {
		return Sig{m, ids[0]}.cast(false)
	}
	if !m.widthOK("concatenation", w) {
		return m.poison()
	}
	return m.gather(ir.Node{Op: ir.Cat, Width: int32(w)}, ids)
}

// Select is vs[index]; an index past the last gives the last. All values have one shape.
func Select(index Value, vs ...Value) Sig {
	m := module(append([]Value{index}, vs...)...)
	if m == nil || m.closed {
		return strayed(append([]Value{index}, vs...)...)
	}
	if len(vs) == 0 {
		m.report(CodeRange, "give at least one value", "selection among no values")
		return m.poison()
	}
	i := m.resolve(index, 0, false)
	if !i.bad() && i.Signed() {
		m.report(CodeSign, "use AsUnsigned on the index", "selection by a signed index %s", m.describe(i.id))
		i = m.poison()
	}
	xs, ok := m.alike("select", vs)
	if !ok || i.bad() {
		return m.poison()
	}
	ids := make([]ir.NodeID, len(xs))
	for k := range xs {
		ids[k] = xs[k].id
	}
	if len(ids) == 1 {
		return Sig{m, ids[0]}
	}
	f := m.ir.Nodes[ids[0]]
	return m.gather(ir.Node{Op: ir.Select, A: i.id, Width: f.Width, Signed: f.Signed}, ids)
}

// gather appends a node whose operands stand in the pool, or returns the equal one that exists.
func (m *M) gather(n ir.Node, ids []ir.NodeID) Sig {
	key := make([]byte, 0, 4*len(ids)+8)
	for _, id := range append([]ir.NodeID{ir.NodeID(n.Op), n.A}, ids...) {
		key = binary.LittleEndian.AppendUint32(key, uint32(id))
	}
	if id, ok := m.pooled[string(key)]; ok {
		return Sig{m, id}
	}
	n.X, n.N = int32(len(m.ir.Pool)), int32(len(ids))
	m.ir.Pool = append(m.ir.Pool, ids...)
	s := m.add(n)
	m.pooled[string(key)] = s.id
	return s
}

// alike resolves values that all have one shape; constants take it from the first signal.
func (m *M) alike(what string, vs []Value) ([]Sig, bool) {
	first := vs[0]
	for _, v := range vs {
		if operandOf(v).k == nil {
			first = v
			break
		}
	}
	out := make([]Sig, len(vs))
	for k, v := range vs {
		_, y, ok := m.pair(what, first, v)
		if !ok {
			return nil, false
		}
		out[k] = y
	}
	return out, true
}

// OneHot is the or of the values whose select bit is 1: zero when none is. It is the and-or form of a
// multiplexer whose selects are known to exclude each other. There is one value for each select bit, and all have
// one shape; the result is unsigned.
func OneHot(selects Value, vs ...Value) Sig {
	m := module(append([]Value{selects}, vs...)...)
	if m == nil || m.closed {
		return strayed(append([]Value{selects}, vs...)...)
	}
	sel := m.resolve(selects, 0, false)
	if sel.bad() {
		return m.poison()
	}
	if len(vs) != sel.Width() {
		m.report(CodeRange, "give one value for each select bit", "one-hot selection among %d values by %s of %d bits", len(vs), m.describe(sel.id), sel.Width())
		return m.poison()
	}
	xs, ok := m.alike("one-hot selection", vs)
	if !ok {
		return m.poison()
	}
	var acc Sig
	for i, s := range xs {
		t := s.AsUnsigned().And(sel.Bit(i).Repeat(s.Width()))
		if i == 0 {
			acc = t
		} else {
			acc = acc.Or(t)
		}
	}
	return acc
}
