package sim

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A Handle names a signal: a handle of the top module (hdl.In, hdl.Out, ... of its IO struct), a path such as
// "u_lane0.acc_q", or a *Port. The _i and _o of a port may be left out of a path.
type Handle = any

// A signal is a resolved handle.
type signal struct {
	path   string
	node   flat.ID
	input  int // index in Netlist.Inputs, -1 for all else
	width  int32
	signed bool
	enum   *ir.Enum
}

// byPath indexes the named signals, on first use so that loading stays fast.
func (b *Bench) byPath(path string) (*flat.Signal, bool) {
	if b.paths == nil {
		b.paths = make(map[string]int, len(b.nl.Signals))
		for i := range b.nl.Signals {
			p := b.pathOf(&b.nl.Signals[i])
			if _, taken := b.paths[p]; !taken {
				b.paths[p] = i
			}
		}
	}
	for _, suffix := range []string{"", "_o", "_i"} {
		if i, ok := b.paths[path+suffix]; ok {
			return &b.nl.Signals[i], true
		}
	}
	return nil, false
}

func (b *Bench) pathOf(s *flat.Signal) string {
	if p := b.nl.Scopes[s.Scope].Path; p != "" {
		return p + "." + s.Name
	}
	return s.Name
}

func (b *Bench) named(s *flat.Signal) *signal {
	return b.describe(b.pathOf(s), s.Node, s.Enum)
}

func (b *Bench) describe(path string, id flat.ID, enum *ir.Enum) *signal {
	n := &b.nl.Nodes[id]
	sig := &signal{path: path, node: id, input: -1, width: n.Width, signed: n.Signed, enum: enum}
	if n.Op == ir.Input {
		sig.input = int(n.X)
	}
	return sig
}

// declared is where the user wrote the signal, "" if that is unknown. Only failures ask for it.
func (b *Bench) declared(sig *signal) string {
	if int(sig.node) >= len(b.nl.Sources) {
		return ""
	}
	s := b.nl.Sources[sig.node]
	if s.Module == nil || s.Node == 0 {
		return ""
	}
	pos, _ := diag.At(s.Module, s.Module.Nodes[s.Node].Loc)
	if pos.File == "" {
		return ""
	}
	return pos.String()
}

// resolve finds the signal of a handle.
func (b *Bench) resolve(h Handle) (*signal, error) {
	switch h := h.(type) {
	case *Port:
		return h.sig, nil
	case string:
		if s, ok := b.byPath(h); ok {
			return b.named(s), nil
		}
		return nil, fmt.Errorf("no signal %q in %s", h, b.top())
	case hdl.Value:
		return b.handle(h)
	}
	return nil, fmt.Errorf("%T is no signal: use a handle of the top module, a path, or a *sim.Port", h)
}

func (b *Bench) top() string {
	if b.nl.Top == nil {
		return "the netlist"
	}
	return b.nl.Top.Name
}

func (b *Bench) handle(h hdl.Value) (*signal, error) {
	m, id := hdl.NodeOf(h)
	switch {
	case m == nil:
		return nil, fmt.Errorf("%T stands for no signal of %s", h, b.top())
	case m != b.nl.Top:
		return nil, fmt.Errorf("the signal belongs to %s, not to the top module %s: use its path", m.Name, b.top())
	}
	node := b.nl.TopNode[id]
	name := nameIn(m, id)
	if s, ok := b.byPath(name); ok && s.Node == node {
		return b.named(s), nil
	}
	return b.describe(name, node, nil), nil
}

// nameIn is the name of a node in its module, as signals are named.
func nameIn(m *ir.Module, id ir.NodeID) string {
	for i := range m.Ports {
		if p := &m.Ports[i]; p.Node == id && p.Dir == ir.In {
			return p.Name + "_i"
		} else if p.Node == id {
			return p.Name + "_o"
		}
	}
	if name, ok := m.Named[id]; ok {
		return name
	}
	switch n := &m.Nodes[id]; n.Op {
	case ir.WireRef:
		return m.Wires[n.X].Name
	case ir.RegRef:
		return m.Regs[n.X].Name
	}
	return "expression"
}
