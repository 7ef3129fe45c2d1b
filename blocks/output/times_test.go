package output_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Cycles from the first write to the last of twelve rows that all wait, that one included.
func TestOutputTimes(t *testing.T) {
	const rows = 12
	p := params(4, 16, 64)
	for _, c := range []struct {
		name   string
		kind   row
		words  int
		cycles int
	}{
		{"int32: a beat a cycle, across rows", row{}, 16, rows * 16},
		{"int32: rows of two words, too", row{}, 2, rows * 2},
		{"int32: rows of one word, too", row{}, 1, rows},
		{"int8: a word a cycle", row{int8: true}, 16, rows*16 - 3},
		{"with sums: those of a row are asked for, and have arrived, before it is drained", row{add: true}, 16, rows*16 + (rows-1)*(16+8+3)},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, p, c.words, 1)
			b.queueRows(rows/p.Lanes, c.kind)
			b.drain(t, 5000)
			require.Equal(t, c.cycles, b.moved[len(b.moved)-1]+1-b.moved[0])
		})
	}
}

// While the port takes nothing, nothing is lost: the request stays, the lanes are read no further.
func TestOutputWaitsForThePort(t *testing.T) {
	p := params(2, 16, 64)
	b := newBench(t, p, 16, 2)
	want := b.queueRows(1, row{})
	for len(b.writes) < 5 {
		b.step(t)
	}
	b.ready = 0
	b.step(t)
	addr, data := b.Peek(b.IO.Req.Data.Addr), b.PeekBig(b.IO.Req.Data.Data)
	for range 20 {
		b.Expect(b.IO.Req.Valid, 1)
		b.Expect(b.IO.Req.Data.Addr, addr)
		b.Expect(b.IO.Req.Data.Data, data)
		b.Expect(b.IO.Lane[0].Read, 0)
		b.step(t)
	}
	b.ready = 1
	b.drain(t, 500)
	b.expectWrites(t, want, 2)
}

// The partial sums of a row are read before any of its words is written, all of them, at its own address.
func TestPartialSumsAreReadFirst(t *testing.T) {
	p := params(2, 16, 64)
	b := newBench(t, p, 16, 3)
	b.queue[1] = []row{b.randomRow(77, false, true)}
	want := b.written(b.queue[1][0], 1, b.partials(b.queue[1][0], 1))
	for asked := 0; asked < 16; {
		if b.Peek(b.IO.Req.Valid) == 1 {
			b.Expect(b.IO.Req.Data.Write, 0)
			b.Expect(b.IO.Req.Data.Addr, 77+asked)
			asked++
		}
		b.step(t)
		require.Less(t, b.Cycle(), 100)
	}
	require.Empty(t, b.writes)
	b.drain(t, 500)
	require.Equal(t, want, b.writes)
}

// Idle falls with a row that waits and rises when its last beat has been taken.
func TestOutputIdle(t *testing.T) {
	b := newBench(t, params(2, 8, 16), 8, 4)
	b.Expect(b.IO.Idle, 1)
	b.queue[0] = []row{b.randomRow(0, true, false)}
	b.ready = 0.3
	for len(b.writes) < 2 {
		b.step(t)
		if len(b.writes) < 2 {
			b.Expect(b.IO.Idle, 0)
		}
		require.Less(t, b.Cycle(), 200)
	}
	b.Expect(b.IO.Idle, 1)
}
