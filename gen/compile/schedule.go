package compile

import (
	"container/heap"

	"github.com/sparsegen/sparsegen/gen/target"
)

// schedule is what the job-level simulation says about a plan, in cycles.
type schedule struct {
	total   float64
	start   float64 // until the first job starts
	busy    float64 // mean over the groups of the time spent on tasks
	waiting float64 // mean over the groups of the time without a job because no phase was ready
	drain   float64 // time the drain was busy
	port    float64 // beats
}

// simulate plays the jobs of the tiles on the groups: each job goes to the group that is free first, a row leaves through the
// one drain, a phase waits for its loads, and a load for the phases that use its slot.
func (p *plan) simulate(t *target.Target, tiles []*tile) schedule {
	groups := p.groups(t)
	s := &sim{free: make(groupHeap, groups), drained: make([]float64, groups)}
	for i := range s.free {
		s.free[i].group = i
	}
	s.beatShare = float64(p.sliceBeats) / float64(p.drainWords+drainOverhead)
	row := float64(p.group) * float64(p.drainWords+drainOverhead)
	addRow := row + float64(p.group*(p.drainWords+sumsLatency))
	beats := func(words int) float64 { return float64(t.Beats(words)) }
	bBeats := beats(p.bSlotWords)
	s.out.port = p.portBeats(t, tiles[0].o)

	retired := []float64{} // when each phase is
	tileStart := make([]int, len(tiles)+1)
	portAt := startOverhead / 2.0
	load := func(beats float64, wait int) {
		if wait > 0 {
			portAt = max(portAt, retired[wait-1])
		}
		portAt += beats / (1 - s.drainShare(portAt))
	}
	load(bBeats, 0)
	for i, tile := range tiles {
		n := len(tile.chunks) - 1
		tileStart[i] = len(retired)
		for c := range n {
			phase := len(retired)
			load(beats(tile.chunkWords(c)), phase-p.aSlots+1)
			if c == 0 && p.bSlots == 1 && i > 0 {
				load(bBeats, tileStart[i])
			}
			ready := portAt + memoryLatency + 4
			if phase >= 4 {
				ready = max(ready, retired[phase-4])
			}
			if tile.barrier && c == 0 {
				ready = max(ready, s.allDrained()+barrierCost/2)
			}
			done := 0.0
			if phase > 0 {
				done = retired[phase-1]
			}
			for j := tile.chunks[c]; j < tile.chunks[c+1]; j++ {
				cost := row
				if tile.jobs[j].add {
					cost = addRow
				}
				done = max(done, s.run(float64(tile.jobs[j].weight), cost, ready))
			}
			if phase == 0 {
				s.out.start = ready
			}
			retired = append(retired, done)
			if p.bSlots == 2 && i+1 < len(tiles) { // the next tile of B, in equal pieces
				if from := min(n-1, p.aSlots-1); c >= from {
					load(bBeats/float64(n-from), tileStart[i])
				}
			}
		}
	}
	s.out.total = s.allDrained() + startOverhead/2
	s.out.busy /= float64(groups)
	s.out.waiting /= float64(groups)
	return s.out
}

type sim struct {
	free    groupHeap
	drained []float64 // when the last but one output of each group is written
	drainAt float64   // when the drain is free

	beatShare float64 // of the time of the drain, the part that moves beats
	out       schedule
}

// drainShare is the part of the time so far that the drain held the port.
func (s *sim) drainShare(now float64) float64 {
	if now <= 0 {
		return 0
	}
	return min(s.out.drain*s.beatShare/now, 0.9)
}

// run gives a job to the group that is free first and returns when it ends.
func (s *sim) run(weight, drain, ready float64) (end float64) {
	g := &s.free[0]
	s.flush(g)
	start := max(g.end, ready)
	s.out.waiting += start - g.end
	s.out.busy += weight
	// The end word waits until the other half of the accumulators is drained.
	g.end, g.drain = max(start+weight, s.drained[g.group]), drain
	end = g.end
	heap.Fix(&s.free, 0)
	return end
}

// flush drains the output of the last job of g, which has just ended.
func (s *sim) flush(g *groupState) {
	if g.drain == 0 {
		return
	}
	s.drainAt = max(s.drainAt, g.end) + g.drain
	s.drained[g.group] = s.drainAt
	s.out.drain += g.drain
	g.drain = 0
}

// allDrained ends every job and drain.
func (s *sim) allDrained() float64 {
	ends := make(groupHeap, 0, len(s.free))
	for len(s.free) > 0 {
		g := heap.Pop(&s.free).(groupState)
		s.flush(&g)
		ends = append(ends, g)
	}
	s.free = ends // popped in order, so a heap
	return max(s.drainAt, s.free[len(s.free)-1].end)
}

// groupState is a group with the end of its last job and the drain that job has yet to cause.
type groupState struct {
	group      int
	end, drain float64
}

type groupHeap []groupState

func (h groupHeap) Len() int { return len(h) }
func (h groupHeap) Less(i, j int) bool {
	return h[i].end < h[j].end || h[i].end == h[j].end && h[i].group < h[j].group
}
func (h groupHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *groupHeap) Push(x any)   { *h = append(*h, x.(groupState)) }
func (h *groupHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
