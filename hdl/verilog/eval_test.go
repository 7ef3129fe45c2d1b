package verilog

import (
	"math/big"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// machine is a plain interpreter of one module without instances, written from the comments of package ir
// alone, against which the tools' reading of the output is held.
type machine struct {
	m      *ir.Module
	inputs []*big.Int
	regs   []*big.Int
	wires  []*big.Int
	mems   [][]*big.Int
	reads  []*big.Int
	memo   []*big.Int
}

func newMachine(m *ir.Module) *machine {
	x := &machine{m: m, inputs: make([]*big.Int, len(m.Ports)), reads: make([]*big.Int, len(m.Reads))}
	for i := range m.Regs {
		x.regs = append(x.regs, toBig(m.Regs[i].Init))
	}
	for i := range m.Mems {
		var words []*big.Int
		for _, w := range m.Mems[i].Init {
			words = append(words, toBig(w))
		}
		x.mems = append(x.mems, words)
	}
	for i := range x.reads {
		x.reads[i] = new(big.Int)
	}
	return x
}

// settle computes the wires for the present inputs and state.
func (x *machine) settle() {
	x.memo = make([]*big.Int, len(x.m.Nodes))
	x.wires = make([]*big.Int, len(x.m.Wires))
	x.run(x.m.Body, func(target *ir.Node, v *big.Int) {
		if target.Op == ir.WireRef {
			x.wires[target.X] = v
		}
	})
}

// edge computes the state after the clock edge.
func (x *machine) edge(reset bool) {
	next := append([]*big.Int(nil), x.regs...)
	x.run(x.m.Body, func(target *ir.Node, v *big.Int) {
		if target.Op == ir.RegRef {
			next[target.X] = v
		}
	})
	for i := range x.m.Regs {
		if r := &x.m.Regs[i]; reset && r.HasReset {
			next[i] = toBig(r.Init)
		}
	}
	reads := append([]*big.Int(nil), x.reads...)
	for i := range x.m.Reads {
		r := &x.m.Reads[i]
		if r.Sync && (r.En == 0 || x.node(r.En).Sign() != 0) {
			reads[i] = x.word(r)
		}
	}
	for i := range x.m.Mems {
		mem := &x.m.Mems[i]
		after := append([]*big.Int(nil), x.mems[i]...)
		for j := range mem.Writes {
			x.write(mem, &mem.Writes[j], after)
		}
		x.mems[i] = after
	}
	x.regs, x.reads = next, reads
}

func (x *machine) word(r *ir.Read) *big.Int {
	a := x.node(r.Addr)
	if a.BitLen() > 31 || a.Int64() >= int64(x.m.Mems[r.Mem].Depth) {
		return new(big.Int)
	}
	return x.mems[r.Mem][a.Int64()]
}

func (x *machine) write(mem *ir.Mem, w *ir.MemWrite, words []*big.Int) {
	a := x.node(w.Addr)
	if x.node(w.En).Sign() == 0 || a.BitLen() > 31 || a.Int64() >= int64(mem.Depth) {
		return
	}
	data := x.node(w.Data)
	if w.Mask == 0 {
		words[a.Int64()] = data
		return
	}
	mask := x.node(w.Mask)
	n := int(x.m.Nodes[w.Mask].Width)
	g := int(mem.Width) / n
	v := new(big.Int).Set(words[a.Int64()])
	for i := range int(mem.Width) {
		if mask.Bit(i/g) == 1 {
			v.SetBit(v, i, data.Bit(i))
		}
	}
	words[a.Int64()] = v
}

func (x *machine) run(body []ir.Stmt, set func(*ir.Node, *big.Int)) {
	for i := range body {
		s := &body[i]
		switch s.Kind {
		case ir.Assign:
			set(&x.m.Nodes[s.Target], x.node(s.Value))
		case ir.If:
			for j := range s.Arms {
				if a := &s.Arms[j]; a.Cond == 0 || x.node(a.Cond).Sign() != 0 {
					x.run(a.Body, set)
					break
				}
			}
		case ir.Switch:
			if a := x.taken(s); a != nil {
				x.run(a.Body, set)
			}
		}
	}
}

func (x *machine) taken(s *ir.Stmt) *ir.Arm {
	var def *ir.Arm
	v := x.node(s.Subject)
	for j := range s.Arms {
		a := &s.Arms[j]
		if len(a.Labels) == 0 {
			def = a
		}
		for _, l := range a.Labels {
			if x.node(l).Cmp(v) == 0 {
				return a
			}
		}
	}
	return def
}

func (x *machine) node(id ir.NodeID) *big.Int {
	if x.memo[id] == nil {
		n := &x.m.Nodes[id]
		v := x.compute(n)
		x.memo[id] = new(big.Int).And(v, ones(int(n.Width)))
	}
	return x.memo[id]
}

func (x *machine) number(id ir.NodeID) *big.Int {
	n := &x.m.Nodes[id]
	if n.Signed {
		return signedValue(x.node(id), int(n.Width))
	}
	return x.node(id)
}

func (x *machine) compute(n *ir.Node) *big.Int {
	v := new(big.Int)
	w := int(n.Width)
	truth := func(b bool) *big.Int {
		if b {
			v.SetInt64(1)
		}
		return v
	}
	switch n.Op {
	case ir.Const:
		return toBig(x.m.Consts[n.X].Val)
	case ir.Input:
		return x.inputs[n.X]
	case ir.RegRef:
		return x.regs[n.X]
	case ir.WireRef:
		return x.wires[n.X]
	case ir.MemRead:
		if r := &x.m.Reads[n.X]; !r.Sync {
			return x.word(r)
		}
		return x.reads[n.X]
	case ir.Not:
		return v.Not(x.node(n.A))
	case ir.Neg:
		return v.Neg(x.node(n.A))
	case ir.And:
		return v.And(x.node(n.A), x.node(n.B))
	case ir.Or:
		return v.Or(x.node(n.A), x.node(n.B))
	case ir.Xor:
		return v.Xor(x.node(n.A), x.node(n.B))
	case ir.Add:
		return v.Add(x.node(n.A), x.node(n.B))
	case ir.Sub:
		return v.Sub(x.node(n.A), x.node(n.B))
	case ir.Mul:
		return v.Mul(x.number(n.A), x.number(n.B))
	case ir.Eq:
		return truth(x.node(n.A).Cmp(x.node(n.B)) == 0)
	case ir.Ne:
		return truth(x.node(n.A).Cmp(x.node(n.B)) != 0)
	case ir.Lt:
		return truth(x.number(n.A).Cmp(x.number(n.B)) < 0)
	case ir.Le:
		return truth(x.number(n.A).Cmp(x.number(n.B)) <= 0)
	case ir.Shl, ir.Shr:
		by := uint(w + 1)
		if b := x.node(n.B); b.BitLen() < 31 {
			by = min(by, uint(b.Uint64()))
		}
		if n.Op == ir.Shl {
			return v.Lsh(x.node(n.A), by)
		}
		return v.Rsh(x.number(n.A), by)
	case ir.Mux:
		if x.node(n.A).Sign() != 0 {
			return x.node(n.B)
		}
		return x.node(n.C)
	case ir.Cat:
		for _, a := range x.m.Pool[n.X : n.X+n.N] {
			v.Lsh(v, uint(x.m.Nodes[a].Width))
			v.Or(v, x.node(a))
		}
		return v
	case ir.Slice:
		return v.Rsh(x.node(n.A), uint(n.X))
	case ir.Zext, ir.Cast:
		return x.node(n.A)
	case ir.Sext:
		return signedValue(x.node(n.A), int(x.m.Nodes[n.A].Width))
	case ir.Repeat:
		for range n.X {
			v.Lsh(v, uint(x.m.Nodes[n.A].Width))
			v.Or(v, x.node(n.A))
		}
		return v
	case ir.RedAnd:
		return truth(x.node(n.A).Cmp(ones(int(x.m.Nodes[n.A].Width))) == 0)
	case ir.RedOr:
		return truth(x.node(n.A).Sign() != 0)
	case ir.RedXor:
		odd := false
		for i := range x.node(n.A).BitLen() {
			odd = odd != (x.node(n.A).Bit(i) == 1)
		}
		return truth(odd)
	case ir.Select:
		i := int64(n.N - 1)
		if a := x.node(n.A); a.BitLen() < 31 {
			i = min(i, a.Int64())
		}
		return x.node(x.m.Pool[n.X+int32(i)])
	}
	panic("no meaning for " + n.Op.String())
}
