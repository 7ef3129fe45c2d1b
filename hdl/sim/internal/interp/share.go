package interp

import (
	"slices"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A sharer finds nodes that compute the same, within and across instances: a hash table of nodes.
type sharer struct {
	p     *prep
	table []flat.ID
}

func newSharer(p *prep) *sharer {
	n := 1
	for n < 2*len(p.order)+1 {
		n *= 2
	}
	return &sharer{p, make([]flat.ID, n)}
}

// share replaces a simplified node by an equal one, if there was one before.
func (s *sharer) share(id flat.ID) {
	n := &s.p.nodes[id]
	if n.Op == ir.MemRead {
		return
	}
	for i := s.hash(n); ; i++ {
		at := &s.table[i&uint64(len(s.table)-1)]
		if *at == 0 {
			*at = id
			return
		}
		if s.equal(n, &s.p.nodes[*at]) {
			s.p.repl[id] = *at
			return
		}
	}
}

// list is the operands of a node that has a list of them.
func (s *sharer) list(n *flat.Node) []flat.ID {
	if n.Op == ir.Cat || n.Op == ir.Select {
		return s.p.pool[n.X : n.X+n.N]
	}
	return nil
}

func (s *sharer) hash(n *flat.Node) uint64 {
	h := uint64(n.Op)
	mix := func(v int32) { h = (h ^ uint64(uint32(v))) * 0x9e3779b97f4a7c15 }
	mix(n.Width)
	mix(int32(n.A))
	mix(int32(n.B))
	mix(int32(n.C))
	list := s.list(n)
	for _, a := range list {
		mix(int32(a))
	}
	if list == nil {
		mix(n.X)
	}
	return h ^ h>>32
}

func (s *sharer) equal(a, b *flat.Node) bool {
	if a.Op != b.Op || a.Signed != b.Signed || a.Width != b.Width || a.A != b.A || a.B != b.B || a.C != b.C {
		return false
	}
	if list := s.list(a); list != nil {
		return slices.Equal(list, s.list(b))
	}
	return a.X == b.X
}
