package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A prep is the netlist on its way into the machine: a private copy of the nodes that simplification
// rewrites in place. Node ids stay those of the netlist; constants that folding makes come behind them.
type prep struct {
	nl     *flat.Netlist
	nodes  []flat.Node
	pool   []flat.ID
	consts [][]uint64 // of Const nodes, X indexes
	repl   []flat.ID  // the node that stands for each node
	roots  []flat.ID  // what state, assertions and outputs need
	order  []flat.ID  // the combinational nodes under the roots, operands first
	loop   []int32    // 1, 2, ... for the members of each word-level cycle
	loops  int32
	small  map[constKey]flat.ID // constants of up to 64 bits made by folding
}

type constKey struct {
	v     uint64
	width int32
}

func newPrep(nl *flat.Netlist) *prep {
	p := &prep{
		nl:    nl,
		nodes: append(make([]flat.Node, 0, len(nl.Nodes)+len(nl.Nodes)/8), nl.Nodes...),
		pool:  append([]flat.ID(nil), nl.Pool...),
		repl:  make([]flat.ID, len(nl.Nodes), cap(nl.Nodes)),
		loop:  make([]int32, len(nl.Nodes)),
		small: map[constKey]flat.ID{},
	}
	for i := range p.repl {
		p.repl[i] = flat.ID(i)
	}
	for i := range nl.Consts {
		p.consts = append(p.consts, nl.Consts[i].Val)
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		switch n.Op {
		case ir.Const:
			p.consts[n.X] = fit(p.consts[n.X], n.Width)
		case ir.Lt, ir.Le, ir.Mul, ir.Shr:
			// These read the signedness of their operand; noted here so that operands can be replaced freely.
			n.Signed = nl.Nodes[n.A].Signed
		default:
			n.Signed = false
		}
	}
	p.findRoots()
	return p
}

// findRoots lists what must be computed, in the order of the netlist's lists so that logic that is close
// in the hierarchy stays close in the code.
func (p *prep) findRoots() {
	add := func(ids ...flat.ID) {
		for _, id := range ids {
			if id != 0 {
				p.roots = append(p.roots, id)
			}
		}
	}
	for i := range p.nl.Regs {
		add(p.nl.Regs[i].D)
	}
	for i := range p.nl.Mems {
		for _, w := range p.nl.Mems[i].Writes {
			add(w.En, w.Addr, w.Data, w.Mask)
		}
	}
	for i := range p.nl.Reads {
		if r := &p.nl.Reads[i]; r.Sync {
			add(r.En, r.Addr)
		}
	}
	for i := range p.nl.Asserts {
		add(p.nl.Asserts[i].En, p.nl.Asserts[i].Cond)
	}
	for i := range p.nl.Outputs {
		add(p.nl.Outputs[i].Node)
	}
}

// arg is operand i of n, 0 past the last: flat.Netlist.Args as an iterator, on the private copy.
func (p *prep) arg(n *flat.Node, i int32) flat.ID {
	switch n.Op {
	case ir.None, ir.Poison, ir.Const, ir.Input, ir.RegRef:
		return 0
	case ir.MemRead:
		if i == 0 && !p.nl.Reads[n.X].Sync {
			return n.A // set by order
		}
		return 0
	case ir.Cat:
		if i < n.N {
			return p.pool[n.X+i]
		}
		return 0
	case ir.Select:
		if i == 0 {
			return n.A
		}
		if i <= n.N {
			return p.pool[n.X+i-1]
		}
		return 0
	}
	switch i {
	case 0:
		return n.A
	case 1:
		return n.B
	case 2:
		return n.C
	}
	return 0
}

// isState says that a node is computed by no instruction: constants, inputs and what the edge updates.
func (p *prep) isState(id flat.ID) bool {
	switch n := &p.nodes[id]; n.Op {
	case ir.None, ir.Poison, ir.Const, ir.Input, ir.RegRef:
		return true
	case ir.MemRead:
		return p.nl.Reads[n.X].Sync
	}
	return false
}

// constant makes a Const node of value v, which it keeps.
func (p *prep) constant(v []uint64, width int32) flat.ID {
	key := constKey{v[0], width}
	if width <= 64 {
		if id, ok := p.small[key]; ok {
			return id
		}
	}
	id := flat.ID(len(p.nodes))
	p.nodes = append(p.nodes, flat.Node{Op: ir.Const, Width: width, X: int32(len(p.consts))})
	p.consts = append(p.consts, v)
	p.repl = append(p.repl, id)
	p.loop = append(p.loop, 0)
	if width <= 64 {
		p.small[key] = id
	}
	return id
}

// become replaces node id by the constant v.
func (p *prep) become(id flat.ID, v []uint64, width int32) {
	c := p.constant(v, width) // first: it may move repl
	p.repl[id] = c
}

func (p *prep) value(id flat.ID) []uint64 {
	if n := &p.nodes[id]; n.Op == ir.Const {
		return p.consts[n.X]
	}
	return nil
}

// small64 is the value of a constant of up to 64 bits.
func (p *prep) small64(id flat.ID) (uint64, bool) {
	if n := &p.nodes[id]; n.Op == ir.Const && n.Width <= 64 {
		return p.consts[n.X][0], true
	}
	return 0, false
}
