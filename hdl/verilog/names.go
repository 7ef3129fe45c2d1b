package verilog

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// names holds the identifiers of what a module declares. Those the user gave come first, in the order of the
// module; names of expressions follow as the plan needs them.
type names struct {
	scope *scope
	ports []string
	regs  []string
	wires []string // outputs: the port; instance inputs: the net, which may stay unused
	mems  []string
	reads []string
	insts []string
	outs  [][]string // outputs of instances: the net of each port
	named map[ir.NodeID]string
	loop  string // the variable of for loops, once one is needed
}

func newNames(m *ir.Module, enums *enumTable) *names {
	n := &names{scope: newScope(), named: map[ir.NodeID]string{}}
	if m.Clocked {
		n.scope.claim("clk_i")
		n.scope.claim("rst_ni")
	}
	n.ports = portNames(m)
	for _, p := range n.ports {
		n.scope.claim(p)
	}
	for i := range m.Regs {
		n.regs = append(n.regs, n.scope.unique(withSuffix(m.Regs[i].Name, "_q")))
	}
	for i := range m.Mems {
		n.mems = append(n.mems, n.scope.unique(m.Mems[i].Name, "_mem"))
	}
	for i := range m.Insts {
		n.insts = append(n.insts, n.scope.unique(m.Insts[i].Name, "_inst"))
	}
	n.wires = make([]string, len(m.Wires))
	for i := range m.Wires {
		switch w := &m.Wires[i]; w.Kind {
		case ir.OutputWire:
			n.wires[i] = n.ports[w.Port]
		case ir.PlainWire:
			n.wires[i] = n.scope.unique(w.Name, "_net")
		case ir.InstInput:
		}
	}
	// The slice of nodes gives the order, the map of names only the names.
	for i := range m.Nodes {
		if name, ok := m.Named[ir.NodeID(i)]; ok && hasOperands(m.Nodes[i].Op) {
			n.named[ir.NodeID(i)] = n.scope.unique(name, "_net")
		}
	}
	enums.claim(n.scope)
	for i := range m.Reads {
		n.reads = append(n.reads, n.read(&m.Reads[i]))
	}
	n.instanceNets(m)
	return n
}

// hasOperands tells whether a node of op is computed, and not a declared thing with a name of its own.
func hasOperands(op ir.Op) bool { return op >= ir.Not }

func (n *names) read(r *ir.Read) string {
	name := r.Name
	if name == "" {
		name = n.mems[r.Mem] + "_rdata"
	}
	if r.Sync {
		name = withSuffix(name, "_q")
	}
	return n.scope.unique(name)
}

func (n *names) instanceNets(m *ir.Module) {
	for i := range m.Wires {
		if w := &m.Wires[i]; w.Kind == ir.InstInput {
			port := m.Insts[w.Inst].Module.Ports[w.Port].Name
			n.wires[i] = n.scope.unique(n.insts[w.Inst]+"_"+port, "_in")
		}
	}
	n.outs = make([][]string, len(m.Insts))
	for i := range m.Insts {
		inst := &m.Insts[i]
		n.outs[i] = make([]string, len(inst.Module.Ports))
		for j := range inst.Module.Ports {
			if p := &inst.Module.Ports[j]; p.Dir == ir.Out {
				n.outs[i][j] = n.scope.unique(n.insts[i]+"_"+p.Name, "_out")
			}
		}
	}
}

// portNames gives the emitted names of a module's ports, for itself and for those who connect to it.
func portNames(m *ir.Module) []string {
	s := newScope()
	if m.Clocked {
		s.claim("clk_i")
		s.claim("rst_ni")
	}
	list := make([]string, len(m.Ports))
	for i := range m.Ports {
		suffix := "_i"
		if m.Ports[i].Dir == ir.Out {
			suffix = "_o"
		}
		list[i] = s.unique(legal(m.Ports[i].Name) + suffix)
	}
	return list
}
