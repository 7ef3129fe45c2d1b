// Package check holds the checks of a finished build: drivers, latches, connections, loops, unused signals. Each
// pass is linear in the design and reports diagnostics; width and sign are checked as the design is built.
//
// Start reading at Module (one module kind) and Loops (the flat netlist).
package check

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Codes are the diagnostic codes of the checks here; package hdl documents them.
const (
	undriven    = "D001"
	multiDriven = "D002"
	latch       = "D003"
	unconnected = "D005"
	loop        = "L001"
	unused      = "U001"
)

// checker gathers the findings in one module.
type checker struct {
	m    *ir.Module
	low  *flat.Lowered
	list diag.List
}

// Module checks one module kind and the ports of its instances.
func Module(low *flat.Lowered) diag.List {
	c := &checker{m: low.Module, low: low}
	c.drivers()
	c.statements()
	c.unused()
	return c.list
}

func (c *checker) report(l ir.Loc, code string, sev diag.Severity, fix, format string, args ...any) *diag.Diagnostic {
	pos, via := diag.At(c.m, l)
	c.list = append(c.list, diag.Diagnostic{Code: code, Severity: sev, Module: c.m.Name, Pos: pos, Via: via, Msg: fmt.Sprintf(format, args...), Fix: fix})
	return &c.list[len(c.list)-1]
}

func (c *checker) name(id ir.NodeID) string { return Name(c.m, id) }

// Name is what the user calls a node.
func Name(m *ir.Module, id ir.NodeID) string {
	if id <= 0 || int(id) >= len(m.Nodes) {
		return ""
	}
	if s, ok := m.Named[id]; ok {
		return s
	}
	switch n := &m.Nodes[id]; n.Op {
	case ir.Input:
		return m.Ports[n.X].Name
	case ir.WireRef:
		return m.Wires[n.X].Name
	case ir.RegRef:
		return m.Regs[n.X].Name
	case ir.InstOut:
		return m.Insts[n.X].Name + "." + m.Insts[n.X].Module.Ports[n.N].Name
	}
	return ""
}

// drivers reports targets that nothing drives.
func (c *checker) drivers() {
	latched := map[ir.NodeID]bool{}
	for _, l := range c.low.Latches {
		latched[l.Target] = true
	}
	for i := range c.m.Wires {
		w := &c.m.Wires[i]
		if c.low.Driver[w.Node] != 0 || latched[w.Node] {
			continue
		}
		loc := c.m.Nodes[w.Node].Loc
		switch w.Kind {
		case ir.InstInput:
			in := &c.m.Insts[w.Inst]
			c.report(in.Loc, unconnected, diag.Error, "drive it with hdl.Connect", "input %s of instance %s is not connected", in.Module.Ports[w.Port].Name, in.Name)
		case ir.OutputWire:
			c.report(c.m.Loc, undriven, diag.Error, "set it on every path", "output %s of module %s is not driven", w.Name, c.m.Name)
		default:
			c.report(loc, undriven, diag.Error, "set it on every path", "wire %s is not driven", w.Name)
		}
	}
}

// statements reports latches and assignments without effect.
func (c *checker) statements() {
	for _, l := range c.low.Latches {
		d := c.report(l.Loc, latch, diag.Error, "set it before the If, or in an Else or Default", "%s is not set on every path, which would be a latch", c.name(l.Target))
		if pos, _ := diag.At(c.m, c.m.Nodes[l.Target].Loc); pos.File != "" {
			d.Notes = append(d.Notes, diag.Note{Pos: pos, Msg: c.name(l.Target) + " declared here"})
		}
	}
	for _, d := range c.low.Dead {
		r := c.report(d.Last, multiDriven, diag.Error, "keep one of the two, or put the second inside an If", "%s is driven twice: this always overrides the other", c.name(d.Target))
		if pos, _ := diag.At(c.m, d.First); pos.File != "" {
			r.Notes = append(r.Notes, diag.Note{Pos: pos, Msg: "also driven here"})
		}
	}
}

// unused warns of named signals that nothing reads.
func (c *checker) unused() {
	m := c.m
	read := make([]bool, len(c.low.Nodes))
	mark := func(id ir.NodeID) { read[id] = true }
	for i := range c.low.Nodes {
		m.Args(&c.low.Nodes[i], mark)
	}
	for t, v := range c.low.Driver {
		if v != 0 && (c.low.Nodes[t].Op != ir.RegRef || v != ir.NodeID(t)) {
			read[v] = true
		}
	}
	for i := range m.Mems {
		for _, w := range m.Mems[i].Writes {
			mark(w.En)
			mark(w.Addr)
			mark(w.Data)
			mark(w.Mask)
		}
	}
	memRead := make([]bool, len(m.Mems))
	for i := range m.Reads {
		mark(m.Reads[i].En)
		mark(m.Reads[i].Addr)
		memRead[m.Reads[i].Mem] = true
	}
	for i := range m.Assert {
		mark(m.Assert[i].En)
		mark(m.Assert[i].Cond)
	}
	warn := func(l ir.Loc, format string, args ...any) {
		c.report(l, unused, diag.Warning, "use it or remove it", format, args...)
	}
	for i := range m.Ports {
		if p := &m.Ports[i]; p.Dir == ir.In && !read[p.Node] {
			warn(p.Loc, "input %s of module %s is never read", p.Name, m.Name)
		}
	}
	for i := range m.Regs {
		if r := &m.Regs[i]; !read[r.Node] {
			warn(m.Nodes[r.Node].Loc, "register %s is never read", r.Name)
		}
	}
	for i := range m.Wires {
		if w := &m.Wires[i]; w.Kind == ir.PlainWire && !read[w.Node] {
			warn(m.Nodes[w.Node].Loc, "wire %s is never read", w.Name)
		}
	}
	for i := range m.Mems {
		if !memRead[i] {
			warn(m.Mems[i].Loc, "memory %s is never read", m.Mems[i].Name)
		}
	}
}
