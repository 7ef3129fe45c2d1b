package interp

import (
	"slices"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Sizes of blocks, in instructions: a block ends past the one where the next instruction comes from another
// place of the source, and in any case at the other. The same line of the instances of one module, which
// tend to be active together, thus share blocks.
const (
	blockAim = 16
	blockMax = 32
	edgeMax  = 16 // copies or checks that share a block
	mixBelow = 2  // fewer instructions of one op than this go to a block of mixed ops
	mixMax   = 16
)

// opMixed is the op of blocks of different ops, among them the word-level cycles.
const opMixed = numOps

// A cutter divides the picked instructions into blocks, most of one op each. It is a list scheduler: of all ops it
// takes the one with most instructions whose operands are ready, and makes blocks of them.
type cutter struct {
	k      *picker
	blocks []block
	picks  []pick // in the order of execution

	group   []int32 // of each node: itself, or behind the nodes the word-level cycle it belongs to
	left    []int32 // picks of a group that are not yet placed
	waits   []int32 // operands of a pick, or of a cycle at its first pick, that are not yet placed
	users   []int32 // of group g, picks that wait for it: users[from[g]:from[g+1]]
	from    []int32
	members [][]int32 // picks of each cycle
	rank    []uint64  // of each pick: instructions of neighbouring rank share blocks
	ready   [opMixed + 1][]int32
}

func cut(k *picker) *cutter {
	c := &cutter{k: k, picks: make([]pick, 0, len(k.picks))}
	c.findUsers()
	c.findRanks()
	for i := range k.picks {
		if l := k.loop[k.picks[i].id]; c.waits[i] == 0 && (l == 0 || c.members[l][0] == int32(i)) {
			c.push(int32(i))
		}
	}
	var batch []int32
	for {
		best := opMixed
		for o := range c.ready {
			if len(c.ready[o]) > len(c.ready[best]) {
				best = op(o)
			}
		}
		if len(c.ready[best]) == 0 {
			return c
		}
		if n := len(c.ready[best]); n < mixBelow && best != opMixed {
			p := c.ready[best][n-1]
			c.ready[best] = c.ready[best][:n-1]
			c.mix(p)
			continue
		}
		batch = append(batch[:0], c.ready[best]...)
		c.ready[best] = c.ready[best][:0]
		if best == opMixed {
			for _, p := range batch {
				c.placeCycle(c.members[k.loop[k.picks[p].id]])
			}
		} else {
			c.place(best, batch)
		}
	}
}

func (c *cutter) push(p int32) {
	o := c.k.picks[p].in.op
	if c.k.loop[c.k.picks[p].id] != 0 {
		o = opMixed
	}
	c.ready[o] = append(c.ready[o], p)
}

// place makes blocks of picks of one op that are all ready.
func (c *cutter) place(o op, batch []int32) {
	slices.SortFunc(batch, func(x, y int32) int {
		if c.rank[x] < c.rank[y] {
			return -1
		}
		return 1
	})
	for i, p := range batch {
		n := 0
		if i > 0 {
			last := &c.blocks[len(c.blocks)-1]
			n = int(last.hi - last.lo)
		}
		if n == 0 || n >= blockMax || n >= blockAim && c.rank[p]>>rankShift != c.rank[batch[i-1]]>>rankShift {
			c.begin(o)
		}
		c.add(p)
	}
	for _, p := range batch {
		c.placed(c.group[c.k.picks[p].id])
	}
}

// mix adds a pick to the last block, if that is one of mixed ops, or to a new one.
func (c *cutter) mix(p int32) {
	last := len(c.blocks) - 1
	if last < 0 || c.blocks[last].op != opMixed || c.blocks[last].passes > 0 || c.blocks[last].hi-c.blocks[last].lo >= mixMax {
		c.begin(opMixed)
	}
	c.add(p)
	c.placed(c.group[c.k.picks[p].id])
}

// placeCycle makes one block of a word-level cycle.
func (c *cutter) placeCycle(members []int32) {
	c.begin(opMixed)
	b := &c.blocks[len(c.blocks)-1]
	b.passes = 2
	for _, p := range members {
		c.add(p)
		b.passes += c.k.nodes[c.k.picks[p].id].Width
	}
	c.placed(c.group[c.k.picks[members[0]].id])
}

func (c *cutter) begin(o op) {
	n := int32(len(c.picks))
	c.blocks = append(c.blocks, block{op: o, lo: n, hi: n})
}

func (c *cutter) add(p int32) {
	c.picks = append(c.picks, c.k.picks[p])
	c.blocks[len(c.blocks)-1].hi++
}

func (c *cutter) placed(g int32) {
	if c.left[g]--; c.left[g] > 0 {
		return
	}
	for _, u := range c.users[c.from[g]:c.from[g+1]] {
		if c.waits[u]--; c.waits[u] == 0 {
			c.push(u)
		}
	}
}

// findUsers counts and lists who waits for whom.
func (c *cutter) findUsers() {
	k := c.k
	nodes := int32(len(k.nodes))
	c.group = make([]int32, nodes)
	for i := range c.group {
		c.group[i] = int32(i)
		if l := k.loop[i]; l != 0 {
			c.group[i] = nodes + l
		}
	}
	groups := nodes + k.loops + 1
	c.left = make([]int32, groups)
	c.from = make([]int32, groups+2)
	c.waits = make([]int32, len(k.picks))
	c.members = make([][]int32, k.loops+1)
	for i := range k.picks {
		g := c.group[k.picks[i].id]
		if g < nodes {
			c.left[g]++
			continue
		}
		c.left[g] = 1
		c.members[g-nodes] = append(c.members[g-nodes], int32(i))
	}
	for _, fill := range []bool{false, true} {
		for i := range k.picks {
			own, task := c.group[k.picks[i].id], int32(i)
			if own >= nodes {
				task = c.members[own-nodes][0]
			}
			k.eachRead(&k.picks[i], func(a flat.ID) {
				switch g := c.group[a]; {
				case g == own && g >= nodes || c.left[g] == 0:
				case fill:
					c.users[c.from[g+1]] = task
					c.from[g+1]++
				default:
					c.from[g+2]++
					c.waits[task]++
				}
			})
		}
		if !fill {
			for g := 1; g < len(c.from); g++ {
				c.from[g] += c.from[g-1]
			}
			c.users = make([]int32, c.from[len(c.from)-1])
		}
	}
}

// rankShift is where the part of a rank begins that is equal for equal places of a module's instances.
const rankShift = 24

// findRanks orders the picks by module, place in the module, and instance.
func (c *cutter) findRanks() {
	k := c.k
	number := map[*ir.Module]uint64{}
	modules := make([]uint64, len(k.nl.Scopes))
	for i := range k.nl.Scopes {
		m := k.nl.Scopes[i].Module
		if _, ok := number[m]; !ok {
			number[m] = uint64(len(number))
		}
		modules[i] = number[m]
	}
	c.rank = make([]uint64, len(k.picks))
	for i := range k.picks {
		id := k.picks[i].id
		r := uint64(i) & (1<<rankShift - 1)
		if int(id) < len(k.nl.Sources) {
			s := &k.nl.Sources[id]
			if int(s.Scope) < len(modules) {
				r |= modules[s.Scope] << 48
			}
			r |= uint64(2*s.Node) & (1<<24 - 1) << rankShift
			if s.Node == 0 {
				r |= uint64(2*s.Loc+1) & (1<<24 - 1) << rankShift
			}
		}
		c.rank[i] = r
	}
}
