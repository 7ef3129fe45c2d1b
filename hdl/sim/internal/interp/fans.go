package interp

import "github.com/sparsegen/sparsegen/hdl/internal/flat"

// A fan lists the blocks that read a value, or one of the values of a block: marks[lo:hi].
type fan struct{ lo, hi uint32 }

// A mark names up to 64 neighbouring blocks.
type mark struct {
	mask uint64
	word uint32
}

// A fanTable collects which blocks read what, in two passes over the same calls: count, then fill. Keys are
// the slots of state, behind them the memories, whose asynchronous reads depend on their contents, behind those
// the blocks, and behind those the registers of each block.
type fanTable struct {
	last  []int32 // block last seen for a key, plus one
	word  []int32 // word of the last mark of a key, plus one
	count []uint32
	fill  []uint32
	marks []mark
}

func newFanTable(keys int) *fanTable {
	return &fanTable{last: make([]int32, keys), word: make([]int32, keys), count: make([]uint32, keys)}
}

// reads notes that block b reads key. Calls come with b never falling.
func (t *fanTable) reads(key, b int32) {
	if t.last[key] == b+1 {
		return
	}
	t.last[key] = b + 1
	if w := b>>6 + 1; t.word[key] != w {
		t.word[key] = w
		if t.fill == nil {
			t.count[key]++
		} else {
			t.marks[t.fill[key]].word = uint32(b >> 6)
			t.fill[key]++
		}
	}
	if t.fill != nil {
		t.marks[t.fill[key]-1].mask |= 1 << (uint(b) & 63)
	}
}

// second ends counting and starts filling.
func (t *fanTable) second() {
	t.fill = make([]uint32, len(t.count))
	var n uint32
	for i, c := range t.count {
		t.fill[i] = n
		n += c
	}
	t.marks = make([]mark, n)
	clear(t.last)
	clear(t.word)
}

// finish numbers the fans; the number of a key without readers is 0.
func (t *fanTable) finish() (fans []fan, of []uint32) {
	fans = []fan{{}}
	of = make([]uint32, len(t.count))
	for key, c := range t.count {
		if c > 0 {
			of[key] = uint32(len(fans))
			fans = append(fans, fan{t.fill[key] - c, t.fill[key]})
		}
	}
	return fans, of
}

// findFans finds the blocks to run when a value changes.
func (l *loader) findFans() {
	blocks := len(l.slots) + len(l.mems)
	regs := blocks + len(l.blocks)
	for i := range l.blocks {
		for _, r := range l.regs[l.blocks[i].regsLo:l.blocks[i].regsHi] {
			l.by[r.q] = -int32(regs + i)
		}
	}
	t := newFanTable(regs + len(l.blocks))
	l.eachRead(t)
	t.second()
	l.eachRead(t)
	l.marks = t.marks
	l.fans, l.fanOf = t.finish()
	for i := range l.blocks {
		l.blocks[i].fan, l.blocks[i].regFan = l.fanOf[blocks+i], l.fanOf[regs+i]
	}
	for i := range l.mems {
		l.mems[i].fan = l.fanOf[len(l.slots)+i]
	}
}

func (l *loader) eachRead(t *fanTable) {
	for i := range l.blocks {
		b, n := &l.blocks[i], int32(i)
		read := func(slot uint32) {
			key := int32(slot)
			switch by := l.by[slot]; {
			case by == n:
				return
			case by >= 0:
				key = int32(len(l.slots)+len(l.mems)) + by
			case by < -1:
				key = -by
			}
			t.reads(key, n)
		}
		for j := b.lo; j < b.hi; j++ {
			l.eachSlot(j, read, func(mem uint32) { t.reads(int32(len(l.slots))+int32(mem), n) })
		}
	}
}

// eachSlot calls f with each slot that instruction i reads, and with the memory.
func (l *loader) eachSlot(i int32, f, mem func(uint32)) {
	in := &l.code[i]
	switch in.op {
	case opGeneric:
		id := l.cutter.picks[i].id
		l.prep.eachArg(id, func(a flat.ID) {
			s := l.slot(a)
			for k := range uint32(limbs(l.prep.nodes[a].Width)) {
				f(s + k)
			}
		})
		if l.wide[in.a].mem != nil {
			mem(uint32(l.nl.Reads[l.prep.nodes[id].X].Mem))
		}
		return
	case opSelect, opPick:
		for _, s := range l.tables[in.b : in.b+in.c+1] {
			f(s)
		}
	case opCatN:
		for _, p := range l.parts[in.b : in.b+in.c] {
			f(p.slot)
		}
	case opRead:
		mem(in.c)
	}
	in.eachOperand(func(a *uint32) { f(*a) })
	if in.op == opSlice2 {
		f(in.a + 1)
	}
}
