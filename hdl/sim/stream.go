package sim

import (
	"fmt"
	"reflect"

	"github.com/sparsegen/sparsegen/hdl"
)

// An Item is one payload: a number for each field, in field order, with the field's sign.
type Item = []int64

// wires are the signals of one stream.
type wires struct {
	b            *Bench
	valid, ready *Port
	data         []*Port
}

// streamOf resolves the signals of a stream; data is the payload struct, or a single signal.
func streamOf(b *Bench, valid, ready hdl.Value, data any) wires {
	w := wires{b: b, valid: b.port(valid), ready: b.port(ready)}
	fields(reflect.ValueOf(data), func(v hdl.Value) { w.data = append(w.data, b.port(v)) })
	for _, p := range w.data {
		if p.sig.width > 64 {
			b.fatal(fmt.Errorf("payload field %s has %d bits; an Item holds up to 64 bits a field", p.sig.path, p.sig.width))
		}
	}
	return w
}

// fields calls f with the signals of a payload in field order.
func fields(v reflect.Value, f func(hdl.Value)) {
	if s, ok := v.Interface().(hdl.Value); ok {
		f(s)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fields(v.Field(i), f)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			fields(v.Index(i), f)
		}
	}
}

// name is what messages call the stream: its valid signal without suffixes.
func (w *wires) name() string { return w.valid.sig.path }

func (w *wires) item() Item {
	it := make(Item, len(w.data))
	for i, p := range w.data {
		it[i] = p.GetInt()
	}
	return it
}
