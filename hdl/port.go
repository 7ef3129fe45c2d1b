package hdl

import (
	"reflect"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file makes ports from IO structs, and instances with the same struct seen from outside.

// declarePorts fills the IO struct of the module being built with handles on its ports.
func (m *M) declarePorts(v reflect.Value) {
	if v.Kind() != reflect.Struct {
		m.report(CodePort, "use a struct of hdl.In, hdl.Out, hdl.Sink and hdl.Source fields", "IO of %s is a %s", m.ir.Name, v.Kind())
		return
	}
	w := walker{lookup: m.lookup}
	w.walk(v, "", "", "", ir.In, false)
	for _, e := range w.errs {
		m.report(CodePort, "see hdl.New for the form of IO structs", "%s: %s", m.ir.Name, e)
	}
	for _, l := range w.leaves {
		if !m.claimPort(l.name) || !m.widthOK("port "+l.name, l.width) {
			continue
		}
		p := ir.Port{Name: l.name, Field: l.field, Dir: l.dir, Width: int32(l.width), Signed: l.signed, Doc: l.doc, Loc: m.ir.Loc}
		n := ir.Node{Width: p.Width, Signed: p.Signed, X: int32(len(m.ir.Ports)), Op: ir.Input}
		if l.dir == ir.Out {
			n.Op, n.X = ir.WireRef, int32(len(m.ir.Wires))
		}
		s := m.add(n)
		p.Node = s.id
		if l.dir == ir.Out {
			m.ir.Wires = append(m.ir.Wires, ir.Wire{Name: l.name, Kind: ir.OutputWire, Node: s.id, Port: int32(len(m.ir.Ports))})
		}
		m.ir.Ports = append(m.ir.Ports, p)
		put(l, s)
	}
	m.fill(v)
}

// fill gives the handles that stayed without a signal poison: a report covers why.
func (m *M) fill(v reflect.Value) {
	w := walker{}
	gather(v, "", &w)
	for _, l := range w.leaves {
		if handle(l).m == nil {
			put(l, m.poison())
		}
	}
}

// put stores a handle in the field the leaf came from.
func put(l leaf, s Sig) {
	switch l.typ {
	case inType:
		l.val.Set(reflect.ValueOf(In{s}))
	case outType:
		l.val.Set(reflect.ValueOf(Out{s}))
	default:
		l.val.Set(reflect.ValueOf(s))
	}
}

// Inst places an instance of mod and returns its ports seen from the parent: drive its inputs with Connect, read its
// outputs as values. IO is the type the module was made with.
func Inst[IO any](m *M, name string, mod *Module) *IO {
	io := new(IO)
	v := reflect.ValueOf(io).Elem()
	defer func() { m.fill(v) }()
	if mod == nil {
		m.report(CodeInst, "pass a module", "instance %s of no module", name)
		return io
	}
	if t := reflect.TypeFor[IO](); t != mod.ioType {
		m.report(CodeInst, sprintf("use hdl.Inst[%s]", mod.ioType), "instance %s: module %s has IO %s, not %s", name, mod.ir.Name, mod.ioType, t)
		return io
	}
	shapeLike(reflect.ValueOf(mod.io).Elem(), v)
	if !m.claim(name) {
		return io
	}
	x := int32(len(m.ir.Insts))
	inst := ir.Inst{Name: name, Module: mod.ir, Loc: m.loc()}
	byName := map[string]leaf{}
	w := walker{}
	gather(v, "", &w)
	for _, l := range w.leaves {
		byName[l.field] = l
	}
	for i := range mod.ir.Ports {
		p := &mod.ir.Ports[i]
		n := ir.Node{Op: ir.InstOut, Width: p.Width, Signed: p.Signed, X: x, N: int32(i)}
		if p.Dir == ir.In {
			n.Op, n.X, n.N = ir.WireRef, int32(len(m.ir.Wires)), 0
		}
		s := m.add(n)
		if p.Dir == ir.In {
			m.ir.Wires = append(m.ir.Wires, ir.Wire{Name: name + "_" + p.Name, Kind: ir.InstInput, Node: s.id, Inst: x, Port: int32(i)})
		}
		inst.Ports = append(inst.Ports, s.id)
		if l, ok := byName[p.Field]; ok {
			put(l, s)
		}
	}
	m.ir.Insts = append(m.ir.Insts, inst)
	m.mod.children = append(m.mod.children, mod)
	return io
}

// shapeLike gives the slices of dst the lengths they have in src.
func shapeLike(src, dst reflect.Value) {
	if !dst.CanSet() { // an unexported field, reported
		return
	}
	switch src.Kind() {
	case reflect.Slice:
		dst.Set(reflect.MakeSlice(src.Type(), src.Len(), src.Len()))
		for i := range src.Len() {
			shapeLike(src.Index(i), dst.Index(i))
		}
	case reflect.Struct:
		if t := src.Type(); t == inType || t == outType || t == sigType {
			return
		}
		for i := range src.NumField() {
			shapeLike(src.Field(i), dst.Field(i))
		}
	}
}

// gather lists the leaves of a struct whose slices have their lengths, by field path. Unexported fields cannot be set,
// so they are none.
func gather(v reflect.Value, field string, w *walker) {
	switch t := v.Type(); {
	case t == inType, t == outType, t == sigType:
		if !v.CanSet() {
			return
		}
		w.leaves = append(w.leaves, leaf{field: field, typ: t, val: v, isSig: t == sigType})
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).Anonymous && t.NumField() == 1 {
				gather(v.Field(i), field, w)
			} else {
				gather(v.Field(i), joinPath(field, t.Field(i).Name), w)
			}
		}
	case t.Kind() == reflect.Slice:
		for i := range v.Len() {
			gather(v.Index(i), sprintf("%s[%d]", field, i), w)
		}
	}
}
