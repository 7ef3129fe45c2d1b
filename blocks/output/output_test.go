package output_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/output"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// params are those of a machine.
func params(lanes, portBytes, accColumns int) output.Params {
	return output.Params{Lanes: lanes, AccWord: portBytes / 4, AccDepth: accColumns / (portBytes / 4), PortBytes: portBytes}
}

var sizes = []output.Params{params(2, 8, 16), params(4, 16, 4), params(16, 16, 128), params(8, 32, 256)}

// space is how far the rows of a test stand apart, in beats.
const space = 1024

// queueRows gives each lane n rows at addresses of their own, of a random kind, and returns the beats expected of each
// lane in order.
func (b *bench) queueRows(n int, kinds ...row) [][]beat {
	want := make([][]beat, b.p.Lanes)
	for i := range b.queue {
		for k := range n {
			kind := kinds[b.rng.IntN(len(kinds))]
			r := b.randomRow(uint32((i*n+k)*space), kind.int8, kind.add)
			b.queue[i] = append(b.queue[i], r)
			var partial []int32
			if r.add {
				partial = b.partials(r, i)
			}
			want[i] = append(want[i], b.written(r, i, partial)...)
		}
	}
	return want
}

// expectWrites compares what was written: the rows one after the other in the order in which lanes drained.
func (b *bench) expectWrites(t *testing.T, want [][]beat, rows int) {
	t.Helper()
	var all []beat
	left := make([][]beat, len(want))
	copy(left, want)
	for _, lane := range b.order {
		first := left[lane][0].addr &^ (space/2 - 1) // a row and its slice offset stay below half the space
		for len(left[lane]) > 0 && left[lane][0].addr&^(space/2-1) == first {
			all = append(all, left[lane][0])
			left[lane] = left[lane][1:]
		}
	}
	require.Len(t, b.order, rows)
	require.Equal(t, all, b.writes)
}

var kinds = map[string][]row{
	"int32":            {{}},
	"int8":             {{int8: true}},
	"int32 with sums":  {{add: true}},
	"int8 with sums":   {{add: true, int8: true}},
	"all kinds, mixed": {{}, {int8: true}, {add: true}, {add: true, int8: true}},
}

// Rows of each kind are written beat by beat as plain Go says, with the byte enables of a last beat that is not full,
// while the port and the lanes are fast or slow.
func TestRowsAreWritten(t *testing.T) {
	for i, p := range sizes {
		for name, kind := range kinds {
			for _, words := range []int{1, p.AccDepth/2 + 1, p.AccDepth} {
				for k, pace := range []struct{ ready, fill float64 }{{1, 1}, {0.4, 1}, {1, 0.05}, {0.7, 0.3}} {
					if words > p.AccDepth {
						continue
					}
					t.Run(fmt.Sprintf("%d lanes, %d bytes, %s, %d words, port %v, lanes %v", p.Lanes, p.PortBytes, name, words, pace.ready, pace.fill), func(t *testing.T) {
						b := newBench(t, p, words, uint64(10*i+k))
						b.ready, b.fill = pace.ready, pace.fill
						b.rescale(golden.Requant{Mult: uint16(b.rng.Uint32()), Shift: uint8(b.rng.IntN(48))})
						want := b.queueRows(3, kind...)
						b.drain(t, 30000)
						b.expectWrites(t, want, 3*p.Lanes)
					})
				}
			}
		}
	}
}

// In a group each slice is written as many beats further as the configuration says.
func TestSlicesOfAGroup(t *testing.T) {
	p := params(16, 16, 16)
	for group := 1; group <= 16; group *= 2 {
		b := newBench(t, p, 4, uint64(group))
		b.slices(group, 7)
		want := b.queueRows(2, kinds["all kinds, mixed"]...)
		b.drain(t, 5000)
		b.expectWrites(t, want, 2*16)
	}
}

// Only whole words are written: of an int8 beat of four words as many bytes as there are words.
func TestMasksOfTheLastBeat(t *testing.T) {
	for _, p := range sizes {
		for words := 1; words <= min(p.AccDepth, 8); words++ {
			b := newBench(t, p, words, 1)
			b.queue[0] = []row{b.randomRow(0, true, false)}
			b.drain(t, 200)
			require.Len(t, b.writes, (words+3)/4)
			bytes := p.AccWord * ((words-1)%4 + 1)
			require.Equal(t, uint64(1)<<bytes-1, b.writes[len(b.writes)-1].mask, "%d words of %d columns", words, p.AccWord)
		}
	}
}

// Lanes that all have rows are drained in turn.
func TestLanesDrainInRotatingOrder(t *testing.T) {
	for _, p := range sizes {
		b := newBench(t, p, 1, 2)
		b.queueRows(5, row{})
		b.drain(t, 2000)
		for k, lane := range b.order {
			require.Equal(t, k%p.Lanes, lane)
		}
	}
}

// A lane waits for no more than one row of each other lane, besides the three that are chosen, drained and on their way out.
func TestNoLaneIsPassedOver(t *testing.T) {
	p := params(8, 16, 16)
	b := newBench(t, p, 2, 3)
	b.fill, b.ready = 0.1, 0.5
	b.queueRows(40, row{})
	since, waits := make([]int, p.Lanes), 0
	for rows := 0; rows < 8*40; {
		for i := range since {
			if b.full[i] == nil {
				since[i] = len(b.order)
			}
		}
		b.step(t)
		if len(b.order) > rows {
			rows = len(b.order)
			waits = max(waits, rows-since[b.order[rows-1]])
		}
		require.Less(t, b.Cycle(), 20000)
	}
	require.LessOrEqual(t, waits, p.Lanes+3)
	require.Greater(t, waits, 2)
}

func TestOutputWave(t *testing.T) {
	b := newBench(t, params(2, 8, 16), 2, 4)
	b.queue[0] = []row{{addr: 100, sums: []int32{1, 2, 3, 4}}}
	b.queue[1] = []row{{addr: 200, int8: true, sums: []int32{32, 64, 96, 128}}}
	for range 10 {
		b.step(t)
	}
	io := b.IO
	sim.ExpectWave(t, b, "testdata/output.wave", io.Lane[0].Pending, io.Lane[0].Read, io.Lane[0].Done, io.Lane[1].Pending, io.Lane[1].Read, io.Lane[1].Done,
		io.Lane[1].Idx, io.Req.Valid, io.Req.Data.Addr, io.Req.Data.Mask, io.Idle)
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	wave, err := os.ReadFile("testdata/output.wave")
	require.NoError(t, err)
	require.Contains(t, string(page), string(wave))
}
