package hdl

import (
	"reflect"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file holds valid/ready streams and payloads. A transfer happens in a cycle where valid and ready are both 1;
// valid must not wait for ready and, once 1, stays with its data until the transfer (the rule of AMBA AXI).

// A Sink is the receiving end of a stream of payloads T, seen from inside its module: valid and data come in, ready
// goes out.
type Sink[T any] struct {
	Valid In
	Ready Out
	Data  T
}

// A Source is the sending end: valid and data go out, ready comes in.
type Source[T any] struct {
	Valid Out
	Ready In
	Data  T
}

func (Sink[T]) dataDir() ir.Dir   { return ir.In }
func (Source[T]) dataDir() ir.Dir { return ir.Out }

// Fire is 1 in a cycle of transfer.
func (s Sink[T]) Fire() Sig { return s.Valid.And(s.Ready) }

// Fire is 1 in a cycle of transfer.
func (s Source[T]) Fire() Sig { return s.Valid.And(s.Ready) }

// leavesOf lists the handles of a payload in field order.
func leavesOf(v any) []leaf {
	rv := reflect.New(reflect.TypeOf(v)).Elem()
	rv.Set(reflect.ValueOf(v))
	w := walker{}
	gather(rv, "", &w)
	return w.leaves
}

func handle(l leaf) Sig {
	switch h := l.val.Interface().(type) {
	case In:
		return h.Sig
	case Out:
		return h.Sig
	case Sig:
		return h
	}
	return Sig{}
}

// Connect drives dst with src, field by field. Both are signals (a constant as src too), payload structs of one
// type, or streams: then dst is the receiving end and src the sending end, and ready goes back. A receiving end is
// a Sink of an instance or a Source of this module; a sending end is a Source of an instance or a Sink of this
// module.
func Connect(dst, src any) {
	if isStream(dst) && isStream(src) {
		connectStream(dst, src)
		return
	}
	if d, ok := dst.(Value); ok {
		if s, ok := src.(Value); ok {
			set(d.operand().sig, s)
			return
		}
	}
	if reflect.TypeOf(dst) != reflect.TypeOf(src) || reflect.TypeOf(dst).Kind() != reflect.Struct {
		if m := anyModule(dst, src); m != nil {
			m.report(CodeConnect, "connect values of one type", "connection of %T with %T", dst, src)
		}
		return
	}
	connectLeaves(leavesOf(dst), leavesOf(src))
}

func connectLeaves(d, s []leaf) {
	for i := range d {
		set(handle(d[i]), handle(s[i]))
	}
}

func isStream(v any) bool { _, ok := v.(stream); return ok }

func connectStream(dst, src any) {
	d, s := leavesOf(dst), leavesOf(src)
	if reflect.ValueOf(dst).FieldByName("Data").Type() != reflect.ValueOf(src).FieldByName("Data").Type() {
		if m := anyModule(dst, src); m != nil {
			m.report(CodeConnect, "connect streams of one payload", "connection of %T with %T", dst, src)
		}
		return
	}
	set(handle(d[0]), handle(s[0])) // valid
	connectLeaves(d[2:], s[2:])     // data
	set(handle(s[1]), handle(d[1])) // ready
}

func anyModule(vs ...any) *M {
	for _, v := range vs {
		if v == nil {
			continue
		}
		if x, ok := v.(Value); ok {
			if m := module(x); m != nil {
				return m
			}
			continue
		}
		if reflect.TypeOf(v).Kind() != reflect.Struct {
			continue
		}
		for _, l := range leavesOf(v) {
			if h := handle(l); h.m != nil {
				return h.m
			}
		}
	}
	return nil
}

// payload makes a T whose leaves are built by f.
func payload[T any](m *M, what string, f func(l leaf) Sig) T {
	var t T
	w := walker{lookup: m.lookup}
	w.walk(reflect.ValueOf(&t).Elem(), "", "", "", ir.In, true)
	for _, e := range w.errs {
		m.report(CodePort, "see hdl.New for the form of payload structs", "%s: %s", what, e)
	}
	for _, l := range w.leaves {
		put(l, f(l))
	}
	return t
}

// PayloadWidth is the number of bits of T packed.
func PayloadWidth[T any](m *M) int {
	n := 0
	payload[T](m, "payload", func(l leaf) Sig { n += l.width; return Sig{} })
	return n
}

// Pack joins the fields of a payload into one value: the first field in the low bits.
func Pack[T any](v T) Sig {
	ls := leavesOf(v)
	vs := make([]Value, len(ls))
	for i, l := range ls {
		vs[len(ls)-1-i] = handle(l)
	}
	return Cat(vs...)
}

// Unpack splits a value into the fields of a payload, the first from the low bits.
func Unpack[T any](m *M, s Sig) T {
	lo := 0
	if w := PayloadWidth[T](m); !s.bad() && w != s.Width() {
		m.report(CodeWidth, "match the payload", "payload of %d bits from %s of %d bits", w, m.describe(s.id), s.Width())
		s = m.poison()
	}
	return payload[T](m, "payload", func(l leaf) Sig {
		if s.bad() {
			return s
		}
		x := s.Slice(lo+l.width-1, lo).cast(l.signed)
		lo += l.width
		return x
	})
}

// RegOf makes a register for each field of a payload, named name_field.
func RegOf[T any](m *M, name string, opts ...RegOption) T {
	return payload[T](m, name, func(l leaf) Sig { return m.reg(join(name, l.name), int32(l.width), l.signed, nil, opts) })
}

// WireOf makes a wire for each field of a payload, named name_field.
func WireOf[T any](m *M, name string) T {
	return payload[T](m, name, func(l leaf) Sig { return m.wire(join(name, l.name), int32(l.width), l.signed) })
}

// MuxOf is a where c is 1, else b, field by field.
func MuxOf[T any](c Value, a, b T) T {
	x, y := leavesOf(a), leavesOf(b)
	rv := reflect.New(reflect.TypeOf(a)).Elem()
	rv.Set(reflect.ValueOf(a))
	w := walker{}
	gather(rv, "", &w)
	for i, l := range w.leaves {
		put(l, Mux(c, handle(x[i]), handle(y[i])))
	}
	return rv.Interface().(T)
}
