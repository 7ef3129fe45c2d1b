package hdl

import (
	"math/big"
	"reflect"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A Value is anything an operation takes: a signal handle or a constant K, whose width comes from context.
type Value interface{ operand() operand }

type operand struct {
	sig Sig
	k   *big.Int // not nil: a constant without a width
}

// A Sig is a small handle on a value of the module being built: any expression, and the fields of payload
// structs. It is copied freely. The zero Sig belongs to no module; using it is reported, never a panic.
type Sig struct {
	m  *M
	id ir.NodeID
}

func (s Sig) operand() operand { return operand{sig: s} }

// operandOf is the operand of v; that of nil, and of a nil pointer to a signal, is the zero Sig.
func operandOf(v Value) operand {
	switch v := v.(type) {
	case nil:
		return operand{}
	case Sig, In, Out, Reg, Wire, Const:
		return v.operand()
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return operand{}
	}
	return v.operand()
}

// An In is an input port. It has no Set: driving an input from inside is a compile error. On an instance,
// the parent drives it with Connect.
type In struct{ Sig }

// An Out is an output port; it can be read back.
type Out struct{ Sig }

// Set drives the output; the last Set on a path wins.
func (o Out) Set(v Value) { set(o.Sig, v) }

// A Reg is a rising-edge register. It holds its value where nothing sets it.
type Reg struct{ Sig }

// Set gives the register its next value; the last Set on a path wins.
func (r Reg) Set(v Value) { set(r.Sig, v) }

// A Wire is a named combinational signal. It must be set on every path.
type Wire struct{ Sig }

// Set drives the wire; the last Set on a path wins.
func (w Wire) Set(v Value) { set(w.Sig, v) }

// Const is a constant whose width and sign come from where it is used.
type Const struct{ v *big.Int }

func (c Const) operand() operand { return operand{k: c.v} }

// K is the constant n. It takes width and sign from its context and must fit.
func K[T ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64](n T) Const {
	v := new(big.Int)
	if n < 0 {
		return Const{v.SetInt64(int64(n))}
	}
	return Const{v.SetUint64(uint64(n))}
}

// KBig is a constant of any size.
func KBig(n *big.Int) Const {
	if n == nil {
		return Const{}
	}
	return Const{new(big.Int).Set(n)}
}

// Lit is the unsigned constant n of a stated width, where no context gives one.
func (m *M) Lit(width, n int) Sig {
	if !m.widthOK(sprintf("constant %d", n), width) {
		return m.poison()
	}
	return m.constant(big.NewInt(int64(n)), int32(width), false)
}

// constant interns the constant v; it reports one that does not fit.
func (m *M) constant(v *big.Int, width int32, signed bool) Sig {
	fits := v.Sign() >= 0 && v.BitLen() <= int(width)
	if signed {
		lim := new(big.Int).Lsh(big.NewInt(1), uint(width-1))
		fits = v.Cmp(lim) < 0 && v.Cmp(new(big.Int).Neg(lim)) >= 0
	}
	if !fits {
		sign := "unsigned"
		if signed {
			sign = "signed"
		}
		m.report(CodeFit, "widen the other operand or use a smaller constant", "constant %s does not fit %d bits %s", v, width, sign)
		return m.poison()
	}
	return m.constNode(toBits(v, width), width, signed, nil)
}

type constKey struct {
	lo, width uint64
	signed    bool
	rest      string
	enum      *ir.Enum
}

func (m *M) constNode(b ir.Bits, width int32, signed bool, e *ir.Enum) Sig {
	key := constKey{lo: b.Uint64(), width: uint64(width), signed: signed, enum: e}
	for _, l := range b[1:] {
		for i := range 8 {
			key.rest += string([]byte{byte(l >> (8 * i))})
		}
	}
	if id, ok := m.consts[key]; ok {
		return Sig{m, id}
	}
	m.ir.Consts = append(m.ir.Consts, ir.Constant{Val: b, Enum: e})
	s := m.add(ir.Node{Op: ir.Const, Width: width, Signed: signed, X: int32(len(m.ir.Consts) - 1)})
	m.consts[key] = s.id
	return s
}

// toBits is v modulo 2^width as limbs.
func toBits(v *big.Int, width int32) ir.Bits {
	mod := new(big.Int).Lsh(big.NewInt(1), uint(width))
	u := new(big.Int).Mod(v, mod)
	out := make(ir.Bits, ir.Limbs(width))
	mask := new(big.Int).SetUint64(^uint64(0))
	for i := range out {
		out[i] = new(big.Int).And(u, mask).Uint64()
		u.Rsh(u, 64)
	}
	return out
}

// add appends a node.
func (m *M) add(n ir.Node) Sig {
	if n.Loc == 0 {
		n.Loc = m.loc()
	}
	m.ir.Nodes = append(m.ir.Nodes, n)
	return Sig{m, ir.NodeID(len(m.ir.Nodes) - 1)}
}

// expr appends a pure node, or returns the equal one that exists: so an expression written twice is one net.
func (m *M) expr(n ir.Node) Sig {
	key := n
	key.Loc = 0
	if id, ok := m.exprs[key]; ok {
		return Sig{m, id}
	}
	s := m.add(n)
	m.exprs[key] = s.id
	return s
}

// poison is the value of a bad expression; it silences follow-on reports.
func (m *M) poison() Sig { return m.add(ir.Node{Op: ir.Poison}) }

func (s Sig) node() *ir.Node { return &s.m.ir.Nodes[s.id] }

// bad tells whether operations on s come to nothing: it is poison, the zero Sig, or of a finished module (which is
// reported where it meets the module being built).
func (s Sig) bad() bool { return s.m == nil || s.id == 0 || s.m.closed || s.node().Op == ir.Poison }

// Width is the number of bits; 0 for a value of a bad expression.
func (s Sig) Width() int {
	if s.m == nil || s.id == 0 {
		return 0
	}
	return int(s.node().Width)
}

// Signed tells whether the value is a two's complement number.
func (s Sig) Signed() bool { return s.m != nil && s.id != 0 && s.node().Signed }

// Named gives the expression a name of its own in the output, in waves and for peeks.
func (s Sig) Named(name string) Sig {
	if s.bad() || !s.m.claim(name) {
		return s
	}
	if old, ok := s.m.ir.Named[s.id]; ok { // the same expression under a second name is a second net
		if n := *s.node(); n.Op >= ir.Not {
			n.Loc = 0
			s = s.m.add(n)
		} else {
			s.m.report(CodeName, "name it once", "signal has the name %q already", old)
			return s
		}
	}
	s.m.ir.Named[s.id] = name
	return s
}

// NodeOf tells simulators which node of which module a handle stands for.
func NodeOf(v Value) (*ir.Module, ir.NodeID) {
	o := operandOf(v)
	if o.k != nil || o.sig.m == nil {
		return nil, 0
	}
	if d := o.sig.m.mod.design.Load(); d != nil {
		return d.ir.Top, o.sig.id
	}
	return o.sig.m.ir, o.sig.id
}

// describe names a value for messages: its name where it has one, else what it is.
func (m *M) describe(id ir.NodeID) string {
	if name := m.nameOf(id); name != "" {
		return name
	}
	n := &m.ir.Nodes[id]
	switch n.Op {
	case ir.Const:
		return "constant " + value(m.ir, Sig{m, id})
	case ir.Poison:
		return "a bad value"
	default:
		var parts string
		m.ir.Args(n, func(a ir.NodeID) {
			for m.nameOf(a) == "" && m.ir.Nodes[a].A != 0 && m.ir.Nodes[a].B == 0 { // through an extension, an inversion
				a = m.ir.Nodes[a].A
			}
			if s := m.nameOf(a); s != "" && len(parts) < 30 {
				if parts != "" {
					parts += ", "
				}
				parts += s
			}
		})
		return n.Op.String() + "(" + parts + ")"
	}
}

func (m *M) nameOf(id ir.NodeID) string {
	if s, ok := m.ir.Named[id]; ok {
		return s
	}
	n := &m.ir.Nodes[id]
	switch n.Op {
	case ir.Input:
		return m.ir.Ports[n.X].Name
	case ir.WireRef:
		return m.ir.Wires[n.X].Name
	case ir.RegRef:
		return m.ir.Regs[n.X].Name
	case ir.InstOut:
		in := &m.ir.Insts[n.X]
		return in.Name + "." + in.Module.Ports[n.N].Name
	case ir.MemRead:
		return m.ir.Mems[m.ir.Reads[n.X].Mem].Name
	}
	return ""
}

func signName(signed bool) string {
	if signed {
		return "signed"
	}
	return "unsigned"
}
