package verilog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Enumerated registers get a typedef inside the module; no tool but Verilator takes the type from a package.
// Members are in upper camel case with the name of the enumeration before them: StateIdle of state_e.
// Icarus and Yosys have no enumeration cast, so a register has the type only where each value it takes is a
// member, a register of the same type, or a multiplexer of those, which is written as if and else. Other
// registers stay plain vectors, to which members may still be assigned by name.

// An enumType is a typedef of one module.
type enumType struct {
	enum    *ir.Enum
	name    string
	members []string
	byValue map[uint64]string
}

type enumTable struct {
	f     *folded
	types []*enumType
	of    map[*ir.Enum]*enumType
	typed []*enumType // by register, nil: a plain vector
}

// maxEnumMux bounds the multiplexers unfolded for one assignment.
const maxEnumMux = 32

func newEnumTable(f *folded) *enumTable {
	t := &enumTable{f: f, of: map[*ir.Enum]*enumType{}, typed: make([]*enumType, len(f.m.Regs))}
	byText := map[string]*enumType{}
	add := func(e *ir.Enum) {
		if e == nil || t.of[e] != nil {
			return
		}
		key := fmt.Sprint(e.Name, e.Width, e.Values, strings.Join(e.Members, " "))
		if byText[key] == nil {
			byText[key] = &enumType{enum: e}
			t.types = append(t.types, byText[key])
		}
		t.of[e] = byText[key]
	}
	for i := range f.m.Regs {
		add(f.m.Regs[i].Enum)
	}
	for i := range f.m.Nodes {
		if n := &f.m.Nodes[i]; n.Op == ir.Const {
			add(f.m.Consts[n.X].Enum)
		}
	}
	t.decide()
	return t
}

// claim settles the names.
func (t *enumTable) claim(s *scope) {
	for _, et := range t.types {
		et.name = s.unique(et.enum.Name + "_e")
		et.byValue = map[uint64]string{}
		for i, m := range et.enum.Members {
			name := s.unique(camel(et.enum.Name)+camel(m), "Value")
			et.members = append(et.members, name)
			if v := et.enum.Values[i]; et.byValue[v] == "" {
				et.byValue[v] = name
			}
		}
	}
}

// member is the name of a constant node, or "".
func (t *enumTable) member(id ir.NodeID) string {
	n := &t.f.m.Nodes[id]
	if n.Op != ir.Const {
		return ""
	}
	c := &t.f.m.Consts[n.X]
	if c.Enum == nil || c.Enum.Width != n.Width {
		return ""
	}
	return t.of[c.Enum].byValue[c.Val.Uint64()]
}

// decide finds the registers that keep the type: all that have an enumeration, less those that take another
// value, less those that take the value of one of these, and so on.
func (t *enumTable) decide() {
	m := t.f.m
	readers := make([][]int, len(m.Regs))
	var work []int
	drop := func(reg int) {
		if t.typed[reg] != nil {
			t.typed[reg] = nil
			work = append(work, reg)
		}
	}
	for i := range m.Regs {
		r := &m.Regs[i]
		if r.Enum != nil && r.Enum.Width == m.Nodes[r.Node].Width && (!r.HasReset || hasValue(r.Enum, r.Init.Uint64())) {
			t.typed[i] = t.of[r.Enum]
		}
	}
	var walk func(body []ir.Stmt)
	walk = func(body []ir.Stmt) {
		for i := range body {
			s := &body[i]
			if n := &m.Nodes[s.Target]; s.Kind == ir.Assign && n.Op == ir.RegRef && t.typed[n.X] != nil {
				reg := int(n.X)
				budget := maxEnumMux
				if !t.fits(t.f.ref[s.Value], reg, readers, &budget) {
					drop(reg)
				}
			}
			for j := range s.Arms {
				walk(s.Arms[j].Body)
			}
		}
	}
	walk(m.Body)
	for i := range m.Regs {
		if t.typed[i] == nil {
			work = append(work, i)
		}
	}
	for len(work) > 0 {
		reg := work[len(work)-1]
		work = work[:len(work)-1]
		for _, r := range readers[reg] {
			drop(r)
		}
		readers[reg] = nil
	}
}

func (t *enumTable) fits(id ir.NodeID, reg int, readers [][]int, budget *int) bool {
	if *budget--; *budget < 0 {
		return false
	}
	if t.f.named(id) {
		return false
	}
	switch n := &t.f.m.Nodes[id]; n.Op {
	case ir.Const:
		e := t.f.m.Consts[n.X].Enum
		return e != nil && t.of[e] == t.typed[reg] && hasValue(e, t.f.m.Consts[n.X].Val.Uint64())
	case ir.RegRef:
		if t.typed[n.X] != t.typed[reg] {
			return false
		}
		readers[n.X] = append(readers[n.X], reg)
		return true
	case ir.Mux:
		return t.fits(t.f.ref[n.B], reg, readers, budget) && t.fits(t.f.ref[n.C], reg, readers, budget)
	}
	return false
}

func hasValue(e *ir.Enum, v uint64) bool {
	return slices.Contains(e.Values, v)
}

// assign is the assignment of value to a register: unfolded into if and else when the register has an
// enumerated type.
func (t *enumTable) assign(s *ir.Stmt, reg int, value ir.NodeID) *branch {
	n := &t.f.m.Nodes[value]
	if t.typed[reg] == nil || n.Op != ir.Mux {
		return &branch{src: s, kind: ir.Assign, target: s.Target, value: value}
	}
	then := t.assign(s, reg, t.f.ref[n.B])
	els := t.assign(s, reg, t.f.ref[n.C])
	return &branch{kind: ir.If, arms: []*limb{{cond: n.A, body: []*branch{then}}, {body: []*branch{els}}}}
}
