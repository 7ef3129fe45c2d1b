package interp

import (
	"math/big"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// The reference evaluates a netlist straight from the definitions in package ir, with math/big, every node
// every cycle. It shares no code with the engine.

type reference struct {
	nl     *flat.Netlist
	inputs []*big.Int
	regs   []*big.Int
	reads  []*big.Int // state of the synchronous reads
	mems   [][]*big.Int
	memo   []*big.Int
}

func mod(v *big.Int, w int32) *big.Int {
	return new(big.Int).And(v, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(w)), big.NewInt(1)))
}

func toBig(b []uint64) *big.Int {
	v := new(big.Int)
	for i := len(b) - 1; i >= 0; i-- {
		v.Or(v.Lsh(v, 64), new(big.Int).SetUint64(b[i]))
	}
	return v
}

func toLimbs(v *big.Int, w int32) []uint64 {
	b := make([]uint64, ir.Limbs(w))
	for i := range b {
		b[i] = mod(new(big.Int).Rsh(v, uint(i*64)), 64).Uint64()
	}
	return b
}

func newReference(nl *flat.Netlist) *reference {
	r := &reference{nl: nl, memo: make([]*big.Int, len(nl.Nodes))}
	for range nl.Inputs {
		r.inputs = append(r.inputs, new(big.Int))
	}
	for i := range nl.Regs {
		r.regs = append(r.regs, toBig(nl.Regs[i].Init))
	}
	for range nl.Reads {
		r.reads = append(r.reads, new(big.Int))
	}
	for i := range nl.Mems {
		words := make([]*big.Int, nl.Mems[i].Depth)
		for j := range words {
			words[j] = new(big.Int)
			if j < len(nl.Mems[i].Init) {
				words[j] = toBig(nl.Mems[i].Init[j])
			}
		}
		r.mems = append(r.mems, words)
	}
	return r
}

// num is the value of a node as a number of its sign.
func (r *reference) num(id flat.ID) *big.Int {
	v, n := r.value(id), &r.nl.Nodes[id]
	if n.Signed && v.Bit(int(n.Width-1)) == 1 {
		return new(big.Int).Sub(v, new(big.Int).Lsh(big.NewInt(1), uint(n.Width)))
	}
	return v
}

func (r *reference) read(i int32) *big.Int {
	rd := &r.nl.Reads[i]
	if a := r.value(rd.Addr); a.Cmp(big.NewInt(int64(len(r.mems[rd.Mem])))) < 0 {
		return r.mems[rd.Mem][a.Int64()]
	}
	return new(big.Int)
}

func (r *reference) value(id flat.ID) *big.Int {
	if r.memo[id] == nil {
		r.memo[id] = mod(r.eval(&r.nl.Nodes[id]), r.nl.Nodes[id].Width)
	}
	return r.memo[id]
}

func flag(b bool) *big.Int {
	if b {
		return big.NewInt(1)
	}
	return new(big.Int)
}

func (r *reference) eval(n *flat.Node) *big.Int {
	v := new(big.Int)
	a := func() *big.Int { return r.value(n.A) }
	b := func() *big.Int { return r.value(n.B) }
	pool := func(i int32) flat.ID { return r.nl.Pool[n.X+i] }
	far := func(limit int32) uint { // a shift amount, clipped
		if b().Cmp(big.NewInt(int64(limit))) > 0 {
			return uint(limit)
		}
		return uint(b().Uint64())
	}
	switch n.Op {
	case ir.Const:
		return toBig(r.nl.Consts[n.X].Val)
	case ir.Input:
		return r.inputs[n.X]
	case ir.RegRef:
		return r.regs[n.X]
	case ir.MemRead:
		if r.nl.Reads[n.X].Sync {
			return r.reads[n.X]
		}
		return r.read(n.X)
	case ir.Not:
		return v.Not(a())
	case ir.Neg:
		return v.Neg(a())
	case ir.And:
		return v.And(a(), b())
	case ir.Or:
		return v.Or(a(), b())
	case ir.Xor:
		return v.Xor(a(), b())
	case ir.Add:
		return v.Add(a(), b())
	case ir.Sub:
		return v.Sub(a(), b())
	case ir.Mul:
		return v.Mul(r.num(n.A), r.num(n.B))
	case ir.Eq:
		return flag(a().Cmp(b()) == 0)
	case ir.Ne:
		return flag(a().Cmp(b()) != 0)
	case ir.Lt:
		return flag(r.num(n.A).Cmp(r.num(n.B)) < 0)
	case ir.Le:
		return flag(r.num(n.A).Cmp(r.num(n.B)) <= 0)
	case ir.Shl:
		return v.Lsh(a(), far(n.Width))
	case ir.Shr:
		return v.Rsh(r.num(n.A), far(n.Width))
	case ir.Mux:
		if a().Sign() != 0 {
			return b()
		}
		return r.value(n.C)
	case ir.Cat:
		for i := range n.N {
			v.Lsh(v, uint(r.nl.Nodes[pool(i)].Width))
			v.Or(v, r.value(pool(i)))
		}
		return v
	case ir.Slice:
		return v.Rsh(a(), uint(n.X))
	case ir.Zext, ir.Cast:
		return a()
	case ir.Sext:
		w := r.nl.Nodes[n.A].Width
		if a().Bit(int(w-1)) == 1 {
			return v.Sub(a(), new(big.Int).Lsh(big.NewInt(1), uint(w)))
		}
		return a()
	case ir.Repeat:
		for range n.X {
			v.Or(v.Lsh(v, uint(r.nl.Nodes[n.A].Width)), a())
		}
		return v
	case ir.RedAnd:
		w := r.nl.Nodes[n.A].Width
		return flag(mod(v.Not(a()), w).Sign() == 0)
	case ir.RedOr:
		return flag(a().Sign() != 0)
	case ir.RedXor:
		for i := range a().BitLen() {
			v.Xor(v, big.NewInt(int64(a().Bit(i))))
		}
		return v
	case ir.Select:
		i := n.N - 1
		if a().Cmp(big.NewInt(int64(i))) < 0 {
			i = int32(a().Int64())
		}
		return r.value(pool(i))
	}
	panic("reference: " + n.Op.String())
}

func (r *reference) forget() { clear(r.memo) }

// edge returns failed assertions and collisions as the engine names them.
func (r *reference) edge(reset bool) (failed, collided []int32) {
	on := func(id flat.ID) bool { return id == 0 || r.value(id).Sign() != 0 }
	regs := make([]*big.Int, len(r.regs))
	for i := range regs {
		regs[i] = r.value(r.nl.Regs[i].D)
		if reset && r.nl.Regs[i].HasReset {
			regs[i] = toBig(r.nl.Regs[i].Init)
		}
	}
	if !reset {
		for i := range r.nl.Asserts {
			if a := &r.nl.Asserts[i]; on(a.En) && r.value(a.Cond).Sign() == 0 {
				failed = append(failed, int32(i))
			}
		}
	}
	reads := append([]*big.Int(nil), r.reads...)
	for i := range reads {
		rd := &r.nl.Reads[i]
		if !rd.Sync || !on(rd.En) {
			continue
		}
		reads[i] = r.read(int32(i))
		hit := false
		for _, w := range r.nl.Mems[rd.Mem].Writes {
			a := r.value(w.Addr)
			hit = hit || on(w.En) && a.Cmp(r.value(rd.Addr)) == 0 && a.Cmp(big.NewInt(int64(r.nl.Mems[rd.Mem].Depth))) < 0
		}
		if hit && rd.Collision == ir.Forbidden && !reset {
			collided = append(collided, int32(i))
		}
	}
	for i := range r.nl.Mems {
		r.write(i, on)
	}
	r.regs, r.reads = regs, reads
	r.forget()
	return failed, collided
}

func (r *reference) write(i int, on func(flat.ID) bool) {
	m := &r.nl.Mems[i]
	for _, w := range m.Writes {
		a := r.value(w.Addr)
		if !on(w.En) || a.Cmp(big.NewInt(int64(m.Depth))) >= 0 {
			continue
		}
		old, data := r.mems[i][a.Int64()], r.value(w.Data)
		v := new(big.Int)
		for b := range int(m.Width) {
			from := data
			if w.Mask != 0 && r.value(w.Mask).Bit(b/int(m.Width/r.nl.Nodes[w.Mask].Width)) == 0 {
				from = old
			}
			v.SetBit(v, b, from.Bit(b))
		}
		r.mems[i][a.Int64()] = v
	}
}
