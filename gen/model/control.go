package model

import "encoding/binary"

type controlState int

const (
	stopped controlState = iota
	running
	settling // a new configuration ripples through the lanes
	ending
)

// control is the controller with its instruction fetch and the loader.
type control struct {
	state  controlState
	settle int

	// Instruction fetch.
	on, drop bool
	pc       int // beat
	room     int // beats that may still be asked for
	part     int // beats of an instruction that arrived
	partAddr int
	queue    []instruction

	// Loader.
	addr, left int
	targets    []loadTarget
	arrived    int

	phases []phaseOp
}

type loadTarget struct{ local, beats int }

// owner is the client of a read.
type owner uint8

const (
	noOwner owner = iota
	drainOwner
	loadOwner
	instrOwner
)

// answer is a read on its way.
type answer struct {
	owner owner
	beat  int
}

// step is one cycle: instructions, loads and the arbitration of the memory port. rsp is the read answered in this cycle,
// phaseTaken that the dispatcher has begun a phase.
func (k *control) step(c *cycles, rsp answer, phaseTaken bool) {
	quiet := c.owners == 0 && !c.registerFull // before this cycle's traffic
	idle := c.wasIdle && c.wasWritten && len(k.phases) == 0
	loadsIdle := len(k.targets) == 0
	stop := k.state == ending
	room := c.owners < readsUnderWay

	// One instruction, if it can be done.
	taken := false
	leftWas, targetsWas := k.left, len(k.targets)
	finish := false
	if k.state == running && len(k.queue) > 0 && !k.drop {
		in := k.queue[0]
		switch in.op() {
		case opConfig:
			if idle {
				taken = true
				c.configure(in.config())
				k.state, k.settle = settling, c.t.Lanes+1 // one for each lane, after this cycle
			}
		case opLoad:
			l := in.load()
			enough := !l.wait || (uint16(c.retiredWas)-l.retired)>>15 == 0
			if enough && leftWas == 0 && targetsWas < loadsUnderWay {
				taken = true
				k.addr, k.left = int(l.from), l.beats
				k.targets = append(k.targets, loadTarget{l.to, l.beats})
			}
		case opPhase:
			if loadsIdle && len(k.phases) < phaseQueue {
				taken = true
				k.phases = append(k.phases, in.phase())
			}
		case opEnd:
			if idle && loadsIdle {
				taken, finish = true, true
			}
		}
	}
	if phaseTaken {
		k.phases = k.phases[1:]
	}
	stop = stop || finish

	// The port: drain, then loads, then instructions.
	moved := answer{}
	drains := c.drain.sends()
	asks := c.drain.asks(c.cfg.drainWords)
	wants := k.on && k.room > 0 && !stop
	switch {
	case drains:
		c.out.Beats++
		c.out.Written++
	case asks && room:
		moved = answer{drainOwner, 0}
		c.askedSums = true
	case leftWas > 0:
		if room {
			moved = answer{loadOwner, k.addr}
			k.addr++
			k.left--
		}
	case wants && room:
		moved = answer{instrOwner, k.pc}
		k.pc++
		k.room--
	}
	c.registerFull = drains || moved.owner != noOwner
	if moved.owner != noOwner {
		c.out.Beats++
		c.owners++
		c.answers[(c.now+int64(requestCycles+c.latency))%int64(len(c.answers))] = moved
	}
	if taken {
		k.queue = k.queue[1:]
		k.room += c.t.InstructionBeats()
	}

	// Answers.
	switch rsp.owner {
	case loadOwner:
		t := &k.targets[0]
		c.write(t.local+k.arrived*c.t.PortWords(), rsp.beat)
		if k.arrived++; k.arrived == t.beats {
			k.arrived = 0
			k.targets = k.targets[1:]
		}
	case instrOwner:
		if k.part == 0 {
			k.partAddr = rsp.beat
		}
		if k.part++; k.part == c.t.InstructionBeats() {
			k.part = 0
			if !k.drop {
				k.queue = append(k.queue, fetch(c.mem, k.partAddr*c.t.PortBytes))
			}
		}
	}
	if stop {
		k.on, k.drop = false, true
	}
	switch k.state {
	case settling:
		if k.settle--; k.settle == 0 {
			k.state = running
		}
	case ending:
		if quiet {
			k.state = stopped
		}
	}
	if finish {
		k.state = ending
	}
}

// write brings a beat to local memory.
func (c *cycles) write(local, beat int) {
	at := beat * c.t.PortBytes
	for i := range c.t.PortWords() {
		c.local[local+i] = binary.LittleEndian.Uint32(c.mem[at+4*i:])
	}
}
