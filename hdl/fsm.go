package hdl

import (
	"fmt"
	"math/big"
	"math/bits"
	"slices"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// An FSM is a state machine over the values of a Go enum. Its states keep their names in the output, in waves
// and in messages.
type FSM[S ~int] struct {
	m    *M
	reg  Sig
	enum *ir.Enum
	in   *block // where the last State arm went, and its statement
	at   int
	last int
}

// NewFSM makes a state machine with a register of the given name. The first state listed is the reset state.
// The type's String method, if any, names the states.
func NewFSM[S ~int](m *M, name string, states ...S) *FSM[S] {
	f := &FSM[S]{m: m, enum: &ir.Enum{Name: name}}
	if len(states) == 0 {
		m.report(CodeControl, "list the states", "state machine %s has no states", name)
		f.reg = m.poison()
		return f
	}
	sorted := append([]S(nil), states...)
	slices.Sort(sorted)
	if sorted[0] < 0 {
		m.report(CodeRange, "number states from 0", "state %d of %s is negative", int(sorted[0]), name)
		f.reg = m.poison()
		return f
	}
	f.enum.Width = int32(max(1, bits.Len(uint(sorted[len(sorted)-1]))))
	called := map[string]S{}
	for i, s := range sorted {
		if i > 0 && sorted[i-1] == s {
			m.report(CodeControl, "list each state once", "state %s of %s is listed twice", stateName(s), name)
			continue
		}
		if o, ok := called[stateName(s)]; ok {
			m.report(CodeName, "give each state its own name", "states %d and %d of %s are both called %s", int(o), int(s), name, stateName(s))
		}
		called[stateName(s)] = s
		f.enum.Members = append(f.enum.Members, stateName(s))
		f.enum.Values = append(f.enum.Values, uint64(s))
	}
	f.reg = m.reg(name, int(f.enum.Width), false, f.enum, []RegOption{Init(int(states[0]))})
	return f
}

// stateName is what the type's String method says; a method that panics (a table without that state) says nothing.
func stateName[S ~int](s S) (name string) {
	defer func() {
		if recover() != nil {
			name = fmt.Sprintf("s%d", int(s))
		}
	}()
	if n, ok := any(s).(fmt.Stringer); ok {
		return n.String()
	}
	return fmt.Sprintf("s%d", int(s))
}

func (f *FSM[S]) constant(s S) Sig {
	if f.reg.bad() {
		return f.reg
	}
	if slices.Contains(f.enum.Values, uint64(s)) {
		return f.m.constNode(toBits(big.NewInt(int64(s)), f.enum.Width), f.enum.Width, false, f.enum)
	}
	f.m.report(CodeControl, "list it in NewFSM", "state %s is not a state of %s", stateName(s), f.enum.Name)
	return f.m.poison()
}

// In is 1 while the machine is in state s.
func (f *FSM[S]) In(s S) Sig {
	if f.reg.bad() {
		return f.reg
	}
	return f.reg.Eq(f.constant(s))
}

// State makes the statements of body effective while the machine is in state s.
func (f *FSM[S]) State(s S, body func()) {
	m := f.m
	hit := f.In(s)
	l := m.loc()
	if hit.bad() {
		m.spoil(m.body(pathArm{}, body))
		return
	}
	stmts := m.body(pathArm{cond: hit.id}, body)
	arm := ir.Arm{Labels: []ir.NodeID{f.constant(s).id}, Body: stmts, Loc: l}
	if f.in == m.cur && f.at == len(m.cur.stmts)-1 && len(m.cur.stmts[f.at].Arms) == f.last {
		sw := &m.cur.stmts[f.at]
		for _, a := range sw.Arms {
			if a.Labels[0] == arm.Labels[0] {
				m.reportAt(l, CodeControl, "merge the two", "state %s is described twice", stateName(s))
				m.spoil(stmts)
				return
			}
		}
		sw.Arms = append(sw.Arms, arm)
	} else {
		m.cur.stmts = append(m.cur.stmts, ir.Stmt{Kind: ir.Switch, Subject: f.reg.id, Arms: []ir.Arm{arm}, Loc: l})
	}
	f.in, f.at = m.cur, len(m.cur.stmts)-1
	f.last = len(m.cur.stmts[f.at].Arms)
}

// Goto makes s the next state.
func (f *FSM[S]) Goto(s S) { set(f.reg, f.constant(s)) }

// Sig is the state register.
func (f *FSM[S]) Sig() Sig { return f.reg }
