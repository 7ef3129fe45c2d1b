// Package flat holds the flat netlist of a design: one slice of nodes for the whole hierarchy, statements
// lowered to multiplexers, hierarchy left only in signal paths. Simulation and the loop check read it.
//
// Start reading at Netlist; Lower makes one from a checked ir.Design.
package flat

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// ID indexes Netlist.Nodes; 0 is none.
type ID int32

// A Node is one value of the netlist, with the ops of package ir except WireRef and InstOut, which Lower
// has resolved. Const: Consts[X]. Input: Inputs[X]. RegRef: Regs[X]. MemRead: Reads[X].
// Cat and Select: operands Pool[X:X+N]. Widths and signedness as in ir.
// Ids are in no particular order; Order gives one in which operands come first.
type Node struct {
	Op      ir.Op
	Signed  bool
	Width   int32
	A, B, C ID
	X, N    int32
}

// A Source tells where a flat node came from: a module and its node, for locations. Node is 0 for the
// multiplexers that the lowering made; Loc is then the statement they came from.
type Source struct {
	Module *ir.Module
	Node   ir.NodeID
	Loc    ir.Loc
	Scope  int32
}

// A Port of the top module.
type Port struct {
	Name   string
	Width  int32
	Signed bool
	Node   ID
}

// A Reg is a register: at the edge Q takes D (which already holds where nothing assigns), or Init in reset if HasReset.
type Reg struct {
	Q, D     ID
	Init     ir.Bits
	HasReset bool
}

// A Write port of a memory; see ir.MemWrite. Mask 0: whole words.
type Write struct {
	En, Addr, Data, Mask ID
}

// A Mem is a memory.
type Mem struct {
	Path         string
	Depth, Width int32
	Init         []ir.Bits
	Writes       []Write
}

// A Read port; see ir.Read. For a synchronous one Node is state, updated at the edge.
type Read struct {
	Mem       int32
	Sync      bool
	Collision ir.Collision
	En, Addr  ID // En 0: always
	Node      ID
	Path      string // of the memory, with the register's name for a synchronous read
	Module    *ir.Module
	Loc       ir.Loc // in Module
}

// An Assert is checked at every edge; see ir.Assert.
type Assert struct {
	Path     string
	En, Cond ID
	Src      Source
}

// SignalKind tells what a signal is.
type SignalKind uint8

// The kinds of signal.
const (
	InputSignal SignalKind = iota
	OutputSignal
	WireSignal
	RegSignal
)

// A Signal is a named value, for peeks and waves.
type Signal struct {
	Name  string // within its scope; ports have the suffix _i or _o
	Scope int32
	Node  ID
	Kind  SignalKind
	Enum  *ir.Enum
}

// A Scope is one instance; scope 0 is the top module.
type Scope struct {
	Name   string // instance name
	Path   string // "" for the top, "u_lane0.u_acc" below it
	Parent int32
	Module *ir.Module
}

// A Netlist is a flat design.
type Netlist struct {
	Top     *ir.Module
	Nodes   []Node
	Pool    []ID
	Consts  []ir.Constant
	Inputs  []Port
	Outputs []Port
	Regs    []Reg
	Mems    []Mem
	Reads   []Read
	Asserts []Assert
	Signals []Signal
	Scopes  []Scope
	TopNode []ID // flat node of each node of the top module, by ir.NodeID
	Sources []Source
}

// Args calls f for each operand of node n: what it depends on in the same cycle. An asynchronous memory
// read depends on its address.
func (nl *Netlist) Args(n *Node, f func(ID)) {
	switch n.Op {
	case ir.None, ir.Poison, ir.Const, ir.Input, ir.RegRef:
	case ir.MemRead:
		if r := &nl.Reads[n.X]; !r.Sync {
			f(r.Addr)
		}
	case ir.Cat:
		for _, a := range nl.Pool[n.X : n.X+n.N] {
			f(a)
		}
	case ir.Select:
		f(n.A)
		for _, a := range nl.Pool[n.X : n.X+n.N] {
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
