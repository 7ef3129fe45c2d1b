package hdl

import (
	"math/big"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file holds assignments and control flow. Statements are kept as the user wrote them, as a tree.

// A block is a list of statements being written.
type block struct{ stmts []ir.Stmt }

// A pathArm is one branch around the present statement: the conditions that must be 0, then the one that is 1.
type pathArm struct {
	not  []ir.NodeID
	cond ir.NodeID // 0: none
}

// set records an assignment.
func set(target Sig, v Value) {
	m := module(target, v)
	if m == nil {
		return
	}
	t := m.own(target)
	if t.bad() {
		return
	}
	if !m.settable(t) {
		m.spoilSig(operandOf(v).sig) // perhaps the two were swapped
		return
	}
	tn := *t.node()
	src := m.resolve(v, tn.Width, tn.Signed)
	if src.bad() || !m.agree("assignment to "+m.describe(t.id), t, src) {
		m.assigned(t.id, m.poison().id) // driven, though badly: no follow-on report
		return
	}
	m.assigned(t.id, src.id)
}

// spoilSig takes a wire for driven, since a report covers why it is not.
func (m *M) spoilSig(s Sig) {
	if !s.bad() && s.m == m && s.node().Op == ir.WireRef {
		m.assigned(s.id, m.poison().id)
	}
}

// spoil does so for the targets of statements that are dropped after a report.
func (m *M) spoil(stmts []ir.Stmt) {
	for i := range stmts {
		if stmts[i].Kind == ir.Assign {
			m.assigned(stmts[i].Target, m.poison().id)
		}
		for k := range stmts[i].Arms {
			m.spoil(stmts[i].Arms[k].Body)
		}
	}
}

// settable reports a target that cannot be driven.
func (m *M) settable(t Sig) bool {
	n := t.node()
	switch n.Op {
	case ir.RegRef, ir.WireRef:
		return true
	case ir.Input:
		m.report(CodeNotTarget, "drive it where the module is instantiated", "%s is an input of this module", m.describe(t.id))
	case ir.InstOut:
		m.report(CodeNotTarget, "drive a wire or an output of this module", "%s is an output of an instance", m.describe(t.id))
	default:
		d := m.report(CodeNotTarget, "make a Wire or a Reg and set that", "%s is an expression", m.describe(t.id))
		m.note(d, t.id, "made here")
	}
	return false
}

func (m *M) assigned(target, value ir.NodeID) {
	st := ir.Stmt{Kind: ir.Assign, Target: target, Value: value, Loc: m.loc()}
	if en := m.enable[target]; en != 0 {
		st = ir.Stmt{Kind: ir.If, Arms: []ir.Arm{{Cond: en, Body: []ir.Stmt{st}, Loc: st.Loc}}, Loc: st.Loc}
	}
	m.cur.stmts = append(m.cur.stmts, st)
}

// body runs f with statements going to a fresh block.
func (m *M) body(arm pathArm, f func()) []ir.Stmt {
	if f == nil {
		m.report(CodeUnset, "pass a function", "nil function in place of statements")
		return nil
	}
	outer := m.cur
	m.cur = &block{}
	m.path = append(m.path, arm)
	f()
	m.path = m.path[:len(m.path)-1]
	b := m.cur.stmts
	m.cur = outer
	return b
}

// An IfChain lets ElseIf and Else follow an If.
type IfChain struct {
	m    *M
	in   *block
	at   int
	not  []ir.NodeID
	done bool
}

// If makes the statements of then effective in cycles where cond, of 1 bit, is 1.
func (m *M) If(cond Value, then func()) *IfChain {
	c := m.cond(cond)
	l := m.loc()
	body := m.body(pathArm{cond: c.id}, then)
	m.cur.stmts = append(m.cur.stmts, ir.Stmt{Kind: ir.If, Loc: l, Arms: []ir.Arm{{Cond: c.id, Body: body, Loc: l}}})
	return &IfChain{m: m, in: m.cur, at: len(m.cur.stmts) - 1, not: []ir.NodeID{c.id}}
}

// ElseIf is effective where every condition before it is 0 and cond is 1.
func (c *IfChain) ElseIf(cond Value, then func()) *IfChain {
	if c.m == nil {
		return c
	}
	s := c.m.cond(cond)
	c.arm("ElseIf", s.id, then)
	c.not = append(c.not, s.id)
	return c
}

// Else is effective where every condition before it is 0.
func (c *IfChain) Else(then func()) {
	c.arm("Else", 0, then)
	c.done = true
}

func (c *IfChain) arm(what string, cond ir.NodeID, then func()) {
	m := c.m
	if m == nil { // not made by If
		return
	}
	l := m.loc()
	body := m.body(pathArm{not: c.not, cond: cond}, then)
	if c.done || m.cur != c.in || len(c.in.stmts) != c.at+1 {
		m.reportAt(l, CodeControl, "chain it to its If", "%s does not follow its If", what)
		m.spoil(body)
		return
	}
	st := &c.in.stmts[c.at]
	st.Arms = append(st.Arms, ir.Arm{Cond: cond, Body: body, Loc: l})
}

// A SwitchArm is one case of a Switch; made by Case, Cases and Default.
type SwitchArm struct {
	labels []Value
	body   func()
	others bool // Default
	from   ir.Frames
}

func switchArm(a SwitchArm) SwitchArm {
	a.from = callers(4)
	return a
}

// Case is effective where the subject equals label.
func Case(label Value, body func()) SwitchArm {
	return switchArm(SwitchArm{labels: []Value{label}, body: body})
}

// Cases is effective where the subject equals one of the labels.
func Cases(labels []Value, body func()) SwitchArm {
	return switchArm(SwitchArm{labels: labels, body: body})
}

// Default is effective where no case is.
func Default(body func()) SwitchArm { return switchArm(SwitchArm{body: body, others: true}) }

// Switch makes the arm effective whose label equals v. Labels are constants, each used once.
func (m *M) Switch(v Value, arms ...SwitchArm) {
	s := m.resolve(v, 0, false)
	st := ir.Stmt{Kind: ir.Switch, Subject: s.id, Loc: m.loc()}
	ok := !s.bad()
	seen := map[ir.NodeID]bool{}
	var hits []ir.NodeID
	for i, a := range arms {
		m.at = m.locOf(a.from)
		arm := ir.Arm{Loc: m.at}
		path := pathArm{}
		switch {
		case a.others && i != len(arms)-1:
			m.report(CodeControl, "put Default last", "Default is not the last arm of its Switch")
			ok = false
		case a.others:
			path.not = hits
		case len(a.labels) == 0:
			m.report(CodeControl, "use Default for the values not listed", "arm %d of the Switch has no labels", i+1)
			ok = false
		case !s.bad():
			var hit Sig
			if arm.Labels, hit = m.labels(s, a.labels, seen); hit.bad() {
				ok = false
				break
			}
			path.cond = hit.id
			hits = append(hits, hit.id)
		}
		if a.body != nil {
			m.at = 0
		}
		arm.Body = m.body(path, a.body)
		m.at = 0
		st.Arms = append(st.Arms, arm)
	}
	if !ok {
		for i := range st.Arms {
			m.spoil(st.Arms[i].Body)
		}
		return
	}
	if len(arms) > 0 {
		m.cur.stmts = append(m.cur.stmts, st)
	}
}

// labels resolves the labels of one arm of a Switch on s, and the condition that s is one of them.
func (m *M) labels(s Sig, vs []Value, seen map[ir.NodeID]bool) (ids []ir.NodeID, hit Sig) {
	for _, v := range vs {
		c := m.resolve(v, s.node().Width, s.Signed())
		if c.bad() || !m.agree("case of "+m.describe(s.id), s, c) {
			return nil, m.poison()
		}
		if c.node().Op != ir.Const {
			m.report(CodeControl, "use constants, or If for the others", "%s is no constant, so no case label", m.describe(c.id))
			return nil, m.poison()
		}
		if seen[c.id] {
			m.report(CodeControl, "use each label once", "case label %s is used twice", value(m.ir, c))
			return nil, m.poison()
		}
		seen[c.id] = true
		ids = append(ids, c.id)
		if e := s.Eq(c); hit.m == nil {
			hit = e
		} else {
			hit = hit.Or(e)
		}
	}
	return ids, hit
}

// value prints a constant.
func value(m *ir.Module, c Sig) string {
	n := new(big.Int)
	for i, l := range m.Consts[c.node().X].Val {
		n.Or(n, new(big.Int).Lsh(new(big.Int).SetUint64(l), uint(64*i)))
	}
	if c.Signed() && n.Bit(c.Width()-1) == 1 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(c.Width())))
	}
	return n.String()
}

// pathCond is the condition under which the present statement is effective; 0 when always. It is the enable of
// what is no statement: memory writes and assertions.
func (m *M) pathCond() ir.NodeID {
	var c Sig
	and := func(s Sig) {
		if c.m == nil {
			c = s
		} else {
			c = c.And(s)
		}
	}
	for _, a := range m.path {
		for _, n := range a.not {
			and(Sig{m, n}.Not())
		}
		if a.cond != 0 {
			and(Sig{m, a.cond})
		}
	}
	return c.id
}
