package model

import "math/bits"

// lane is the state of one lane: task queue, row reader, serialiser and which accumulator half waits for the drain. Each
// method does what the block does in one cycle.
type lane struct {
	wakeAt int64 // asleep: the cycle of the next step; see rest

	// Task queue.
	tasks     []taskEntry // ring
	taskHead  int
	taskCount int

	// Row reader. A grant in one cycle brings the word in the next.
	tableArrives bool // found_now
	found        bool
	look         uint32 // table entry
	rowArrives   bool
	rowData      uint32
	rowNext      int
	rowLeft      int

	// Queues to the serialiser.
	rows     [rowQueue]rowEntry
	rowHead  int
	rowCount int
	words    []uint32 // ring
	wordHead int
	wordCnt  int

	// Serialiser, stage A: words of the row taken, and the segment of a bitmap.
	taken      int
	valueWords int
	held       bool // the mask of the next segment is held
	heldHits   int
	// Stage B: products left of its word, and of its segment, or a job end.
	emit     int
	segHits  int
	end      bool
	endTag   uint8
	endWord  uint32
	drainEnd uint32 // end word of the half that waits for the drain

	reqKind int // what the lane asks for in the next cycle
	reqAddr int

	offset   int // words to this lane's slice
	products int64
}

type taskEntry struct {
	word uint32 // position made absolute
	tag  uint8
}

type rowEntry struct {
	words uint8
	end   bool
	tag   uint8
	body  uint32 // end word
}

// The clients of a lane's memory port, first first.
const (
	noRequest = iota
	rowRequest
	tableRequest
	taskRequest
)

// request is the word the row reader asks for in this cycle.
func (l *lane) request(c *cycles) (kind, addr int) {
	if l.rowLeft > 0 {
		n := l.wordCnt
		if l.rowArrives {
			n++
		}
		if n < c.t.Prefetch {
			return rowRequest, l.rowNext
		}
	}
	if l.taskCount > 0 && !c.dense && !l.found && !l.tableArrives {
		if t := l.tasks[l.taskHead].word; t>>31 == 0 {
			return tableRequest, (int(t>>8&0xffff) + l.offset) & c.addrMask
		}
	}
	return noRequest, 0
}

// step is one cycle of row reader and serialiser. granted is what the lane's port got, pushed a task for its queue or nil. It
// returns whether a job ended.
func (l *lane) step(c *cycles, bit uint64, granted, grantAddr int, pushed *taskEntry) (ended bool) {
	// Stage B.
	take := false
	switch {
	case l.emit > 0:
		l.emit--
		l.products++
		take = l.emit == 0
	case l.end:
		if c.pending&bit == 0 {
			ended, take = true, true
			l.drainEnd = l.endWord
		}
	default:
		take = true
	}
	// Stage A, on the queues as they were at the start of the cycle.
	popRow, popWord := false, false
	endTag := l.endTag
	if ended {
		l.end = false
	}
	if l.rowCount > 0 {
		d := &l.rows[l.rowHead]
		switch {
		case d.end:
			if take {
				popRow = true
				l.end, endTag, l.endWord = true, d.tag, d.body
			}
		case l.wordCnt == 0:
		case c.bitmap && l.valueWords == 0:
			if !l.held {
				popWord = true
				l.heldHits = bits.OnesCount32(l.words[l.wordHead])
				l.held = l.heldHits > 0
				l.valueWords = (l.heldHits + valuesPerWord - 1) / valuesPerWord
				l.taken++
			}
			// The mask is held until its first word of values goes on.
		case take:
			popWord = true
			l.loadWord(c, l.words[l.wordHead])
			l.taken++
			if l.taken == int(d.words) {
				popRow = true
				l.taken = 0
			}
		}
	}
	// Row reader.
	rowGrant := granted == rowRequest
	pushRow := false
	var newRow rowEntry
	popTask := false
	free := l.rowLeft == 0 || l.rowLeft == 1 && rowGrant
	if l.taskCount > 0 && free {
		t := l.tasks[l.taskHead]
		isEnd := t.word>>31 == 1
		switch {
		case isEnd:
			if l.rowCount < rowQueue {
				popTask, pushRow = true, true
				newRow = rowEntry{end: true, tag: t.tag, body: t.word}
			}
		case c.dense:
			if l.rowCount < rowQueue {
				popTask, pushRow = true, true
				newRow = rowEntry{words: uint8(c.cfg.rowWords), tag: t.tag}
			}
		case l.found || l.tableArrives:
			if n := l.look >> 16 & 127; n == 0 {
				popTask = true
			} else if l.rowCount < rowQueue {
				popTask, pushRow = true, true
				newRow = rowEntry{words: uint8(n), tag: t.tag}
			}
		}
		if pushRow && !isEnd {
			entry := int(t.word>>8&0xffff) + l.offset
			if !c.dense {
				entry += int(l.look & 0xffff)
			}
			l.rowNext, l.rowLeft = entry&c.addrMask, int(newRow.words)
			rowGrant = false // already counted by free
		}
	}
	if rowGrant {
		l.rowNext = (l.rowNext + 1) & c.addrMask
		l.rowLeft--
	}
	if popTask {
		l.found = false
		if l.taskHead++; l.taskHead == len(l.tasks) {
			l.taskHead = 0
		}
		l.taskCount--
	} else if l.tableArrives {
		l.found = true
	}
	// Queues and registers at the clock edge.
	if popWord {
		if l.wordHead++; l.wordHead == len(l.words) {
			l.wordHead = 0
		}
		l.wordCnt--
	}
	if l.rowArrives {
		at := l.wordHead + l.wordCnt
		if at >= len(l.words) {
			at -= len(l.words)
		}
		l.words[at] = l.rowData
		l.wordCnt++
	}
	if popRow {
		l.rowHead = (l.rowHead + 1) % rowQueue
		l.rowCount--
	}
	if pushRow {
		l.rows[(l.rowHead+l.rowCount)%rowQueue] = newRow
		l.rowCount++
	}
	if pushed != nil {
		l.push(*pushed)
	}
	l.rowArrives, l.tableArrives = granted == rowRequest, granted == tableRequest
	if l.rowArrives {
		l.rowData = c.local[grantAddr]
	} else if l.tableArrives {
		l.look = c.local[grantAddr]
	}
	if ended {
		c.retireTag = l.endTag
	}
	l.endTag = endTag
	l.settle(c, bit)
	return ended
}

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

func (l *lane) push(t taskEntry) {
	at := l.taskHead + l.taskCount
	if at >= len(l.tasks) {
		at -= len(l.tasks)
	}
	l.tasks[at] = t
	l.taskCount++
}

// loadWord brings a word of values to stage B.
func (l *lane) loadWord(c *cycles, w uint32) {
	switch {
	case c.dense:
		l.emit = min(valuesPerWord, c.cfg.ncols-valuesPerWord*l.taken)
	case c.bitmap:
		if l.held {
			l.held, l.segHits = false, l.heldHits
		}
		l.valueWords--
		l.emit = min(valuesPerWord, l.segHits)
		l.segHits -= l.emit
	default:
		l.emit = 1
		if w>>24 != 0 {
			l.emit = 2
		}
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
	case c.bitmap && l.valueWords == 0 && !l.held && l.rowCount > 0 && l.wordCnt > 0:
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
