package model

import "math/bits"

// lane is the state of one lane: task queue, row reader, serialiser and which accumulator half waits for the drain. Each
// method does what the block does in one cycle.
type lane struct {
	asleep int64 // cycles in which nothing but products happens; see step

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

// step is one cycle of row reader and serialiser. granted is what the lane's port got, drained that the drain has read the waiting
// half. It returns whether a job ended.
func (l *lane) step(c *cycles, bit uint64, granted, grantAddr int, push bool, pushed taskEntry) (ended bool) {
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
	if push {
		l.push(pushed)
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
	l.rest(c)
	return ended
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

// rest puts the lane to sleep while it only emits the rest of a word: full queues, nothing asked for or on its way. It
// must wake early only when a task comes into an empty queue.
func (l *lane) rest(c *cycles) {
	if l.emit < 2 || l.rowArrives || l.tableArrives {
		return
	}
	if l.rowLeft > 0 && l.wordCnt < c.t.Prefetch || l.rowLeft == 0 && l.taskCount > 0 && l.rowCount < rowQueue {
		return
	}
	if l.taskCount > 0 && !c.dense && (!l.found || l.look>>16&127 == 0) {
		return
	}
	if c.bitmap && l.valueWords == 0 && !l.held && l.rowCount > 0 && l.wordCnt > 0 {
		return
	}
	l.asleep = int64(l.emit - 1)
	l.products += l.asleep
	l.emit = 1
}

// wake ends a sleep.
func (l *lane) wake() {
	l.products -= l.asleep
	l.emit += int(l.asleep)
	l.asleep = 0
}
