package verilog

import "github.com/sparsegen/sparsegen/hdl/internal/ir"

// How a combinational target is driven.
type form uint8

const (
	formAssign  form = iota // assign x = value
	formTernary             // assign x = cond ? then : els
	formBlock               // always_comb
	formConnect             // an instance input: the value stands in the port connection
	formDirect              // an instance or a memory drives it by its name
	formZero                // no statement at all
)

// A driver is a wire's form, and the nodes of the simple ones.
type driver struct {
	form             form
	value, cond, els ir.NodeID
}

// shortTernary bounds the operators of a conditional expression made of an if and an else.
const shortTernary = 6

// forms picks the form of each wire from its tree. Those that depend on what is inlined (formConnect,
// formDirect) are only proposed here and settled by the plan.
func forms(p *projection) []driver {
	size := sizes(p.f)
	list := make([]driver, len(p.wires))
	for i, body := range p.wires {
		d := &list[i]
		switch {
		case len(body) == 0:
			d.form = formZero
		case len(body) == 1 && body[0].kind == ir.Assign:
			d.value = p.f.ref[body[0].value]
			d.form = formAssign
			if p.f.m.Wires[i].Kind == ir.InstInput {
				d.form = formConnect
			}
		case len(body) == 1 && body[0].kind == ir.If:
			d.form = formBlock
			if c, a, b, ok := ifElse(body[0]); ok {
				c, a, b = p.f.ref[c], p.f.ref[a], p.f.ref[b]
				if size[c]+size[a]+size[b] <= shortTernary {
					*d = driver{formTernary, a, c, b}
				}
			}
		default:
			d.form = formBlock
		}
	}
	return list
}

// ifElse takes apart an if and else of one plain assignment each.
func ifElse(br *branch) (cond, a, b ir.NodeID, ok bool) {
	if len(br.arms) != 2 || br.arms[1].cond != 0 {
		return
	}
	x, y := br.arms[0].body, br.arms[1].body
	if len(x) != 1 || len(y) != 1 || x[0].kind != ir.Assign || y[0].kind != ir.Assign {
		return
	}
	return br.arms[0].cond, x[0].value, y[0].value, true
}

// sizes counts the operators in the text of each node as if all were inlined, up to a limit.
func sizes(f *folded) []int {
	const limit = 1 << 20
	size := make([]int, len(f.m.Nodes))
	for i := range f.m.Nodes {
		id := ir.NodeID(i)
		if f.leaf(id) {
			continue
		}
		n := 1
		f.operands(id, func(a ir.NodeID) { n += size[a] })
		size[id] = min(n, limit)
	}
	return size
}
