package verilog

import (
	"fmt"
	"strconv"
	"strings"
)

// text is an expression on one line. Nested operators get parentheses, but for a left chain of one
// associative operator, so no reader needs the precedence table.
func text(e expr) string {
	var b strings.Builder
	write(&b, e)
	return b.String()
}

func write(b *strings.Builder, e expr) {
	switch e := e.(type) {
	case *ident:
		b.WriteString(e.name)
	case *literal:
		b.WriteString(e.text)
	case *unary:
		b.WriteString(e.op)
		operand(b, e.x, false)
	case *binary:
		if x, ok := e.x.(*binary); ok && x.op == e.op && associative(e.op) {
			write(b, e.x)
		} else {
			operand(b, e.x, true)
		}
		b.WriteString(" " + e.op + " ")
		operand(b, e.y, true)
	case *ternary:
		operand(b, e.cond, true)
		b.WriteString(" ? ")
		operand(b, e.then, true)
		b.WriteString(" : ")
		operand(b, e.els, true)
	case *concat:
		b.WriteByte('{')
		for i, x := range e.parts {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, x)
		}
		b.WriteByte('}')
	case *replicate:
		b.WriteString("{" + strconv.Itoa(e.n) + "{")
		write(b, e.x)
		b.WriteString("}}")
	case *slice:
		b.WriteString(e.name + "[" + strconv.Itoa(e.hi))
		if e.lo != e.hi {
			b.WriteString(":" + strconv.Itoa(e.lo))
		}
		b.WriteByte(']')
	case *call:
		b.WriteString(e.fn + "(")
		write(b, e.x)
		b.WriteByte(')')
	case *word:
		b.WriteString(e.mem + "[")
		write(b, e.addr)
		b.WriteByte(']')
	case *chunk:
		write(b, e.x)
		fmt.Fprintf(b, "[%s*%d +: %d]", e.v, e.width, e.width)
	case *bitAt:
		write(b, e.x)
		b.WriteString("[" + e.v + "]")
	default:
		panic(fmt.Sprintf("verilog: expression %T", e))
	}
}

// operand writes e in parentheses unless it binds tighter than any operator. A "!", "~" beside a binary
// operator needs none; a reduction or minus does, lest & & or - - meet.
func operand(b *strings.Builder, e expr, inBinary bool) {
	paren := false
	switch e := e.(type) {
	case *binary, *ternary:
		paren = true
	case *unary:
		paren = !inBinary || e.op != "!" && e.op != "~"
	case *literal:
		paren = !inBinary && strings.HasPrefix(e.text, "-")
	}
	if paren {
		b.WriteByte('(')
	}
	write(b, e)
	if paren {
		b.WriteByte(')')
	}
}

func associative(op string) bool {
	switch op {
	case "&&", "||", "&", "|", "^", "+":
		return true
	}
	return false
}
