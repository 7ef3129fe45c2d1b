package model

// fetcher reads the words of a job for a group.
type fetcher struct {
	addr, left int
	base       int
	tag        uint8
	arrives    bool
	data       uint32
	queue      [fetcherQueue]taskEntry
	count      int
}

// idle says whether a job can be handed to it.
func (f *fetcher) idle() bool { return f.left == 0 && !f.arrives && f.count == 0 }

// wants says whether it asks for a word.
func (f *fetcher) wants() bool {
	n := f.count
	if f.arrives {
		n++
	}
	return f.left > 0 && n < fetcherQueue
}

// step is one cycle: moved takes the oldest word, granted brings one.
func (f *fetcher) step(c *cycles, moved, granted bool) {
	if moved {
		f.queue[0] = f.queue[1]
		f.count--
	}
	if f.arrives {
		w := f.data
		if w>>31 == 0 {
			w = w&0xff0000ff | (w>>8+uint32(f.base))&0xffff<<8
		}
		f.queue[f.count] = taskEntry{w, f.tag}
		f.count++
	}
	if f.arrives = granted; granted {
		f.data = c.local[f.addr]
		f.addr = (f.addr + 1) & c.addrMask
		f.left--
	}
}

// dispatcher reads job tables and hands out jobs.
type dispatcher struct {
	active         bool
	toRead, toSend int
	addr           int
	aBase, bBase   int
	tag            uint8
	arrives        bool
	data           uint32
	queue          [tableAhead]uint32
	count          int

	// Phases by tag.
	open, sent [phasesOpen]bool
	owed       [phasesOpen]int
	oldest     uint8
	retired    int
	opened     int // phases open
}

func (d *dispatcher) wants() bool {
	n := d.count
	if d.arrives {
		n++
	}
	return d.active && d.toRead > 0 && n < tableAhead
}

// step is one cycle. taker is the fetcher that takes the oldest job, or nil; next is a phase that may begin, ends the job ends of each
// tag in this cycle.
func (d *dispatcher) step(c *cycles, granted bool, taker *fetcher, next *phaseOp, ends *[phasesOpen]int) (begun bool) {
	wasActive, tag := d.active, d.tag
	mayBegin := !wasActive && !d.open[tag]
	// Retirement looks at the state before this cycle.
	o := d.oldest
	retire := d.sent[o] && d.owed[o] == 0
	for i := range ends {
		d.owed[i] -= ends[i]
	}
	if retire {
		d.open[o], d.sent[o] = false, false
		d.oldest = (o + 1) % phasesOpen
		d.retired++
		d.opened--
	}
	if taker != nil {
		e := d.queue[0]
		copy(d.queue[:], d.queue[1:])
		d.count--
		taker.addr, taker.left = (d.aBase+int(e&0xffff))&c.addrMask, int(e>>16)
		taker.base, taker.tag = d.bBase, tag
		d.owed[tag] += c.cfg.group
		if d.toSend--; d.toSend == 0 {
			d.active = false
			d.sent[tag] = true
			d.tag = (tag + 1) % phasesOpen
		}
	}
	if d.arrives {
		d.queue[d.count] = d.data
		d.count++
	}
	if d.arrives = granted; granted {
		d.data = c.local[d.addr]
		d.addr = (d.addr + 1) & c.addrMask
		d.toRead--
	}
	if next != nil && mayBegin {
		d.active, d.open[tag] = true, true
		d.opened++
		d.toRead, d.toSend = next.jobs, next.jobs
		d.addr, d.aBase, d.bBase = next.aBase, next.aBase, next.bBase
		begun = true
	}
	return begun
}
