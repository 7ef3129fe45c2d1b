package verilog

import (
	"slices"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Projection turns the one statement tree of a module into a tree for each combinational target and one for
// each group of registers. A tree keeps the if and case structure the user wrote around the assignments that
// concern it.

// A tree node: ir.Stmt narrowed to some targets.
type branch struct {
	src    *ir.Stmt
	kind   ir.StmtKind
	target ir.NodeID
	value  ir.NodeID
	arms   []*limb
	at     int // If: arms of src copied so far
}

// A limb is an arm of a branch: cond of an If (0: else), labels of a Switch (none: default).
type limb struct {
	src    *ir.Arm
	cond   ir.NodeID
	labels []ir.NodeID
	body   []*branch
}

// A regGroup is what one always_ff block holds: registers assigned in the same top-level statements.
type regGroup struct {
	reset bool
	regs  []int // index into Module.Regs, ascending
	body  []*branch
}

// projection holds all trees of a module, and the order in which to print them.
type projection struct {
	f      *folded
	enums  *enumTable
	wires  [][]*branch // by index into Module.Wires
	groups []*regGroup
	order  []block
}

// A block is a combinational target (group nil) or a group of registers, in the order of the statements.
type block struct {
	wire  int
	group *regGroup
}

func project(f *folded, enums *enumTable) *projection {
	p := &projection{f: f, enums: enums, wires: make([][]*branch, len(f.m.Wires))}
	w := &wireWalk{p: p, tracks: make([]track, len(f.m.Wires))}
	groupAt := p.groupRegs()
	for i := range f.m.Body {
		w.first = w.first[:0]
		w.stmt(&f.m.Body[i])
		for _, wire := range w.first {
			p.order = append(p.order, block{wire: wire})
		}
		for _, g := range groupAt[i] {
			p.order = append(p.order, block{group: g})
		}
	}
	for i := range f.m.Wires {
		t := &w.tracks[i]
		if !t.seen {
			p.order = append(p.order, block{wire: i})
		}
		p.wires[i] = lastDefault(t.body)
		finish(p.wires[i])
	}
	return p
}

// lastDefault drops what an unconditional assignment further down overrides.
func lastDefault(body []*branch) []*branch {
	for i := len(body) - 1; i > 0; i-- {
		if body[i].kind == ir.Assign {
			return body[i:]
		}
	}
	return body
}

// wireWalk visits every statement once. Each target remembers the arm in which it was assigned last, so that
// an assignment costs its depth and not the size of the tree.
type wireWalk struct {
	p      *projection
	path   []step
	tracks []track
	first  []int // targets met for the first time in this top-level statement
}

type step struct {
	src *ir.Stmt
	arm int
}

type track struct {
	seen bool
	body []*branch
	open []openArm
}

type openArm struct {
	step
	br   *branch
	limb *limb
}

func (w *wireWalk) stmt(s *ir.Stmt) {
	switch s.Kind {
	case ir.Assign:
		if n := &w.p.f.m.Nodes[s.Target]; n.Op == ir.WireRef {
			w.assign(int(n.X), s)
		}
		return
	case ir.If, ir.Switch:
	}
	for i := range s.Arms {
		a := &s.Arms[i]
		cond := w.p.f.cond(s, a)
		if cond == never {
			continue
		}
		only := cond == always && s.Kind == ir.If && w.p.f.firstArm(s, i)
		if !only {
			w.path = append(w.path, step{s, i})
		}
		for j := range a.Body {
			w.stmt(&a.Body[j])
		}
		if !only {
			w.path = w.path[:len(w.path)-1]
		}
		if cond == always && s.Kind == ir.If {
			return
		}
	}
}

func (w *wireWalk) assign(wire int, s *ir.Stmt) {
	t := &w.tracks[wire]
	if !t.seen {
		t.seen = true
		w.first = append(w.first, wire)
	}
	k := 0
	for k < len(w.path) && k < len(t.open) && t.open[k].step == w.path[k] {
		k++
	}
	if k < len(w.path) && k < len(t.open) && t.open[k].src == w.path[k].src {
		t.open = t.open[:k+1]
		t.open[k].arm = w.path[k].arm
		t.open[k].limb = w.p.f.extend(t.open[k].br, w.path[k].arm)
		k++
	}
	t.open = t.open[:k]
	for ; k < len(w.path); k++ {
		br := &branch{src: w.path[k].src, kind: w.path[k].src.Kind}
		t.add(br)
		t.open = append(t.open, openArm{w.path[k], br, w.p.f.extend(br, w.path[k].arm)})
	}
	t.add(&branch{src: s, kind: ir.Assign, target: s.Target, value: s.Value})
}

func (t *track) add(br *branch) {
	if n := len(t.open); n > 0 {
		t.open[n-1].limb.body = append(t.open[n-1].limb.body, br)
	} else {
		t.body = append(t.body, br)
	}
}

// extend copies the arms of an If up to arm, empty but for what follows, since an arm is taken only where
// those before it are not. The arms of a Switch exclude each other, so only the one is copied.
func (f *folded) extend(br *branch, arm int) *limb {
	from := arm
	if br.kind == ir.If {
		from, br.at = br.at, arm+1
	}
	var l *limb
	for i := from; i <= arm; i++ {
		a := &br.src.Arms[i]
		c := f.cond(br.src, a)
		if c == never {
			continue
		}
		l = &limb{src: a, cond: a.Cond, labels: a.Labels}
		if c == always {
			l.cond = 0
		}
		br.arms = append(br.arms, l)
	}
	return l
}

// What is known of an arm's condition.
const (
	sometimes = iota
	always
	never
)

func (f *folded) cond(s *ir.Stmt, a *ir.Arm) int {
	if s.Kind != ir.If {
		return sometimes
	}
	if a.Cond == 0 {
		return always
	}
	switch c := f.konst(a.Cond); {
	case c == nil:
		return sometimes
	case c.Sign() == 0:
		return never
	}
	return always
}

// firstArm tells whether all arms before arm i of an If are never taken.
func (f *folded) firstArm(s *ir.Stmt, i int) bool {
	for j := range s.Arms[:i] {
		if f.cond(s, &s.Arms[j]) != never {
			return false
		}
	}
	return true
}

// finish completes each Switch that has a default: the labels of the arms left out must not fall into it.
func finish(body []*branch) {
	for _, br := range body {
		for _, l := range br.arms {
			finish(l.body)
		}
		if br.kind != ir.Switch {
			continue
		}
		d := slices.IndexFunc(br.arms, func(l *limb) bool { return len(l.labels) == 0 })
		if d < 0 {
			continue
		}
		kept := map[*ir.Arm]bool{}
		for _, l := range br.arms {
			kept[l.src] = true
		}
		skip := &limb{}
		for i := range br.src.Arms {
			if a := &br.src.Arms[i]; !kept[a] {
				skip.labels = append(skip.labels, a.Labels...)
			}
		}
		def := br.arms[d]
		br.arms = slices.Delete(br.arms, d, d+1)
		if len(skip.labels) > 0 {
			br.arms = append(br.arms, skip)
		}
		br.arms = append(br.arms, def)
	}
}
