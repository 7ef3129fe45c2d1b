package hdl

import (
	"fmt"
	"reflect"
	"regexp"
	"sync/atomic"

	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A Module is a finished module kind: a name, its parameters, ports and contents. It can be instantiated any
// number of times and built as the top of a design.
type Module struct {
	ir       *ir.Module
	io       any
	ioType   reflect.Type
	children []*Module // of the instances, in their order
	diags    []Diagnostic
	cut      bool                   // its contents are incomplete: build panicked after an error
	design   atomic.Pointer[Design] // built as a top
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
	pooled map[string]ir.NodeID // Cat and Select by their operands
	names  map[string]bool
	cur    *block    // where statements go
	path   []pathArm // the arms around the present statement, outermost first
	lookup func(string) (int, bool)
	enable map[ir.NodeID]ir.NodeID // registers made with Enable
	at     ir.Loc                  // the place of what is done, if not the present call
	always block                   // statements outside of all control flow, before the others
	told   map[string]bool         // payload types with errors
	begun  int64                   // in the order of New
	closed bool                    // New has returned
}

var modulesBegun atomic.Int64

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
		ir: mod.ir, mod: mod, locs: map[ir.Frames]ir.Loc{}, consts: map[constKey]ir.NodeID{}, exprs: map[ir.Node]ir.NodeID{}, pooled: map[string]ir.NodeID{},
		names: map[string]bool{}, cur: &block{}, enable: map[ir.NodeID]ir.NodeID{}, told: map[string]bool{},
		begun: modulesBegun.Add(1),
	}
	mod.ir.Nodes = make([]ir.Node, 1, 64)
	mod.ir.Locs = make([]ir.Frames, 1, 16)
	mod.ir.Loc = m.loc()
	if !identifier.MatchString(name) {
		m.report(CodeName, "use letters, digits and _", "module name %q is no identifier", name)
	}
	m.params(params)
	io := new(IO)
	mod.io, mod.ioType = io, reflect.TypeFor[IO]()
	m.declarePorts(reflect.ValueOf(io).Elem())
	if build == nil {
		m.report(CodeUnset, "pass a function", "module %s has no build function", name)
	} else {
		m.run(func() { build(m, io) })
	}
	mod.ir.Body = append(m.always.stmts, m.cur.stmts...)
	m.closed = true
	return mod
}

// run calls build. A panic there after a report is taken to follow from it (a slice whose length was not understood
// is empty); without one it is the caller's to see.
func (m *M) run(build func()) {
	defer func() {
		if len(m.mod.diags) == 0 {
			return
		}
		if r := recover(); r != nil {
			d := &m.mod.diags[0]
			d.Notes = append(d.Notes, diag.Note{Msg: sprintf("module %s was not read to its end: %v", m.ir.Name, r)})
			m.mod.cut = true
		}
	}()
	build()
}

// claim reserves a name in the module.
func (m *M) claim(name string) bool {
	if m.closed {
		m.report(CodeForeign, "make it in the function that builds the module", "%s is made after module %s was finished", name, m.ir.Name)
		return false
	}
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
	if !identifier.MatchString(name) {
		m.report(CodeName, "use letters, digits and _", "port name %q is no identifier", name)
		return false
	}
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
	return Reg{m.reg(name, width, false, nil, opts)}
}

// RegNext makes a register that takes v at every edge, of v's shape, wherever it is made: inside If, too.
func (m *M) RegNext(name string, v Value, opts ...RegOption) Reg {
	s := m.resolve(v, 0, false)
	if s.bad() {
		return Reg{m.poison()}
	}
	r := Reg{m.reg(name, s.Width(), s.Signed(), nil, opts)}
	if len(m.path) == 0 {
		r.Set(s)
		return r
	}
	cur := m.cur
	m.cur = &m.always
	r.Set(s)
	m.cur = cur
	return r
}

func (m *M) reg(name string, w int, signed bool, e *ir.Enum, opts []RegOption) Sig {
	if !m.claim(name) || !m.widthOK("register "+name, w) {
		return m.poison()
	}
	width := int32(w)
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
func (m *M) Wire(name string, width int) Wire { return Wire{m.wire(name, width, false)} }

// SignedWire makes a named combinational two's complement signal.
func (m *M) SignedWire(name string, width int) Wire { return Wire{m.wire(name, width, true)} }

func (m *M) wire(name string, width int, signed bool) Sig {
	if !m.claim(name) || !m.widthOK("wire "+name, width) {
		return m.poison()
	}
	s := m.add(ir.Node{Op: ir.WireRef, Width: int32(width), Signed: signed, X: int32(len(m.ir.Wires))})
	m.ir.Wires = append(m.ir.Wires, ir.Wire{Name: name, Node: s.id})
	return s
}

const maxWidth = 1 << 16 // wider signals are memories

func (m *M) widthOK(what string, w int) bool {
	if w < 1 || w > maxWidth {
		m.report(CodeRange, sprintf("use 1 to %d bits", maxWidth), "%s has width %d", what, w)
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
