package hdl

import (
	"fmt"
	"reflect"
	"regexp"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A Module is a finished module kind: a name, its parameters, ports and contents. It can be instantiated any
// number of times and built as the top of a design.
type Module struct {
	ir       *ir.Module
	io       any
	ioType   reflect.Type
	children []*Module
	diags    []Diagnostic
}

// Name is the module's base name.
func (m *Module) Name() string { return m.ir.Name }

// An M is a module under construction: the receiver of everything that makes hardware.
type M struct {
	ir     *ir.Module
	mod    *Module
	locs   map[ir.Frames]ir.Loc
	consts map[constKey]ir.NodeID
	exprs  map[ir.Node]ir.NodeID
	names  map[string]bool
	cur    *block    // where statements go
	path   []pathArm // the arms around the present statement, outermost first
	lookup func(string) (int, bool)
	enable map[ir.NodeID]ir.NodeID // registers made with Enable
}

var identifier = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]*$`)

// New makes a module. name is its base name in snake case, params the generator's parameters (a struct, or nil),
// and build describes the contents once, on an IO struct whose fields are ports:
//
//	type CounterIO struct {
//		En hdl.In  `hdl:"1"     doc:"advance by one"`
//		Q  hdl.Out `hdl:"Width" doc:"current count"`
//	}
//
// A port's tag gives its width, as a number or as the name of a field or method of params, and optionally
// ",signed". Fields may be In, Out, Sink, Source, structs of these, and slices of these with a tag
// `len:"N"`. New never panics on a bad design: what is wrong is reported by Build.
func New[IO any](name string, params any, build func(m *M, io *IO)) *Module {
	mod := &Module{ir: &ir.Module{Name: name, Named: map[ir.NodeID]string{}}}
	m := &M{
		ir: mod.ir, mod: mod, locs: map[ir.Frames]ir.Loc{}, consts: map[constKey]ir.NodeID{}, exprs: map[ir.Node]ir.NodeID{},
		names: map[string]bool{}, cur: &block{}, enable: map[ir.NodeID]ir.NodeID{},
	}
	mod.ir.Nodes = make([]ir.Node, 1, 64)
	mod.ir.Locs = make([]ir.Frames, 1, 16)
	mod.ir.Loc = m.loc()
	if !identifier.MatchString(name) {
		m.report(CodeName, "use letters, digits and _", "module name %q is no identifier", name)
	}
	m.params(params)
	io := new(IO)
	mod.io, mod.ioType = io, reflect.TypeOf(io).Elem()
	m.declarePorts(reflect.ValueOf(io).Elem())
	build(m, io)
	mod.ir.Body = m.cur.stmts
	return mod
}

// claim reserves a name in the module.
func (m *M) claim(name string) bool {
	if !identifier.MatchString(name) {
		m.report(CodeName, "use letters, digits and _", "name %q is no identifier", name)
		return false
	}
	if m.names[name] {
		m.report(CodeName, "choose another name", "name %q is taken in module %s", name, m.ir.Name)
		return false
	}
	m.names[name] = true
	return true
}

// claimPort reserves a port's name. Ports have their own name space: the output gives them a direction suffix.
func (m *M) claimPort(name string) bool {
	key := "port " + name
	if m.names[key] {
		m.report(CodeName, "rename one of the fields", "two ports of %s are called %s", m.ir.Name, name)
		return false
	}
	m.names[key] = true
	return true
}

// Doc sets the module's description, printed at the head of its file.
func (m *M) Doc(text string) { m.ir.Doc = text }

// A RegOption configures a register.
type RegOption struct {
	init            *int
	noReset, signed bool
	enable          Value
}

// Init is the value in reset and at the start of simulation; without it, 0.
func Init(v int) RegOption { return RegOption{init: &v} }

// NoReset leaves the register out of reset: its value is undefined in hardware until it is first set
// (0 in simulation). For data that a valid bit guards.
func NoReset() RegOption { return RegOption{noReset: true} }

// Signed makes the register a two's complement number.
func Signed() RegOption { return RegOption{signed: true} }

// Enable lets the register change only in cycles where en is 1.
func Enable(en Value) RegOption { return RegOption{enable: en} }

// Reg makes a register of the given width.
func (m *M) Reg(name string, width int, opts ...RegOption) Reg {
	return Reg{m.reg(name, int32(width), false, nil, opts)}
}

// RegNext makes a register that takes v at every edge, of v's shape.
func (m *M) RegNext(name string, v Value, opts ...RegOption) Reg {
	s := m.resolve(v, 0, false)
	if s.bad() {
		return Reg{m.poison()}
	}
	r := Reg{m.reg(name, s.node().Width, s.Signed(), nil, opts)}
	r.Set(s)
	return r
}

func (m *M) reg(name string, width int32, signed bool, e *ir.Enum, opts []RegOption) Sig {
	if !m.claim(name) {
		return m.poison()
	}
	if !m.widthOK("register "+name, int(width)) {
		return m.poison()
	}
	r := ir.Reg{Name: name, HasReset: true, Enum: e, Init: make(ir.Bits, ir.Limbs(width))}
	var en Value
	var init *int
	for _, o := range opts {
		signed = signed || o.signed
		r.HasReset = r.HasReset && !o.noReset
		if o.enable != nil {
			en = o.enable
		}
		if o.init != nil {
			init = o.init
		}
	}
	if init != nil {
		if c := m.constant(K(*init).v, width, signed); !c.bad() {
			r.Init = m.ir.Consts[c.node().X].Val
		}
	}
	s := m.add(ir.Node{Op: ir.RegRef, Width: width, Signed: signed, X: int32(len(m.ir.Regs))})
	if en != nil {
		m.enable[s.id] = m.cond(en).id
	}
	r.Node = s.id
	m.ir.Regs = append(m.ir.Regs, r)
	return s
}

// Wire makes a named combinational signal.
func (m *M) Wire(name string, width int) Wire { return Wire{m.wire(name, int32(width), false)} }

// SignedWire makes a named combinational two's complement signal.
func (m *M) SignedWire(name string, width int) Wire { return Wire{m.wire(name, int32(width), true)} }

func (m *M) wire(name string, width int32, signed bool) Sig {
	if !m.claim(name) || !m.widthOK("wire "+name, int(width)) {
		return m.poison()
	}
	s := m.add(ir.Node{Op: ir.WireRef, Width: width, Signed: signed, X: int32(len(m.ir.Wires))})
	m.ir.Wires = append(m.ir.Wires, ir.Wire{Name: name, Node: s.id})
	return s
}

func (m *M) widthOK(what string, w int) bool {
	const most = 1 << 16 // wider signals are memories
	if w < 1 || w > most {
		m.report(CodeRange, sprintf("use 1 to %d bits", most), "%s has width %d", what, w)
		return false
	}
	return true
}

// Assert states that cond is 1 at every clock edge out of reset on the present path.
func (m *M) Assert(name string, cond Value) {
	c := m.cond(cond)
	if c.bad() || !m.claim(name) {
		return
	}
	m.ir.Assert = append(m.ir.Assert, ir.Assert{Name: name, En: m.pathCond(), Cond: c.id, Loc: m.loc()})
}

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// Module is the module under construction that a signal belongs to; nil for the zero Sig. Combinators use it to
// place logic where their operands are.
func (s Sig) Module() *M { return s.m }
