package verilog

import (
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A builder assembles the syntax tree of one module: declarations, instances, then the blocks in the order
// of the statements, memories, assertions, and at last what nobody reads. A net of an expression stands
// right before the first item that needs it.
type builder struct {
	p    *plan
	m    *ir.Module
	mod  *moduleDecl
	seen []bool // nodes whose nets are written
	tidy bool   // the last item wants a blank line after it
	name moduleNamer
	data []File // memory images
}

func buildModule(m *ir.Module, namer moduleNamer) (*builder, error) {
	p, err := newPlan(m)
	if err != nil {
		return nil, err
	}
	b := &builder{p: p, m: m, seen: make([]bool, len(m.Nodes)), name: namer}
	b.mod = &moduleDecl{name: namer[m], header: header(m, namer[m])}
	b.ports()
	b.declare()
	b.instances()
	for _, blk := range b.p.proj.order {
		if blk.group != nil {
			b.registers(blk.group)
		} else {
			b.wire(blk.wire)
		}
	}
	// Names the user gave to expressions stay, even where nothing reads them.
	for i := range m.Nodes {
		if id := ir.NodeID(i); b.p.f.named(id) {
			b.ensure(id)
		}
	}
	b.memories()
	b.asserts()
	b.sinkUnused()
	return b, nil
}

func header(m *ir.Module, name string) []string {
	head := name
	if doc := strings.TrimSpace(m.Doc); doc != "" {
		head += ": " + doc
	}
	list := []string{head}
	var params []string
	for _, p := range m.Params {
		params = append(params, p.Name+" = "+strings.Join(strings.Fields(p.Value), " "))
	}
	if len(params) > 0 {
		list = append(list, "Parameters: "+strings.Join(params, ", "))
	}
	return list
}

// ports lists the clock and the reset first.
func (b *builder) ports() {
	if b.m.Clocked {
		b.mod.ports = append(b.mod.ports,
			portDecl{name: "clk_i", width: 1, doc: "clock, rising edge"},
			portDecl{name: "rst_ni", width: 1, doc: "synchronous reset, active low"})
	}
	for i := range b.m.Ports {
		p := &b.m.Ports[i]
		b.mod.ports = append(b.mod.ports, portDecl{b.p.names.ports[i], p.Dir == ir.Out, int(p.Width), p.Signed, p.Doc})
	}
}

// add appends an item, with blank lines around those that span several lines.
func (b *builder) add(it item) {
	long := false
	switch it.(type) {
	case *combItem, *ffItem, *initialItem, *instanceItem, *assertItem, *enumItem:
		long = true
	}
	if n := len(b.mod.items); n > 0 && (long || b.tidy) {
		b.mod.items = append(b.mod.items, blankItem{})
	}
	b.mod.items = append(b.mod.items, it)
	b.tidy = long
}

// pause asks for a blank line before the next item.
func (b *builder) pause() { b.tidy = true }

// ensure writes the nets that the text of these nodes needs and that are not written yet.
func (b *builder) ensure(ids ...ir.NodeID) {
	var nets, stack []ir.NodeID
	for _, id := range ids {
		stack = append(stack, b.p.f.ref[id])
	}
	for len(stack) > 0 {
		id := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if b.seen[id] {
			continue
		}
		b.seen[id] = true
		if b.p.net[id] {
			nets = append(nets, id)
		}
		if !b.p.f.leaf(id) {
			b.p.f.operands(id, func(a ir.NodeID) { stack = append(stack, a) })
		}
	}
	slices.Sort(nets) // operands come first
	for _, id := range nets {
		n, name := &b.m.Nodes[id], b.p.name[id]
		if n.Op == ir.Select && b.p.f.stands(id, n) == id {
			b.add(&declItem{name: name, width: int(n.Width), signed: n.Signed})
			b.tidy = false
			b.mod.items = append(b.mod.items, b.p.selectCase(id, name))
			b.pause()
			continue
		}
		b.add(&wireItem{name, int(n.Width), n.Signed, b.p.inline(id).e})
	}
}

// ensureTree does so for all that a tree of branches uses.
func (b *builder) ensureTree(body []*branch) {
	var ids []ir.NodeID
	b.p.branchRoots(body, 0, func(id ir.NodeID, _ use) { ids = append(ids, id) })
	b.ensure(ids...)
}

// wire drives one combinational target.
func (b *builder) wire(i int) {
	d, name := &b.p.drive[i], b.p.names.wires[i]
	n := &b.m.Nodes[b.m.Wires[i].Node]
	switch d.form {
	case formAssign:
		b.ensure(d.value)
		if b.m.Nodes[d.value].Op == ir.Select && !b.p.net[d.value] {
			b.add(b.p.selectCase(d.value, name))
			return
		}
		b.add(&assignItem{name, b.p.expr(d.value).e})
	case formTernary:
		b.ensure(d.cond, d.value, d.els)
		x, y, _ := mix(b.p.expr(d.value), b.p.expr(d.els))
		b.add(&assignItem{name, &ternary{b.p.expr(d.cond).e, x, y}})
	case formBlock:
		body := b.p.proj.wires[i]
		b.ensureTree(body)
		b.add(&combItem{b.p.stmts(body, false, false)})
	case formZero:
		b.add(&assignItem{name, number(bigInt(0), int(n.Width), n.Signed)})
	case formConnect, formDirect:
	}
}

// registers writes one group.
func (b *builder) registers(g *regGroup) {
	b.ensureTree(g.body)
	body := b.p.stmts(g.body, true, true)
	if !g.reset {
		if len(body) == 0 { // never assigned, it holds for ever
			for _, r := range g.regs {
				q := &ident{b.p.names.regs[r]}
				body = append(body, &assignStmt{q, q, true})
			}
		}
		b.add(&ffItem{body})
		return
	}
	arms := []ifArm{{cond: &unary{"!", &ident{"rst_ni"}}}}
	for _, r := range g.regs {
		arms[0].body = append(arms[0].body, &assignStmt{&ident{b.p.names.regs[r]}, b.initial(r), true})
	}
	if s, ok := only(body).(*ifStmt); ok {
		arms = append(arms, s.arms...)
	} else if len(body) > 0 {
		arms = append(arms, ifArm{body: body})
	}
	b.add(&ffItem{[]stmt{&ifStmt{arms}}})
}

func only(body []stmt) stmt {
	if len(body) == 1 {
		return body[0]
	}
	return nil
}

// initial is the value of a register in reset.
func (b *builder) initial(reg int) expr {
	r := &b.m.Regs[reg]
	n := &b.m.Nodes[r.Node]
	if r.Enum != nil && r.Enum.Width == n.Width {
		if m := b.p.enums.of[r.Enum].byValue[r.Init.Uint64()]; m != "" {
			return &ident{m}
		}
	}
	return number(toBig(r.Init), int(n.Width), n.Signed)
}
