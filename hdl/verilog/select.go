package verilog

import (
	"sort"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Selections are followed to the declared thing whose bits they take. A payload that is packed into one
// value and taken apart again leaves no trace in the output, and no false loop for a simulator that looks at
// whole nets.

// A sliceKey tells equal selections apart: users write x.Bit(3) where they need it, again and again.
type sliceKey struct {
	base      ir.NodeID
	lo, width int
	signed    bool
}

// selected is the node of which n, a Slice, selects bits, and the lowest: through slices of slices, parts of
// concatenations, and what lies below an extension.
func (f *folded) selected(n *ir.Node) (ir.NodeID, int) {
	id, lo, w := f.ref[n.A], int(n.X), int(n.Width)
	for f.val[id] == nil && !f.named(id) {
		n := &f.m.Nodes[id]
		switch n.Op {
		case ir.Slice:
			lo += int(n.X)
			id = f.ref[n.A]
			continue
		case ir.Cat:
			if part, at := f.partAt(id, n, lo); lo+w <= at+f.width(part) {
				id, lo = f.ref[part], lo-at
				continue
			}
		case ir.Zext, ir.Sext:
			if lo+w <= f.width(n.A) {
				id = f.ref[n.A]
				continue
			}
		}
		break
	}
	return id, lo
}

// partAt finds the part of a concatenation that holds bit lo, and the lowest bit of that part.
func (f *folded) partAt(id ir.NodeID, n *ir.Node, lo int) (part ir.NodeID, at int) {
	parts := f.m.Pool[n.X : n.X+n.N]
	ends, ok := f.cats[id] // the end of each part, lowest part first
	if !ok {
		end := 0
		for i := len(parts) - 1; i >= 0; i-- {
			end += f.width(parts[i])
			ends = append(ends, end)
		}
		f.cats[id] = ends
	}
	k := sort.SearchInts(ends, lo+1)
	if k > 0 {
		at = ends[k-1]
	}
	return parts[len(parts)-1-k], at
}
