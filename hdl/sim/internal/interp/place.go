package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A place knows where each node's value is. The array of slots never moves once loading has ended, so that
// wide operations and the users of a Machine can keep slices of it.
type place struct {
	at    []uint32 // of each node, 0 for none
	slots []uint64
	used  uint32
	one   uint32 // slot of the constant 1
}

// newPlace makes room for each node once, and for temp more slots. Slot 0 is nobody's; slot 1 holds a one.
func newPlace(p *prep, temp int) place {
	n := 2 + temp
	for i := range p.nodes {
		n += limbs(p.nodes[i].Width)
	}
	l := place{at: make([]uint32, len(p.nodes)), slots: make([]uint64, n), used: 2, one: 1}
	l.slots[1] = 1
	return l
}

func (l *place) take(width int32) uint32 {
	s := l.used
	l.used += uint32(limbs(width))
	return s
}

// of returns the slot of node id, which is given one now if it has none. Constants get their value.
func (l *place) of(p *prep, id flat.ID) uint32 {
	if l.at[id] == 0 {
		n := &p.nodes[id]
		l.at[id] = l.take(n.Width)
		if n.Op == ir.Const {
			copy(l.slots[l.at[id]:], p.consts[n.X])
		}
	}
	return l.at[id]
}

func (l *place) slice(slot uint32, width int32) []uint64 {
	n := uint32(limbs(width))
	return l.slots[slot : slot+n : slot+n]
}
