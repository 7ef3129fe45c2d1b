package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// maxHops bounds the walk of a slice through concatenations; only a loop of single bits is longer.
const maxHops = 64

// splitSlices points each slice of a concatenation at the part it reads. Bundles and partly assigned wires
// would otherwise appear as cycles of words that are no cycles of bits.
func (p *prep) splitSlices() {
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.Op != ir.Slice {
			continue
		}
		for range maxHops {
			a := &p.nodes[n.A]
			if a.Op == ir.Slice && n.A != flat.ID(i) {
				n.X += a.X
				n.A = a.A
				continue
			}
			if a.Op != ir.Cat || !p.intoPart(n, a) {
				break
			}
		}
	}
}

// intoPart moves the slice n of the concatenation a to the part that holds all of it, if one does.
func (p *prep) intoPart(n, a *flat.Node) bool {
	lo := int32(0)
	for i := a.N - 1; i >= 0; i-- {
		part := p.pool[a.X+i]
		w := p.nodes[part].Width
		if n.X < lo+w {
			if n.X+n.Width > lo+w {
				return false
			}
			n.X -= lo
			n.A = part
			return true
		}
		lo += w
	}
	return false
}

// sort fills order with the combinational nodes under the roots, operands first: Tarjan's algorithm with
// its own stack. Its postorder puts the cone of each root next to each other, which the blocks rely on.
func (p *prep) sort() {
	for i := range p.nodes {
		if n := &p.nodes[i]; n.Op == ir.MemRead {
			if r := &p.nl.Reads[n.X]; !r.Sync {
				n.A = r.Addr
			}
		}
	}
	s := sorter{p: p, index: make([]int32, len(p.nodes)), low: make([]int32, len(p.nodes))}
	p.order = make([]flat.ID, 0, len(p.nodes))
	for _, r := range p.roots {
		s.visit(r)
	}
}

type frame struct {
	id  flat.ID
	arg int32
}

type sorter struct {
	p          *prep
	index, low []int32 // index: 0 unvisited, -1 done
	next       int32
	calls      []frame
	open       []flat.ID
}

func (s *sorter) push(id flat.ID) {
	s.next++
	s.index[id], s.low[id] = s.next, s.next
	s.calls = append(s.calls, frame{id, 0})
	s.open = append(s.open, id)
}

func (s *sorter) visit(root flat.ID) {
	if s.index[root] != 0 || s.p.isState(root) {
		return
	}
	s.push(root)
	for len(s.calls) > 0 {
		f := &s.calls[len(s.calls)-1]
		id := f.id
		if a := s.p.arg(&s.p.nodes[id], f.arg); a != 0 {
			f.arg++
			switch {
			case s.index[a] > 0:
				s.low[id] = min(s.low[id], s.index[a])
			case s.index[a] == 0 && !s.p.isState(a):
				s.push(a)
			}
			continue
		}
		s.calls = s.calls[:len(s.calls)-1]
		if len(s.calls) > 0 {
			up := s.calls[len(s.calls)-1].id
			s.low[up] = min(s.low[up], s.low[id])
		}
		if s.low[id] == s.index[id] {
			s.close(id)
		}
	}
}

// close takes one strongly connected component off the open stack.
func (s *sorter) close(id flat.ID) {
	k := len(s.open) - 1
	for s.open[k] != id {
		k--
	}
	members := s.open[k:]
	cyclic := len(members) > 1
	for i := int32(0); !cyclic; i++ {
		a := s.p.arg(&s.p.nodes[id], i)
		if a == 0 {
			break
		}
		cyclic = a == id
	}
	if cyclic {
		s.p.loops++
	}
	for _, m := range members {
		s.index[m] = -1
		if cyclic {
			s.p.loop[m] = s.p.loops
		}
	}
	s.p.order = append(s.p.order, members...)
	s.open = s.open[:k]
}
