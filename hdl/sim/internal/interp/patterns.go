package interp

import (
	"math/bits"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Trees of operations over the single bits of one value, as counting ones, encoding and selecting by a one-hot
// value are written. They are found from the leaves to the root, and each becomes one instruction.

type kind uint8

const (
	noBits   kind = iota
	oneBit        // a bit
	sumBits       // how many bits of the mask are one
	anyBits       // whether any is
	allBits       // whether all are
	pickBits      // the or of values, one for each bit of the mask, of those whose bit is one
)

// A pattern is what a node does with the bits of node of that are in mask.
type pattern struct {
	of   flat.ID
	kind kind
	mask uint64
}

// findPatterns describes the nodes that have one.
func (k *picker) findPatterns() {
	for _, id := range k.order {
		if k.repl[id] == id && k.uses[id] > 0 && k.loop[id] == 0 && k.nodes[id].Width <= 64 {
			k.patterns[id] = k.pattern(id)
		}
	}
}

func (k *picker) pattern(id flat.ID) pattern {
	n := &k.nodes[id]
	switch n.Op {
	case ir.Slice:
		if n.Width == 1 && k.nodes[n.A].Width <= 64 {
			return pattern{k.plain(n.A), oneBit, 1 << uint(n.X)}
		}
	case ir.Add:
		p := k.union(n.A, n.B, sumBits)
		if p.kind != noBits && p.mask != ^uint64(0) && uint64(bits.OnesCount64(p.mask)) <= maskOf(n.Width) {
			return p
		}
	case ir.And:
		if n.Width == 1 {
			if p := k.union(n.A, n.B, allBits); p.kind != noBits {
				return p
			}
		}
		for _, a := range []flat.ID{n.A, n.B} {
			if k.masks(a) {
				return k.pickOf(k.nodes[a].A)
			}
		}
	case ir.Mux:
		if v, ok := k.small64(n.C); ok && v == 0 && k.nodes[n.A].Op == ir.Slice {
			return k.pickOf(n.A)
		}
	case ir.Or:
		if n.Width == 1 {
			if p := k.union(n.A, n.B, anyBits); p.kind != noBits {
				return p
			}
		}
		a, b := k.patterns[n.A], k.patterns[n.B]
		if a.kind == pickBits && b.kind == pickBits && a.of == b.of && a.mask&b.mask == 0 && k.uses[n.A] == 1 && k.uses[n.B] == 1 {
			return pattern{a.of, pickBits, a.mask | b.mask}
		}
	case ir.RedOr:
		return k.reduction(n, anyBits)
	case ir.RedAnd:
		return k.reduction(n, allBits)
	}
	return pattern{}
}

// union joins two patterns over disjoint bits of one value, where single bits count as any kind.
func (k *picker) union(a, b flat.ID, want kind) pattern {
	p, q := k.patterns[k.plain(a)], k.patterns[k.plain(b)]
	if p.of != q.of || p.mask&q.mask != 0 || p.kind != want && p.kind != oneBit || q.kind != want && q.kind != oneBit {
		return pattern{}
	}
	return pattern{p.of, want, p.mask | q.mask}
}

// masks says that a repeats a bit for one reader.
func (k *picker) masks(a flat.ID) bool {
	return k.nodes[a].Op == ir.Repeat && k.uses[a] == 1 && k.loop[a] == 0 && k.patterns[k.plain(k.nodes[a].A)].kind == oneBit
}

func (k *picker) pickOf(bit flat.ID) pattern {
	p := k.patterns[k.plain(bit)]
	if p.kind == oneBit {
		p.kind = pickBits
		return p
	}
	return pattern{}
}

// reduction is the pattern of a reduction of single bits put together.
func (k *picker) reduction(n *flat.Node, want kind) pattern {
	a := &k.nodes[n.A]
	if a.Op != ir.Cat || k.loop[n.A] != 0 {
		return pattern{}
	}
	all := pattern{kind: want}
	for _, part := range k.pool[a.X : a.X+a.N] {
		p := k.patterns[part]
		if p.kind != oneBit && p.kind != want || all.of != 0 && p.of != all.of {
			return pattern{}
		}
		all.of = p.of
		all.mask |= p.mask
	}
	return all
}

// tree is the instruction of a pattern; ok is false for nodes that are as good on their own.
func (k *picker) tree(id flat.ID) (in instr, ok bool) {
	p := k.patterns[id]
	in = instr{a: uint32(p.of), imm: p.mask}
	switch p.kind {
	case sumBits:
		in.op = opCount
	case anyBits:
		in.op = opAny
	case allBits:
		in.op = opAll
	case pickBits:
		if k.nodes[id].Op == ir.Mux {
			return instr{}, false
		}
		lo, hi := bits.TrailingZeros64(p.mask), bits.Len64(p.mask)
		in.op, in.sh = opPick, uint8(lo)
		in.b, in.c = uint32(len(k.tables)), uint32(hi-lo-1)
		for range hi - lo {
			k.tables = append(k.tables, operand{id: p.of}) // where the mask has no bit
		}
		k.collect(id, k.tables[in.b:], lo)
	default:
		return instr{}, false
	}
	return in, true
}

// collect fills the table of an opPick.
func (k *picker) collect(id flat.ID, table []operand, lo int) {
	k.eachPicked(id, func(bit int, v flat.ID) { table[bit-lo].id = k.plain(v) })
}

// eachPicked calls f with each value of a pattern that picks, and its bit.
func (k *picker) eachPicked(id flat.ID, f func(bit int, v flat.ID)) {
	n := &k.nodes[id]
	v := n.B
	switch n.Op {
	case ir.Or:
		k.eachPicked(n.A, f)
		k.eachPicked(n.B, f)
		return
	case ir.And:
		if k.nodes[n.A].Op != ir.Repeat || k.pickOf(k.nodes[n.A].A) != k.patterns[id] {
			v = n.A
		}
	}
	f(bits.TrailingZeros64(k.patterns[id].mask), v)
}

// eachNeed calls f with what the instruction of a node will read, as far as patterns tell.
func (k *picker) eachNeed(id flat.ID, f func(flat.ID)) {
	switch p := k.patterns[id]; {
	case p.kind == noBits || p.kind == oneBit || k.nodes[id].Op == ir.Mux:
		k.eachArg(id, f)
	default:
		f(p.of)
		if p.kind == pickBits {
			k.eachPicked(id, func(_ int, v flat.ID) { f(v) })
		}
	}
}
