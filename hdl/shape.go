package hdl

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file reads the structs that describe ports and payloads. Everything that walks such a struct does so in
// the order of its fields, through one function, so that ports, instances and payloads always agree.

var (
	sigType = reflect.TypeFor[Sig]()
	inType  = reflect.TypeFor[In]()
	outType = reflect.TypeFor[Out]()
)

// A leaf is one signal of an IO or payload struct.
type leaf struct {
	name   string // snake case: in_pos
	field  string // Go path: In.Data.Pos
	typ    reflect.Type
	dir    ir.Dir // In and Out by type; a payload's Sig takes its stream's
	isSig  bool
	width  int
	signed bool
	doc    string
	val    reflect.Value // where its handle is kept
}

// A stream is implemented by Sink and Source.
type stream interface{ dataDir() ir.Dir }

var streamType = reflect.TypeFor[stream]()

// walker collects the leaves of a struct.
type walker struct {
	lookup func(string) (int, bool)
	leaves []leaf
	errs   []string
	within []reflect.Type // the structs around the present field
}

func (w *walker) errorf(format string, args ...any) {
	w.errs = append(w.errs, fmt.Sprintf(format, args...))
}

// walk visits v, whose name so far is prefix. dir is what a Sig means here; sig tells whether one may stand here.
func (w *walker) walk(v reflect.Value, name, field string, tag reflect.StructTag, dir ir.Dir, payload bool) {
	switch t := v.Type(); {
	case t == inType, t == outType, t == sigType:
		l := leaf{name: name, field: field, typ: t, dir: dir, isSig: t == sigType, doc: tag.Get("doc"), val: v}
		if t == inType {
			l.dir = ir.In
		} else if t == outType {
			l.dir = ir.Out
		}
		if payload && t != sigType {
			w.errorf("payload field %s is %s; use hdl.Sig", field, t)
			return
		}
		if !payload && t == sigType {
			w.errorf("port field %s is hdl.Sig; use hdl.In or hdl.Out", field)
			return
		}
		if w.shape(&l, tag.Get("hdl")) {
			w.leaves = append(w.leaves, l)
		}
	case isStreamType(t):
		w.stream(v, name, field, tag)
	case t.Kind() == reflect.Struct:
		if slices.Contains(w.within, t) {
			w.errorf("field %s has type %s, which holds itself", field, t)
			return
		}
		w.within = append(w.within, t)
		defer func() { w.within = w.within[:len(w.within)-1] }()
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Anonymous && t.NumField() == 1 { // a renamed single payload
				w.walk(v.Field(i), name, field, tag, dir, payload)
				continue
			}
			if !f.IsExported() {
				w.errorf("field %s of %s is not exported", f.Name, t)
				continue
			}
			ft := f.Tag
			if ft.Get("hdl") == "" && f.Type == sigType && tag.Get("hdl") != "" {
				ft = tag // the width of a generic payload is given where it is used
			}
			n := join(name, snake(f.Name))
			w.walk(v.Field(i), n, joinPath(field, f.Name), ft, dir, payload)
		}
	case t.Kind() == reflect.Slice:
		n, ok := w.number(tag.Get("len"))
		if !ok || n < 1 {
			w.errorf("slice field %s needs a tag len with a positive number or a parameter", field)
			return
		}
		if n > maxWidth {
			w.errorf("slice field %s has length %d; at most %d", field, n, maxWidth)
			return
		}
		v.Set(reflect.MakeSlice(t, n, n))
		before := len(w.errs)
		for i := range n {
			if len(w.errs) > before { // the others are alike
				break
			}
			w.walk(v.Index(i), fmt.Sprintf("%s_%d", name, i), fmt.Sprintf("%s[%d]", field, i), tag, dir, payload)
		}
	default:
		w.errorf("field %s has type %s, which is no port", field, t)
	}
}

// stream visits a Sink or a Source: valid, ready, then the payload's fields without an extra name part.
func (w *walker) stream(v reflect.Value, name, field string, tag reflect.StructTag) {
	dir := v.Interface().(stream).dataDir()
	doc := tag.Get("doc")
	one := func(f, suffix, text string) {
		l := leaf{name: name + suffix, field: field + "." + f, width: 1, val: v.FieldByName(f), doc: text}
		l.typ = l.val.Type()
		if l.dir = ir.In; l.typ == outType {
			l.dir = ir.Out
		}
		w.leaves = append(w.leaves, l)
	}
	if doc != "" {
		doc += ": "
	}
	one("Valid", "_valid", doc+"valid")
	one("Ready", "_ready", doc+"ready")
	n := len(w.leaves)
	data := v.FieldByName("Data")
	if data.Type() == sigType {
		name += "_data"
	}
	w.walk(data, name, field+".Data", tag, dir, true)
	for i := n; i < len(w.leaves); i++ {
		if w.leaves[i].doc == "" {
			w.leaves[i].doc = strings.TrimSuffix(doc, ": ")
		}
	}
}

// shape reads a tag "WIDTH[,signed]".
func (w *walker) shape(l *leaf, tag string) bool {
	parts := strings.Split(tag, ",")
	n, ok := w.number(parts[0])
	if !ok {
		w.errorf("field %s: width %q is neither a number nor a parameter", l.field, parts[0])
		return false
	}
	if n < 1 {
		w.errorf("field %s: width %s is %d", l.field, parts[0], n)
		return false
	}
	l.width = n
	for _, p := range parts[1:] {
		if strings.TrimSpace(p) != "signed" {
			w.errorf("field %s: unknown tag part %q", l.field, p)
			return false
		}
		l.signed = true
	}
	return true
}

func (w *walker) number(s string) (int, bool) {
	s = strings.TrimSpace(s)
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	if w.lookup == nil || s == "" {
		return 0, false
	}
	return w.lookup(s)
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "_" + b
}

func joinPath(a, b string) string {
	if a == "" {
		return b
	}
	return a + "." + b
}

// snake turns InValid into in_valid and KAddr into k_addr.
func snake(s string) string {
	var b strings.Builder
	rs := []rune(s)
	for i, r := range rs {
		if unicode.IsUpper(r) {
			if i > 0 && (!unicode.IsUpper(rs[i-1]) || (i+1 < len(rs) && unicode.IsLower(rs[i+1]))) && rs[i-1] != '_' {
				b.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// params records the parameters and makes their numbers available to tags: fields, methods without arguments
// that return int, and those of nested structs.
func (m *M) params(p any) {
	m.lookup = func(string) (int, bool) { return 0, false }
	if p == nil {
		return
	}
	v := reflect.ValueOf(p)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		m.report(CodePort, "pass a struct or nil", "parameters of %s are a %s", m.ir.Name, v.Kind())
		return
	}
	m.flattenParams(v, "", 0)
	m.lookup = func(name string) (int, bool) { return lookup(v, name, 0) }
}

const paramDepth = 8 // of nested structs, so that one that points to itself ends

func (m *M) flattenParams(v reflect.Value, prefix string, depth int) {
	if depth > paramDepth {
		return
	}
	for i := range v.NumField() {
		f, fv := v.Type().Field(i), v.Field(i)
		if !f.IsExported() {
			continue
		}
		for fv.Kind() == reflect.Interface || fv.Kind() == reflect.Pointer {
			if fv.IsNil() {
				break
			}
			fv = fv.Elem()
		}
		switch fv.Kind() {
		case reflect.Struct:
			m.flattenParams(fv, prefix+f.Name+".", depth+1)
		case reflect.Func, reflect.Interface, reflect.Pointer, reflect.Map, reflect.Chan:
		default:
			m.ir.Params = append(m.ir.Params, ir.Param{Name: prefix + f.Name, Value: fmt.Sprint(fv.Interface())})
		}
	}
}

func lookup(v reflect.Value, name string, depth int) (int, bool) {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return 0, false
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct || depth > paramDepth {
		return 0, false
	}
	if f := field(v, name); f.IsValid() {
		if f.CanInt() {
			return int(f.Int()), true
		}
		if f.CanUint() {
			return int(f.Uint()), true
		}
	}
	if mt := v.MethodByName(name); mt.IsValid() && mt.Type().NumIn() == 0 && mt.Type().NumOut() == 1 && mt.Type().Out(0).Kind() == reflect.Int {
		return int(mt.Call(nil)[0].Int()), true
	}
	for i := range v.NumField() {
		if f := v.Field(i); v.Type().Field(i).IsExported() && (f.Kind() == reflect.Struct || f.Kind() == reflect.Interface) {
			if n, ok := lookup(f, name, depth+1); ok {
				return n, true
			}
		}
	}
	return 0, false
}

// field is FieldByName, but invalid where the way leads through a nil pointer.
func field(v reflect.Value, name string) reflect.Value {
	sf, ok := v.Type().FieldByName(name)
	if !ok {
		return reflect.Value{}
	}
	f, err := v.FieldByIndexErr(sf.Index)
	if err != nil {
		return reflect.Value{}
	}
	return f
}
