package interp

// schedule reorders the instructions within each block so that equal ops follow each other as far as the
// dependencies allow: the jump of the interpreter's loop is then predicted far more often.
func (c *cutter) schedule() {
	k := c.k
	var (
		at    = make([]int32, len(k.nodes)) // position of a node's pick within its block, plus one
		piece []pick
		level []int32
		order []int32
	)
	for bi := range c.pieces {
		b := &c.pieces[bi]
		if b.passes > 0 {
			continue
		}
		picks := k.picks[b.lo:b.hi]
		piece = append(piece[:0], picks...)
		level = append(level[:0], make([]int32, len(picks))...)
		order = order[:0]
		for i := range picks {
			at[picks[i].id] = int32(i) + 1
			k.eachRead(&picks[i], func(key int32) {
				if int(key) < len(at) && c.by[key] == int32(bi) && at[key] > 0 {
					level[i] = max(level[i], level[at[key]-1]+1)
				}
			})
			// Insertion by level, then op: blocks are short.
			j := len(order)
			order = append(order, 0)
			for j > 0 {
				p := order[j-1]
				if level[p] < level[i] || level[p] == level[i] && piece[p].in.op <= piece[i].in.op {
					break
				}
				order[j] = p
				j--
			}
			order[j] = int32(i)
		}
		for i, p := range order {
			picks[i] = piece[p]
		}
	}
}
