package compile

import (
	"math"

	"github.com/sparsegen/sparsegen/gen/target"
)

// estimate is a closed formula for the cycles of a plan: the slowest of multipliers, memory port and drain, plus what nothing
// overlaps. It ranks plans before the job-level simulation looks at the best of them.
func (p *plan) estimate(t *target.Target, o *operands) float64 {
	groups, g, nTiles := float64(p.groups(t)), float64(p.group), float64(p.nTiles)
	tasks, jobs, adds := float64(len(o.pos)), float64(p.split.jobs), float64(p.split.adds)

	// Multipliers: the work of a group, at most one task a cycle, spread over the groups; never less than the longest row.
	work := max(p.work, tasks)
	longest := 0.0
	if tasks > 0 {
		longest = work / tasks * float64(o.longest)
	}
	work += jobs * jobOverhead / 2
	if p.split.tiles() > 1 {
		longest /= float64(p.split.tiles())
	}
	busy := max(work/groups, longest)
	// Not nTiles times the longest row: tiles of N follow each other without a barrier.
	if p.nTiles > 1 && p.split.barrier == 0 {
		busy = max(work/groups, longest/nTiles)
	}
	// Jobs resident in the chunks bound how many groups work.
	if resident := float64(p.aSlots*p.aSlotWords) * 0.75 / (tasks/jobs + 2); resident < 1.5*groups && jobs > groups {
		busy *= 1.5 * groups / resident
	}
	busy *= nTiles

	port := p.portBeats(t, o)
	drain := nTiles * g * (jobs*float64(p.drainWords+drainOverhead) + adds*float64(p.drainWords+sumsLatency))
	bTile := float64(t.Beats(p.bSlotWords))
	total := max(busy, port, drain)
	// The softer of the bounds still disturbs the harder one.
	second := busy + port + drain - total - min(busy, port, drain)
	total += 0.05 * second * second / max(total, 1)
	if p.bSlots == 1 && p.split.tiles()*p.nTiles > 1 {
		total += bTile * float64(p.split.tiles()*p.nTiles)
	}
	meanJob := work / jobs
	tail := math.Min(meanJob, busy/4)
	barriers := float64(p.split.barrier) * (barrierCost + tail + g*float64(p.drainWords))
	first := float64(p.aSlotWords) / float64(t.PortWords()) / 4
	return startOverhead + bTile + math.Min(first, groups*(tasks/jobs)/float64(t.PortWords())) + total + barriers + tail
}

// portBeats is the traffic of a run.
func (p *plan) portBeats(t *target.Target, o *operands) float64 {
	nTiles, tiles := float64(p.nTiles), float64(p.split.tiles())
	jobs, adds := float64(p.split.jobs), float64(p.split.adds)
	words := nTiles * (float64(len(o.pos)) + 2*jobs)
	b := nTiles * tiles * float64(t.Beats(p.bSlotWords))
	out := nTiles * float64(p.group) * (jobs*float64(p.sliceBeats) + adds*float64(p.drainWords))
	return words/float64(t.PortWords())*1.02 + b + out
}
