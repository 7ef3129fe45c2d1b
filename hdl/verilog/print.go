package verilog

import (
	"fmt"
	"strings"
)

// maxLine is the column past which concatenations are broken, one part a line.
const maxLine = 100

// printer writes the syntax tree. It takes no decision but where a line ends.
type printer struct {
	b      strings.Builder
	indent int
}

func (p *printer) line(format string, args ...any) {
	s := format
	if len(args) > 0 {
		s = fmt.Sprintf(format, args...)
	}
	if s != "" {
		p.b.WriteString(strings.Repeat("  ", p.indent))
		p.b.WriteString(s)
	}
	p.b.WriteByte('\n')
}

func (p *printer) comment(text string) {
	for l := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		p.line("%s", strings.TrimRight("// "+strings.TrimSpace(l), " "))
	}
}

func printModule(m *moduleDecl) string {
	p := &printer{}
	for _, h := range m.header {
		p.comment(h)
	}
	p.line("`default_nettype none")
	p.line("")
	if len(m.ports) == 0 {
		p.line("module %s;", m.name)
	} else {
		p.line("module %s (", m.name)
		p.indent++
		for i, d := range m.ports {
			p.port(&d, i == len(m.ports)-1)
		}
		p.indent--
		p.line(");")
	}
	p.indent++
	for _, it := range m.items {
		p.item(it)
	}
	p.indent--
	p.line("endmodule")
	p.line("")
	p.line("`default_nettype wire")
	return p.b.String()
}

func (p *printer) port(d *portDecl, last bool) {
	if d.doc != "" {
		p.comment(d.doc)
	}
	dir, comma := "input  ", ","
	if d.out {
		dir = "output "
	}
	if last {
		comma = ""
	}
	p.line("%slogic %s%s%s", dir, vector(d.width, d.signed), d.name, comma)
}

// vector is the packed dimension, with a blank after it; nothing for a single bit.
func vector(width int, signed bool) string {
	s := ""
	if signed {
		s = "signed "
	}
	if width > 1 {
		s += fmt.Sprintf("[%d:0] ", width-1)
	}
	return s
}

func (p *printer) item(it item) {
	switch it := it.(type) {
	case commentItem:
		p.comment(it.text)
	case blankItem:
		p.line("")
	case *enumItem:
		p.line("typedef enum logic %s{", vector(it.width, false))
		for i, m := range it.members {
			comma := ","
			if i == len(it.members)-1 {
				comma = ""
			}
			p.line("  %s = %s%s", m, it.values[i], comma)
		}
		p.line("} %s;", it.name)
	case *declItem:
		if it.typ != "" {
			p.line("%s %s;", it.typ, it.name)
		} else {
			p.line("logic %s%s;", vector(it.width, it.signed), it.name)
		}
	case *wireItem:
		p.assignment("wire "+vector(it.width, it.signed)+it.name+" = ", it.value)
	case *memItem:
		p.line("logic %s%s [0:%d];", vector(it.width, false), it.name, it.depth-1)
	case *assignItem:
		p.assignment("assign "+it.name+" = ", it.value)
	case *combItem:
		p.block("always_comb begin", it.body)
	case *ffItem:
		p.block("always_ff @(posedge clk_i) begin", it.body)
	case *initialItem:
		p.block("initial begin", it.body)
	case *assertItem:
		p.asserts(it)
	case *instanceItem:
		p.instance(it)
	default:
		panic(fmt.Sprintf("verilog: item %T", it))
	}
}

func (p *printer) block(head string, body []stmt) {
	p.line("%s", head)
	p.body(body)
	p.line("end")
}

// asserts are hidden from synthesis. They stand in a plain always block: in always_ff and always_comb Icarus
// warns of system tasks, as which it treats a failing assertion.
func (p *printer) asserts(it *assertItem) {
	p.b.WriteString("`ifndef SYNTHESIS\n")
	head := "always @(posedge clk_i)"
	if !it.clocked {
		head = "always @*"
	}
	p.block(head+" begin : "+it.label, it.body)
	p.b.WriteString("`endif\n")
}

func (p *printer) instance(it *instanceItem) {
	if len(it.conns) == 0 {
		p.line("%s %s ();", it.module, it.name)
		return
	}
	p.line("%s %s (", it.module, it.name)
	for i, c := range it.conns {
		comma := ","
		if i == len(it.conns)-1 {
			comma = ""
		}
		p.indent++
		p.line("%s", p.wrap("."+c.port+"(", c.value, ")"+comma))
		p.indent--
	}
	p.line(");")
}

// assignment writes head, the expression and a semicolon.
func (p *printer) assignment(head string, e expr) {
	p.line("%s", p.wrap(head, e, ";"))
}

// wrap joins head, e and tail, breaking a long concatenation.
func (p *printer) wrap(head string, e expr, tail string) string {
	s := head + text(e) + tail
	if u, ok := e.(*unary); ok { // &{...}
		head, e = head+u.op, u.x
	}
	c, ok := e.(*concat)
	if !ok || len(s)+2*p.indent <= maxLine {
		return s
	}
	pad := strings.Repeat("  ", p.indent)
	var b strings.Builder
	b.WriteString(head + "{")
	for i, part := range c.parts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + pad + "  " + text(part))
	}
	b.WriteString("\n" + pad + "}" + tail)
	return b.String()
}
