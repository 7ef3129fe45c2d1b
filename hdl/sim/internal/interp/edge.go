package interp

import "math/bits"

// Edge is one rising clock edge: everything that updates takes its value from what Settle left, before any
// of it changes. In reset, registers with a reset value take that and nothing is checked. It returns the
// assertions that failed and the synchronous reads that met a write forbidden to them, as indices of the
// netlist's lists, valid until the next edge. An assertion that goes on failing is returned once or more
// often.
func (m *Machine) Edge(reset bool) (failed, collided []int32) {
	m.failed, m.collided = m.failed[:0], m.collided[:0]
	m.readMemories(reset)
	m.writeMemories()
	m.update(reset)
	m.forced = false
	if reset {
		for _, r := range m.resets {
			copy(m.slots[r.q:], r.init)
		}
		m.touchAll() // registers and their next values no longer agree
	}
	return m.failed, m.collided
}

// update moves the next values of the registers and synchronous reads into place, where they have changed, and
// looks at the assertions.
func (m *Machine) update(reset bool) {
	s := m.slots
	for w, set := range m.changed {
		for ; set != 0; set &= set - 1 {
			b := &m.blocks[w<<6|bits.TrailingZeros64(set)]
			if !reset {
				for _, c := range m.checks[b.chkLo:b.chkHi] {
					if s[c.fails] != 0 {
						m.failed = append(m.failed, c.index)
					}
				}
			}
			var x uint64
			for _, r := range m.regs[b.regsLo:b.regsHi] {
				x |= put(s, r.q, s[r.d])
			}
			if x != 0 {
				m.mark(b.regFan)
			}
		}
	}
	clear(m.changed)
	m.stale = true
	for i := range m.mems {
		for j := range m.mems[i].reads {
			p := &m.mems[i].reads[j]
			if m.slots[p.next] != m.slots[p.q] || m.mems[i].limbs > 1 {
				m.updateWide(p.q, p.next, uint32(m.mems[i].limbs), p.fan)
			}
		}
	}
}

func (m *Machine) updateWide(q, d, n, fan uint32) {
	next := m.slots[d : d+n]
	if equal(next, m.slots[q:q+n]) {
		return
	}
	copy(m.slots[q:], next)
	m.touch(fan)
}

// readMemories fetches the words of the synchronous reads, before anything is written.
func (m *Machine) readMemories(reset bool) {
	for i := range m.mems {
		mem := &m.mems[i]
		for j := range mem.reads {
			p := &mem.reads[j]
			if m.slots[p.en] == 0 {
				continue
			}
			next := m.slots[p.next : int(p.next)+mem.limbs]
			if w := mem.word(m.slots[p.addr : int(p.addr)+p.addrN]); w != nil {
				copy(next, w)
			} else {
				clear(next)
			}
			if p.forbidden && !reset {
				m.checkCollision(mem, p)
			}
		}
	}
}

func (m *Machine) checkCollision(mem *memory, p *readPort) {
	for i := range mem.writes {
		w := &mem.writes[i]
		if m.slots[w.en] == 0 {
			continue
		}
		a := mem.word(m.slots[w.addr : int(w.addr)+w.addrN])
		b := mem.word(m.slots[p.addr : int(p.addr)+p.addrN])
		if a != nil && b != nil && &a[0] == &b[0] {
			m.collided = append(m.collided, p.index)
			return
		}
	}
}

func (m *Machine) writeMemories() {
	for i := range m.mems {
		mem := &m.mems[i]
		changed := false
		for j := range mem.writes {
			p := &mem.writes[j]
			if m.slots[p.en] == 0 {
				continue
			}
			w := mem.word(m.slots[p.addr : int(p.addr)+p.addrN])
			if w == nil {
				continue
			}
			data := m.slots[p.data : int(p.data)+mem.limbs]
			mask := m.slots[p.mask : int(p.mask)+limbs(max(p.maskBits, 1))]
			changed = p.write(w, data, mask) || changed
		}
		if changed {
			m.touch(mem.fan)
		}
	}
}
