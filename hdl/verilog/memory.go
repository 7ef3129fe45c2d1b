package verilog

import (
	"fmt"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// inPlace is how many words of initial contents stand in the module; more go to a file for $readmemh, which
// tools read far faster than assignments.
const inPlace = 16

// memories writes for each memory its contents, its writes in one block, in order so that the last wins, and
// its reads. An index is as wide as the depth needs, and guarded where the address can lie past it.
func (b *builder) memories() {
	reads := make([][]int, len(b.m.Mems))
	for i := range b.m.Reads {
		reads[b.m.Reads[i].Mem] = append(reads[b.m.Reads[i].Mem], i)
	}
	for i := range b.m.Mems {
		b.initialise(i)
		b.writes(i)
		for _, r := range reads[i] {
			b.read(r)
		}
	}
}

// index gives the index of a memory for an address, and the condition for it to be within the depth (nil:
// always). never is a constant address past the depth.
func (b *builder) index(mem *ir.Mem, addr ir.NodeID) (idx, guard expr, never bool) {
	p := b.p
	k, w := indexBits(mem), p.f.width(addr)
	if v := p.f.konst(addr); v != nil {
		if v.BitLen() > 31 || v.Int64() >= int64(mem.Depth) {
			return nil, nil, true
		}
		return number(v, k, false), nil, false
	}
	if pastDepth(mem, w) {
		guard = &binary{"<", shieldSign(p.expr(addr)), number(bigInt(int(mem.Depth)), w, false)}
	}
	switch {
	case mem.Depth == 1:
		idx = number(bigInt(0), 1, false)
	case w > k:
		idx = &slice{p.ident(p.f.ref[addr]), k - 1, 0}
	case w < k:
		idx = &concat{append([]expr{number(bigInt(0), k-w, false)}, p.parts(addr)...)}
	default:
		a := p.expr(addr)
		if idx = a.e; a.signed { // lest the index be negative
			idx = &call{"$unsigned", a.e}
		}
	}
	return idx, guard, false
}

// shieldSign makes a piece unsigned in a comparison with an unsigned number.
func shieldSign(a piece) expr { return shield(a).e }

func (b *builder) writes(i int) {
	mem, name := &b.m.Mems[i], b.p.names.mems[i]
	var body []stmt
	for j := range mem.Writes {
		w := &mem.Writes[j]
		b.ensure(w.En, w.Addr, w.Data)
		if w.Mask != 0 {
			b.ensure(w.Mask)
		}
		idx, guard, never := b.index(mem, w.Addr)
		if never {
			continue
		}
		body = append(body, b.when(w.En, guard, b.store(mem, w, &word{name, idx}))...)
	}
	if len(body) > 0 {
		b.add(&ffItem{body})
	}
}

// store is the assignment of a write, for each chunk that its mask enables.
func (b *builder) store(mem *ir.Mem, w *ir.MemWrite, at *word) []stmt {
	p := b.p
	if w.Mask == 0 {
		return []stmt{&assignStmt{at, p.expr(w.Data).e, true}}
	}
	n := p.f.width(w.Mask)
	if n == 1 {
		return b.when(w.Mask, nil, []stmt{&assignStmt{at, p.expr(w.Data).e, true}})
	}
	v := b.loopVar()
	data, mask := &ident{p.ident(p.f.ref[w.Data])}, &ident{p.ident(p.f.ref[w.Mask])}
	g := int(mem.Width) / n
	set := &assignStmt{&chunk{at, v, g}, &chunk{data, v, g}, true}
	if g == 1 {
		set.lhs, set.rhs = &bitAt{at, v}, &bitAt{data, v}
	}
	return []stmt{&forStmt{v, n, []stmt{&ifStmt{[]ifArm{{&bitAt{mask, v}, []stmt{set}}}}}}}
}

// loopVar is one name for all loops of the module, hidden by no signal.
func (b *builder) loopVar() string {
	if b.p.names.loop == "" {
		b.p.names.loop = b.p.names.scope.unique("i")
	}
	return b.p.names.loop
}

// when puts body under an enable (0: always) and a guard (nil: always).
func (b *builder) when(en ir.NodeID, guard expr, body []stmt) []stmt {
	var cond expr
	if en != 0 {
		v := b.p.f.konst(en)
		if v != nil && v.Sign() == 0 {
			return nil
		}
		if v == nil {
			cond = b.p.expr(en).e
		}
	}
	switch {
	case cond == nil && guard == nil:
		return body
	case cond == nil:
		cond = guard
	case guard != nil:
		cond = &binary{"&&", cond, guard}
	}
	return []stmt{&ifStmt{[]ifArm{{cond, body}}}}
}

func (b *builder) read(i int) {
	r := &b.m.Reads[i]
	mem := &b.m.Mems[r.Mem]
	n := &b.m.Nodes[r.Node]
	b.ensure(r.Addr)
	idx, guard, never := b.index(mem, r.Addr)
	zero := number(bigInt(0), int(mem.Width), false)
	value := expr(&word{b.p.names.mems[r.Mem], idx})
	if never {
		value = zero
	} else if guard != nil {
		value = &ternary{guard, value, zero}
	}
	name := b.p.names.reads[i]
	if !r.Sync {
		b.add(&assignItem{name, value})
		return
	}
	if r.En != 0 {
		b.ensure(r.En)
	}
	body := b.when(r.En, nil, []stmt{&assignStmt{&ident{name}, value, true}})
	if len(body) == 0 { // never enabled
		body = []stmt{&assignStmt{&ident{name}, number(bigInt(0), int(n.Width), n.Signed), true}}
	}
	b.add(&ffItem{body})
}

// initialise writes the contents at the start. A memory that nothing writes has all of them; words that are
// not given are zero.
func (b *builder) initialise(i int) {
	mem, name := &b.m.Mems[i], b.p.names.mems[i]
	if mem.Init == nil && len(mem.Writes) > 0 {
		return
	}
	at := func(k int32) ir.Bits {
		if int(k) < len(mem.Init) {
			return mem.Init[k]
		}
		return nil
	}
	var body []stmt
	switch {
	case mem.Init == nil:
		v := b.loopVar()
		body = []stmt{&forStmt{v, int(mem.Depth), []stmt{
			&assignStmt{&word{name, &ident{v}}, number(bigInt(0), int(mem.Width), false), false},
		}}}
	case mem.Depth <= inPlace:
		for k := range mem.Depth {
			idx := number(bigInt(int(k)), indexBits(mem), false)
			body = append(body, &assignStmt{&word{name, idx}, number(toBig(at(k)), int(mem.Width), false), false})
		}
	default:
		file := b.mod.name + "_" + name + ".mem"
		var s strings.Builder
		digits := (int(mem.Width) + 3) / 4
		for k := range mem.Depth {
			fmt.Fprintf(&s, "%0*s\n", digits, toBig(at(k)).Text(16))
		}
		b.data = append(b.data, File{file, []byte(s.String())})
		body = []stmt{&readmemStmt{file, name}}
	}
	b.add(&initialItem{body})
}

// asserts writes each property, checked out of reset.
func (b *builder) asserts() {
	for i := range b.m.Assert {
		a := &b.m.Assert[i]
		b.ensure(a.Cond)
		check := []stmt{&assertStmt{b.p.expr(a.Cond).e}}
		if a.En != 0 {
			b.ensure(a.En)
		}
		var guard expr
		if b.m.Clocked {
			guard = &ident{"rst_ni"}
		}
		if body := b.when(a.En, guard, check); len(body) > 0 {
			label := b.p.names.scope.unique("assert_" + a.Name)
			b.add(&assertItem{label, b.m.Clocked, body})
		}
	}
}
