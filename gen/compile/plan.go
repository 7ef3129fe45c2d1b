package compile

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sparsegen/sparsegen/gen/target"
)

// plan is everything a compilation decides before it writes a byte.
type plan struct {
	*slicing
	split         *split
	mostUsedFirst bool

	bSlots, bSlotWords int // local memory: slots for tiles of B from word 0, then slots for chunks of A
	aSlots, aSlotWords int

	drainWords int
	sliceBeats int // beats between the outputs of neighbouring slices

	out   Output
	guess float64 // cycles by the formula
	order order
	time  schedule
}

func (p *plan) groups(t *target.Target) int { return t.Lanes / p.group }

// planner searches the space of plans.
type planner struct {
	t      *target.Target
	o      *Options
	orders [2]*operands // natural, most used first
	splits map[splitKey]*split
}

type splitKey struct {
	mostUsedFirst, byWeight bool
	tiles                   int
}

// splitsTried is how many numbers of tiles of K are estimated for each way to cut N.
const splitsTried = 4

// perGroup is how many plans of each format and group size the job-level simulation looks at, and plausible how far the
// formula may be above the best simulated time so far: it knows nothing of skewed rows that hold up chunks, which
// group sizes differ in.
const (
	perGroup  = 3
	plausible = 1.1
)

// best is the plan with the fewest cycles.
func (pl *planner) best() (*plan, []*tile, error) {
	plans, err := pl.candidates()
	if err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(plans, func(x, y *plan) int { return cmp.Compare(x.guess, y.guess) })
	var best *plan
	var bestTiles []*tile
	seen := map[[2]int]int{}
	for _, p := range plans {
		if best != nil && p.guess > plausible*best.time.total {
			break
		}
		key := [2]int{int(p.format), p.group}
		if seen[key]++; seen[key] > perGroup {
			continue
		}
		tiles := p.newTiles(pl.operands(p))
		for _, by := range []order{longestFirst, mixed} {
			q := *p
			q.order = by
			mine := tiles
			if by == longestFirst {
				mine = cloneTiles(tiles)
			}
			arrange(mine, by, q.groups(pl.t), q.aSlotWords)
			q.time = q.simulate(pl.t, mine)
			if best == nil || q.time.total < best.time.total {
				best, bestTiles = &q, mine
			}
		}
	}
	return best, bestTiles, nil
}

func (pl *planner) operands(p *plan) *operands {
	if p.mostUsedFirst {
		return pl.orders[1]
	}
	return pl.orders[0]
}

// candidates lists the plans that fit local memory.
func (pl *planner) candidates() ([]*plan, error) {
	var plans []*plan
	var why error
	for _, f := range []BFormat{Dense, Pairs, Bitmap} {
		if pl.o.BFormat != Auto && pl.o.BFormat != f || pl.o.BFormat == Auto && f != Dense && pl.nearlyDense() {
			continue
		}
		for g := 1; g <= pl.t.Lanes; g *= 2 {
			if pl.o.Group != 0 && pl.o.Group != g {
				continue
			}
			for _, nTiles := range pl.nTileCounts(g) {
				s, ok := pl.slicing(f, g, nTiles)
				if !ok {
					why = fmt.Errorf("compile: a row of B in format %v takes more than %d words a slice; use another format or TileN", f, maxRowWords)
					continue
				}
				found, err := pl.splitsFor(s)
				if err != nil {
					why = err
				}
				plans = append(plans, found...)
			}
		}
	}
	if len(plans) == 0 {
		if why == nil {
			why = fmt.Errorf("compile: TileN %d is wider than %d columns of any group of up to %d lanes; use a smaller TileN",
				pl.o.TileN, pl.t.AccColumns, pl.t.Lanes)
		}
		return nil, why
	}
	return plans, nil
}

// nearlyDense says that B is too full for a compressed format to gain anything over its masks.
func (pl *planner) nearlyDense() bool {
	b := pl.orders[0].b
	return float64(b.NNZ()) > 0.85*float64(b.Rows)*float64(b.Cols)
}

// slicing measures one way to cut N; with TileN given all tiles have that width.
func (pl *planner) slicing(f BFormat, g, nTiles int) (*slicing, bool) {
	n := pl.orders[0].cols
	ncols := (n + nTiles*g - 1) / (nTiles * g)
	if pl.o.TileN > 0 {
		ncols = (pl.o.TileN + g - 1) / g
	}
	return newSlicing(pl.orders[0], f, g, nTiles, ncols)
}

// nTileCounts lists numbers of tiles of N worth trying for a group size: from the fewest the accumulators allow up to slices of
// a few columns.
func (pl *planner) nTileCounts(g int) []int {
	n := pl.orders[0].cols
	if w := pl.o.TileN; w > 0 {
		if (w+g-1)/g > pl.t.AccColumns {
			return nil
		}
		width := (w + g - 1) / g * g
		return []int{(n + width - 1) / width}
	}
	least := (n + g*pl.t.AccColumns - 1) / (g * pl.t.AccColumns)
	if g > 1 && n < g && pl.o.Group == 0 {
		return nil // lanes without a column
	}
	var counts []int
	lastCols := 0
	for _, num := range []int{8, 9, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 96, 128} { // eighths of least
		c := (least*num + 7) / 8
		cols := (n + c*g - 1) / (c * g)
		if cols == lastCols || len(counts) > 0 && cols < 2 {
			continue
		}
		c = (n + cols*g - 1) / (cols * g) // the fewest tiles of that width
		counts, lastCols = append(counts, c), cols
	}
	return counts
}

// splitsFor tries numbers of tiles of K, from the fewest that fit. With one tile the order of positions does not matter.
func (pl *planner) splitsFor(s *slicing) (plans []*plan, err error) {
	live := pl.orders[0].live()
	natural := s
	for i, mostUsedFirst := range []bool{false, true} {
		fitting := 0
		for tiles := 1; tiles <= max(live, 1) && fitting < splitsTried; tiles = max(tiles+1, tiles*5/4) {
			if k := pl.o.TileK; k > 0 {
				tiles = max(tiles, (live+k-1)/k)
			}
			if mostUsedFirst && tiles == 1 {
				continue
			}
			if mostUsedFirst && s == natural { // costs are by live position
				s = natural.reordered(pl.orders[0], pl.orders[i])
			}
			if least := s.leastWords(live, tiles); least >= pl.t.LocalWords() && pl.o.TileK == 0 && tiles < live {
				continue // not even one slot
			}
			found := 0
			for _, slots := range [][2]int{{2, 2}, {2, 3}, {2, 4}, {1, 3}} {
				if single := tiles*s.nTiles == 1; single && slots[0] == 2 {
					slots[0] = 1
				}
				p := &plan{slicing: s, mostUsedFirst: mostUsedFirst, bSlots: slots[0], aSlots: slots[1]}
				var e error
				if e = pl.fit(p, tiles); e == nil {
					plans = append(plans, p)
					found = 1
				} else if err == nil {
					err = e
				}
			}
			fitting += found
			if pl.o.TileK > 0 {
				break
			}
		}
	}
	return plans, err
}

// fit cuts K into so many tiles and divides local memory.
func (pl *planner) fit(p *plan, tiles int) error {
	p.split = pl.splitInto(p, tiles)
	stride := p.stride(pl.t, p.split.maxRows)
	for i := range p.split.tiles() {
		words := p.group * stride
		if p.format != Dense {
			words += p.rowWordsIn(p.split.bounds[i], p.split.bounds[i+1])
		}
		p.bSlotWords = max(p.bSlotWords, pl.t.Align(words))
	}
	if pl.orders[0].live() == 0 {
		p.bSlotWords = 0
	}
	longest := p.split.maxTask + 2
	need := pl.t.Align(max(longest, pl.o.ChunkWords))
	rest := pl.t.LocalWords() - p.bSlots*p.bSlotWords
	p.aSlotWords = min(rest/p.aSlots, 1<<16-1) / pl.t.PortWords() * pl.t.PortWords()
	if c := pl.o.ChunkWords; c > 0 {
		if longest > pl.t.Align(c) {
			return fmt.Errorf("compile: a row has %d tasks in a tile of %d rows of B but ChunkWords is %d; use larger chunks or a smaller TileK",
				p.split.maxTask, p.split.maxRows, c)
		}
		p.aSlotWords = min(p.aSlotWords, pl.t.Align(c))
	}
	if p.aSlotWords < need || p.aSlotWords < pl.t.Align(3) {
		return fmt.Errorf("compile: tiles of %d rows x %d columns of B leave too little of the %d words of local memory for A; use a smaller TileK or TileN",
			p.split.maxRows, p.ncols*p.group, pl.t.LocalWords())
	}
	p.finish(pl.t, pl.o.Output)
	p.guess = p.estimate(pl.t, pl.operands(p))
	return nil
}

// splitInto gives the split with so many tiles; it depends on little of the plan, so it is kept.
func (pl *planner) splitInto(p *plan, tiles int) *split {
	key := splitKey{p.mostUsedFirst, p.format != Dense && pl.o.TileK == 0 && tiles > 1, tiles}
	s := pl.splits[key]
	if s == nil {
		o := pl.operands(p)
		switch {
		case pl.o.TileK > 0:
			s = o.newSplit(every(o.live(), pl.o.TileK))
		case key.byWeight:
			s = o.newSplit(o.equalWeight(tiles))
		default:
			s = o.newSplit(equalRows(o.live(), tiles))
		}
		pl.splits[key] = s
	}
	return s
}

// finish derives what CONFIG needs.
func (p *plan) finish(t *target.Target, out Output) {
	p.out = out
	p.drainWords = (p.ncols + t.PortWords() - 1) / t.PortWords()
	p.sliceBeats = p.drainWords
	if out == Int8 && p.split.adds == 0 { // partial sums need room for int32
		p.sliceBeats = (p.drainWords + 3) / 4
	}
}
