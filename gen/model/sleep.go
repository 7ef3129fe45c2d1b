package model

// settle tells the machine what the next cycle needs to know.
func (l *lane) settle(c *cycles, bit uint64) {
	c.full &^= bit
	if l.taskCount == len(l.tasks) {
		c.full |= bit
	}
	c.asking &^= bit
	if l.reqKind, l.reqAddr = l.request(c); l.reqKind != noRequest {
		c.asking |= bit
	} else {
		l.rest(c, bit)
	}
}

// rest puts the lane to sleep while it only emits the rest of a word, its queues full and nothing on its way, or while it
// has nothing at all to do. A task that comes into its empty queue wakes it early.
func (l *lane) rest(c *cycles, bit uint64) {
	if l.rowArrives || l.tableArrives {
		return
	}
	if l.emit == 0 {
		if !l.end && l.rowLeft == 0 && l.taskCount == 0 && l.rowCount == 0 {
			c.awake &^= bit
			l.wakeAt = 0
		}
		return
	}
	switch {
	case l.emit < 2:
		return
	case l.rowLeft == 0 && l.taskCount > 0 && (l.rowCount < rowQueue || l.tasks[l.taskHead].word>>31 == 0 && !c.dense && l.look>>16&127 == 0):
		return // the row reader moves
	case c.bitmap && l.valueWords == 0 && !l.held && l.rowCount > 0 && l.wordCount > 0:
		return // a mask is taken
	}
	skip := int64(l.emit - 1)
	l.wakeAt = c.now + 1 + skip
	c.waking[l.wakeAt&3] |= bit
	c.awake &^= bit
	l.products += skip
	l.emit = 1
}

// wake ends a sleep early.
func (l *lane) wake(c *cycles, bit uint64) {
	c.awake |= bit
	if left := l.wakeAt - c.now; l.wakeAt != 0 {
		l.products -= left
		l.emit += int(left)
		c.waking[l.wakeAt&3] &^= bit
	}
}
