package verilog

import (
	"fmt"
	"strings"
)

func (p *printer) body(list []stmt) {
	p.indent++
	for _, s := range list {
		p.stmt(s)
	}
	p.indent--
}

func (p *printer) stmt(s stmt) {
	switch s := s.(type) {
	case *assignStmt:
		op := " = "
		if s.nonblocking {
			op = " <= "
		}
		p.assignment(text(s.lhs)+op, s.rhs)
	case *ifStmt:
		p.ifElse(s)
	case *caseStmt:
		p.line("case (%s)", text(s.subject))
		p.indent++
		for _, a := range s.arms {
			p.arm(&a)
		}
		p.indent--
		p.line("endcase")
	case *forStmt:
		p.line("for (int %s = 0; %s < %d; %s++) begin", s.v, s.v, s.n, s.v)
		p.body(s.body)
		p.line("end")
	case *assertStmt:
		p.line("assert (%s);", text(s.cond))
	case *readmemStmt:
		p.line("$readmemh(%q, %s);", s.file, s.mem)
	default:
		panic(fmt.Sprintf("verilog: statement %T", s))
	}
}

func (p *printer) ifElse(s *ifStmt) {
	for i, a := range s.arms {
		switch {
		case i == 0:
			p.line("if (%s) begin", text(a.cond))
		case a.cond != nil:
			p.line("end else if (%s) begin", text(a.cond))
		default:
			p.line("end else begin")
		}
		p.body(a.body)
	}
	p.line("end")
}

// arm writes a branch of a case: on one line when it is a lone assignment or empty.
func (p *printer) arm(a *caseArm) {
	label := "default"
	if len(a.labels) > 0 {
		var parts []string
		for _, l := range a.labels {
			parts = append(parts, text(l))
		}
		label = strings.Join(parts, ", ")
		if len(label) > maxLine-2*p.indent {
			label = strings.Join(parts, ",\n"+strings.Repeat("  ", p.indent))
		}
	}
	if len(a.body) == 0 {
		p.line("%s: ;", label)
		return
	}
	if as, ok := a.body[0].(*assignStmt); ok && len(a.body) == 1 {
		op := " = "
		if as.nonblocking {
			op = " <= "
		}
		p.assignment(label+": "+text(as.lhs)+op, as.rhs)
		return
	}
	p.line("%s: begin", label)
	p.body(a.body)
	p.line("end")
}
