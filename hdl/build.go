package hdl

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
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
// sorted by position. Equal modules become one.
func Build(top *Module) (*Design, error) {
	if top == nil {
		return nil, fmt.Errorf("hdl: Build of no module")
	}
	order := hierarchy(top)
	var found Diagnostics
	for _, m := range order {
		found = append(found, m.diags...)
	}
	if len(found.Errors()) > 0 {
		return nil, found.Sorted().Errors()
	}
	unique, irTop := merge(order)
	lows := make(map[*ir.Module]*flat.Lowered, len(unique))
	for _, m := range unique {
		low := flat.LowerModule(m)
		lows[m] = low
		found = append(found, check.Module(low)...)
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
	return &Design{ir: &ir.Design{Top: irTop, Modules: unique}, flat: nl, io: top.io, warnings: found.Sorted()}, nil
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

// merge makes equal modules one: same name, parameters and contents over equal children. Instances in the
// result point to the survivors.
func merge(order []*Module) ([]*ir.Module, *ir.Module) {
	byKey := map[[32]byte]*ir.Module{}
	number := map[*ir.Module]int{} // of the survivor
	survivor := map[*ir.Module]*ir.Module{}
	var out []*ir.Module
	var last *ir.Module
	for _, m := range order {
		for i := range m.ir.Insts {
			if s := survivor[m.ir.Insts[i].Module]; s != nil {
				m.ir.Insts[i].Module = s
			}
		}
		key := fingerprint(m.ir, number)
		s := byKey[key]
		if s == nil {
			s = m.ir
			byKey[key] = s
			number[s] = len(out)
			out = append(out, s)
		}
		survivor[m.ir] = s
		last = s
	}
	return out, last
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
		num(int(x.Depth), int(x.Width), len(x.Init))
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
	taken := map[string]bool{}
	for _, m := range ms {
		m.EmitName = m.Name
		if same := byName[m.Name]; len(same) > 1 {
			m.EmitName += differing(m, same)
		}
		for base, n := m.EmitName, 2; taken[m.EmitName]; n++ {
			m.EmitName = fmt.Sprintf("%s_%d", base, n)
		}
		taken[m.EmitName] = true
	}
}

// differing spells the parameters of m that are not the same in all of same: "_depth8_width16".
func differing(m *ir.Module, same []*ir.Module) string {
	var b strings.Builder
	for i, p := range m.Params {
		diff := false
		for _, o := range same {
			diff = diff || i >= len(o.Params) || o.Params[i] != p
		}
		if diff {
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
