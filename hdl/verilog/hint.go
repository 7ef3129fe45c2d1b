package verilog

import (
	"fmt"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Names of expressions come from their operands, so that an edit elsewhere never changes them: row_eq_col,
// not net_17. Every name is at most maxHint long, so naming is linear in the design.

const maxHint = 32

// words is how each binary operation reads between the names of its operands.
var words = map[ir.Op]string{
	ir.And: "and", ir.Or: "or", ir.Xor: "xor", ir.Add: "plus", ir.Sub: "minus", ir.Mul: "times",
	ir.Eq: "eq", ir.Ne: "ne", ir.Lt: "lt", ir.Le: "le", ir.Shl: "shl", ir.Shr: "shr",
}

// hint derives a name for node id; the hints of its operands are known already.
func (p *plan) hint(id ir.NodeID) string {
	m := p.f.m
	n := &m.Nodes[id]
	if name, ok := p.names.named[id]; ok {
		return name
	}
	if v := p.f.val[id]; v != nil {
		return constHint(p, id, n)
	}
	if name := p.next[id]; name != "" {
		return name
	}
	h := func(a ir.NodeID) string { return p.hints[p.f.ref[a]] }
	switch n.Op {
	case ir.Input:
		return m.Ports[n.X].Name
	case ir.WireRef:
		if w := &m.Wires[n.X]; w.Kind == ir.OutputWire {
			return m.Ports[w.Port].Name
		}
		return p.names.wires[n.X]
	case ir.RegRef:
		return strings.TrimSuffix(p.names.regs[n.X], "_q")
	case ir.InstOut:
		return p.names.outs[n.X][n.N]
	case ir.MemRead:
		return strings.TrimSuffix(p.names.reads[n.X], "_q")
	case ir.Not:
		return clip("not_"+h(n.A), maxHint)
	case ir.Neg:
		return clip("neg_"+h(n.A), maxHint)
	case ir.RedAnd:
		return clip("all_"+h(n.A), maxHint)
	case ir.RedOr:
		return clip("any_"+h(n.A), maxHint)
	case ir.RedXor:
		return clip("parity_"+h(n.A), maxHint)
	case ir.Cast:
		return clip(h(n.A), maxHint-2) + "_c"
	case ir.Zext, ir.Sext:
		return clip(h(n.A), maxHint-4) + fmt.Sprintf("_w%d", n.Width)
	case ir.Repeat:
		return clip(h(n.A), maxHint-4) + fmt.Sprintf("_x%d", n.X)
	case ir.Slice:
		b, lo := p.f.selected(n)
		hi := lo + int(n.Width) - 1
		if hi == lo {
			return clip(p.hints[b], maxHint-4) + fmt.Sprintf("_%d", lo)
		}
		return clip(p.hints[b], maxHint-8) + fmt.Sprintf("_%d_%d", hi, lo)
	case ir.Mux:
		return join(h(n.B), "else", h(n.C))
	case ir.Cat, ir.Select:
		return p.manyHint(n, h)
	case ir.And:
		a, b := h(n.A), h(n.B)
		if x, ok := handshake(a, b); ok {
			return x
		}
		return join(a, "and", b)
	}
	if w, ok := words[n.Op]; ok {
		if e := p.enums.member(p.f.ref[n.B]); e != "" && n.Op == ir.Eq {
			w = "is"
		}
		return join(h(n.A), w, h(n.B))
	}
	return "net"
}

// handshake names the transfer on a valid and ready pair: in_valid and in_ready give in_fire.
func handshake(a, b string) (string, bool) {
	if strings.HasSuffix(a, "ready") {
		a, b = b, a
	}
	stem, ok := strings.CutSuffix(a, "valid")
	if !ok || stem+"ready" != b {
		return "", false
	}
	return stem + "fire", true
}

func constHint(p *plan, id ir.NodeID, n *ir.Node) string {
	if n.Op == ir.Const {
		if e := p.f.m.Consts[n.X].Enum; e != nil && p.enums.member(id) != "" {
			for i, v := range e.Values {
				if v == p.f.m.Consts[n.X].Val.Uint64() {
					return clip(snake(e.Members[i]), maxHint/2)
				}
			}
		}
	}
	v := p.f.val[id]
	if n.Signed {
		if s := signedValue(v, int(n.Width)); s.Sign() < 0 && s.BitLen() <= 16 {
			return "m" + s.Text(10)[1:]
		}
	}
	if v.BitLen() <= 16 {
		return v.Text(10)
	}
	return clip("h"+v.Text(16), 10)
}

// manyHint names a concatenation or a selection by what its operands' names have in common.
func (p *plan) manyHint(n *ir.Node, h func(ir.NodeID) string) string {
	args := p.f.m.Pool[n.X : n.X+n.N]
	first, last := h(args[0]), h(args[len(args)-1])
	stem := commonStem(first, last)
	if n.Op == ir.Select {
		if stem == "" {
			stem = "pick"
		}
		return join(stem, "at", h(n.A))
	}
	if stem != "" {
		return clip(stem, maxHint-4) + "_cat"
	}
	return join(first, "cat", last)
}

// commonStem is the words that two names begin with.
func commonStem(a, b string) string {
	as, bs := strings.Split(a, "_"), strings.Split(b, "_")
	i := 0
	for i < len(as) && i < len(bs) && as[i] == bs[i] {
		i++
	}
	return strings.Join(as[:i], "_")
}

// join puts a word between two names, each cut to its share when the whole is too long.
func join(a, word, b string) string {
	room := maxHint - len(word) - 2
	if len(a)+len(b) > room {
		share := room / 2
		switch {
		case len(a) < share:
			b = clip(b, room-len(a))
		case len(b) < share:
			a = clip(a, room-len(b))
		default:
			a, b = clip(a, share), clip(b, share)
		}
	}
	return a + "_" + word + "_" + b
}

// clip cuts a name to n bytes, at the end of a word where one is near.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[:n]
	if i := strings.LastIndexByte(s, '_'); i >= n/2 {
		s = s[:i]
	}
	s = strings.TrimRight(s, "_")
	for {
		i := strings.LastIndexByte(s, '_')
		if i <= 0 || !connects[s[i+1:]] {
			return s
		}
		s = s[:i]
	}
}

// connects holds the words that would dangle at the end of a cut name.
var connects = func() map[string]bool {
	m := map[string]bool{"else": true, "at": true, "cat": true, "is": true, "not": true}
	for _, w := range words {
		m[w] = true
	}
	return m
}()

// nextNames gives the value of a register that has only one assignment the register's name and _d, as long as
// it is nothing else's.
func (p *plan) nextNames() {
	m := p.f.m
	count := make([]int, len(m.Regs))
	value := make([]ir.NodeID, len(m.Regs))
	var walk func(body []*branch)
	walk = func(body []*branch) {
		for _, br := range body {
			if br.kind == ir.Assign {
				reg := m.Nodes[br.target].X
				count[reg]++
				value[reg] = p.f.ref[br.value]
			}
			for _, l := range br.arms {
				walk(l.body)
			}
		}
	}
	for _, g := range p.proj.groups {
		walk(g.body)
	}
	for r, v := range value {
		if count[r] == 1 && !p.f.leaf(v) && m.Nodes[v].Op != ir.Slice && p.next[v] == "" {
			p.next[v] = clip(strings.TrimSuffix(p.names.regs[r], "_q"), maxHint-2) + "_d"
		}
	}
}
