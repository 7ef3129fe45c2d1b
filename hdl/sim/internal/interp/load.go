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

	temp := len(nl.Asserts)
	for i := range nl.Regs {
		temp += limbs(p.nodes[nl.Regs[i].Q].Width)
	}
	for i := range nl.Reads {
		temp += limbs(p.nodes[nl.Reads[i].Node].Width)
	}
	m := &Machine{nl: nl, prep: p, place: newPlace(p, temp), values: k.values, blocks: c.blocks}
	l := &loader{Machine: m, picks: k, cutter: c}
	l.placeState()
	l.emit()
	l.extraFrom = int32(len(m.code))
	l.layRegisters()
	l.layChecks()
	l.findFans()
	l.bindState()
	m.changed = make([]uint64, (len(m.blocks)+63)/64)
	m.dirty = make([]uint64, len(m.changed))
	m.Restart()
	return m
}

// A loader turns picks and blocks into the parts of a Machine.
type loader struct {
	*Machine
	cutter *cutter
	picks  *picker
	by     []int32 // of each slot: its block; -1 for none; below that a key of fanTable, negated
	fanOf  []uint32

	extraFrom int32 // the code from here on comes from no pick
}

// placeState gives slots to what no instruction computes.
func (l *loader) placeState() {
	l.by = make([]int32, len(l.slots))
	for i := range l.by {
		l.by[i] = -1
	}
	for _, in := range l.nl.Inputs {
		l.placeWhole(in.Node)
	}
	for i := range l.nl.Regs {
		l.of(l.prep, l.nl.Regs[i].Q)
	}
	for i := range l.nl.Reads {
		if l.nl.Reads[i].Sync {
			l.placeWhole(l.nl.Reads[i].Node)
		}
	}
	widest := 1
	for i := range l.prep.nodes {
		widest = max(widest, limbs(l.prep.nodes[i].Width))
	}
	l.scratch = newScratch(widest)
}

// placeWhole places a value whose limbs have one fan.
func (l *loader) placeWhole(id flat.ID) {
	s := l.of(l.prep, id)
	for k := range uint32(limbs(l.prep.nodes[id].Width)) {
		l.by[s+k] = -int32(s)
	}
}
