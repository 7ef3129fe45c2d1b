package compile

import (
	"cmp"
	"slices"
)

// job is the tasks of one row of A in one tile.
type job struct {
	row    int32
	lo, hi int32   // tasks, as indices into pos and val of the tile's operands
	add    bool    // an earlier tile of K has written this row
	last   bool    // no later tile of K touches this row
	weight float32 // cycles a lane works on it, as estimated
}

// words is the size of the job in a chunk: job-table word, tasks, end word.
func (j *job) words() int { return int(j.hi-j.lo) + 2 }

// tile is one pass over a tile of B: the jobs that use it, in the order they are handed out, cut into chunks.
type tile struct {
	k, n    int // tile of K, tile of N
	o       *operands
	jobs    []job
	chunks  []int // chunk i holds jobs chunks[i] <= j < chunks[i+1]
	barrier bool  // its first phase waits for all outputs before it
	like    *tile // an earlier tile with the same jobs, or nil: the jobs are shared
}

// newTiles lists the tiles that have jobs, in the order of execution, jobs in the order of rows.
func (p *plan) newTiles(o *operands) []*tile {
	kTiles := p.split.tiles()
	perK := make([][]*tile, kTiles)
	for n := range p.nTiles {
		on := o.without(p.slicing, n)
		row := make([]*tile, kTiles)
		for k := range row {
			row[k] = &tile{k: k, n: n, o: on}
			if n > 0 && on == o && perK[k][0].o == o {
				row[k].like, row[k].jobs = perK[k][0], perK[k][0].jobs
			}
			perK[k] = append(perK[k], row[k])
		}
		if row[0].like != nil {
			continue
		}
		for r := range o.rows {
			first, last := true, -1
			on.eachPiece(r, p.split.bounds, func(k int, lo, hi int32) {
				w := float64(1)
				for i := lo; i < hi; i++ {
					w += p.taskCost(on.pos[i])
				}
				w = max(w, fetchCost*float64(hi-lo)+jobOverhead)
				row[k].jobs = append(row[k].jobs, job{row: int32(r), lo: lo, hi: hi, add: !first, weight: float32(w)})
				first, last = false, k
			})
			if last < 0 { // a row without tasks is written all the same, by any tile
				last = r % kTiles
				row[last].jobs = append(row[last].jobs, job{row: int32(r), weight: jobOverhead})
			}
			jobs := row[last].jobs
			jobs[len(jobs)-1].last = true
		}
	}
	var tiles []*tile
	for k := range kTiles {
		adds := false
		for _, t := range perK[k] {
			if len(t.jobs) == 0 {
				continue
			}
			if !adds && slices.ContainsFunc(t.jobs, func(j job) bool { return j.add }) {
				t.barrier, adds = true, true
			}
			tiles = append(tiles, t)
		}
	}
	return tiles
}

// without leaves out the tasks whose row of B is empty in tile n of N. It gives o itself when there are none, or when
// the slicing does not know.
func (o *operands) without(s *slicing, n int) *operands {
	if s.format == Dense || len(s.rowsUpTo) != s.nTiles {
		return o
	}
	upTo, empty := s.rowsUpTo[n], false
	for p := range o.live() {
		empty = empty || upTo[p] == upTo[p+1]
	}
	if !empty {
		return o
	}
	f := *o
	f.rowPtr, f.pos, f.val = make([]int32, o.rows+1), nil, nil
	for r := range o.rows {
		for i := o.rowPtr[r]; i < o.rowPtr[r+1]; i++ {
			if k := o.pos[i]; upTo[k] != upTo[k+1] {
				f.pos, f.val = append(f.pos, k), append(f.val, o.val[i])
			}
		}
		f.rowPtr[r+1] = int32(len(f.pos))
	}
	return &f
}

// order is a way to sequence the jobs of a tile.
type order int

const (
	// longestFirst leaves short jobs for the end, which balances it.
	longestFirst order = iota
	// mixed alternates long and short jobs, so that the outputs of short ones do not pile up, and keeps a sample of all
	// lengths, longest first, for the end.
	mixed
)

func (o order) String() string { return [...]string{"longest first", "mixed"}[o] }

// arrange sorts and cuts the jobs of all tiles.
func arrange(tiles []*tile, by order, groups, chunkWords int) {
	for i, t := range tiles {
		if t.like != nil {
			t.jobs = t.like.jobs
		} else {
			sortJobs(t.jobs, by, groups)
		}
		first := 0
		if i == 0 {
			first = groups
		}
		t.cut(chunkWords, first)
	}
}

// cloneTiles copies tiles with their jobs.
func cloneTiles(tiles []*tile) []*tile {
	copies := make(map[*tile]*tile, len(tiles))
	out := make([]*tile, len(tiles))
	for i, t := range tiles {
		c := *t
		if t.like != nil {
			c.like = copies[t.like]
		} else {
			c.jobs = slices.Clone(t.jobs)
		}
		copies[t], out[i] = &c, &c
	}
	return out
}

// sortJobs brings the jobs of a tile into order for so many groups.
func sortJobs(jobs []job, by order, groups int) {
	slices.SortFunc(jobs, func(x, y job) int {
		if c := cmp.Compare(y.weight, x.weight); c != 0 {
			return c
		}
		return cmp.Compare(x.row, y.row)
	})
	tail := 8 * groups
	if by == longestFirst || len(jobs) < 2*tail {
		return
	}
	var total float64
	var head, end []job
	every := len(jobs) / tail
	for i, j := range jobs {
		if i%every == every-1 {
			end = append(end, j)
		} else {
			head = append(head, j)
			total += float64(j.weight)
		}
	}
	mean, sum := total/float64(len(head)), 0.0
	out := jobs[:0]
	for i, j := 0, len(head)-1; i <= j; {
		if sum <= mean*float64(len(out)) {
			out = append(out, head[i])
			i++
		} else {
			out = append(out, head[j])
			j--
		}
		sum += float64(out[len(out)-1].weight)
	}
	copy(jobs[len(out):], end)
}

// cut divides the jobs of a tile into chunks that fit a slot. When first is not 0, the first chunk has at most so many jobs, the next twice as
// many and so on: small chunks start the machine early.
func (t *tile) cut(slotWords, first int) {
	t.chunks = []int{0}
	size, start := 0, 0
	for i := range t.jobs {
		w := t.jobs[i].words()
		if i > start && (size+w > slotWords || first > 0 && i-start >= first) {
			t.chunks = append(t.chunks, i)
			size, start = 0, i
			first *= 2
		}
		size += w
	}
	t.chunks = append(t.chunks, len(t.jobs))
}

// chunkWords is the size of chunk i.
func (t *tile) chunkWords(i int) int {
	words := 0
	for j := t.chunks[i]; j < t.chunks[i+1]; j++ {
		words += t.jobs[j].words()
	}
	return words
}
