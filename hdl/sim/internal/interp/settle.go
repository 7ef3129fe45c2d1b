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
	for w := range m.ran {
		for m.dirty[w] != 0 {
			b := bits.TrailingZeros64(m.dirty[w])
			m.dirty[w] &^= 1 << uint(b)
			m.ran[w] |= 1 << uint(b)
			blk := &m.blocks[w<<6|b]
			if blk.passes == 0 {
				m.run(m.code[blk.lo:blk.hi])
			} else if e := m.iterate(blk); e != nil {
				err = e
			}
		}
	}
	m.stale = false // set by wide results on the way
	return err
}

// iterate runs a word-level cycle until nothing changes. Each pass settles at least one more bit unless the
// bits themselves form a cycle, which bounds the passes.
func (m *Machine) iterate(b *block) error {
	code := m.code[b.lo:b.hi]
	var before []uint64
	for range b.passes {
		now := make([]uint64, 0, len(code))
		m.run(code)
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
