package model

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
		n := l.wordCount
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

// read is the row reader in one cycle: it reads a word of the row it is at, and takes a task once it knows where the next row is.
// Empty rows are dropped.
func (l *lane) read(c *cycles, granted bool, m *moves) {
	if (l.rowLeft == 0 || l.rowLeft == 1 && granted) && l.taskCount > 0 {
		l.take(c, l.tasks[l.taskHead], m)
	}
	if granted && l.rowLeft > 0 && !(m.pushRow && !m.row.end) { // else the row that was taken has replaced it
		l.rowNext = (l.rowNext + 1) & c.addrMask
		l.rowLeft--
	}
	if m.popTask {
		l.found = false
	} else if l.tableArrives {
		l.found = true
	}
}

// take passes a task or end word on, if the queue of rows has room.
func (l *lane) take(c *cycles, t taskEntry, m *moves) {
	isEnd, words := t.word>>31 == 1, c.cfg.rowWords
	if !isEnd && !c.dense {
		if !l.found && !l.tableArrives {
			return
		}
		if words = int(l.look >> 16 & 127); words == 0 {
			m.popTask = true
			return
		}
	}
	if l.rowCount == rowQueue {
		return
	}
	m.popTask, m.pushRow = true, true
	if isEnd {
		m.row = rowEntry{end: true, tag: t.tag, body: t.word}
		return
	}
	m.row = rowEntry{words: uint8(words), tag: t.tag}
	at := int(t.word>>8&0xffff) + l.offset
	if !c.dense {
		at += int(l.look & 0xffff)
	}
	l.rowNext, l.rowLeft = at&c.addrMask, words
}
