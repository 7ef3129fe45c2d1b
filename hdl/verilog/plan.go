package verilog

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Inlined expressions stay within these, so that a line can be read.
const (
	maxText    = 80
	maxDepth   = 4
	maxConnect = 40 // in a port connection
	maxPart    = 60 // of a concatenation
)

// How the text of a node is used.
type use uint8

const (
	inComb   use = 1 << iota // inside always_comb, where Icarus complains of constant selects
	byName                   // only a name will do: something selects bits of it
	wholeRHS                 // the whole right side of an assignment of the same width
	whole                    // the whole of an assign
)

// A root is a node used by something other than a node.
type root struct {
	id  ir.NodeID
	use use
}

// plan decides for each node whether it is a net of its own, and holds the names of those that are. It is
// two passes over the nodes: from users to operands for the uses, and back for names and lengths.
type plan struct {
	f     *folded
	proj  *projection
	names *names
	enums *enumTable
	drive []driver

	uses   []int32
	how    []use
	net    []bool
	hints  []string
	length []int
	depth  []int
	name   []string
	roots  []root
	next   map[ir.NodeID]string // names of values by the register that takes them
	direct []bool               // outputs of instances and memories that drive a wire by its name
}

func newPlan(m *ir.Module) (*plan, error) {
	f := fold(m)
	enums := newEnumTable(f)
	p := &plan{f: f, enums: enums, proj: project(f, enums)}
	p.names = newNames(m, enums)
	p.drive = forms(p.proj)
	n := len(m.Nodes)
	p.uses, p.how, p.net = make([]int32, n), make([]use, n), make([]bool, n)
	p.hints, p.name = make([]string, n), make([]string, n)
	p.length, p.depth = make([]int, n), make([]int, n)
	p.direct = make([]bool, n)
	p.next = map[ir.NodeID]string{}
	p.collectRoots()
	p.nextNames()
	for _, r := range p.roots {
		p.uses[r.id]++
		p.how[r.id] |= r.use
	}
	for id := ir.NodeID(n - 1); id > 0; id-- {
		p.users(id)
		if m.Nodes[id].Op == ir.Poison && p.uses[id] > 0 {
			return nil, fmt.Errorf("verilog: module %s: a bad value is used, node %d", m.Name, id)
		}
	}
	for id := ir.NodeID(1); int(id) < n; id++ {
		p.measure(id)
	}
	p.settle()
	return p, nil
}

// users decides, all uses of id being known, whether it must be a net, and tells its operands.
func (p *plan) users(id ir.NodeID) {
	f := p.f
	n := &f.m.Nodes[id]
	if f.named(id) && f.ref[id] == id {
		p.net[id] = true
		p.uses[id]++
	}
	if p.uses[id] == 0 {
		return
	}
	if f.leaf(id) {
		// Only a constant can be nameless here.
		p.net[id] = f.val[id] != nil && p.how[id]&byName != 0
		return
	}
	single := p.uses[id] == 1
	how := p.how[id]
	switch n.Op {
	case ir.Slice: // short, so free to repeat
		p.net[id] = p.net[id] || how&(inComb|byName) != 0
	case ir.Sext:
		p.net[id] = p.net[id] || !single || how&(inComb|byName) != 0
	case ir.Mul:
		p.net[id] = p.net[id] || !(single && how&wholeRHS != 0)
	case ir.Select:
		p.net[id] = p.net[id] || !(single && how&whole != 0)
	case ir.Shl, ir.Shr:
		p.net[id] = p.net[id] || !single || how&byName != 0 || how&inComb != 0 && f.wideShift(n)
	case ir.Not:
		p.net[id] = p.net[id] || how&byName != 0 || !single && (n.Width > 1 || f.compares(n.A))
	default:
		p.net[id] = p.net[id] || !single || how&byName != 0
	}
	var pass use
	if n.Op == ir.Select || how&inComb != 0 && !p.net[id] {
		pass = inComb
	}
	f.operands(id, func(a ir.NodeID) {
		p.uses[a]++
		p.how[a] |= pass | p.demand(id, n, a)
	})
}

// demand is what an operation id asks of its operand a.
func (p *plan) demand(id ir.NodeID, n *ir.Node, a ir.NodeID) use {
	f := p.f
	switch n.Op {
	case ir.Slice:
		return byName
	case ir.Not:
		// Repeating "!x" reads better than a net not_x, as long as x is a name.
		if p.uses[id] > 1 && !p.net[id] && !f.leaf(a) {
			return byName
		}
	case ir.Sext:
		if f.m.Nodes[a].Width > 1 && f.m.Nodes[a].Op != ir.Slice {
			return byName
		}
	case ir.Mul:
		// An operand is evaluated at the width of the product, which would let a sum grow; concatenations
		// and selections have their own width.
		switch f.m.Nodes[a].Op {
		case ir.Slice, ir.Cat, ir.Zext, ir.Repeat:
		default:
			if !f.leaf(a) {
				return byName
			}
		}
	case ir.Shl, ir.Shr:
		if f.wideShift(n) && (a == f.ref[n.B] || n.Op == ir.Shr && f.m.Nodes[n.A].Signed) {
			return byName
		}
	}
	return 0
}

// compares tells whether id is a comparison, whose negation is another.
func (f *folded) compares(id ir.NodeID) bool {
	switch f.node(id).Op {
	case ir.Eq, ir.Ne, ir.Lt, ir.Le:
		return true
	}
	return false
}

// maxAmount is the widest shift amount left to the tools; a wider one is guarded.
const maxAmount = 31

func (f *folded) wideShift(n *ir.Node) bool {
	return f.width(n.B) > maxAmount && f.konst(n.B) == nil
}

// measure computes the length and depth of id's text, and makes nets of operands that make it too long.
func (p *plan) measure(id ir.NodeID) {
	f := p.f
	n := &f.m.Nodes[id]
	if p.uses[id] == 0 {
		return
	}
	p.hints[id] = p.hint(id)
	if f.leaf(id) {
		p.length[id] = len(text(p.inline(id).e))
		if p.net[id] {
			p.spill(id)
		}
		return
	}
	p.total(id, n)
	for p.tooLong(id, n) {
		var worst ir.NodeID
		f.operands(id, func(a ir.NodeID) {
			if !p.net[a] && !f.leaf(a) && (worst == 0 || p.length[a]+20*p.depth[a] > p.length[worst]+20*p.depth[worst]) {
				worst = a
			}
		})
		if worst == 0 {
			break
		}
		p.spill(worst)
		p.total(id, n)
	}
	if p.net[id] {
		p.spill(id)
	}
}

// many tells whether the operands stand one by one, on lines of their own if need be.
func many(n *ir.Node) bool { return n.Op == ir.Cat || n.Op == ir.Select }

// chains tells whether a left chain of op prints without parentheses.
func chains(op ir.Op) bool { return op == ir.And || op == ir.Or || op == ir.Xor || op == ir.Add }

func (p *plan) tooLong(id ir.NodeID, n *ir.Node) bool {
	return p.depth[id] > maxDepth || !many(n) && p.length[id] > maxText
}

func (p *plan) total(id ir.NodeID, n *ir.Node) {
	f := p.f
	length, depth := 0, 0
	first := true
	f.operands(id, func(a ir.NodeID) {
		if many(n) && !p.net[a] && !f.leaf(a) && (p.length[a] > maxPart || p.depth[a] >= maxDepth) {
			p.spill(a)
		}
		length += 3 + p.length[a]
		if !p.net[a] && !f.leaf(a) {
			if f.m.Nodes[a].Op != ir.Slice {
				length += 2
			}
			chain := first && f.m.Nodes[a].Op == n.Op && chains(n.Op)
			if d := p.depth[a]; chain {
				depth = d - 1
			} else {
				depth = max(depth, d)
			}
		}
		first = false
	})
	switch n.Op {
	case ir.Slice: // as good as a name
		p.length[id], p.depth[id] = length+4, 0
		return
	case ir.Sext:
		length = 2*length + 10
	}
	p.length[id], p.depth[id] = length, depth+1
}

// spill makes a net of id and names it.
func (p *plan) spill(id ir.NodeID) {
	p.net[id] = true
	if p.name[id] == "" {
		n := &p.f.m.Nodes[id]
		p.name[id] = p.names.named[id]
		if p.name[id] == "" {
			w := "_w" + itoa(int(n.Width))
			p.name[id] = p.names.scope.unique(p.hints[id], "_"+n.Op.String(), w, "_"+n.Op.String()+w)
		}
	}
	p.length[id], p.depth[id] = len(p.name[id]), 0
}
