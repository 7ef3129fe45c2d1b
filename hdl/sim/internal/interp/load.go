package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Load compiles a netlist and puts it into its initial state. Each step is linear in the netlist.
func Load(nl *flat.Netlist) *Machine {
	p := newPrep(nl)
	p.splitSlices()
	p.sort()
	p.simplify()
	k := pickAll(p)
	c := cut(k)

	temp := 0
	for i := range nl.Regs {
		temp += limbs(p.nodes[nl.Regs[i].Q].Width)
	}
	for i := range nl.Reads {
		temp += limbs(p.nodes[nl.Reads[i].Node].Width)
	}
	m := &Machine{nl: nl, prep: p, place: newPlace(p, temp), values: k.values}
	l := &loader{Machine: m, picks: k, cutter: c}
	l.placeState()
	l.layEdge()
	l.findFans()
	l.emit()
	l.bindState()
	m.verify()
	m.dirty = make([]uint64, (len(m.blocks)+63)/64)
	m.ran = make([]uint64, len(m.dirty))
	m.Restart()
	return m
}

// A loader turns picks and blocks into the parts of a Machine.
type loader struct {
	*Machine
	*cutter
	picks     *picker
	moveFrom  []flat.ID // of each move
	regOrder  []int32   // the netlist's register behind each of Machine.regs
	checkArgs [][2]flat.ID
	fanOf     []uint32
}

// root is the node whose value stands for id.
func (l *loader) root(id flat.ID) flat.ID { return l.prep.plain(l.prep.repl[id]) }

func (l *loader) slot(id flat.ID) uint32 { return l.of(l.prep, l.root(id)) }

func (l *loader) placeState() {
	for _, in := range l.nl.Inputs {
		l.of(l.prep, in.Node)
	}
	for i := range l.nl.Regs {
		l.of(l.prep, l.nl.Regs[i].Q)
	}
	for i := range l.nl.Reads {
		if l.nl.Reads[i].Sync {
			l.of(l.prep, l.nl.Reads[i].Node)
		}
	}
	widest := 1
	for i := range l.prep.nodes {
		widest = max(widest, limbs(l.prep.nodes[i].Width))
	}
	l.scratch = newScratch(widest)
}

// layEdge hangs each register on the block that computes its next value. A next value that is itself state
// is moved aside at the edge by a block without code, and assertions are checked by such blocks too.
func (l *loader) layEdge() {
	m, nl := l.Machine, l.nl
	hang := make([]int32, len(l.pieces)+1) // registers of each block, then their start
	var direct []int32
	for i := range nl.Regs {
		if b := l.by[l.root(nl.Regs[i].D)]; b >= 0 {
			hang[b+1]++
		} else if l.root(nl.Regs[i].D) != nl.Regs[i].Q {
			direct = append(direct, int32(i))
		}
	}
	for b := range l.pieces {
		hang[b+1] += hang[b]
		l.pieces[b].regsLo, l.pieces[b].regsHi = hang[b], hang[b+1]
	}
	l.regOrder = make([]int32, hang[len(l.pieces)])
	for i := range nl.Regs {
		if b := l.by[l.root(nl.Regs[i].D)]; b >= 0 {
			l.regOrder[hang[b]] = int32(i)
			hang[b]++
		}
	}
	for len(direct) > 0 {
		some := direct[:min(edgeMax, len(direct))]
		direct = direct[len(some):]
		b := block{movesLo: int32(len(m.moves)), regsLo: int32(len(l.regOrder))}
		for _, r := range some {
			w := l.prep.nodes[nl.Regs[r].Q].Width
			from := l.root(nl.Regs[r].D)
			l.moveFrom = append(l.moveFrom, from)
			m.moves = append(m.moves, move{l.of(l.prep, from), l.take(w), uint32(limbs(w))})
			l.regOrder = append(l.regOrder, r)
		}
		b.movesHi, b.regsHi = int32(len(m.moves)), int32(len(l.regOrder))
		l.pieces = append(l.pieces, b)
	}
	for i := range nl.Asserts {
		if i%edgeMax == 0 {
			l.pieces = append(l.pieces, block{chkLo: int32(i), chkHi: int32(i)})
		}
		a := &nl.Asserts[i]
		en := flat.ID(0)
		if a.En != 0 {
			en = l.root(a.En)
		}
		l.checkArgs = append(l.checkArgs, [2]flat.ID{en, l.root(a.Cond)})
		l.pieces[len(l.pieces)-1].chkHi++
	}
	m.blocks = l.pieces
}

// findFans finds the blocks to run when a value changes.
func (l *loader) findFans() {
	t := newFanTable(l.by, len(l.nl.Mems))
	l.eachRead(t)
	t.second()
	l.eachRead(t)
	l.marks = t.marks
	l.fans, l.fanOf = t.finish()
}

func (l *loader) eachRead(t *fanTable) {
	for i := range l.blocks {
		b, n := &l.blocks[i], int32(i)
		for j := b.lo; j < b.hi; j++ {
			l.readsOf(&l.picks.picks[j], func(id flat.ID) { t.reads(id, n) })
		}
		for _, id := range l.moveFrom[b.movesLo:b.movesHi] {
			t.reads(id, n)
		}
		for _, c := range l.checkArgs[b.chkLo:b.chkHi] {
			if c[0] != 0 {
				t.reads(c[0], n)
			}
			t.reads(c[1], n)
		}
	}
}

func (l *loader) readsOf(k *pick, f func(flat.ID)) {
	n := &l.prep.nodes[k.id]
	if n.Op == ir.MemRead {
		f(flat.ID(len(l.prep.nodes)) + flat.ID(l.nl.Reads[n.X].Mem))
	}
	switch k.in.op {
	case opGeneric:
		l.picks.eachArg(k.id, func(a flat.ID) { f(l.prep.plain(a)) })
	case opSelect:
		f(flat.ID(k.in.a))
		for _, a := range l.picks.tables[k.in.b : k.in.b+k.in.c+1] {
			f(a)
		}
	default:
		k.in.eachOperand(func(a *uint32) { f(flat.ID(*a)) })
	}
}
