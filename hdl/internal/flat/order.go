package flat

// Components returns the strongly connected components of the netlist in an order in which operands come first
// (Tarjan's algorithm with an explicit stack). A component of one node that does not depend on itself is plain
// logic; any other is a word-level cycle.
func (nl *Netlist) Components() [][]ID {
	n := len(nl.Nodes)
	index := make([]int32, n)
	low := make([]int32, n)
	onStack := make([]bool, n)
	var stack []ID
	var out [][]ID
	buf := make([]ID, 0, n) // backing store of the components
	type frame struct {
		id   ID
		args int32 // start of its operands in the arena
		next int32
	}
	var arena []ID
	var frames []frame
	next := int32(0)
	push := func(id ID) {
		next++
		index[id], low[id] = next, next
		stack = append(stack, id)
		onStack[id] = true
		start := int32(len(arena))
		nl.Args(&nl.Nodes[id], func(a ID) { arena = append(arena, a) })
		frames = append(frames, frame{id, start, start})
	}
	for root := 1; root < n; root++ {
		if index[root] != 0 || nl.Nodes[root].Op == 0 {
			continue
		}
		push(ID(root))
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			if int(f.next) < len(arena) {
				a := arena[f.next]
				f.next++
				if a == 0 {
					continue
				}
				if index[a] == 0 {
					push(a)
				} else if onStack[a] {
					low[f.id] = min(low[f.id], index[a])
				}
				continue
			}
			id := f.id
			arena = arena[:f.args]
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				p := frames[len(frames)-1].id
				low[p] = min(low[p], low[id])
			}
			if low[id] == index[id] {
				from := len(buf)
				for {
					w := stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					onStack[w] = false
					buf = append(buf, w)
					if w == id {
						break
					}
				}
				out = append(out, buf[from:len(buf):len(buf)])
			}
		}
	}
	return out
}

// Cyclic tells whether a component is a word-level cycle.
func (nl *Netlist) Cyclic(c []ID) bool {
	if len(c) > 1 {
		return true
	}
	self := false
	nl.Args(&nl.Nodes[c[0]], func(a ID) { self = self || a == c[0] })
	return self
}
