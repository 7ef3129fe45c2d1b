package verilog

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// declare writes what blocks and instances refer to before it is driven: enumerations, registers, wires,
// nets of instances, and memories. Nets of expressions are declared where they are driven.
func (b *builder) declare() {
	p, m := b.p, b.m
	for _, t := range p.enums.types {
		b.enum(t)
	}
	for i := range m.Regs {
		d := b.decl(p.names.regs[i], m.Regs[i].Node)
		if t := p.enums.typed[i]; t != nil {
			d.typ = t.name
		}
		b.add(d)
	}
	for i := range m.Wires {
		w := &m.Wires[i]
		if w.Kind == ir.PlainWire || w.Kind == ir.InstInput && p.drive[i].form != formConnect {
			b.add(b.decl(p.names.wires[i], w.Node))
		}
	}
	b.instanceOutputs()
	for i := range m.Reads {
		if !p.direct[m.Reads[i].Node] {
			b.add(b.decl(p.names.reads[i], m.Reads[i].Node))
		}
	}
	for i := range m.Mems {
		b.add(&memItem{p.names.mems[i], int(m.Mems[i].Width), int(m.Mems[i].Depth)})
	}
	b.pause()
}

func (b *builder) decl(name string, id ir.NodeID) *declItem {
	n := &b.m.Nodes[id]
	return &declItem{name: name, width: int(n.Width), signed: n.Signed}
}

func (b *builder) enum(t *enumType) {
	it := &enumItem{name: t.name, width: int(t.enum.Width)}
	for i, member := range t.members {
		v := t.enum.Values[i]
		if t.byValue[v] != member {
			continue // a second name of one value, which the language does not allow
		}
		it.members = append(it.members, member)
		it.values = append(it.values, text(number(toBig(ir.Bits{v}), int(t.enum.Width), false)))
	}
	b.add(it)
}

// instanceOutputs declares the net of each output; one that nothing reads says so in its name, since an
// empty connection would not pass lint.
func (b *builder) instanceOutputs() {
	p, m := b.p, b.m
	used := make([][]bool, len(m.Insts))
	for i := range m.Insts {
		used[i] = make([]bool, len(m.Insts[i].Module.Ports))
	}
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.Op == ir.InstOut && p.uses[i] > 0 {
			used[n.X][n.N] = true
		}
	}
	for i := range m.Insts {
		inst := &m.Insts[i]
		for j := range inst.Module.Ports {
			port := &inst.Module.Ports[j]
			if port.Dir != ir.Out || p.direct[inst.Ports[j]] {
				continue
			}
			if !used[i][j] {
				p.names.outs[i][j] = p.names.scope.unique("unused_" + p.names.outs[i][j])
			}
			b.add(&declItem{name: p.names.outs[i][j], width: int(port.Width), signed: port.Signed})
		}
	}
}

// instances writes each instance with the nets that its inputs need.
func (b *builder) instances() {
	for i := range b.m.Insts {
		inst := &b.m.Insts[i]
		child := portNames(inst.Module)
		it := &instanceItem{module: b.name[inst.Module], name: b.p.names.insts[i]}
		if inst.Module.Clocked {
			it.conns = append(it.conns, conn{"clk_i", &ident{"clk_i"}, false}, conn{"rst_ni", &ident{"rst_ni"}, false})
		}
		for j := range inst.Module.Ports {
			if inst.Module.Ports[j].Dir == ir.Out {
				it.conns = append(it.conns, conn{child[j], &ident{b.p.names.outs[i][j]}, true})
				continue
			}
			w := int(b.m.Nodes[inst.Ports[j]].X)
			value := expr(&ident{b.p.names.wires[w]})
			if d := &b.p.drive[w]; d.form == formConnect {
				b.ensure(d.value)
				value = b.p.expr(d.value).e
			}
			it.conns = append(it.conns, conn{child[j], value, false})
		}
		b.add(it)
	}
}
