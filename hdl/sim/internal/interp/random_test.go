package interp

import (
	"math/big"
	"math/rand/v2"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A maker builds netlists by hand, and random ones.
type maker struct {
	*flat.Netlist
	rng  *rand.Rand
	max  int32     // widest value
	have []flat.ID // operands to choose from
}

func newMaker(rng *rand.Rand, max int32) *maker {
	return &maker{Netlist: &flat.Netlist{Nodes: make([]flat.Node, 1)}, rng: rng, max: max}
}

func (m *maker) node(n flat.Node) flat.ID {
	m.Nodes = append(m.Nodes, n)
	id := flat.ID(len(m.Nodes) - 1)
	m.have = append(m.have, id)
	return id
}

func (m *maker) input(w int32, signed bool) flat.ID {
	id := m.node(flat.Node{Op: ir.Input, Width: w, Signed: signed, X: int32(len(m.Inputs))})
	m.Inputs = append(m.Inputs, flat.Port{Width: w, Signed: signed, Node: id})
	return id
}

func (m *maker) constant(v *big.Int, w int32, signed bool) flat.ID {
	m.Consts = append(m.Consts, ir.Constant{Val: toLimbs(v, w)})
	return m.node(flat.Node{Op: ir.Const, Width: w, Signed: signed, X: int32(len(m.Consts) - 1)})
}

func (m *maker) k(v int64, w int32) flat.ID { return m.constant(mod(big.NewInt(v), w), w, false) }

func (m *maker) reg(w int32, init int64, reset bool) flat.ID {
	id := m.node(flat.Node{Op: ir.RegRef, Width: w, X: int32(len(m.Regs))})
	m.Regs = append(m.Regs, flat.Reg{Q: id, D: id, Init: toLimbs(mod(big.NewInt(init), w), w), HasReset: reset})
	return id
}

func (m *maker) bin(op ir.Op, a, b flat.ID) flat.ID {
	n := flat.Node{Op: op, Width: m.Nodes[a].Width, Signed: m.Nodes[a].Signed, A: a, B: b}
	switch op {
	case ir.Mul:
		n.Width += m.Nodes[b].Width
	case ir.Eq, ir.Ne, ir.Lt, ir.Le:
		n.Width, n.Signed = 1, false
	}
	return m.node(n)
}

func (m *maker) mux(c, a, b flat.ID) flat.ID {
	return m.node(flat.Node{Op: ir.Mux, Width: m.Nodes[a].Width, A: c, B: a, C: b})
}

func (m *maker) zext(a flat.ID, w int32) flat.ID {
	return m.node(flat.Node{Op: ir.Zext, Width: w, A: a})
}

func (m *maker) slice(a flat.ID, hi, lo int32) flat.ID {
	return m.node(flat.Node{Op: ir.Slice, Width: hi - lo + 1, A: a, X: lo})
}

func (m *maker) cat(parts ...flat.ID) flat.ID {
	n := flat.Node{Op: ir.Cat, X: int32(len(m.Pool)), N: int32(len(parts))}
	for _, p := range parts {
		n.Width += m.Nodes[p].Width
	}
	m.Pool = append(m.Pool, parts...)
	return m.node(n)
}

func (m *maker) output(id flat.ID) { m.Outputs = append(m.Outputs, flat.Port{Node: id}) }

func (m *maker) bits(w int32) *big.Int {
	v := new(big.Int)
	switch m.rng.IntN(6) {
	case 0:
		return v
	case 1:
		return mod(big.NewInt(-1), w)
	case 2:
		return mod(big.NewInt(int64(m.rng.IntN(4))), w)
	case 3:
		return v.SetBit(v, int(w-1), 1)
	}
	for i := range int(w) {
		v.SetBit(v, i, uint(m.rng.IntN(2)))
	}
	return v
}

func (m *maker) width() int32 {
	if m.rng.IntN(3) == 0 {
		return 1
	}
	return 1 + m.rng.Int32N(m.max)
}

// any is some value, cast, cut or extended to the given shape; width 0 leaves the shape open.
func (m *maker) any(w int32, signed bool) flat.ID {
	id := m.have[m.rng.IntN(len(m.have))]
	if m.rng.IntN(2) == 0 && len(m.have) > 30 {
		id = m.have[len(m.have)-1-m.rng.IntN(30)]
	}
	if w == 0 {
		return id
	}
	if m.rng.IntN(8) == 0 {
		return m.constant(m.bits(w), w, signed)
	}
	have := m.Nodes[id].Width
	switch {
	case have > w:
		id = m.slice(id, w-1+have-w, have-w)
	case have < w && m.rng.IntN(2) == 0:
		id = m.zext(id, w)
	case have < w:
		id = m.node(flat.Node{Op: ir.Sext, Width: w, A: id})
	}
	if m.Nodes[id].Signed != signed {
		id = m.node(flat.Node{Op: ir.Cast, Width: w, Signed: signed, A: id})
	}
	return id
}

// op adds a random operation.
func (m *maker) op() flat.ID {
	w, s := m.width(), m.rng.IntN(2) == 0
	n := flat.Node{Op: ir.Not + ir.Op(m.rng.IntN(int(ir.NumOps-ir.Not))), Width: w, Signed: s}
	switch n.Op {
	case ir.Not, ir.Neg:
		n.A = m.any(w, s)
	case ir.And, ir.Or, ir.Xor, ir.Add, ir.Sub:
		n.A, n.B = m.any(w, s), m.any(w, s)
	case ir.Mul:
		a := 1 + m.rng.Int32N(max(w-1, 1))
		b := max(w-a, 1)
		n.Width, n.A, n.B = a+b, m.any(a, s), m.any(b, s)
	case ir.Eq, ir.Ne, ir.Lt, ir.Le:
		n.Width, n.Signed, n.A, n.B = 1, false, m.any(w, s), m.any(w, s)
	case ir.Shl, ir.Shr:
		n.A, n.B = m.any(w, s), m.any(1+m.rng.Int32N(8), false)
		if m.rng.IntN(8) == 0 {
			n.B = m.any(m.width(), false)
		}
	case ir.Mux:
		n.A, n.B, n.C = m.any(1, false), m.any(w, s), m.any(w, s)
	case ir.Cat:
		n.Width, n.Signed = 0, false
		var parts []flat.ID
		for range 1 + m.rng.IntN(5) {
			p := m.any(1+m.rng.Int32N(max(m.max/3, 1)), false)
			n.Width += m.Nodes[p].Width
			parts = append(parts, p)
		}
		n.X, n.N = int32(len(m.Pool)), int32(len(parts))
		m.Pool = append(m.Pool, parts...)
	case ir.Slice:
		n.A = m.any(0, false)
		have := m.Nodes[n.A].Width
		n.X = m.rng.Int32N(have)
		n.Width, n.Signed = 1+m.rng.Int32N(have-n.X), false
	case ir.Zext, ir.Sext:
		n.A = m.any(1+m.rng.Int32N(w), s)
	case ir.Repeat:
		a := 1 + m.rng.Int32N(w)
		n.X, n.A, n.Signed = w/a, m.any(a, false), false
		n.Width = a * n.X
	case ir.Cast:
		n.A = m.any(w, !s)
	case ir.RedAnd, ir.RedOr, ir.RedXor:
		n.Width, n.Signed, n.A = 1, false, m.any(0, false)
	case ir.Select:
		n.A = m.any(1+m.rng.Int32N(4), false)
		var vs []flat.ID
		for range 1 + m.rng.IntN(6) {
			vs = append(vs, m.any(w, s))
		}
		n.X, n.N = int32(len(m.Pool)), int32(len(vs))
		m.Pool = append(m.Pool, vs...)
	}
	return m.node(n)
}

// idiom adds a group of operations that the engine fuses into one, wide or narrow.
func (m *maker) idiom() {
	w, s := m.width(), m.rng.IntN(2) == 0
	switch m.rng.IntN(8) {
	case 0:
		m.bin(ir.And, m.any(w, s), m.node(flat.Node{Op: ir.Not, Width: w, Signed: s, A: m.any(w, s)}))
	case 1, 2:
		w = max(w/3, 1)
		p := m.bin(ir.Mul, m.any(w, s), m.any(w, s))
		if m.rng.IntN(2) == 0 {
			p = m.node(flat.Node{Op: ir.Zext + ir.Op(m.rng.IntN(2)), Width: 2*w + m.rng.Int32N(w+1), Signed: s, A: p})
		}
		m.bin(ir.Add, m.any(m.Nodes[p].Width, s), p)
	case 4:
		m.bitTree()
	case 6:
		x := m.any(w, s)
		m.bin(ir.And, m.any(1, false), m.bin(ir.Eq+ir.Op(m.rng.IntN(2)), x, m.constant(m.bits(w), w, s)))
	case 7:
		x := m.any(w, s)
		m.mux(m.any(1, false), m.bin(ir.Add, x, m.constant(m.bits(w), w, s)), m.any(w, s))
	case 5:
		sel := m.any(2+m.rng.Int32N(6), false)
		var acc flat.ID
		for i := range m.Nodes[sel].Width {
			t := m.bin(ir.And, m.any(w, false), m.node(flat.Node{Op: ir.Repeat, Width: w, X: w, A: m.slice(sel, i, i)}))
			if m.rng.IntN(5) == 0 {
				t = m.mux(m.slice(sel, i, i), m.any(w, false), m.k(0, w))
			}
			if acc == 0 {
				acc = t
			} else {
				acc = m.bin(ir.Or, acc, t)
			}
		}
	case 3:
		x := m.any(w, s)
		m.mux(m.bin(ir.Eq, x, m.constant(m.bits(w), w, s)), m.any(w, s), m.any(w, s))
	}
}

// bitTree adds a count, or a reduction, of bits of one value.
func (m *maker) bitTree() {
	x := m.any(2+m.rng.Int32N(max(m.max, 2)), false)
	n := m.Nodes[x].Width
	way := m.rng.IntN(4)
	var terms []flat.ID
	for range 2 + m.rng.IntN(10) {
		i := m.rng.Int32N(n)
		terms = append(terms, m.slice(x, i, i))
	}
	if way == 3 {
		m.node(flat.Node{Op: ir.RedAnd + ir.Op(m.rng.IntN(2)), Width: 1, A: m.cat(terms...)})
		return
	}
	acc := terms[0]
	for _, t := range terms[1:] {
		if w := m.Nodes[acc].Width; way == 0 && m.rng.IntN(2) == 0 {
			acc = m.zext(acc, w+1)
		}
		acc = m.bin([]ir.Op{ir.Add, ir.And, ir.Or}[way], acc, m.zext(t, m.Nodes[acc].Width))
	}
}

func (m *maker) mem() {
	w := []int32{8, 16, 64, 72, 96}[m.rng.IntN(5)]
	mem := flat.Mem{Depth: 1 + m.rng.Int32N(12), Width: w}
	for range m.rng.IntN(int(mem.Depth) + 1) {
		mem.Init = append(mem.Init, toLimbs(m.bits(w), w))
	}
	index := int32(len(m.Mems))
	for range 1 + m.rng.IntN(2) {
		wr := flat.Write{En: m.any(1, false), Addr: m.any(4, false), Data: m.any(w, false)}
		if m.rng.IntN(2) == 0 {
			wr.Mask = m.any(w/8, false)
		}
		mem.Writes = append(mem.Writes, wr)
	}
	m.Mems = append(m.Mems, mem)
	for range 2 {
		r := flat.Read{Mem: index, Sync: m.rng.IntN(2) == 0, Addr: m.any(4, false)}
		if r.Sync && m.rng.IntN(4) > 0 {
			r.En = m.any(1, false)
		}
		if r.Sync {
			r.Collision = ir.Collision(m.rng.IntN(2))
		}
		r.Node = m.node(flat.Node{Op: ir.MemRead, Width: w, X: int32(len(m.Reads))})
		m.Reads = append(m.Reads, r)
	}
}

// random makes a netlist of about n nodes with registers, memories, assertions and outputs.
func random(seed uint64, n int, max int32) *maker {
	m := newMaker(rand.New(rand.NewPCG(seed, 1)), max)
	for range 4 {
		m.input(m.width(), m.rng.IntN(2) == 0)
	}
	for range 1 + n/10 {
		m.reg(m.width(), m.rng.Int64(), m.rng.IntN(3) > 0)
	}
	for len(m.Nodes) < n {
		switch m.rng.IntN(60) {
		case 0:
			m.mem()
		case 1, 2, 3, 4:
			m.idiom()
		default:
			m.op()
		}
	}
	for i := range m.Regs {
		q := m.Regs[i].Q
		m.Regs[i].D = m.any(m.Nodes[q].Width, false)
		if m.rng.IntN(5) == 0 { // a shift register
			m.Regs[i].D = m.Regs[m.rng.IntN(len(m.Regs))].Q
			if m.Nodes[m.Regs[i].D].Width != m.Nodes[q].Width {
				m.Regs[i].D = q
			}
		}
		if m.rng.IntN(3) == 0 {
			m.Regs[i].D = m.mux(m.any(1, false), m.Regs[i].D, q)
		}
	}
	for range 3 {
		m.output(m.any(0, false))
		m.Asserts = append(m.Asserts, flat.Assert{En: m.any(1, false), Cond: m.any(1, false)})
	}
	return m
}
