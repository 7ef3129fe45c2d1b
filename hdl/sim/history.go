package sim

// A history keeps the last cycles of the ports of the top module and of every signal that was resolved.
type history struct {
	depth int
	ports []*Port
	tops  int // how many of ports are those of the top module
	rings []ring
	cycle int // of the last record, plus one
}

// A ring has a value for each of the last cycles, from since on.
type ring struct {
	v     []uint64
	limbs int
	since int
	lazy  bool
}

func (h *history) add(p *Port, cycle int) {
	h.ports = append(h.ports, p)
	h.rings = append(h.rings, ring{limbs: len(p.v), since: cycle, lazy: p.lazy != nil})
}

// record stores the settled values of a cycle.
func (h *history) record(cycle int) {
	at := cycle % h.depth
	for i := range h.rings {
		r := &h.rings[i]
		if r.v == nil {
			r.v = make([]uint64, r.limbs*h.depth)
		}
		if r.lazy {
			h.ports[i].lazy()
		}
		if r.limbs == 1 {
			r.v[at] = h.ports[i].v[0]
		} else {
			copy(r.v[at*r.limbs:], h.ports[i].v)
		}
	}
	h.cycle = cycle + 1
}

// at is the value of port i in a cycle, nil where it was not kept.
func (h *history) at(i, cycle int) []uint64 {
	r := &h.rings[i]
	if cycle < r.since || cycle >= h.cycle || cycle < h.cycle-h.depth || r.v == nil {
		return nil
	}
	k := cycle % h.depth * r.limbs
	return r.v[k : k+r.limbs]
}

func (h *history) find(p *Port) int {
	for i, q := range h.ports {
		if p == q {
			return i
		}
	}
	return -1
}
