package lane_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// rowOf has the given columns.
func rowOf(cols ...int) (row []value) {
	for _, c := range cols {
		row = append(row, value{c, int8(c%100 + 1)})
	}
	return row
}

// first are the columns 0 to n-1.
func first(n int) (cols []int) {
	for c := range n {
		cols = append(cols, c)
	}
	return cols
}

// Cycles from the first product of a steady stream to its last, that one included: as many as products where there is
// no bubble. The queues always have what is asked for.
func TestSerialiserTimes(t *testing.T) {
	const n = 10 // rows
	for _, c := range []struct {
		name          string
		format, ncols int
		row           []value
		products      int // of a row
		bubbles       int // between the products of one row and its successor
	}{
		{"dense: one product a cycle", lane.Dense, 128, nil, 128, 0},
		{"dense: one product a cycle over partial words", lane.Dense, 5, nil, 5, 0},
		{"dense: one column", lane.Dense, 1, nil, 1, 0},
		{"pairs: one product a cycle", lane.Pairs, 128, rowOf(1, 5, 9, 60), 4, 0},
		{"pairs: an odd count has no bubble", lane.Pairs, 128, rowOf(1, 5, 60), 3, 0},
		{"pairs: one value", lane.Pairs, 128, rowOf(3), 1, 0},
		{"bitmap: the next mask is read beside two or more products", lane.Bitmap, 128, rowOf(0, 9), 2, 0},
		{"bitmap: full segments", lane.Bitmap, 128, rowOf(first(128)...), 128, 0},
		{"bitmap: a segment in the middle is hidden, too", lane.Bitmap, 128, rowOf(0, 1, 2, 64, 65), 5, 0},
		{"bitmap: one value in the last word leaves no time for the next mask", lane.Bitmap, 128, rowOf(0, 1, 2, 3, 4), 5, 1},
		{"bitmap: one value", lane.Bitmap, 128, rowOf(9), 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newSerial(t, settings[2], c.format, c.ncols)
			for range n {
				b.row(3, c.row)
			}
			require.Len(t, b.want, n*c.products)
			sim.Send(b, b.IO.Desc, b.descs...)
			sim.Send(b, b.IO.Word, b.words...)
			for range 2*len(b.want) + 20 {
				b.step(t)
			}
			require.Equal(t, b.want, untimed(b.got))
			require.Equal(t, n*c.products+(n-1)*c.bubbles, b.got[len(b.got)-1].cycle+1-b.got[0].cycle)
		})
	}
}

// The end of a job takes the place of one product; the mask of a bitmap row behind it is read only then.
func TestSerialiserEndTimes(t *testing.T) {
	for f, cycles := range []int{lane.Dense: 1, lane.Pairs: 1, lane.Bitmap: 2} {
		b := newSerial(t, settings[2], f, 8)
		for range 5 {
			b.row(3, rowOf(first(8)...))
			b.end(1, 2)
		}
		b.row(3, rowOf(first(8)...))
		sim.Send(b, b.IO.Desc, b.descs...)
		sim.Send(b, b.IO.Word, b.words...)
		for range 100 {
			b.step(t)
		}
		require.Equal(t, b.want, untimed(b.got))
		require.Equal(t, 6*8+5*cycles, b.got[len(b.got)-1].cycle+1-b.got[0].cycle, formats[f].name)
	}
}

// While the accumulators are not ready a product waits, while the other half is not free a job end waits, and neither
// holds up what may go.
func TestSerialiserWaits(t *testing.T) {
	b := newSerial(t, settings[1], lane.Dense, 4)
	b.row(2, rowOf(0, 1, 2, 3))
	b.end(5, 1)
	sim.Send(b, b.IO.Desc, b.descs...)
	sim.Send(b, b.IO.Word, b.words...)
	b.Poke(b.IO.Go, 0)
	b.Poke(b.IO.EndOK, 0)
	for range 10 {
		b.step(t)
	}
	require.Empty(t, b.got)
	b.Poke(b.IO.Go, 1)
	for range 10 {
		b.step(t)
	}
	require.Equal(t, b.want[:4], untimed(b.got))
	b.Poke(b.IO.Go, 0)
	b.Poke(b.IO.EndOK, 1)
	b.step(t)
	require.Equal(t, b.want, untimed(b.got))
}

func TestSerialiserWave(t *testing.T) {
	b := newSerial(t, settings[2], lane.Bitmap, 64)
	b.row(3, []value{{4, 40}, {5, 50}, {33, 60}})
	b.row(2, []value{{1, 10}, {2, 20}})
	b.end(77, 0)
	sim.Send(b, b.IO.Desc, b.descs...)
	sim.Send(b, b.IO.Word, b.words...)
	for range 11 {
		b.step(t)
	}
	io := b.IO
	sim.ExpectWave(t, b, "testdata/serialiser.wave", io.Desc.Valid, io.Desc.Ready, io.Desc.Data.End, io.Word.Valid, io.Word.Ready, io.Word.Data.Data,
		io.HitValid, io.Col, io.A, io.B, io.End)
	expectShown(t, "testdata/serialiser.wave")
}
