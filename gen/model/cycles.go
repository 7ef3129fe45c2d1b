package model

import (
	"fmt"

	"github.com/sparsegen/sparsegen/gen/target"
)

// Counters are those of the hardware.
type Counters struct {
	Total    int64   // cycles from start to done
	Waits    int64   // requests that had to wait for a bank, in lane-cycles
	Beats    int64   // moved by the memory port
	Written  int64   // of these, writes
	Products []int64 // of each lane, which are its busy cycles
}

// cycles is the cycle model: the state of the machine, stepped a cycle at a time. Within a step every block looks at the
// state before it; where one block is stepped after another has changed, what it needs is kept aside first.
type cycles struct {
	t       *target.Target
	mem     []byte // external memory; outputs are not written, nothing loads them
	local   []uint32
	latency int

	cfg           config
	dense, bitmap bool
	addrMask      int
	bankMask      int

	now     int64
	lanes   []lane
	fetch   []fetcher
	pending uint64 // lanes with a full half
	disp    dispatcher
	drain   drain
	control control
	prio    int // the requester that goes first; the number of requesters stands for none

	answers      []answer // by cycle modulo its length
	owners       int
	registerFull bool

	// Kept aside within a step.
	wasIdle, wasWritten bool
	retiredWas          int
	askedSums           bool
	retireTag           uint8

	grants, grantAt []int
	pushes          []bool
	pushed          []taskEntry
	out             Counters
}

// count runs the cycle model on an image that the executor has found sound.
func count(t *target.Target, image []byte, prog uint32, o Options) (Counters, error) {
	c := &cycles{t: t, mem: image, local: make([]uint32, t.LocalWords()), latency: o.Latency,
		addrMask: t.LocalWords() - 1, bankMask: t.Banks() - 1,
		lanes: make([]lane, t.Lanes), fetch: make([]fetcher, t.Lanes), prio: t.Lanes + 1,
		answers: make([]answer, o.Latency+requestCycles+1),
		grants:  make([]int, t.Lanes+1), grantAt: make([]int, t.Lanes+1),
		pushes: make([]bool, t.Lanes), pushed: make([]taskEntry, t.Lanes)}
	for i := range c.lanes {
		c.lanes[i].tasks = make([]taskEntry, t.TaskQueue)
		c.lanes[i].words = make([]uint32, t.Prefetch)
	}
	c.cfg.group = 1
	k := &c.control
	k.state, k.on, k.pc, k.room = running, true, int(prog), fetchAhead*t.InstructionBeats()
	c.turn()
	for c.now = 1; ; c.now++ { // cycle 0 has the start
		if k.state == stopped {
			break
		}
		if o.MaxCycles > 0 && c.now > o.MaxCycles {
			return c.out, fmt.Errorf("not done after %d cycles", o.MaxCycles)
		}
		c.step()
	}
	c.out.Total = c.now
	for i := range c.lanes {
		c.out.Products = append(c.out.Products, c.lanes[i].products)
	}
	return c.out, nil
}

// turn rotates the priority of the crossbar: requesters from prio on go first.
func (c *cycles) turn() {
	if c.prio == 0 {
		c.prio = c.t.Lanes + 1
	} else {
		c.prio--
	}
}

func (c *cycles) configure(f config) {
	c.cfg, c.dense, c.bitmap = f, f.format == formatDense, f.format == formatBitmap
	for i := range c.lanes {
		c.lanes[i].offset = i % f.group * f.sliceStride & c.addrMask
	}
}

func (c *cycles) step() {
	slot := c.now % int64(len(c.answers))
	rsp := c.answers[slot]
	c.answers[slot] = answer{}
	c.wasWritten = c.drain.idle(c.pending)
	c.wasIdle = c.disp.opened == 0
	c.retiredWas = c.disp.retired
	c.askedSums = false

	sched := c.arbitrate()
	taker := c.firstIdle()
	c.multicast()

	// The phase that may begin, as the queue was.
	var next *phaseOp
	if k := &c.control; len(k.phases) > 0 {
		if p := &k.phases[0]; !p.barrier || c.wasIdle && c.wasWritten {
			next = p
		}
	}
	pendingWas := c.pending
	var ends [phasesOpen]int
	ended := uint64(0)
	for i := range c.lanes {
		l, bit := &c.lanes[i], uint64(1)<<i
		if l.asleep > 0 {
			if !c.pushes[i] {
				l.asleep--
				continue
			}
			if l.taskCount > 0 { // the head of the queue stays
				l.push(c.pushed[i])
				l.asleep--
				continue
			}
			l.wake()
		}
		if l.step(c, bit, c.grants[i], c.grantAt[i], c.pushes[i], c.pushed[i]) {
			ended |= bit
			ends[c.retireTag]++
		}
	}
	begun := c.disp.step(c, sched, taker, next, &ends)
	c.control.step(c, rsp, begun) // looks at the drain before its step
	done := c.drain.step(c, c.askedSums, rsp.owner == drainOwner)
	c.pending = pendingWas&^done | ended
	if rsp.owner != noOwner {
		c.owners--
	}
	c.turn()
}

// arbitrate grants each bank to one requester; it returns whether the dispatcher got its word.
func (c *cycles) arbitrate() (sched bool) {
	var taken uint64
	n := len(c.lanes) + 1
	i := c.prio
	if i >= n {
		i = 0
	}
	for range n {
		kind, addr := noRequest, 0
		if i == n-1 {
			if c.disp.wants() {
				kind, addr = taskRequest, c.disp.addr
			}
		} else {
			if c.lanes[i].asleep == 0 {
				kind, addr = c.lanes[i].request(c)
			}
			if kind == noRequest && c.fetch[i].wants() {
				kind, addr = taskRequest, c.fetch[i].addr
			}
		}
		if kind != noRequest {
			if bank := uint64(1) << (addr & c.bankMask); taken&bank == 0 {
				taken |= bank
			} else {
				kind = noRequest
				c.out.Waits++
			}
		}
		c.grants[i], c.grantAt[i] = kind, addr
		if i++; i == n {
			i = 0
		}
	}
	return c.grants[n-1] != noRequest
}

// firstIdle is the fetcher that takes the next job, if there is one of each.
func (c *cycles) firstIdle() *fetcher {
	if c.disp.count == 0 {
		return nil
	}
	for i := 0; i < len(c.fetch); i += c.cfg.group {
		if c.fetch[i].idle() {
			return &c.fetch[i]
		}
	}
	return nil
}

// multicast moves a task to all lanes of each group that have room, and steps the fetchers.
func (c *cycles) multicast() {
	g := c.cfg.group
	for i := 0; i < len(c.fetch); i += g {
		f := &c.fetch[i]
		moves := f.count > 0
		for j := i; moves && j < i+g; j++ {
			moves = c.lanes[j].taskCount < len(c.lanes[j].tasks)
		}
		for j := i; j < i+g; j++ {
			c.pushes[j] = moves
			if moves {
				c.pushed[j] = f.queue[0]
			}
		}
		if moves || f.arrives || c.grants[i] == taskRequest {
			f.step(c, moves, c.grants[i] == taskRequest)
		}
	}
}
