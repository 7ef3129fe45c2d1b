package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A pick is an instruction chosen for a node, or for one of its limbs. Limb says which limbs the operands are.
type pick struct {
	id   flat.ID
	in   instr
	dst  uint32
	limb [3]uint32
}

// An operand is a limb of a node, and a part of a concatenation some bits of one; see opCatN.
type operand struct {
	id   flat.ID
	limb uint32
}
type catOperand struct {
	operand
	catPart
}

// A picker chooses instructions from the last node of the order to the first, so that a node is given one
// only if an instruction already chosen, or a root, reads it.
type picker struct {
	*prep
	uses   []int32 // of each node that is alive after simplification
	needed []bool
	picks  []pick // backwards
	tables []operand
	parts  []catOperand
	values []uint64

	patterns []pattern // of each node
}

// pickAll returns the instructions in order of execution.
func pickAll(p *prep) *picker {
	k := &picker{prep: p, uses: make([]int32, len(p.nodes)), patterns: make([]pattern, len(p.nodes)), needed: make([]bool, len(p.nodes))}
	k.picks = make([]pick, 0, len(p.order))
	k.countUses()
	k.findPatterns()
	clear(k.uses)
	k.countUses()
	for _, r := range p.roots {
		k.need(p.repl[r])
	}
	for i := len(p.order) - 1; i >= 0; i-- {
		id := p.order[i]
		if p.repl[id] != id || !k.needed[id] && p.loop[id] == 0 || k.plain(id) != id {
			continue
		}
		first := len(k.picks)
		if !k.chooseLimbs(id) {
			k.picks = append(k.picks, pick{id: id, in: k.choose(id)})
		}
		for j := range k.picks[first:] {
			k.eachRead(&k.picks[first+j], k.need)
		}
	}
	for i, j := 0, len(k.picks)-1; i < j; i, j = i+1, j-1 {
		k.picks[i], k.picks[j] = k.picks[j], k.picks[i]
	}
	return k
}

func (k *picker) need(id flat.ID) { k.needed[k.plain(id)] = true }

func (p *prep) eachArg(id flat.ID, f func(flat.ID)) {
	n := &p.nodes[id]
	for i := int32(0); ; i++ {
		a := p.arg(n, i)
		if a == 0 {
			return
		}
		f(a)
	}
}

// plain looks through zero extensions, which are no operation on values of one slot.
func (p *prep) plain(id flat.ID) flat.ID {
	for p.nodes[id].Op == ir.Zext && p.nodes[id].Width <= 64 {
		id = p.repl[p.nodes[id].A]
	}
	return id
}

// countUses counts the readers of each node that lives, as the order, repl and the patterns now stand.
func (k *picker) countUses() {
	for _, r := range k.roots {
		k.uses[k.plain(k.repl[r])] += 2 // a root is never absorbed
	}
	for i := len(k.order) - 1; i >= 0; i-- {
		id := k.order[i]
		if k.repl[id] == id && (k.uses[id] > 0 || k.loop[id] != 0) && k.plain(id) == id {
			k.eachNeed(id, func(a flat.ID) { k.uses[k.plain(a)]++ })
		}
	}
}

// absorb returns node id, seen through zero extensions, if it is of the given op and the asking
// instruction is its only reader, so that the two can become one.
func (k *picker) absorb(id flat.ID, o ir.Op) *flat.Node {
	id = k.plain(id)
	n := &k.nodes[id]
	if n.Op != o || k.uses[id] != 1 || k.loop[id] != 0 || !k.narrow(n) {
		return nil
	}
	return n
}

// narrow says that the result and all operands of n fit one slot.
func (p *prep) narrow(n *flat.Node) bool {
	if n.Width > 64 {
		return false
	}
	for i := int32(0); ; i++ {
		a := p.arg(n, i)
		if a == 0 {
			return true
		}
		if p.nodes[a].Width > 64 {
			return false
		}
	}
}

func (k *picker) op(id flat.ID) uint32 { return uint32(k.plain(id)) }

// high is the shift that takes the top bit of a value of node id to bit 63.
func (p *prep) high(id flat.ID) uint8 { return uint8(64 - p.nodes[id].Width) }

// choose is the table of patterns; anything wider than a slot falls to the generic operations.
func (k *picker) choose(id flat.ID) instr {
	n := &k.nodes[id]
	if n.Op == ir.Slice && n.Width <= 64 {
		return k.slice(n)
	}
	if in, ok := k.tree(id); ok {
		return in
	}
	if !k.narrow(n) {
		return instr{op: opGeneric}
	}
	m := maskOf(n.Width)
	switch n.Op {
	case ir.Not:
		return instr{op: opXorK, a: k.op(n.A), imm: m}
	case ir.Neg:
		return instr{op: opNeg, a: k.op(n.A), imm: m}
	case ir.And, ir.Or, ir.Xor:
		return k.logic(n)
	case ir.Add:
		return k.add(n)
	case ir.Sub:
		return k.sub(n)
	case ir.Mul:
		return k.mul(n, m)
	case ir.Eq, ir.Ne:
		return k.equal(n)
	case ir.Lt, ir.Le:
		return k.compare(n)
	case ir.Shl, ir.Shr:
		return k.shift(n)
	case ir.Mux:
		return k.mux(n)
	case ir.Cat:
		return k.cat(n)
	case ir.Sext:
		return k.sext(n)
	case ir.Repeat:
		return k.repeat(n)
	case ir.RedAnd:
		return instr{op: opEqK, a: k.op(n.A), imm: maskOf(k.nodes[n.A].Width)}
	case ir.RedOr:
		return instr{op: opNeK, a: k.op(n.A)}
	case ir.RedXor:
		return instr{op: opParity, a: k.op(n.A)}
	case ir.Cast:
		return instr{op: opCopy, a: k.op(n.A)}
	case ir.Select:
		return k.selection(n)
	case ir.MemRead:
		return instr{op: opRead, a: k.op(n.A), c: uint32(k.nl.Reads[n.X].Mem)}
	}
	return instr{op: opGeneric}
}

// eachRead calls f with each node that an instruction reads.
func (k *picker) eachRead(p *pick, f func(flat.ID)) {
	switch p.in.op {
	case opGeneric:
		k.eachArg(p.id, func(a flat.ID) { f(k.plain(a)) })
		return
	case opSelect, opPick:
		for _, a := range k.tables[p.in.b : p.in.b+p.in.c+1] {
			f(a.id)
		}
	case opCatN:
		for _, a := range k.parts[p.in.b : p.in.b+p.in.c] {
			f(a.id)
		}
	}
	p.in.eachOperand(func(a *uint32) { f(flat.ID(*a)) })
}
