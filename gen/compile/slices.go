package compile

import (
	"github.com/sparsegen/sparsegen/gen/target"
)

// slicing is a way to cut the columns of B: nTiles tiles of group slices of ncols columns, in one format. The last slices
// may reach past N.
type slicing struct {
	format   BFormat
	group    int
	ncols    int
	nTiles   int
	rowWords int // dense: words of a row of a slice

	// cost is for each live position the mean over its slices of the cycles a lane spends on a task, as far as
	// they follow from words and products alone. Dense tasks all cost the same and have a nil cost.
	cost      []float32
	denseCost float64
	work      float64 // of all tasks of A, in one tile of N
	requests  float64 // bank requests of a lane for a mean task
	imbalance float64 // mean over the tiles of N of (most loaded slice / mean slice)

	// contention is what lanes lose to each other at the banks, as a factor on the cost of a task.
	contention float64

	// rowsUpTo[t][p] counts the words of the rows before live position p in tile t of N (compressed formats). When that table
	// would be too large it has one entry, the worst tile for each row, which errs on the safe side.
	rowsUpTo [][]int32
}

// exactTable bounds the entries of rowsUpTo.
const exactTable = 4 << 20

// newSlicing measures a slicing; ok is false when a row is too long for its format.
func newSlicing(o *operands, f BFormat, group, nTiles, ncols int) (s *slicing, ok bool) {
	s = &slicing{format: f, group: group, ncols: ncols, nTiles: nTiles, imbalance: 1, contention: 1}
	taskShare := 1 / float64(group) // the task word is fetched once for the group
	if f == Dense {
		s.rowWords = (ncols + 3) / 4
		s.requests = float64(s.rowWords) + taskShare
		s.denseCost = max(float64(ncols), s.requests)
		s.contend(s.denseCost)
		s.work = s.taskCost(0) * float64(len(o.pos))
		return s, true
	}
	n := o.live()
	tables := nTiles
	if tables*(n+1) > exactTable {
		tables = 1
	}
	s.rowsUpTo = make([][]int32, tables)
	for i := range s.rowsUpTo {
		s.rowsUpTo[i] = make([]int32, n+1)
	}
	s.cost = make([]float32, n)
	load := make([]float64, nTiles*group) // work of each slice over all of A
	ok = true
	var all, weight, requests float64
	perTile := make([]int32, nTiles)
	for p, k := range o.bRow {
		uses, sum := float64(o.uses[p]), 0.0
		clear(perTile)
		cols, vals := o.b.Row(int(k))
		idle := float64(tableCost) // an empty slice costs its table read
		full := 0
		eachRun(cols, vals, ncols, func(r run) {
			w := r.words(f, ncols)
			ok = ok && w <= maxRowWords
			c := max(float64(len(r.cols)), float64(w+tableCost))
			perTile[r.slice/group] += int32(w)
			load[r.slice] += uses * (c - idle)
			sum += c
			requests += uses * float64(w)
			full++
		})
		sum += idle * float64(nTiles*group-full)
		s.cost[p] = float32(sum / float64(nTiles*group))
		all += uses * sum
		weight += uses * float64(nTiles*group)
		if tables == 1 {
			most := int32(0)
			for _, w := range perTile {
				most = max(most, w)
			}
			s.rowsUpTo[0][p+1] = s.rowsUpTo[0][p] + most
			continue
		}
		for i, w := range perTile {
			s.rowsUpTo[i][p+1] = s.rowsUpTo[i][p] + w
		}
	}
	if weight > 0 {
		s.requests = requests/weight + 1 + taskShare
		s.imbalance = imbalance(load, group, all/float64(nTiles*group))
		s.contend(all / weight)
		s.work = all / float64(nTiles*group) * s.imbalance * s.contention
	}
	return s, ok
}

// reordered is the slicing for another order of the live positions.
func (s *slicing) reordered(from, to *operands) *slicing {
	r := *s
	if s.cost == nil {
		return &r
	}
	at := make([]int32, from.b.Rows) // row of B -> position in from
	for p, k := range from.bRow {
		at[k] = int32(p)
	}
	r.cost = make([]float32, len(s.cost))
	for p, k := range to.bRow {
		r.cost[p] = s.cost[at[k]]
	}
	r.rowsUpTo = make([][]int32, len(s.rowsUpTo))
	for t, upTo := range s.rowsUpTo {
		r.rowsUpTo[t] = make([]int32, len(upTo))
		for p, k := range to.bRow {
			q := at[k]
			r.rowsUpTo[t][p+1] = r.rowsUpTo[t][p] + upTo[q+1] - upTo[q]
		}
	}
	return &r
}

// imbalance is the sum over tiles of the most loaded slice, relative to equal loads. mean is the mean work of a slice
// with the cost of its empty rows, load what each has beyond that.
func imbalance(load []float64, group int, mean float64) float64 {
	total, worst := 0.0, 0.0
	for t := 0; t < len(load); t += group {
		most, sum := 0.0, 0.0
		for _, l := range load[t : t+group] {
			most, sum = max(most, l), sum+l
		}
		worst += most - sum/float64(group)
		total += mean
	}
	return 1 + worst/total
}

// taskCost is the cycles of a lane for a task at live position p.
func (s *slicing) taskCost(p int32) float64 {
	if s.cost == nil {
		return s.denseCost * s.contention
	}
	return float64(s.cost[p]) * s.imbalance * s.contention
}

// contend sets contention for tasks of so many cycles: each bank serves a request a cycle, and there are as many banks as lanes.
func (s *slicing) contend(cycles float64) {
	load := min(s.requests/cycles, 1)
	s.contention = 1 + bankContention*load*load*load*load
}

// stride is the words between neighbouring slices of a tile with at most rows rows. Lanes of a group read the same row of their slices
// at about the same time; the stride spreads these over the banks.
func (s *slicing) stride(t *target.Target, rows int) int {
	n := rows
	if s.format == Dense {
		n = rows * s.rowWords
	}
	if s.group == 1 {
		return n
	}
	want := t.Banks() / s.group
	return n + ((want-n)%t.Banks()+t.Banks())%t.Banks()
}

// rowWordsIn is the words of the compressed rows lo <= p < hi in the tile of N where they are most.
func (s *slicing) rowWordsIn(lo, hi int) int {
	most := int32(0)
	for _, upTo := range s.rowsUpTo {
		most = max(most, upTo[hi]-upTo[lo])
	}
	return int(most)
}

// leastWords is a lower bound of the largest of so many tiles of B.
func (s *slicing) leastWords(live, tiles int) int {
	if s.format == Dense {
		return live / tiles * s.rowWords * s.group
	}
	return (live*s.group + s.rowWordsIn(0, live)) / tiles
}
