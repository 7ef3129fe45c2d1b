package interp

import (
	"fmt"
	"math/bits"
)

// Settle brings all combinational values up to date with the inputs and the state: it runs the dirty
// blocks. Blocks only ever mark later ones, so one sweep is enough.
func (m *Machine) Settle() error {
	if !m.stale {
		return nil
	}
	m.stale = false
	var err error
	for w := range m.changed {
		for m.dirty[w] != 0 {
			b := bits.TrailingZeros64(m.dirty[w])
			m.dirty[w] &^= 1 << uint(b)
			blk := &m.blocks[w<<6|b]
			changed := m.forced
			switch {
			case blk.op != opMixed:
				changed = m.run(blk.op, m.code[blk.lo:blk.hi]) != 0 || changed
			case blk.passes == 0:
				changed = m.runMixed(m.code[blk.lo:blk.hi]) != 0 || changed
			default:
				changed = true
				if e := m.iterate(blk); e != nil {
					err = e
				}
			}
			if changed {
				m.changed[w] |= 1 << uint(b)
				m.mark(blk.fan)
			}
		}
	}
	return err
}

func (m *Machine) runMixed(code []instr) (x uint64) {
	for i := range code {
		x |= m.run(code[i].op, code[i:i+1])
	}
	return x
}

// iterate runs a word-level cycle until nothing changes. Each pass settles at least one more bit unless the
// bits themselves form a cycle, which bounds the passes.
func (m *Machine) iterate(b *block) error {
	code := m.code[b.lo:b.hi]
	var before []uint64
	for range b.passes {
		now := make([]uint64, 0, len(code))
		m.runMixed(code)
		for i := range code {
			now = append(now, m.slots[code[i].dst:code[i].dst+m.size(&code[i])]...)
		}
		if before != nil && equal(before, now) {
			return nil
		}
		before = now
	}
	return fmt.Errorf("combinational loop: %d operations do not become stable", len(code))
}

// size is the number of slots an instruction writes.
func (m *Machine) size(in *instr) uint32 {
	if in.op == opGeneric {
		return uint32(len(m.wide[in.a].dst))
	}
	return 1
}

func equal(a, b []uint64) bool {
	for i, v := range a {
		if b[i] != v {
			return false
		}
	}
	return true
}
