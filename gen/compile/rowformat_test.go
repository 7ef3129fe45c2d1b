package compile

import (
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/verify/golden"
)

func TestRowOfWords(t *testing.T) {
	r := run{slice: 1, cols: []int32{100, 102, 190}, vals: []int8{1, -2, 3}} // slice 1 of 100 columns: columns 0, 2, 90
	require.Equal(t, []uint32{0x0100 | 0xfe02<<16, 0x035a}, r.appendPairs(nil, 100))
	require.Equal(t, []uint32{1<<0 | 1<<2, 0x00fe01, 0, 1 << (90 - 64), 3}, r.appendBitmap(nil, 100))
}

// The length that plans count with is the length written, and every non-zero is there once.
func TestRowWords(t *testing.T) {
	for _, density := range []float64{0.01, 0.1, 0.5, 1} {
		m := golden.RandomCSR(3, 40, 300, density)
		for row := range m.Rows {
			cols, vals := m.Row(row)
			for _, ncols := range []int{1, 31, 33, 100, 128} {
				seen := 0
				eachRun(cols, vals, ncols, func(r run) {
					seen += len(r.cols)
					for _, c := range r.cols {
						require.Equal(t, r.slice, int(c)/ncols)
					}
					require.Len(t, r.appendPairs(nil, ncols), r.words(Pairs, ncols))
					words := r.appendBitmap(nil, ncols)
					require.Len(t, words, r.words(Bitmap, ncols))
					hits := 0
					for i := 0; i < len(words); {
						n := bits.OnesCount32(words[i])
						hits += n
						i += 1 + (n+3)/4
					}
					require.Equal(t, len(r.cols), hits)
				})
				require.Equal(t, len(cols), seen)
			}
		}
	}
}

// Jobs keep all tasks in either order, long ones first at the end of the tile.
func TestOrders(t *testing.T) {
	for _, by := range []order{longestFirst, mixed} {
		var jobs []job
		for i := range 1000 {
			jobs = append(jobs, job{row: int32(i), weight: float32(i * i % 997)})
		}
		sortJobs(jobs, by, 4)
		seen := map[int32]bool{}
		for _, j := range jobs {
			seen[j.row] = true
		}
		require.Len(t, seen, 1000)
		for i := 970; i < 999; i++ {
			require.GreaterOrEqual(t, jobs[i].weight, jobs[i+1].weight, by)
		}
		require.Less(t, jobs[999].weight, float32(40), by)
	}
}
