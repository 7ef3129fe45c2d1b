package flat

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// instance is one copy of a module in the flat netlist: its node n is flat node base + n.
type instance struct {
	low   *Lowered
	base  ID
	scope int32
}

// lowering builds a netlist.
type lowering struct {
	nl    *Netlist
	lows  map[*ir.Module]*Lowered
	insts []instance
	alias []ID // flat nodes that only stand for another one
}

// Lower flattens a design. lows holds the lowered modules made so far and gets the others.
// Wires that drive each other in a ring of plain connections come back in rings: they are loops.
func Lower(top *ir.Module, lows map[*ir.Module]*Lowered) (nl *Netlist, rings [][]Source) {
	lo := &lowering{nl: &Netlist{Top: top}, lows: lows}
	lo.place(top)
	lo.link()
	rings = lo.resolveAll()
	for i := range lo.insts {
		lo.copyInstance(&lo.insts[i])
	}
	root := &lo.insts[0]
	for i := range top.Ports {
		p := &top.Ports[i]
		port := Port{Name: p.Name, Width: p.Width, Signed: p.Signed, Node: lo.at(root, p.Node)}
		if p.Dir == ir.In {
			nl2 := &lo.nl.Nodes[port.Node]
			nl2.Op, nl2.X = ir.Input, int32(len(lo.nl.Inputs))
			lo.nl.Inputs = append(lo.nl.Inputs, port)
		} else {
			lo.nl.Outputs = append(lo.nl.Outputs, port)
		}
	}
	lo.nl.TopNode = make([]ID, len(top.Nodes))
	for i := range top.Nodes {
		lo.nl.TopNode[i] = lo.at(root, ir.NodeID(i))
	}
	return lo.nl, rings
}

func (lo *lowering) lowered(m *ir.Module) *Lowered {
	l := lo.lows[m]
	if l == nil {
		l = LowerModule(m)
		lo.lows[m] = l
	}
	return l
}

// place gives each instance its range of nodes, parents before children.
func (lo *lowering) place(top *ir.Module) {
	type visit struct {
		m     *ir.Module
		scope int32
	}
	base := ID(0)
	queue := []visit{{m: top}}
	lo.nl.Scopes = []Scope{{Module: top, Parent: -1}}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		low := lo.lowered(t.m)
		lo.insts = append(lo.insts, instance{low, base, t.scope})
		base += ID(len(low.Nodes))
		parent := lo.nl.Scopes[t.scope].Path
		for i := range t.m.Insts {
			in := &t.m.Insts[i]
			path := in.Name
			if parent != "" {
				path = parent + "." + in.Name
			}
			s := int32(len(lo.nl.Scopes))
			lo.nl.Scopes = append(lo.nl.Scopes, Scope{Name: in.Name, Path: path, Parent: t.scope, Module: in.Module})
			queue = append(queue, visit{m: in.Module, scope: s})
		}
	}
	lo.nl.Nodes = make([]Node, base)
	lo.nl.Sources = make([]Source, base)
	lo.alias = make([]ID, base)
}

// link records what each wire, instance output and inner input stands for. Scopes were made in the order of
// the instances of their parents, so the children of instance i are found by counting.
func (lo *lowering) link() {
	next := 1
	for i := range lo.insts {
		in := &lo.insts[i]
		m := in.low.Module
		kids := next
		next += len(m.Insts)
		for n := range in.low.Nodes {
			id := in.base + ID(n)
			switch nd := &in.low.Nodes[n]; nd.Op {
			case ir.WireRef:
				if d := in.low.Driver[n]; d != 0 {
					lo.alias[id] = in.base + ID(d)
				}
			case ir.InstOut:
				kid := &lo.insts[kids+int(nd.X)]
				lo.alias[id] = kid.base + ID(kid.low.Module.Ports[nd.N].Node)
			}
		}
		for k := range m.Insts {
			kid := &lo.insts[kids+k]
			for p := range m.Insts[k].Module.Ports {
				if port := &m.Insts[k].Module.Ports[p]; port.Dir == ir.In {
					lo.alias[kid.base+ID(port.Node)] = in.base + ID(m.Insts[k].Ports[p])
				}
			}
		}
	}
}

// resolveAll follows every alias to its end; rings that never end are returned.
func (lo *lowering) resolveAll() (rings [][]Source) {
	const open, onPath, done = 0, 1, 2
	state := make([]uint8, len(lo.alias))
	var path []ID
	for start := range lo.alias {
		path = path[:0]
		id := ID(start)
		for state[id] == open && lo.alias[id] != 0 {
			state[id] = onPath
			path = append(path, id)
			id = lo.alias[id]
		}
		end := id
		if state[id] == done && lo.alias[id] != 0 {
			end = lo.alias[id]
		}
		if state[id] == onPath {
			var ring []Source
			for k := len(path) - 1; k >= 0; k-- { // from the driver to the driven: order of flow
				ring = append(ring, lo.source(path[k]))
				if path[k] == id {
					break
				}
			}
			rings = append(rings, ring)
			lo.alias[id] = 0
		}
		for _, p := range path {
			if p != end {
				lo.alias[p] = end
			}
			state[p] = done
		}
		state[id] = done
	}
	return rings
}

func (lo *lowering) source(id ID) Source {
	a, b := 0, len(lo.insts)
	for b-a > 1 {
		if mid := (a + b) / 2; lo.insts[mid].base <= id {
			a = mid
		} else {
			b = mid
		}
	}
	in, n := &lo.insts[a], ir.NodeID(id-lo.insts[a].base)
	return Source{Module: in.low.Module, Node: n, Loc: in.low.Nodes[n].Loc, Scope: in.scope}
}

// at is the flat node that node n of an instance stands for.
func (lo *lowering) at(in *instance, n ir.NodeID) ID {
	if n == 0 {
		return 0
	}
	id := in.base + ID(n)
	if a := lo.alias[id]; a != 0 {
		return a
	}
	return id
}

// copyInstance writes the nodes, state and signals of one instance.
func (lo *lowering) copyInstance(in *instance) {
	nl, m := lo.nl, in.low.Module
	consts, pool := int32(len(nl.Consts)), int32(len(nl.Pool))
	regs, reads, mems := int32(len(nl.Regs)), int32(len(nl.Reads)), int32(len(nl.Mems))
	nl.Consts = append(nl.Consts, m.Consts...)
	for _, p := range m.Pool {
		nl.Pool = append(nl.Pool, lo.at(in, p))
	}
	for n := 1; n < len(in.low.Nodes); n++ {
		id := in.base + ID(n)
		s := &in.low.Nodes[n]
		if lo.alias[id] != 0 {
			continue
		}
		d := Node{Op: s.Op, Signed: s.Signed, Width: s.Width, A: lo.at(in, s.A), B: lo.at(in, s.B), C: lo.at(in, s.C), X: s.X, N: s.N}
		switch s.Op {
		case ir.Const:
			d.X += consts
		case ir.Cat, ir.Select:
			d.X += pool
		case ir.RegRef:
			d.X += regs
		case ir.MemRead:
			d.X += reads
		}
		nl.Nodes[id] = d
		nl.Sources[id] = Source{Module: m, Node: ir.NodeID(n), Loc: s.Loc, Scope: in.scope}
		if n >= len(m.Nodes) {
			nl.Sources[id].Node = 0
		}
	}
	for i := range m.Regs {
		r := &m.Regs[i]
		nl.Regs = append(nl.Regs, Reg{Q: lo.at(in, r.Node), D: lo.at(in, in.low.Driver[r.Node]), Init: r.Init, HasReset: r.HasReset})
	}
	lo.copyMems(in, mems)
	lo.copySignals(in)
}

func (lo *lowering) path(in *instance, name string) string {
	if p := lo.nl.Scopes[in.scope].Path; p != "" {
		return p + "." + name
	}
	return name
}

func (lo *lowering) copyMems(in *instance, mems int32) {
	nl, m := lo.nl, in.low.Module
	for i := range m.Mems {
		s := &m.Mems[i]
		d := Mem{Path: lo.path(in, s.Name), Depth: s.Depth, Width: s.Width, Init: s.Init}
		for _, w := range s.Writes {
			d.Writes = append(d.Writes, Write{En: lo.at(in, w.En), Addr: lo.at(in, w.Addr), Data: lo.at(in, w.Data), Mask: lo.at(in, w.Mask)})
		}
		nl.Mems = append(nl.Mems, d)
	}
	for i := range m.Reads {
		r := &m.Reads[i]
		path := lo.path(in, m.Mems[r.Mem].Name)
		if r.Name != "" {
			path = lo.path(in, r.Name)
		}
		nl.Reads = append(nl.Reads, Read{
			Mem: mems + r.Mem, Sync: r.Sync, Collision: r.Collision, En: lo.at(in, r.En), Addr: lo.at(in, r.Addr), Node: lo.at(in, r.Node),
			Path: path, Module: m, Loc: r.Loc,
		})
	}
	for i := range m.Assert {
		a := &m.Assert[i]
		nl.Asserts = append(nl.Asserts, Assert{Path: lo.path(in, a.Name), En: lo.at(in, a.En), Cond: lo.at(in, a.Cond), Src: Source{Module: m, Node: a.Cond, Loc: a.Loc, Scope: in.scope}})
	}
}

func (lo *lowering) copySignals(in *instance) {
	m := in.low.Module
	add := func(name string, n ir.NodeID, k SignalKind, e *ir.Enum) {
		lo.nl.Signals = append(lo.nl.Signals, Signal{Name: name, Scope: in.scope, Node: lo.at(in, n), Kind: k, Enum: e})
	}
	for i := range m.Ports {
		if p := &m.Ports[i]; p.Dir == ir.In {
			add(p.Name+"_i", p.Node, InputSignal, nil)
		} else {
			add(p.Name+"_o", p.Node, OutputSignal, nil)
		}
	}
	for i := range m.Regs {
		add(m.Regs[i].Name, m.Regs[i].Node, RegSignal, m.Regs[i].Enum)
	}
	for i := range m.Reads {
		if r := &m.Reads[i]; r.Sync {
			add(r.Name, r.Node, RegSignal, nil)
		}
	}
	for i := range m.Wires {
		if m.Wires[i].Kind == ir.PlainWire {
			add(m.Wires[i].Name, m.Wires[i].Node, WireSignal, nil)
		}
	}
	for n := range m.Nodes { // in node order, not map order
		if name, ok := m.Named[ir.NodeID(n)]; ok {
			add(name, ir.NodeID(n), WireSignal, nil)
		}
	}
}
