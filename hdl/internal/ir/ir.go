// Package ir holds the hierarchical form of a design: modules as flat node slices, the statement tree as
// the user wrote it, and instances. The builder (package hdl) writes it, the checks read it, and the
// SystemVerilog back end prints it. Package flat lowers it to one netlist for simulation.
//
// Start reading at Module. The package imports nothing of this project.
package ir

import "math/bits"

// NodeID indexes Module.Nodes. 0 is no node: Nodes[0] is a placeholder of op None.
type NodeID int32

// Op is the operation of a node.
type Op uint8

// The operations. Operand widths are equal to the node's unless stated; signedness of both operands agrees
// (the builder has checked).
const (
	None    Op = iota
	Poison     // a value of a bad design; never reaches a back end
	Const      // Consts[X]
	Input      // Ports[X], an input of this module
	WireRef    // Wires[X]: a named wire, an output port or an instance's input; the value its statements give it
	RegRef     // Regs[X]: the register's present value
	InstOut    // output port N of Insts[X]
	MemRead    // Reads[X]: the value of a memory's read port
	Not        // ~A
	Neg        // -A, two's complement, same width
	And        // A & B
	Or         // A | B
	Xor        // A ^ B
	Add        // A + B, wraps at the width
	Sub        // A - B, wraps at the width
	Mul        // A * B, full: width = width(A) + width(B), signed as the operands
	Eq         // A == B, 1 bit
	Ne         // A != B, 1 bit
	Lt         // A < B, 1 bit; signed comparison when the operands are signed
	Le         // A <= B, 1 bit; the same
	Shl        // A << B, width of A, zeros in; B unsigned of any width
	Shr        // A >> B, width of A; arithmetic when A is signed; B unsigned of any width
	Mux        // A ? B : C, A is 1 bit
	Cat        // Pool[X:X+N], high part first; widths add up
	Slice      // A[X+Width-1 : X]
	Zext       // A with zeros above
	Sext       // A with copies of its top bit above
	Repeat     // X copies of A; width = X * width(A)
	Cast       // A with the other signedness
	RedAnd     // &A, 1 bit
	RedOr      // |A, 1 bit
	RedXor     // ^A, 1 bit
	Select     // Pool[X+A], of N values; an index past the last gives the last. Index A is unsigned
	NumOps
)

var opNames = [NumOps]string{
	"none", "poison", "const", "input", "wire", "reg", "instout", "memread", "not", "neg", "and", "or", "xor", "add", "sub",
	"mul", "eq", "ne", "lt", "le", "shl", "shr", "mux", "cat", "slice", "zext", "sext", "repeat", "cast",
	"and_all", "or_all", "xor_all", "select",
}

func (o Op) String() string { return opNames[o] }

// A Node is one value. Fields A, B, C, X, N mean what the op says. Operands always have smaller ids than
// the node, except through WireRef, RegRef, InstOut and MemRead, whose drivers may come later.
type Node struct {
	Op      Op
	Signed  bool
	Width   int32 // bits, at least 1
	A, B, C NodeID
	X, N    int32
	Loc     Loc
}

// Loc indexes Module.Locs; 0 is unknown.
type Loc int32

// MaxFrames is how many frames of the call chain are kept, innermost first, those of the kit included.
const MaxFrames = 10

// Frames are raw program counters, resolved only when printed.
type Frames [MaxFrames]uintptr

// Bits is a value: little-endian limbs of 64 bits, no bit set at or above its width.
type Bits []uint64

// Limbs is the number of 64-bit limbs of a value of width w.
func Limbs(w int32) int { return int(w+63) / 64 }

// Uint64 returns the low 64 bits.
func (b Bits) Uint64() uint64 {
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

// Len is the position of the highest set bit plus one.
func (b Bits) Len() int {
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != 0 {
			return i*64 + bits.Len64(b[i])
		}
	}
	return 0
}

// A Constant is the value of a Const node; Enum names it when it is a state or another enumerated value.
type Constant struct {
	Val  Bits
	Enum *Enum
}

// An Enum is the type of an enumerated register: its members in the order of their values.
type Enum struct {
	Name    string // such as "state"
	Members []string
	Values  []uint64
	Width   int32
}

// Dir is the direction of a port seen from inside its module.
type Dir uint8

// The port directions.
const (
	In Dir = iota
	Out
)

// A Port of a module. Clock and reset are implied: a module with state has clk_i and rst_ni.
type Port struct {
	Name   string // snake case without direction suffix, such as "in_valid"
	Field  string // the Go path of its field, such as "In.Valid"
	Dir    Dir
	Width  int32
	Signed bool
	Doc    string
	Node   NodeID // Input node, or WireRef of the output
	Loc    Loc
}

// WireKind tells what drives and reads a wire.
type WireKind uint8

// The kinds of wire.
const (
	PlainWire WireKind = iota
	OutputWire
	InstInput // port N of instance Inst
)

// A Wire is a target of combinational statements.
type Wire struct {
	Name string
	Kind WireKind
	Node NodeID
	Inst int32 // InstInput: the instance
	Port int32 // InstInput: its port; OutputWire: this module's port
}

// A Reg is a rising-edge register. With HasReset it loads Init while reset is active; it holds where no
// statement assigns it.
type Reg struct {
	Name     string
	Node     NodeID
	Init     Bits
	HasReset bool
	Enum     *Enum
}

// Collision says what a synchronous read returns when its address is written at the same edge.
type Collision uint8

// The declared read-during-write behaviours. NewData is lowered by the builder to OldData and a bypass,
// so that back ends see OldData and Forbidden alone.
const (
	OldData   Collision = iota
	Forbidden           // must not happen: simulation reports it
)

// A Mem is a memory of Depth words of Width bits.
type Mem struct {
	Name   string
	Depth  int32
	Width  int32
	Init   []Bits // nil: all zeros in simulation, no initial block in the output
	Writes []MemWrite
	Loc    Loc
}

// A MemWrite writes Data at Addr at the clock edge where En is 1. With Mask (0: none), bit i of the mask
// enables bits [i*g, (i+1)*g) with g = Width / width(Mask). Of several writes to one word the last wins.
// An address past the depth writes nothing.
type MemWrite struct {
	En, Addr, Data, Mask NodeID
	Loc                  Loc
}

// A Read is a read port: combinational, or registered when Sync (the register holds while En is 0).
// An address past the depth reads zeros.
type Read struct {
	Name      string // of the register of a synchronous read
	Mem       int32
	Sync      bool
	Collision Collision
	En, Addr  NodeID // En 0: always (asynchronous)
	Node      NodeID
	Loc       Loc
}

// An Inst is an instance of another module. Ports has a node of this module for each port of the child:
// the WireRef of an InstInput wire, or an InstOut node.
type Inst struct {
	Name   string
	Module *Module
	Ports  []NodeID
	Loc    Loc
}

// An Assert is checked at every clock edge out of reset where En is 1.
type Assert struct {
	Name     string
	En, Cond NodeID // En 0: always
	Loc      Loc
}

// StmtKind is the kind of a statement.
type StmtKind uint8

// The kinds of statement.
const (
	Assign StmtKind = iota // Target takes Value
	If                     // the first arm whose Cond is 1; an arm with Cond 0 (no node) is else
	Switch                 // the arm whose Labels hold the value of Subject; an arm without labels is default
)

// A Stmt is one statement. Later assignments override earlier ones.
type Stmt struct {
	Kind    StmtKind
	Target  NodeID // Assign: a WireRef or RegRef
	Value   NodeID // Assign
	Subject NodeID // Switch
	Arms    []Arm
	Loc     Loc
}

// An Arm is a branch of an If or a Switch.
type Arm struct {
	Cond   NodeID
	Labels []NodeID // Const nodes
	Body   []Stmt
	Loc    Loc
}

// A Param is one generator parameter of a module, in the order of the parameter struct.
type Param struct{ Name, Value string }

// A Module is one module kind.
type Module struct {
	Name   string // base name, such as "fifo"
	Params []Param
	Doc    string
	Nodes  []Node
	Pool   []NodeID // operands of Cat and Select
	Consts []Constant
	Ports  []Port
	Wires  []Wire
	Regs   []Reg
	Mems   []Mem
	Reads  []Read
	Insts  []Inst
	Body   []Stmt
	Assert []Assert
	Locs   []Frames
	Loc    Loc // where it was made
	// Names the user gave to expressions, by node: the emitter keeps them as nets.
	Named map[NodeID]string

	EmitName string // unique in a design, set when the design is built
	Clocked  bool   // it or a module below it has state, so it has clk_i and rst_ni
}

// A Design is a checked hierarchy: its modules without duplicates, children before parents, top last.
type Design struct {
	Top     *Module
	Modules []*Module
}

// Args calls f for each operand of node n in order.
func (m *Module) Args(n *Node, f func(NodeID)) {
	switch n.Op {
	case None, Poison, Const, Input, WireRef, RegRef, InstOut, MemRead:
	case Cat:
		for _, a := range m.Pool[n.X : n.X+n.N] {
			f(a)
		}
	case Select:
		f(n.A)
		for _, a := range m.Pool[n.X : n.X+n.N] {
			f(a)
		}
	default:
		f(n.A)
		if n.B != 0 {
			f(n.B)
		}
		if n.C != 0 {
			f(n.C)
		}
	}
}
