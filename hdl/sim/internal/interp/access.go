package interp

// Values is all values of the design, by slot; it never moves. A value's bits above its width are zero.
func (m *Machine) Values() []uint64 { return m.slots }

// Restart puts registers, memories and reads into their initial state. Inputs keep their values.
func (m *Machine) Restart() {
	for i := range m.nl.Regs {
		r := &m.nl.Regs[i]
		copy(m.slots[m.at[r.Q]:], fit(r.Init, m.prep.nodes[r.Q].Width))
	}
	for i := range m.mems {
		m.mems[i].load(&m.nl.Mems[i])
		for _, p := range m.mems[i].reads {
			clear(m.slots[p.q : int(p.q)+m.mems[i].limbs])
			clear(m.slots[p.next : int(p.next)+m.mems[i].limbs])
		}
	}
	m.touchAll()
}

// InputChanged makes the readers of an input run again, after a store to its slot.
func (m *Machine) InputChanged(input int) { m.touch(m.inputFan[input]) }

// Word is the word of a memory at an address, to be read and, followed by WordChanged, written.
func (m *Machine) Word(mem, addr int) []uint64 {
	c := &m.mems[mem]
	return c.words[addr*c.limbs : (addr+1)*c.limbs]
}

// WordChanged makes the asynchronous readers of a memory run again.
func (m *Machine) WordChanged(mem int) { m.touch(m.mems[mem].fan) }
