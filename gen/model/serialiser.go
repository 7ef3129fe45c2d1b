package model

import "math/bits"

// stageB emits a product or ends a job. It returns whether the stage can take what stage A has.
func (l *lane) stageB(halfWaits bool) (take, ended bool) {
	switch {
	case l.emit > 0:
		l.emit--
		l.products++
		return l.emit == 0, false
	case l.end:
		if halfWaits {
			return false, false
		}
		l.end = false
		return true, true
	}
	return true, false
}

// stageA takes a word or a job end from the queues: the mask of the next bitmap segment as soon as none is held, all else when stage
// B can take it.
func (l *lane) stageA(c *cycles, take bool, m *moves) {
	if l.rowCount == 0 {
		return
	}
	d := &l.rows[l.rowHead]
	switch {
	case d.end:
		if take {
			m.popRow = true
			l.end, l.endTag, l.endWord = true, d.tag, d.body
		}
	case l.wordCount == 0:
	case c.bitmap && l.valueWords == 0:
		if l.held {
			return // until its first word of values goes on
		}
		m.popWord = true
		l.heldHits = bits.OnesCount32(l.words[l.wordHead])
		l.held = l.heldHits > 0
		l.valueWords = (l.heldHits + valuesPerWord - 1) / valuesPerWord
		l.taken++
	case take:
		m.popWord = true
		l.loadWord(c, l.words[l.wordHead])
		if l.taken++; l.taken == int(d.words) {
			m.popRow = true
			l.taken = 0
		}
	}
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
