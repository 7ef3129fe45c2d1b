package lane_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// An event is a product or the end of a job at the serialiser's output.
type event struct {
	end            bool
	col            int
	a, b           int64
	endBody, endIs uint64 // end word and tag
	cycle          int
}

// serialBench is a serialiser with rows to send and the events that it has given.
type serialBench struct {
	*sim.Sim[lane.SerialiserIO]
	descs, words []sim.Item
	want, got    []event
	format       int
	ncols        int
}

func newSerial(t *testing.T, p lane.Params, format, ncols int) *serialBench {
	t.Helper()
	b := &serialBench{Sim: sim.New[lane.SerialiserIO](t, lane.Serialiser(p)), format: format, ncols: ncols}
	b.Poke(b.IO.Format, formats[format].code)
	b.Poke(b.IO.NCols, ncols)
	b.Poke(b.IO.Go, 1)
	b.Poke(b.IO.EndOK, 1)
	return b
}

// row adds a row that is multiplied by a; one without words never gets here.
func (b *serialBench) row(a int8, row []value) {
	words := formats[b.format].encode(row, b.ncols)
	if len(words) == 0 {
		return
	}
	b.descs = append(b.descs, sim.Item{int64(len(words))<<8 | int64(uint8(a)), 1, 0})
	for _, w := range words {
		b.words = append(b.words, sim.Item{int64(w)})
	}
	for _, v := range products(row, b.format, b.ncols) {
		b.want = append(b.want, event{col: v.col, a: int64(a), b: int64(v.val)})
	}
}

func (b *serialBench) end(body, tag int64) {
	b.descs = append(b.descs, sim.Item{body, tag, 1})
	b.want = append(b.want, event{end: true, endBody: uint64(body), endIs: uint64(tag)})
}

// step notes what the present cycle gives. The outputs come from registers and from go and end_ok alone, so they can be
// looked at before the senders drive their inputs.
func (b *serialBench) step(t *testing.T) {
	t.Helper()
	hit, end := b.Peek(b.IO.HitValid) == 1, b.Peek(b.IO.End) == 1
	require.False(t, hit && end)
	if hit {
		b.got = append(b.got, event{col: int(b.Peek(b.IO.Col)), a: b.PeekInt(b.IO.A), b: b.PeekInt(b.IO.B), cycle: b.Cycle()})
	}
	if end {
		b.got = append(b.got, event{end: true, endBody: b.Peek(b.IO.EndBody), endIs: b.Peek(b.IO.EndTag), cycle: b.Cycle()})
	}
	b.Step(1)
}

// untimed drops the cycles of events.
func untimed(events []event) []event {
	out := make([]event, len(events))
	for i, e := range events {
		e.cycle = 0
		out[i] = e
	}
	return out
}

// All products and job ends come in order, whichever of the queues, the accumulators or the drain is slow.
func TestSerialiserGivesEachProductOnce(t *testing.T) {
	for i, p := range settings {
		for f, format := range formats {
			for k, pace := range []struct{ descs, words, run, end float64 }{
				{0, 0, 1, 1}, {0, 0.5, 1, 1}, {0.5, 0, 1, 1}, {0, 0, 0.3, 1}, {0, 0, 1, 0.2}, {0.3, 0.3, 0.7, 0.7},
			} {
				t.Run(fmt.Sprintf("%s, %d columns, %v", format.name, p.AccColumns, pace), func(t *testing.T) {
					rng := rand.New(rand.NewPCG(uint64(10*i+f), uint64(k)))
					b := newSerial(t, p, f, p.AccColumns-rng.IntN(p.AccColumns/2))
					for range 25 {
						switch rng.IntN(5) {
						case 0:
							b.end(rng.Int64N(1<<31), rng.Int64N(4))
						case 1:
							b.row(nonzero(rng), gappyRow(rng, b.ncols))
						default:
							b.row(nonzero(rng), randomRow(rng, b.ncols, rng.Float64()))
						}
					}
					sim.Send(b, b.IO.Desc, b.descs...).With(sim.Stall(1, pace.descs))
					sim.Send(b, b.IO.Word, b.words...).With(sim.Stall(2, pace.words))
					for len(b.got) < len(b.want) && b.Cycle() < 20*len(b.want)+1000 {
						b.Poke(b.IO.Go, flip(rng, pace.run))
						b.Poke(b.IO.EndOK, flip(rng, pace.end))
						b.step(t)
					}
					require.Equal(t, b.want, untimed(b.got))
				})
			}
		}
	}
}

// Hand-made rows of a bitmap and of pairs in 128 columns: the ends, one value, full words, empty segments.
func TestSerialiserCornerRows(t *testing.T) {
	full := func(from, to int) (row []value) {
		for c := from; c < to; c++ {
			row = append(row, value{c, int8(c - 64)})
		}
		return row
	}
	for name, row := range map[string][]value{
		"first column":                   {{0, 1}},
		"last column":                    {{127, -128}},
		"both ends":                      {{0, -1}, {127, 127}},
		"empty segments in the middle":   {{31, 3}, {96, 4}},
		"empty segments at the start":    {{70, 5}, {71, 6}, {72, 7}},
		"empty segments at the end":      {{0, 5}, {32, 6}, {33, 7}},
		"an odd count":                   {{1, 1}, {2, 2}, {3, 3}},
		"four values fill a word":        full(28, 32),
		"five begin the next":            full(27, 32),
		"a full segment":                 full(32, 64),
		"all columns, column 64 is zero": full(0, 128),
	} {
		for f, format := range formats {
			t.Run(format.name+": "+name, func(t *testing.T) {
				b := newSerial(t, settings[2], f, 128)
				for range 3 {
					b.row(-7, row)
				}
				b.end(1, 2)
				sim.Send(b, b.IO.Desc, b.descs...)
				sim.Send(b, b.IO.Word, b.words...)
				for range len(b.want) + 40 {
					b.step(t)
				}
				require.Equal(t, b.want, untimed(b.got))
			})
		}
	}
}
