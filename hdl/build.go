package hdl

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/check"
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A Design is a checked hierarchy, ready for a back end.
type Design struct {
	ir       *ir.Design
	flat     *flat.Netlist
	io       any
	warnings Diagnostics
}

// Build checks a module and all below it. The error, if any, is a Diagnostics with everything that is wrong,
// sorted by position; loops are looked for when nothing else is. Equal modules become one. A module is built once:
// again, it gives the same Design.
func Build(top *Module) (*Design, error) {
	if top == nil {
		return nil, errors.New("hdl: Build of no module")
	}
	if d := top.design.Load(); d != nil {
		return d, nil
	}
	order := hierarchy(top)
	var found Diagnostics
	for _, m := range order {
		found = append(found, m.diags...)
	}
	unique, irTop, cut := merge(order)
	lows := make(map[*ir.Module]*flat.Lowered, len(unique))
	for i, m := range unique {
		low := flat.LowerModule(m)
		lows[m] = low
		if !cut[i] {
			found = append(found, check.Module(low)...)
		}
	}
	if errs := found.Errors(); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	nl, rings := flat.Lower(irTop, lows)
	found = append(found, check.Loops(nl, nl.Components(), rings)...)
	if errs := found.Errors(); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	nameModules(unique)
	clocked(unique)
	d := &Design{ir: &ir.Design{Top: irTop, Modules: unique}, flat: nl, io: top.io, warnings: found.Sorted()}
	if !top.design.CompareAndSwap(nil, d) { // built at the same time elsewhere
		d = top.design.Load()
	}
	return d, nil
}

// Warnings are the findings that do not make a build fail, sorted.
func (d *Design) Warnings() Diagnostics { return d.warnings }

// IR is the hierarchical form, for back ends.
func (d *Design) IR() *ir.Design { return d.ir }

// Flat is the flat netlist, for simulation.
func (d *Design) Flat() *flat.Netlist { return d.flat }

// IO is the top module's IO struct, a pointer to the type it was made with: its handles name ports for simulators.
func (d *Design) IO() any { return d.io }

// hierarchy lists each module once, children before parents, with an explicit stack.
func hierarchy(top *Module) []*Module {
	var out []*Module
	type frame struct {
		m    *Module
		next int
	}
	seen := map[*Module]bool{top: true}
	frames := []frame{{m: top}}
	for len(frames) > 0 {
		f := &frames[len(frames)-1]
		if f.next < len(f.m.children) {
			c := f.m.children[f.next]
			f.next++
			if !seen[c] {
				seen[c] = true
				frames = append(frames, frame{m: c})
			}
			continue
		}
		out = append(out, f.m)
		frames = frames[:len(frames)-1]
	}
	return out
}

// merge makes equal modules one: same name, parameters and contents over equal children. The result holds copies, so
// that a module may be part of several designs; their instances point to the survivors. cut tells which are incomplete.
func merge(order []*Module) (out []*ir.Module, top *ir.Module, cut []bool) {
	byKey := map[[32]byte]*ir.Module{}
	number := map[*ir.Module]int{} // of the survivor
	survivor := map[*Module]*ir.Module{}
	for _, m := range order {
		c := *m.ir
		c.Insts = slices.Clone(c.Insts)
		for i := range c.Insts {
			c.Insts[i].Module = survivor[m.children[i]]
		}
		key := fingerprint(&c, number)
		s := byKey[key]
		if s == nil {
			s = &c
			byKey[key] = s
			number[s] = len(out)
			out = append(out, s)
			cut = append(cut, m.cut)
		}
		survivor[m] = s
		top = s
	}
	return out, top, cut
}

// fingerprint covers all that the output and the simulation depend on, so not the locations.
func fingerprint(m *ir.Module, number map[*ir.Module]int) [32]byte {
	h := sha256.New()
	num := func(vs ...int) {
		var b [8]byte
		for _, v := range vs {
			binary.LittleEndian.PutUint64(b[:], uint64(v))
			h.Write(b[:])
		}
	}
	str := func(s string) { num(len(s)); h.Write([]byte(s)) }
	bits := func(b ir.Bits) {
		num(len(b))
		for _, l := range b {
			num(int(l))
		}
	}
	flag := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	str(m.Name)
	str(m.Doc)
	num(len(m.Params), len(m.Pool), len(m.Consts), len(m.Ports), len(m.Wires), len(m.Regs), len(m.Mems), len(m.Reads), len(m.Insts), len(m.Assert))
	for _, p := range m.Params {
		str(p.Name + "=" + p.Value)
	}
	num(len(m.Nodes))
	for i := range m.Nodes {
		n := &m.Nodes[i]
		num(int(n.Op), flag(n.Signed), int(n.Width), int(n.A), int(n.B), int(n.C), int(n.X), int(n.N))
		str(m.Named[ir.NodeID(i)])
	}
	for _, p := range m.Pool {
		num(int(p))
	}
	for _, c := range m.Consts {
		bits(c.Val)
		enum(str, num, c.Enum)
	}
	for _, p := range m.Ports {
		str(p.Name)
		str(p.Doc)
		num(int(p.Dir), int(p.Width), flag(p.Signed))
	}
	for _, w := range m.Wires {
		str(w.Name)
	}
	for _, r := range m.Regs {
		str(r.Name)
		bits(r.Init)
		num(flag(r.HasReset))
		enum(str, num, r.Enum)
	}
	for _, x := range m.Mems {
		str(x.Name)
		num(int(x.Depth), int(x.Width), len(x.Init), len(x.Writes))
		for _, b := range x.Init {
			bits(b)
		}
		for _, w := range x.Writes {
			num(int(w.En), int(w.Addr), int(w.Data), int(w.Mask))
		}
	}
	for _, r := range m.Reads {
		str(r.Name)
		num(int(r.Mem), flag(r.Sync), int(r.Collision), int(r.En), int(r.Addr))
	}
	for _, in := range m.Insts {
		str(in.Name)
		num(number[in.Module])
	}
	for _, a := range m.Assert {
		str(a.Name)
		num(int(a.En), int(a.Cond))
	}
	stmts(num, m.Body)
	return [32]byte(h.Sum(nil))
}

func enum(str func(string), num func(...int), e *ir.Enum) {
	if e == nil {
		num(0)
		return
	}
	str(e.Name)
	num(len(e.Members))
	for i := range e.Members {
		str(e.Members[i])
		num(int(e.Values[i]))
	}
}

func stmts(num func(...int), b []ir.Stmt) {
	num(len(b))
	for i := range b {
		s := &b[i]
		num(int(s.Kind), int(s.Target), int(s.Value), int(s.Subject), len(s.Arms))
		for k := range s.Arms {
			num(int(s.Arms[k].Cond), len(s.Arms[k].Labels))
			for _, l := range s.Arms[k].Labels {
				num(int(l))
			}
			stmts(num, s.Arms[k].Body)
		}
	}
}

// nameModules gives modules of one base name different names, from the parameters in which they differ.
func nameModules(ms []*ir.Module) {
	byName := map[string][]*ir.Module{}
	for _, m := range ms {
		byName[m.Name] = append(byName[m.Name], m)
	}
	diff := map[string][]bool{}
	taken := map[string]bool{}
	for _, m := range ms {
		m.EmitName = m.Name
		if same := byName[m.Name]; len(same) > 1 {
			if diff[m.Name] == nil {
				diff[m.Name] = differing(same)
			}
			m.EmitName += suffix(m, diff[m.Name])
		}
		for base, n := m.EmitName, 2; taken[m.EmitName]; n++ {
			m.EmitName = fmt.Sprintf("%s_%d", base, n)
		}
		taken[m.EmitName] = true
	}
}

// differing tells by index which parameters are not the same in all modules.
func differing(same []*ir.Module) []bool {
	most := 0
	for _, m := range same {
		most = max(most, len(m.Params))
	}
	diff := make([]bool, most+1)
	for _, m := range same {
		for i := range most {
			diff[i] = diff[i] || i >= len(m.Params) || i >= len(same[0].Params) || m.Params[i] != same[0].Params[i]
		}
	}
	return diff
}

// suffix spells the parameters of m that differ: "_depth8_width16".
func suffix(m *ir.Module, diff []bool) string {
	var b strings.Builder
	for i, p := range m.Params {
		if diff[i] {
			name := p.Name[strings.LastIndexByte(p.Name, '.')+1:]
			b.WriteString("_" + snake(name) + legal(p.Value))
		}
	}
	return b.String()
}

func legal(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return '_'
	}, s), "_")
}

// clocked marks the modules that have state, themselves or below.
func clocked(ms []*ir.Module) {
	for _, m := range ms { // children first
		m.Clocked = len(m.Regs) > 0 || len(m.Assert) > 0
		for i := range m.Mems {
			m.Clocked = m.Clocked || len(m.Mems[i].Writes) > 0
		}
		for i := range m.Reads {
			m.Clocked = m.Clocked || m.Reads[i].Sync
		}
		for i := range m.Insts {
			m.Clocked = m.Clocked || m.Insts[i].Module.Clocked
		}
	}
}
