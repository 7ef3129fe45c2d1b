package model

// lane is the state of one lane: task queue, row reader (reader.go), serialiser (serialiser.go) and the end word of the
// accumulator half that waits for the drain. Most cycles of a lane are products of a word it holds; sleep.go skips
// those.
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
	rows      [rowQueue]rowEntry
	rowHead   int
	rowCount  int
	words     []uint32 // ring
	wordHead  int
	wordCount int

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

// moves is what leaves and enters the queues of a lane at the end of a cycle.
type moves struct {
	popTask, popRow, popWord, pushRow bool
	row                               rowEntry
}

// step is one cycle. granted is what the lane's port got, pushed a task for its queue or nil. It returns whether a job
// ended. Every part looks at the queues as they were at the start of the cycle.
func (l *lane) step(c *cycles, bit uint64, granted, grantAddr int, pushed *taskEntry) (ended bool) {
	var m moves
	take, ended := l.stageB(c.pending&bit != 0)
	if ended {
		l.drainEnd, c.retireTag = l.endWord, l.endTag
	}
	if take && l.rowCount > 0 || c.bitmap {
		l.stageA(c, take, &m)
	}
	l.read(c, granted == rowRequest, &m)
	l.edge(&m)
	if pushed != nil {
		l.push(*pushed)
	}
	l.rowArrives, l.tableArrives = granted == rowRequest, granted == tableRequest
	if l.rowArrives {
		l.rowData = c.local[grantAddr]
	} else if l.tableArrives {
		l.look = c.local[grantAddr]
	}
	l.settle(c, bit)
	return ended
}

// edge moves the queues at the end of a cycle.
func (l *lane) edge(m *moves) {
	if m.popTask {
		if l.taskHead++; l.taskHead == len(l.tasks) {
			l.taskHead = 0
		}
		l.taskCount--
	}
	if m.popWord {
		if l.wordHead++; l.wordHead == len(l.words) {
			l.wordHead = 0
		}
		l.wordCount--
	}
	if l.rowArrives {
		at := l.wordHead + l.wordCount
		if at >= len(l.words) {
			at -= len(l.words)
		}
		l.words[at] = l.rowData
		l.wordCount++
	}
	if m.popRow {
		l.rowHead = (l.rowHead + 1) % rowQueue
		l.rowCount--
	}
	if m.pushRow {
		l.rows[(l.rowHead+l.rowCount)%rowQueue] = m.row
		l.rowCount++
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
