package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
)

// Load compiles a netlist and puts it into its initial state. Each step is linear in the netlist.
func Load(nl *flat.Netlist) *Machine {
	p := newPrep(nl)
	p.splitSlices()
	p.sort()
	p.simplify()
	k := pickAll(p)
	c := cut(k)
	c.schedule()

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
	l.layRegisters()
	l.layChecks()
	m.blocks = l.pieces
	l.findFans()
	l.emit()
	l.bindState()
	m.ran = make([]uint64, (len(m.blocks)+63)/64)
	m.dirty = make([]uint64, len(m.ran)+1)
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
			l.picks.eachRead(&l.picks.picks[j], func(key int32) { t.reads(flat.ID(key), n) })
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
