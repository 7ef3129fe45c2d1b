package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
)

// Sizes of blocks, in instructions. Small blocks skip more, large ones cost less to keep track of: a block
// ends at the first end of a root's cone past the one and in any case at the other.
const (
	blockAim = 12
	blockMax = 32
	edgeMax  = 16 // moves or checks that share a block
)

// A cutter divides the picked instructions, and the work of the edge that reads state directly, into blocks.
type cutter struct {
	k      *picker
	pieces []block
	by     []int32 // the block that computes each node, -1 for none
}

func cut(k *picker) *cutter {
	c := &cutter{k: k, by: make([]int32, len(k.nodes))}
	ends := make([]bool, len(k.nodes))
	for _, r := range k.roots {
		ends[k.plain(k.repl[r])] = true
	}
	for i := range c.by {
		c.by[i] = -1
	}
	var loop int32
	for i := range k.picks {
		id := k.picks[i].id
		size := int32(0)
		if n := len(c.pieces); n > 0 {
			size = c.pieces[n-1].hi - c.pieces[n-1].lo
		}
		full := size >= blockMax || size >= blockAim && ends[k.picks[i-1].id]
		if size == 0 || k.loop[id] != loop || full && k.loop[id] == 0 {
			c.pieces = append(c.pieces, block{lo: int32(i), hi: int32(i)})
			loop = k.loop[id]
		}
		b := &c.pieces[len(c.pieces)-1]
		b.hi++
		if loop != 0 {
			b.passes += k.nodes[id].Width
		}
		c.by[id] = int32(len(c.pieces) - 1)
	}
	for i := range c.pieces {
		if c.pieces[i].passes > 0 {
			c.pieces[i].passes += 2
		}
	}
	return c
}

// A fanTable collects which blocks read which value, in two passes over the same calls: count, then fill.
// Keys are node ids, and behind them the memories, whose asynchronous reads depend on their contents.
type fanTable struct {
	by    []int32 // the block that computes a key, or -1
	last  []int32 // block last seen for a key, plus one
	word  []int32 // word of the last mark of a key, plus one
	count []uint32
	fill  []uint32
	marks []mark
}

func newFanTable(by []int32, mems int) *fanTable {
	n := len(by) + mems
	t := &fanTable{by: by, last: make([]int32, n), word: make([]int32, n), count: make([]uint32, n)}
	for range mems {
		t.by = append(t.by, -1)
	}
	return t
}

// reads notes that block b reads key. Calls come with b never falling.
func (t *fanTable) reads(key flat.ID, b int32) {
	if t.by[key] == b || t.last[key] == b+1 {
		return
	}
	t.last[key] = b + 1
	if w := b>>6 + 1; t.word[key] != w {
		t.word[key] = w
		if t.fill == nil {
			t.count[key]++
		} else {
			t.marks[t.fill[key]].word = uint32(b >> 6)
			t.fill[key]++
		}
	}
	if t.fill != nil {
		t.marks[t.fill[key]-1].mask |= 1 << (uint(b) & 63)
	}
}

// second ends counting and starts filling.
func (t *fanTable) second() {
	t.fill = make([]uint32, len(t.count))
	var n uint32
	for i, c := range t.count {
		t.fill[i] = n
		n += c
	}
	t.marks = make([]mark, n)
	clear(t.last)
	clear(t.word)
}

// finish numbers the fans; the number of a key without readers is 0.
func (t *fanTable) finish() (fans []fan, of []uint32) {
	fans = []fan{{}}
	of = make([]uint32, len(t.count))
	for key, c := range t.count {
		if c > 0 {
			of[key] = uint32(len(fans))
			fans = append(fans, fan{t.fill[key] - c, t.fill[key]})
		}
	}
	return fans, of
}
