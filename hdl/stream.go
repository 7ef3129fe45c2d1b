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
	if v == nil {
		return nil
	}
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
	dst, src = plain(dst), plain(src)
	if isSignal(dst) && isSignal(src) {
		set(operandOf(dst.(Value)).sig, src.(Value))
		return
	}
	d, s := leavesOf(dst), leavesOf(src)
	m := moduleOf(d, s)
	if m == nil {
		return
	}
	streams := isStream(dst) && isStream(src)
	switch {
	case streams && dataType(dst) != dataType(src):
		m.spoilLeaves(d, s)
		m.report(CodeConnect, "connect streams of one payload", "connection of %T with %T", dst, src)
	case !streams && reflect.TypeOf(dst) != reflect.TypeOf(src):
		m.spoilLeaves(d, s)
		m.report(CodeConnect, "connect values of one type", "connection of %T with %T", dst, src)
	case len(d) != len(s):
		m.spoilLeaves(d, s)
		m.report(CodeConnect, "give the slices one length", "connection of a %T of %d signals with one of %d", dst, len(d), len(s))
	case m.strayedIn(d, s):
		m.spoilLeaves(d, s)
	case streams:
		m.connectStream(d, s)
	default:
		for i := range d {
			set(handle(d[i]), handle(s[i]))
		}
	}
}

// plain is v, or what it points to, or the one thing it embeds if that is a stream.
func plain(v any) any {
	rv := reflect.ValueOf(v)
	for rv.Kind() == reflect.Pointer && !rv.IsNil() {
		rv = rv.Elem()
	}
	for rv.Kind() == reflect.Struct && !isStreamType(rv.Type()) && rv.NumField() == 1 && rv.Type().Implements(streamType) {
		rv = rv.Field(0)
	}
	if rv.Kind() == reflect.Pointer || !rv.IsValid() || !rv.CanInterface() {
		return nil
	}
	return rv.Interface()
}

// isSignal tells a signal or a constant from a payload struct, which may embed one.
func isSignal(v any) bool {
	if _, ok := v.(Const); ok {
		return true
	}
	_, ok := v.(Value)
	return ok && len(leavesOf(v)) == 1
}

func isStream(v any) bool { return v != nil && isStreamType(reflect.TypeOf(v)) }

// isStreamType tells Sink and Source from structs that embed one, to which the methods are promoted.
func isStreamType(t reflect.Type) bool {
	return t.PkgPath() == sigType.PkgPath() && t.Implements(streamType)
}

func dataType(v any) reflect.Type { f, _ := reflect.TypeOf(v).FieldByName("Data"); return f.Type }

func (m *M) connectStream(d, s []leaf) {
	const valid, ready, data = 0, 1, 2
	for _, end := range []struct {
		l    leaf
		want string
	}{{d[valid], "first has to be a receiving"}, {s[ready], "second has to be a sending"}} {
		if h := handle(end.l); !h.bad() && h.node().Op != ir.WireRef {
			m.report(CodeConnect, "a receiving end is a Sink of an instance or a Source of this module; perhaps swap the two",
				"connection would drive %s: the %s end", m.describe(h.id), end.want)
			m.spoilLeaves(d, s)
			return
		}
	}
	set(handle(d[valid]), handle(s[valid]))
	for i := data; i < len(d); i++ {
		set(handle(d[i]), handle(s[i]))
	}
	set(handle(s[ready]), handle(d[ready]))
}

// strayedIn reports the first leaf that is no signal of m.
func (m *M) strayedIn(lists ...[]leaf) bool {
	for _, ls := range lists {
		for _, l := range ls {
			if h := handle(l); h.m != m {
				m.own(h)
				return true
			}
		}
	}
	return false
}

func (m *M) spoilLeaves(lists ...[]leaf) {
	for _, ls := range lists {
		for _, l := range ls {
			m.spoilSig(handle(l))
		}
	}
}

// moduleOf is the module that leaves are used in.
func moduleOf(lists ...[]leaf) *M {
	var m *M
	for _, ls := range lists {
		for _, l := range ls {
			if h := handle(l); h.m != nil {
				m = later(m, h.m)
			}
		}
	}
	return m
}

// payloadLeaves walks the payload type T. A type that is no payload is reported once in a module.
func payloadLeaves[T any](m *M) (reflect.Value, []leaf) {
	w := walker{lookup: m.lookup}
	v := reflect.New(reflect.TypeFor[T]()).Elem()
	w.walk(v, "", "", "", ir.In, true)
	for _, e := range w.errs {
		if key := v.Type().String() + e; !m.told[key] {
			m.told[key] = true
			m.report(CodePort, "see hdl.New for the form of payload structs", "payload %s: %s", v.Type(), e)
		}
	}
	return v, w.leaves
}

// payload makes a T whose leaves are built by f; the fields that a wrong type lacks are poison.
func payload[T any](m *M, f func(l leaf) Sig) T {
	v, leaves := payloadLeaves[T](m)
	for _, l := range leaves {
		put(l, f(l))
	}
	m.fill(v)
	return v.Interface().(T)
}

// PayloadWidth is the number of bits of T packed.
func PayloadWidth[T any](m *M) int {
	n := 0
	_, leaves := payloadLeaves[T](m)
	for _, l := range leaves {
		n += l.width
	}
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
func Unpack[T any](m *M, v Value) T {
	lo := 0
	s := m.resolve(v, 0, false)
	if w := PayloadWidth[T](m); !s.bad() && w != s.Width() {
		m.report(CodeWidth, "match the payload", "payload of %d bits from %s of %d bits", w, m.describe(s.id), s.Width())
		s = m.poison()
	}
	return payload[T](m, func(l leaf) Sig {
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
	return payload[T](m, func(l leaf) Sig { return m.reg(join(name, l.name), l.width, l.signed, nil, opts) })
}

// WireOf makes a wire for each field of a payload, named name_field.
func WireOf[T any](m *M, name string) T {
	return payload[T](m, func(l leaf) Sig { return m.wire(join(name, l.name), l.width, l.signed) })
}

// MuxOf is a where c is 1, else b, field by field.
func MuxOf[T any](c Value, a, b T) T {
	x, y := leavesOf(a), leavesOf(b)
	if len(x) != len(y) {
		if m := moduleOf(x, y); m != nil {
			m.report(CodeConnect, "give the slices one length", "mux of a %T of %d signals with one of %d", a, len(x), len(y))
		}
		return a
	}
	var t T
	rv := reflect.ValueOf(&t).Elem()
	shapeLike(reflect.ValueOf(&a).Elem(), rv)
	w := walker{}
	gather(rv, "", &w)
	for i, l := range w.leaves {
		put(l, Mux(c, handle(x[i]), handle(y[i])))
	}
	return t
}
