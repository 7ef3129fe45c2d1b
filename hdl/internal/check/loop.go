package check

import (
	"fmt"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file finds combinational loops. Word-level cycles are found first; only their nodes are then looked at bit
// by bit, so a carry that runs through a vector is no false alarm.

// Loops reports one loop for each word-level cycle that has one bit by bit.
func Loops(nl *flat.Netlist, comps [][]flat.ID, rings [][]flat.Source) diag.List {
	var out diag.List
	var names map[flat.ID]string // made when there is a loop to tell
	for _, r := range rings {
		var steps []step
		for _, s := range ringed(r) {
			steps = append(steps, step{pathOf(nl, s.Scope, signalName(s)), s})
		}
		out = append(out, loopDiag(steps))
	}
	for _, c := range comps {
		if !nl.Cyclic(c) {
			continue
		}
		if path := bitLoop(nl, c); path != nil {
			if names == nil {
				names = nodeNames(nl)
			}
			var steps []step
			for _, b := range rotated(path, names) {
				name := names[b.id]
				if name == "" {
					name = nl.Nodes[b.id].Op.String()
				}
				if nl.Nodes[b.id].Width > 1 {
					name = fmt.Sprintf("%s[%d]", name, b.bit)
				}
				steps = append(steps, step{name, nl.Sources[b.id]})
			}
			out = append(out, loopDiag(steps))
		}
	}
	return out
}

// rotated starts a path at its first named node, so that a loop is always told from the same place.
func rotated(path []bitRef, names map[flat.ID]string) []bitRef {
	first := 0
	for i, b := range path {
		if was := path[first]; names[b.id] != "" && (names[was.id] == "" || b.id < was.id) {
			first = i
		}
	}
	return append(path[first:len(path):len(path)], path[:first]...)
}

// ringed starts a ring at its first signal and leaves out the parent's names for the ports of instances.
func ringed(r []flat.Source) []flat.Source {
	var out []flat.Source
	first := 0
	for _, s := range r {
		n := &s.Module.Nodes[s.Node]
		if n.Op == ir.InstOut || (n.Op == ir.WireRef && s.Module.Wires[n.X].Kind == ir.InstInput) {
			continue
		}
		if len(out) > 0 && (s.Scope < out[first].Scope || (s.Scope == out[first].Scope && s.Node < out[first].Node)) {
			first = len(out)
		}
		out = append(out, s)
	}
	return append(out[first:len(out):len(out)], out[:first]...)
}

// signalName is the name of a node as signals have it: ports with their direction.
func signalName(s flat.Source) string {
	name := Name(s.Module, s.Node)
	switch n := &s.Module.Nodes[s.Node]; {
	case n.Op == ir.Input:
		name += "_i"
	case n.Op == ir.WireRef && s.Module.Wires[n.X].Kind == ir.OutputWire:
		name += "_o"
	}
	return name
}

// nodeNames gives each flat node the path of a signal that it carries: one of its own instance, if there is one.
func nodeNames(nl *flat.Netlist) map[flat.ID]string {
	out := map[flat.ID]string{}
	for _, own := range []bool{true, false} {
		for i := range nl.Signals {
			s := &nl.Signals[i]
			if out[s.Node] == "" && (!own || s.Scope == nl.Sources[s.Node].Scope) {
				out[s.Node] = pathOf(nl, s.Scope, s.Name)
			}
		}
	}
	return out
}

func pathOf(nl *flat.Netlist, scope int32, name string) string {
	if p := nl.Scopes[scope].Path; p != "" {
		return p + "." + name
	}
	return name
}

type step struct {
	name string
	src  flat.Source
}

func loopDiag(steps []step) diag.Diagnostic {
	d := diag.Diagnostic{Code: loop, Fix: "put a register on the path, or make valid independent of ready"}
	var names []string
	for _, s := range steps {
		names = append(names, s.name)
		pos, via := diag.At(s.src.Module, s.src.Loc)
		if pos.File == "" {
			continue
		}
		if d.Pos.File == "" {
			d.Pos, d.Via, d.Module = pos, via, s.src.Module.Name
		}
		d.Notes = append(d.Notes, diag.Note{Pos: pos, Msg: "through " + s.name})
	}
	d.Msg = "combinational loop: " + strings.Join(names, " -> ") + " -> " + names[0]
	return d
}

type bitRef struct {
	id  flat.ID
	bit int32
}

// bitLoop looks for a cycle over the bits of the nodes of c, depth first with an explicit stack. The path is in the
// order of flow.
func bitLoop(nl *flat.Netlist, c []flat.ID) []bitRef {
	inside := map[flat.ID]int32{} // first bit number
	total := int32(0)
	for _, id := range c {
		inside[id] = total
		total += nl.Nodes[id].Width
	}
	const open, onPath, done = 0, 1, 2
	state := make([]uint8, total)
	type frame struct {
		b    bitRef
		deps []bitRef
	}
	for _, id := range c {
		for bit := range nl.Nodes[id].Width {
			if state[inside[id]+bit] != open {
				continue
			}
			frames := []frame{{b: bitRef{id, bit}, deps: bitDeps(nl, bitRef{id, bit}, inside)}}
			state[inside[id]+bit] = onPath
			for len(frames) > 0 {
				f := &frames[len(frames)-1]
				if len(f.deps) == 0 {
					state[inside[f.b.id]+f.b.bit] = done
					frames = frames[:len(frames)-1]
					continue
				}
				d := f.deps[0]
				f.deps = f.deps[1:]
				switch at := inside[d.id] + d.bit; state[at] {
				case onPath:
					var path []bitRef
					for k := len(frames) - 1; ; k-- { // from the reader back to its source: order of flow
						if n := len(path); n == 0 || path[n-1].id != frames[k].b.id {
							path = append(path, frames[k].b)
						}
						if frames[k].b == d {
							return append(path[len(path)-1:], path[:len(path)-1]...)
						}
					}
				case open:
					state[at] = onPath
					frames = append(frames, frame{b: d, deps: bitDeps(nl, d, inside)})
				}
			}
		}
	}
	return nil
}

// bitDeps lists the bits that bit b depends on, among the nodes inside. Where a bit depends on many (a carry, a
// shift), it depends on its neighbour, which in turn depends on the rest, so that the edges stay linear.
func bitDeps(nl *flat.Netlist, b bitRef, inside map[flat.ID]int32) []bitRef {
	n := &nl.Nodes[b.id]
	var out []bitRef
	add := func(id flat.ID, bit int32) {
		if _, ok := inside[id]; ok && id != 0 && bit >= 0 && bit < nl.Nodes[id].Width {
			out = append(out, bitRef{id, bit})
		}
	}
	all := func(id flat.ID) {
		if _, ok := inside[id]; ok && id != 0 {
			for i := range nl.Nodes[id].Width {
				add(id, i)
			}
		}
	}
	switch n.Op {
	case ir.Not, ir.And, ir.Or, ir.Xor, ir.Cast:
		add(n.A, b.bit)
		add(n.B, b.bit)
	case ir.Add, ir.Sub, ir.Neg:
		add(n.A, b.bit)
		add(n.B, b.bit)
		add(b.id, b.bit-1)
	case ir.Mux:
		add(n.A, 0)
		add(n.B, b.bit)
		add(n.C, b.bit)
	case ir.Select:
		all(n.A)
		for _, p := range nl.Pool[n.X : n.X+n.N] {
			add(p, b.bit)
		}
	case ir.Slice:
		add(n.A, n.X+b.bit)
	case ir.Zext:
		add(n.A, b.bit)
	case ir.Sext:
		add(n.A, min(b.bit, nl.Nodes[n.A].Width-1))
	case ir.Repeat:
		add(n.A, b.bit%nl.Nodes[n.A].Width)
	case ir.Cat:
		at := b.bit
		for i := n.X + n.N - 1; i >= n.X; i-- {
			w := nl.Nodes[nl.Pool[i]].Width
			if at < w {
				add(nl.Pool[i], at)
				break
			}
			at -= w
		}
	case ir.Shl:
		add(n.A, b.bit)
		if b.bit > 0 {
			add(b.id, b.bit-1)
		} else {
			all(n.B)
		}
	case ir.Shr:
		add(n.A, b.bit)
		if b.bit < n.Width-1 {
			add(b.id, b.bit+1)
		} else {
			all(n.B)
		}
	case ir.Const, ir.Input, ir.RegRef:
	default: // comparisons, products, reductions, memory reads: everything, through bit 0
		if b.bit > 0 {
			add(b.id, 0)
		} else {
			nl.Args(n, all)
		}
	}
	return out
}
