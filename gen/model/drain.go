package model

import "math/bits"

// drain is the output stage: it chooses a waiting lane while another drains, reads a word of accumulators a cycle and sends
// beats three cycles later. It never waits for the port, which serves it first.
type drain struct {
	nextValid bool
	nextLane  int
	after     int // lanes above go first

	active  bool
	loading bool // partial sums are on their way
	lane    int
	int8    bool
	idx     int
	asked   int
	arrived int

	issued, stage1, stage2 word
	issuedLane             int // its word stands at the lane's output
	packAt                 int
}

// word is what the pipeline carries.
type word struct{ valid, int8, last bool }

// idle says that no row waits, is drained or is on its way to the port.
func (d *drain) idle(pending uint64) bool {
	return pending == 0 && !d.nextValid && !d.active && !d.issued.valid && !d.stage1.valid && !d.stage2.valid
}

// sends says that a beat goes out in this cycle.
func (d *drain) sends() bool {
	s := &d.stage2
	return s.valid && (!s.int8 || d.packAt == 3 || s.last)
}

// asks says that a beat of partial sums is asked for in this cycle.
func (d *drain) asks(words int) bool { return d.active && d.loading && d.asked != words && !d.sends() }

// step is one cycle. asked is a read that the port took, arrives one answered. It returns the bit of the lane whose half is free
// at the end of this cycle.
func (d *drain) step(c *cycles, asked, arrives bool) (done uint64) {
	words := c.cfg.drainWords
	fire := d.active && (!d.loading || d.arrived == words)
	last := d.idx+1 == words
	finish := fire && last
	take := !d.active || finish
	waiting := c.pending
	if d.active {
		waiting &^= 1 << d.lane
	}
	if d.nextValid {
		waiting &^= 1 << d.nextLane
	}
	if d.issued.valid {
		waiting &^= 1 << d.issuedLane
		if d.issued.last { // the half is free once its last word is taken
			done = 1 << d.issuedLane
		}
	}
	issue := word{fire, d.int8, last}
	issueLane := d.issuedLane
	if fire {
		issueLane = d.lane
	}
	nextValid, nextLane := d.nextValid, d.nextLane
	if !nextValid || take {
		d.nextValid = waiting != 0
		if waiting != 0 {
			pick := waiting
			if high := waiting >> d.after << d.after; high != 0 {
				pick = high
			}
			d.nextLane = bits.TrailingZeros64(pick)
			d.after = d.nextLane + 1
		}
	}
	if s := d.stage2; s.valid {
		if !s.int8 || s.last {
			d.packAt = 0
		} else {
			d.packAt = (d.packAt + 1) & 3
		}
	}
	d.stage2, d.stage1, d.issued, d.issuedLane = d.stage1, d.issued, issue, issueLane
	if take {
		d.active = nextValid
	}
	if take && nextValid {
		end := taskWord(c.lanes[nextLane].drainEnd)
		d.lane, d.int8, d.loading = nextLane, end.int8(), end.add()
		d.idx, d.asked, d.arrived = 0, 0, 0
		return done
	}
	if fire {
		d.idx++
	}
	if asked {
		d.asked++
	}
	if arrives {
		d.arrived++
	}
	return done
}
