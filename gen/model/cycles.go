package model

import (
	"fmt"
	"math/bits"

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

	// Lanes by bit.
	awake  uint64    // lanes that step
	waking [4]uint64 // lanes that wake, by cycle modulo 4
	asking uint64    // lanes whose row reader asks for a word
	full   uint64    // lanes whose task queue is full
	pushes uint64    // lanes that get a task in this cycle

	// Fetchers by bit of their lane.
	fetching uint64 // ask for a word
	arriving uint64 // get a word in this cycle
	holding  uint64 // have a task for their group
	idle     uint64 // can take a job

	grants  []int
	grantAt []int
	pushed  []taskEntry // by group
	out     Counters
}

// count runs the cycle model on an image that the executor has found sound.
func count(t *target.Target, image []byte, prog uint32, o Options) (Counters, error) {
	c := &cycles{
		t: t, mem: image, local: make([]uint32, t.LocalWords()), latency: o.Latency,
		addrMask: t.LocalWords() - 1, bankMask: t.Banks() - 1,
		lanes: make([]lane, t.Lanes), fetch: make([]fetcher, t.Lanes), prio: t.Lanes + 1,
		answers: make([]answer, o.Latency+requestCycles+1),
		grants:  make([]int, t.Lanes+1), grantAt: make([]int, t.Lanes+1), pushed: make([]taskEntry, t.Lanes),
	}
	for i := range c.lanes {
		c.lanes[i].tasks = make([]taskEntry, t.TaskQueue)
		c.lanes[i].words = make([]uint32, t.Prefetch)
	}
	c.configure(config{group: 1})
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
	c.idle = 0
	for i := 0; i < len(c.fetch); i += f.group {
		c.idle |= 1 << i // all are: a configuration finds the machine idle
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
	c.awake |= c.waking[c.now&3]
	c.waking[c.now&3] = 0

	sched, granted := c.arbitrate()
	var taker *fetcher
	takerBit := c.idle & -c.idle
	if c.disp.count > 0 && c.idle != 0 {
		taker = &c.fetch[bits.TrailingZeros64(c.idle)]
	}
	c.multicast(granted)

	// The phase that may begin, as the queue was.
	var next *phaseOp
	if k := &c.control; len(k.phases) > 0 {
		if p := &k.phases[0]; !p.barrier || c.wasIdle && c.wasWritten {
			next = p
		}
	}
	var ends [phasesOpen]int
	ended := uint64(0)
	for m := c.awake; m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		bit := m & -m
		var pushed *taskEntry
		if c.pushes&bit != 0 {
			pushed = &c.pushed[i&^(c.cfg.group-1)]
		}
		got := noRequest
		if granted&bit != 0 {
			got = c.grants[i]
		}
		if c.lanes[i].step(c, bit, got, c.grantAt[i], pushed) {
			ended |= bit
			ends[c.retireTag]++
		}
	}
	begun := c.disp.step(c, sched, taker, next, &ends)
	if taker != nil {
		c.idle &^= takerBit
		c.fetching |= takerBit
	}
	c.control.step(c, rsp, begun) // looks at the drain before its step
	done := c.drain.step(c, c.askedSums, rsp.owner == drainOwner)
	c.pending = c.pending&^done | ended
	if rsp.owner != noOwner {
		c.owners--
	}
	c.turn()
}

// arbitrate grants each bank to one requester; it returns whether the dispatcher got its word and which lanes something.
func (c *cycles) arbitrate() (sched bool, granted uint64) {
	n := len(c.lanes)
	want := c.asking | c.fetching
	var taken uint64
	// From the requester with priority to the last lane, the dispatcher, then the lanes below.
	low := uint64(0)
	if c.prio <= n {
		low = want & (1<<c.prio - 1)
		want &^= low
	}
	for m := want; m != 0; m &= m - 1 {
		granted |= c.grant(m&-m, &taken)
	}
	if c.disp.wants() {
		if bank := uint64(1) << (c.disp.addr & c.bankMask); taken&bank == 0 {
			taken |= bank
			sched = true
		} else {
			c.out.Waits++
		}
	}
	for m := low; m != 0; m &= m - 1 {
		granted |= c.grant(m&-m, &taken)
	}
	return sched, granted
}

// grant gives a lane's port its word when the bank is free.
func (c *cycles) grant(bit uint64, taken *uint64) uint64 {
	i := bits.TrailingZeros64(bit)
	kind, addr := taskRequest, c.fetch[i].addr
	if c.asking&bit != 0 {
		kind, addr = c.lanes[i].reqKind, c.lanes[i].reqAddr
	}
	bank := uint64(1) << (addr & c.bankMask)
	if *taken&bank != 0 {
		c.out.Waits++
		return 0
	}
	*taken |= bank
	c.grants[i], c.grantAt[i] = kind, addr
	return bit
}

// multicast moves a task to all lanes of each group that have room, and steps the fetchers.
func (c *cycles) multicast(granted uint64) {
	c.pushes = 0
	g := c.cfg.group
	for m := c.holding | c.fetching | c.arriving; m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		bit := m & -m
		f := &c.fetch[i]
		group := (bit<<(g-1) - bit) | bit<<(g-1)
		moves := f.count > 0 && c.full&group == 0
		if moves {
			c.pushed[i] = f.queue[0]
			c.pushes |= group
			for asleep := group &^ c.awake; asleep != 0; asleep &= asleep - 1 {
				c.deliver(bits.TrailingZeros64(asleep), asleep&-asleep, f.queue[0])
			}
		}
		got := granted&bit != 0 && c.grants[i] == taskRequest
		if !moves && !f.arrives && !got {
			continue
		}
		f.step(c, moves, got)
		c.note(f, bit)
	}
}

// note keeps what the next cycle needs to know of a fetcher.
func (c *cycles) note(f *fetcher, bit uint64) {
	c.fetching &^= bit
	c.holding &^= bit
	c.arriving &^= bit
	if f.wants() {
		c.fetching |= bit
	}
	if f.count > 0 {
		c.holding |= bit
	}
	if f.arrives {
		c.arriving |= bit
	}
	if f.idle() {
		c.idle |= bit
	}
}

// deliver gives a task to a sleeping lane, which wakes if its queue was empty.
func (c *cycles) deliver(i int, bit uint64, t taskEntry) {
	l := &c.lanes[i]
	if l.taskCount == 0 {
		l.wake(c, bit)
		return // its step takes the task
	}
	l.push(t)
	if l.taskCount == len(l.tasks) {
		c.full |= bit
	}
}
