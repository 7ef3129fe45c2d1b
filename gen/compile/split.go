package compile

// split cuts the live positions into tiles of K.
type split struct {
	bounds  []int // tile i holds bounds[i] <= p < bounds[i+1]; no tile is empty unless there is nothing live
	maxRows int   // positions of the largest tile
	maxTask int   // tasks of the longest row of A in a tile
	jobs    int   // jobs of a tile of N, over the tiles of K
	adds    int   // jobs that add to an earlier output
	barrier int   // tiles of K that have such jobs
}

func (s *split) tiles() int { return len(s.bounds) - 1 }

// equalRows cuts into tiles of the same number of positions.
func equalRows(live, tiles int) []int {
	bounds := make([]int, tiles+1)
	for i := range bounds {
		bounds[i] = live * i / tiles
	}
	return bounds
}

// equalWeight cuts into tiles with about the same number of non-zeros of B, for compressed formats. The two added to
// each stand for the row table.
func (o *operands) equalWeight(tiles int) []int {
	total := 2 * o.live()
	for p := range o.live() {
		total += o.bNNZ(p) / 2
	}
	bounds, sum := []int{0}, 0
	for p := range o.live() {
		if n := len(bounds); sum*tiles >= total*n && p > bounds[n-1] {
			bounds = append(bounds, p)
		}
		sum += 2 + o.bNNZ(p)/2
	}
	return append(bounds, o.live())
}

// every cuts into tiles of so many positions, the last one shorter.
func every(live, rows int) []int {
	bounds := []int{0}
	for p := rows; p < live; p += rows {
		bounds = append(bounds, p)
	}
	return append(bounds, live)
}

// newSplit counts what the tiles do to the rows of A.
func (o *operands) newSplit(bounds []int) *split {
	s := &split{bounds: bounds}
	for i := range s.tiles() {
		s.maxRows = max(s.maxRows, bounds[i+1]-bounds[i])
	}
	barrier := make([]bool, s.tiles())
	for r := range o.rows {
		pieces := 0
		o.eachPiece(r, bounds, func(tile int, lo, hi int32) {
			s.maxTask = max(s.maxTask, int(hi-lo))
			if pieces > 0 {
				barrier[tile] = true
			}
			pieces++
		})
		s.jobs += max(pieces, 1)
		s.adds += max(pieces-1, 0)
	}
	for _, b := range barrier {
		if b {
			s.barrier++
		}
	}
	return s
}

// eachPiece cuts row r of A at the tile bounds: tasks lo <= i < hi of o.pos are in the tile. Tiles without tasks are passed over.
func (o *operands) eachPiece(r int, bounds []int, visit func(tile int, lo, hi int32)) {
	end := o.rowPtr[r+1]
	tile := 0
	for i := o.rowPtr[r]; i < end; {
		for int(o.pos[i]) >= bounds[tile+1] {
			tile++
		}
		j := i + 1
		if bounds[tile+1] == o.live() {
			j = end
		}
		for ; j < end && int(o.pos[j]) < bounds[tile+1]; j++ {
		}
		visit(tile, i, j)
		i = j
	}
}
