package flat

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// This file lowers the statement tree of one module: each target gets one value, a multiplexer tree over its
// assignments. The work is linear in assignments times nesting.

// A Latch is a combinational target assigned on some paths only.
type Latch struct {
	Target ir.NodeID
	Loc    ir.Loc // the statement that leaves a path open
}

// A Dead assignment is one that a later unconditional one always overrides.
type Dead struct {
	Target      ir.NodeID
	First, Last ir.Loc
}

// A Lowered is a module with its statements resolved to values.
type Lowered struct {
	Module *ir.Module
	Nodes  []ir.Node   // the module's, then those the lowering made
	Driver []ir.NodeID // by target node: its value; for registers the next value. 0: none
	// Findings for the checks.
	Latches []Latch
	Dead    []Dead

	muxes map[ir.Node]ir.NodeID
	loc   ir.Loc // of the arm being lowered, for the nodes made
}

// env is what the statements so far assign, within one branch.
type env struct {
	outer *env
	val   map[ir.NodeID]ir.NodeID
	loc   map[ir.NodeID]ir.Loc
	order []ir.NodeID
}

func (e *env) get(t ir.NodeID) ir.NodeID {
	for ; e != nil; e = e.outer {
		if v := e.val[t]; v != 0 {
			return v
		}
	}
	return 0
}

func (e *env) put(t, v ir.NodeID, l ir.Loc) {
	if _, ok := e.loc[t]; !ok {
		e.order = append(e.order, t)
	}
	e.val[t], e.loc[t] = v, l
}

func newEnv(outer *env) *env {
	return &env{outer: outer, val: map[ir.NodeID]ir.NodeID{}, loc: map[ir.NodeID]ir.Loc{}}
}

// LowerModule resolves the statements of m.
func LowerModule(m *ir.Module) *Lowered {
	l := &Lowered{Module: m, Nodes: append([]ir.Node(nil), m.Nodes...), muxes: map[ir.Node]ir.NodeID{}}
	root := newEnv(nil)
	l.block(m.Body, root)
	l.Driver = make([]ir.NodeID, len(l.Nodes))
	for _, t := range root.order {
		l.Driver[t] = root.val[t]
		if root.val[t] == 0 {
			l.Latches = append(l.Latches, Latch{t, root.loc[t]})
		}
	}
	for _, r := range m.Regs {
		if l.Driver[r.Node] == 0 {
			l.Driver[r.Node] = r.Node // never set: it holds
		}
	}
	return l
}

func (l *Lowered) block(stmts []ir.Stmt, e *env) {
	for i := range stmts {
		s := &stmts[i]
		switch s.Kind {
		case ir.Assign:
			if first, ok := e.loc[s.Target]; ok && !l.poisoned(e.val[s.Target]) && !l.poisoned(s.Value) {
				l.Dead = append(l.Dead, Dead{s.Target, first, s.Loc})
			}
			e.put(s.Target, s.Value, s.Loc)
		case ir.If, ir.Switch:
			l.branch(s, e)
		}
	}
}

// poisoned tells whether a value comes from a bad expression: it has been reported, so nothing is said of it.
func (l *Lowered) poisoned(v ir.NodeID) bool { return v != 0 && l.Nodes[v].Op == ir.Poison }

// branch lowers the arms and joins what they assign.
func (l *Lowered) branch(s *ir.Stmt, e *env) {
	arms := make([]*env, len(s.Arms))
	joined := newEnv(nil)
	for i := range s.Arms {
		arms[i] = newEnv(e)
		l.block(s.Arms[i].Body, arms[i])
		for _, t := range arms[i].order {
			joined.put(t, 0, s.Loc)
		}
	}
	for _, t := range joined.order {
		before := e.get(t)
		if before == 0 && l.Nodes[t].Op == ir.RegRef {
			before = t
		}
		acc, open := before, before == 0
		for i := len(s.Arms) - 1; i >= 0; i-- {
			arm := &s.Arms[i]
			v := before
			if w, ok := arms[i].val[t]; ok && w != 0 {
				v = w
			} else if ok && before == 0 { // assigned there, but not on all its paths
				v = 0
			}
			isElse := (s.Kind == ir.If && arm.Cond == 0) || (s.Kind == ir.Switch && len(arm.Labels) == 0)
			if isElse {
				acc, open = v, v == 0
				continue
			}
			if v == 0 {
				open = true
				continue
			}
			if acc == 0 {
				acc = v
				if !open {
					continue
				}
			}
			if acc != v {
				l.loc = arm.Loc
				acc = l.mux(l.armCond(s, arm), v, acc)
			}
		}
		if s.Kind == ir.Switch && l.exhaustive(s) && before == 0 {
			open = false
			for i := range arms {
				open = open || arms[i].val[t] == 0
			}
		}
		if open {
			acc = 0
		}
		e.put(t, acc, s.Loc)
	}
}

// exhaustive tells whether a Switch lists every value of its subject.
func (l *Lowered) exhaustive(s *ir.Stmt) bool {
	n := 0
	for _, a := range s.Arms {
		n += len(a.Labels)
	}
	w := l.Nodes[s.Subject].Width
	return w < 20 && n == 1<<w
}

func (l *Lowered) armCond(s *ir.Stmt, a *ir.Arm) ir.NodeID {
	if s.Kind == ir.If {
		return a.Cond
	}
	var c ir.NodeID
	for _, lab := range a.Labels {
		eq := l.make(ir.Node{Op: ir.Eq, A: s.Subject, B: lab, Width: 1})
		if c == 0 {
			c = eq
		} else {
			c = l.make(ir.Node{Op: ir.Or, A: c, B: eq, Width: 1})
		}
	}
	return c
}

func (l *Lowered) mux(c, a, b ir.NodeID) ir.NodeID {
	n := l.Nodes[a]
	return l.make(ir.Node{Op: ir.Mux, A: c, B: a, C: b, Width: n.Width, Signed: n.Signed})
}

func (l *Lowered) make(n ir.Node) ir.NodeID {
	if id, ok := l.muxes[n]; ok {
		return id
	}
	id := ir.NodeID(len(l.Nodes))
	l.muxes[n] = id
	n.Loc = l.loc
	l.Nodes = append(l.Nodes, n)
	return id
}
