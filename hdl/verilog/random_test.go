package verilog

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// maker builds modules straight in the intermediate form: for what the builder package would refuse or never
// make, and at random.
type maker struct {
	m   *ir.Module
	rng *rand.Rand
}

func newMaker(name string, seed uint64) *maker {
	m := &ir.Module{Name: name, EmitName: name, Clocked: true, Named: map[ir.NodeID]string{}}
	m.Nodes = []ir.Node{{}}
	return &maker{m, rand.New(rand.NewPCG(seed, 1))}
}

func (k *maker) add(n ir.Node) ir.NodeID {
	k.m.Nodes = append(k.m.Nodes, n)
	return ir.NodeID(len(k.m.Nodes) - 1)
}

func (k *maker) bits(w int) *big.Int {
	v := new(big.Int)
	switch k.rng.IntN(5) {
	case 0: // near the ends
		v.SetInt64(int64(k.rng.IntN(5) - 2))
	case 1:
		v.Lsh(big.NewInt(1), uint(w-1))
		v.Add(v, big.NewInt(int64(k.rng.IntN(3)-1)))
	default:
		for range (w + 31) / 32 {
			v.Lsh(v, 32)
			v.Or(v, big.NewInt(int64(k.rng.Uint32())))
		}
	}
	return v.And(v, ones(w))
}

func limbs(v *big.Int, w int) ir.Bits {
	b := make(ir.Bits, ir.Limbs(int32(w)))
	for i := range b {
		b[i] = new(big.Int).And(new(big.Int).Rsh(v, uint(64*i)), new(big.Int).SetUint64(^uint64(0))).Uint64()
	}
	return b
}

func (k *maker) constant(v *big.Int, w int, signed bool) ir.NodeID {
	k.m.Consts = append(k.m.Consts, ir.Constant{Val: limbs(v, w)})
	return k.add(ir.Node{Op: ir.Const, Width: int32(w), Signed: signed, X: int32(len(k.m.Consts) - 1)})
}

func (k *maker) port(dir ir.Dir, w int, signed bool) ir.NodeID {
	name := fmt.Sprintf("p%d", len(k.m.Ports))
	n := ir.Node{Op: ir.Input, Width: int32(w), Signed: signed, X: int32(len(k.m.Ports))}
	if dir == ir.Out {
		n.Op, n.X = ir.WireRef, int32(len(k.m.Wires))
	}
	id := k.add(n)
	if dir == ir.Out {
		k.m.Wires = append(k.m.Wires, ir.Wire{Name: name, Kind: ir.OutputWire, Node: id, Port: int32(len(k.m.Ports))})
	}
	k.m.Ports = append(k.m.Ports, ir.Port{Name: name, Dir: dir, Width: int32(w), Signed: signed, Node: id})
	return id
}

func (k *maker) width() int {
	if k.rng.IntN(3) == 0 {
		return 1 + k.rng.IntN(3)
	}
	return 1 + k.rng.IntN(100)
}

// fit gives a value of the wanted shape made of id.
func (k *maker) fit(id ir.NodeID, w int, signed bool) ir.NodeID {
	n := k.m.Nodes[id]
	switch {
	case int(n.Width) > w:
		id = k.add(ir.Node{Op: ir.Slice, A: id, X: int32(k.rng.IntN(int(n.Width) - w + 1)), Width: int32(w), Signed: n.Signed})
	case int(n.Width) < w:
		op := ir.Zext
		if n.Signed || k.rng.IntN(3) == 0 {
			op = ir.Sext
		}
		id = k.add(ir.Node{Op: op, A: id, Width: int32(w), Signed: n.Signed})
	}
	if n.Signed != signed {
		id = k.add(ir.Node{Op: ir.Cast, A: id, Width: int32(w), Signed: signed})
	}
	return id
}

// any picks an existing value, a recent one more often.
func (k *maker) any(values []ir.NodeID) ir.NodeID {
	i := k.rng.IntN(len(values))
	if k.rng.IntN(2) == 0 {
		i = max(i, k.rng.IntN(len(values)))
	}
	return values[i]
}

// step adds a random operation on the values.
func (k *maker) step(values []ir.NodeID) ir.NodeID {
	r := k.rng
	a := k.any(values)
	shape := func(id ir.NodeID) (int, bool) { return int(k.m.Nodes[id].Width), k.m.Nodes[id].Signed }
	w, s := shape(a)
	same := func() ir.NodeID {
		if r.IntN(4) == 0 {
			return k.constant(k.bits(w), w, s)
		}
		return k.fit(k.any(values), w, s)
	}
	n := ir.Node{A: a, Width: int32(w), Signed: s}
	switch n.Op = ir.Not + ir.Op(r.IntN(int(ir.NumOps-ir.Not))); n.Op {
	case ir.And, ir.Or, ir.Xor, ir.Add, ir.Sub:
		n.B = same()
	case ir.Eq, ir.Ne, ir.Lt, ir.Le:
		n.B, n.Width, n.Signed = same(), 1, false
		if r.IntN(4) == 0 {
			n.A, n.B = n.B, n.A
		}
	case ir.Mul:
		if w > 50 {
			n.A = k.fit(a, 50, s)
			w = 50
		}
		b := 1 + r.IntN(50)
		n.B = k.fit(k.any(values), b, s)
		if r.IntN(4) == 0 {
			n.B = k.constant(k.bits(b), b, s)
		}
		n.Width = int32(w + b)
	case ir.Shl, ir.Shr:
		if r.IntN(3) == 0 {
			n.B = k.constant(big.NewInt(int64(r.IntN(w+3))), 9, false)
		} else {
			n.B = k.fit(k.any(values), []int{1, 3, 5, 7, 8, 33, 70}[r.IntN(7)], false)
		}
	case ir.Mux:
		n.A, n.B, n.C = k.fit(k.any(values), 1, false), a, same()
	case ir.Cat:
		n.A, n.Width, n.Signed, n.X = 0, 0, false, int32(len(k.m.Pool))
		for n.Width < 60 && n.N < 4 {
			id := k.any(values)
			k.m.Pool = append(k.m.Pool, id)
			n.Width += k.m.Nodes[id].Width
			n.N++
		}
	case ir.Slice:
		n.Width = int32(1 + r.IntN(w))
		n.X = int32(r.IntN(w - int(n.Width) + 1))
	case ir.Zext, ir.Sext:
		n.Width += int32(r.IntN(9))
	case ir.Repeat:
		n.X = int32(1 + r.IntN(3))
		n.Width, n.Signed = n.Width*n.X, false
	case ir.Cast:
		n.Signed = !s
	case ir.RedAnd, ir.RedOr, ir.RedXor:
		n.Width, n.Signed = 1, false
	case ir.Select:
		n.A = k.fit(k.any(values), 1+r.IntN(4), false)
		var list []ir.NodeID
		for range 1 + r.IntN(6) {
			list = append(list, same())
		}
		n.X, n.N = int32(len(k.m.Pool)), int32(len(list))
		k.m.Pool = append(k.m.Pool, list...)
	}
	if n.Width > 130 {
		return a
	}
	return k.add(n)
}

// randomModule has inputs, state, a memory and a tree of statements over a random expression graph.
func randomModule(name string, seed uint64) *ir.Module {
	k := newMaker(name, seed)
	r := k.rng
	var values, outs []ir.NodeID
	for range 5 {
		values = append(values, k.port(ir.In, k.width(), r.IntN(2) == 0))
	}
	for i := range 3 {
		w := k.width()
		id := k.add(ir.Node{Op: ir.RegRef, Width: int32(w), Signed: r.IntN(2) == 0, X: int32(i)})
		k.m.Regs = append(k.m.Regs, ir.Reg{Name: fmt.Sprintf("r%d", i), Node: id, Init: limbs(k.bits(w), w), HasReset: true})
		values = append(values, id)
		outs = append(outs, id)
	}
	reads := k.memory(&values)
	for range 25 {
		values = append(values, k.step(values))
	}
	for i := range 2 { // names the user gave
		if id := values[len(values)-1-3*i]; hasOperands(k.m.Nodes[id].Op) {
			k.m.Named[id] = fmt.Sprintf("kept%d", i)
		}
	}
	k.connectMemory(values, reads)
	for range 5 {
		v := k.any(values)
		n := k.m.Nodes[v]
		out := k.port(ir.Out, int(n.Width), n.Signed)
		outs = append(outs, out)
		k.m.Body = append(k.m.Body, ir.Stmt{Kind: ir.Assign, Target: out, Value: v})
	}
	for range 3 {
		k.m.Body = append(k.m.Body, k.stmt(outs, values, 3))
	}
	return k.m
}

func (k *maker) memory(values *[]ir.NodeID) []ir.NodeID {
	w := 4 * (1 + k.rng.IntN(10))
	mem := ir.Mem{Name: "mem", Depth: int32(1 + k.rng.IntN(20)), Width: int32(w)}
	for range mem.Depth {
		mem.Init = append(mem.Init, limbs(k.bits(w), w))
	}
	k.m.Mems = append(k.m.Mems, mem)
	var reads []ir.NodeID
	for i := range 2 {
		id := k.add(ir.Node{Op: ir.MemRead, Width: int32(w), X: int32(i)})
		reads = append(reads, id)
		*values = append(*values, id)
	}
	return reads
}

// connectMemory gives the reads an address that no read value reaches, so that there is no loop.
func (k *maker) connectMemory(values, reads []ir.NodeID) {
	for i, id := range reads {
		addr := k.fit(values[k.rng.IntN(5)], 1+k.rng.IntN(7), false)
		rd := ir.Read{Name: "rd", Sync: i == 1, Addr: addr, Node: id}
		if rd.Sync {
			rd.En = k.fit(values[k.rng.IntN(5)], 1, false)
		}
		k.m.Reads = append(k.m.Reads, rd)
	}
	mem := &k.m.Mems[0]
	for _, chunks := range []int{0, 1, 2, 4, int(mem.Width)} {
		w := ir.MemWrite{
			En:   k.fit(k.any(values), 1, false),
			Addr: k.fit(k.any(values), 1+k.rng.IntN(7), false),
			Data: k.fit(k.any(values), int(mem.Width), false),
		}
		if chunks > 0 {
			w.Mask = k.fit(k.any(values), chunks, false)
		}
		mem.Writes = append(mem.Writes, w)
	}
}

func (k *maker) stmt(targets, values []ir.NodeID, depth int) ir.Stmt {
	r := k.rng
	body := func() (list []ir.Stmt) {
		for range r.IntN(4) {
			list = append(list, k.stmt(targets, values, depth-1))
		}
		return list
	}
	if kind := r.IntN(3); depth > 0 && kind == 1 {
		s := ir.Stmt{Kind: ir.If}
		for range 1 + r.IntN(3) {
			s.Arms = append(s.Arms, ir.Arm{Cond: k.fit(k.any(values), 1, false), Body: body()})
		}
		if r.IntN(2) == 0 {
			s.Arms = append(s.Arms, ir.Arm{Body: body()})
		}
		return s
	} else if depth > 0 && kind == 2 {
		w := 1 + r.IntN(3)
		signed := r.IntN(2) == 0
		s := ir.Stmt{Kind: ir.Switch, Subject: k.fit(k.any(values), w, signed)}
		for v := range 1 << w {
			if r.IntN(3) > 0 {
				s.Arms = append(s.Arms, ir.Arm{Labels: []ir.NodeID{k.constant(big.NewInt(int64(v)), w, signed)}, Body: body()})
			}
		}
		if r.IntN(2) == 0 {
			s.Arms = append(s.Arms, ir.Arm{Body: body()})
			i := r.IntN(len(s.Arms))
			s.Arms[i], s.Arms[len(s.Arms)-1] = s.Arms[len(s.Arms)-1], s.Arms[i]
		}
		return s
	}
	t := targets[r.IntN(len(targets))]
	n := k.m.Nodes[t]
	return ir.Stmt{Kind: ir.Assign, Target: t, Value: k.fit(k.any(values), int(n.Width), n.Signed)}
}
