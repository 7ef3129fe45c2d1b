package verilog

import (
	"slices"
	"strings"
)

// sinkUnused reads, under a name that linters exempt, each bit that nothing else reads: an input that a
// module of a family does not need, the top of a sum that is cut. What is unread is so visible in the
// output. It is found in the finished syntax tree, so it can't miss a use.
func (b *builder) sinkUnused() {
	r := &reader{b: b, bits: map[string][]span{}}
	for _, it := range b.mod.items {
		r.item(it)
	}
	var parts []expr
	check := func(name string, width int) {
		if !strings.HasPrefix(name, "unused_") {
			parts = append(parts, r.unread(name, width)...)
		}
	}
	for _, d := range b.mod.ports {
		if !d.out {
			check(d.name, d.width)
		}
	}
	for _, it := range b.mod.items {
		switch it := it.(type) {
		case *declItem:
			check(it.name, it.width)
		case *wireItem:
			check(it.name, it.width)
		case *memItem:
			if len(r.bits[it.name]) == 0 {
				zero := number(bigInt(0), indexWidth(it.depth), false)
				parts = append(parts, &word{it.name, zero})
			}
		}
	}
	if len(parts) == 0 {
		return
	}
	b.pause()
	name := b.p.names.scope.unique("unused_ok")
	all := append([]expr{&literal{"1'b0"}}, parts...)
	b.add(commentItem{"Nothing reads these."})
	b.tidy = false
	b.add(&declItem{name: name, width: 1})
	b.add(&assignItem{name, &unary{"&", &concat{all}}})
}

type span struct{ lo, hi int }

// reader collects the bits read of each name.
type reader struct {
	b    *builder
	bits map[string][]span
}

// all is the top of the span of a name read whole.
const all = int(^uint(0) >> 1)

func (r *reader) item(it item) {
	switch it := it.(type) {
	case *wireItem:
		r.expr(it.value)
	case *assignItem:
		r.expr(it.value)
	case *combItem:
		r.stmts(it.body)
	case *ffItem:
		r.mark("clk_i", 0, all)
		r.stmts(it.body)
	case *assertItem:
		if it.clocked {
			r.mark("clk_i", 0, all)
		}
		r.stmts(it.body)
	case *initialItem:
		r.stmts(it.body)
	case *instanceItem:
		for _, c := range it.conns {
			if !c.out {
				r.expr(c.value)
			}
		}
	}
}

func (r *reader) stmts(body []stmt) {
	for _, s := range body {
		switch s := s.(type) {
		case *assignStmt:
			r.target(s.lhs)
			r.expr(s.rhs)
		case *ifStmt:
			for _, a := range s.arms {
				if a.cond != nil {
					r.expr(a.cond)
				}
				r.stmts(a.body)
			}
		case *caseStmt:
			r.expr(s.subject)
			for _, a := range s.arms {
				r.stmts(a.body)
			}
		case *forStmt:
			r.stmts(s.body)
		case *assertStmt:
			r.expr(s.cond)
		}
	}
}

// target reads only the address of what is assigned.
func (r *reader) target(e expr) {
	switch e := e.(type) {
	case *word:
		r.expr(e.addr)
	case *chunk:
		r.target(e.x)
	case *bitAt:
		r.target(e.x)
	}
}

func (r *reader) expr(e expr) {
	switch e := e.(type) {
	case *ident:
		r.mark(e.name, 0, all)
	case *slice:
		r.mark(e.name, e.lo, e.hi)
	case *unary:
		r.expr(e.x)
	case *binary:
		r.expr(e.x)
		r.expr(e.y)
	case *ternary:
		r.expr(e.cond)
		r.expr(e.then)
		r.expr(e.els)
	case *concat:
		for _, x := range e.parts {
			r.expr(x)
		}
	case *replicate:
		r.expr(e.x)
	case *call:
		r.expr(e.x)
	case *word:
		r.mark(e.mem, 0, all)
		r.expr(e.addr)
	case *chunk:
		r.expr(e.x)
	case *bitAt:
		r.expr(e.x)
	}
}

func (r *reader) mark(name string, lo, hi int) {
	list := r.bits[name]
	if n := len(list); n > 0 && list[n-1].lo <= lo && list[n-1].hi >= hi {
		return
	}
	r.bits[name] = append(list, span{lo, hi})
}

// unread gives the bits of a name that no span covers.
func (r *reader) unread(name string, width int) []expr {
	list := r.bits[name]
	slices.SortFunc(list, func(a, b span) int { return a.lo - b.lo })
	var parts []expr
	at := 0
	gap := func(to int) { // bits at..to-1
		switch {
		case to <= at:
		case to-at == width:
			parts = append(parts, &ident{name})
		default:
			parts = append(parts, &slice{name, to - 1, at})
		}
	}
	for _, s := range list {
		gap(min(s.lo, width))
		if s.hi >= width-1 {
			return parts
		}
		at = max(at, s.hi+1)
	}
	gap(width)
	return parts
}
