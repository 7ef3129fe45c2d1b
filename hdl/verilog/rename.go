package verilog

import (
	"strconv"
	"strings"
)

// A scope is the name space of one module, in which every name is settled. Names are asked for in a fixed
// order, those the user gave first, so that a derived name never takes one of them.
type scope struct {
	taken map[string]bool
	next  map[string]int // the number to try next for a name, so that many collisions stay linear
}

func newScope() *scope {
	return &scope{taken: map[string]bool{}, next: map[string]int{}}
}

// unique claims name, or name with the first of the suffixes that is free, or with a number.
func (s *scope) unique(name string, suffixes ...string) string {
	name = legal(name)
	if s.claim(name) {
		return name
	}
	for _, suffix := range suffixes {
		if s.claim(name + suffix) {
			return name + suffix
		}
	}
	for n := max(s.next[name], 2); ; n++ {
		if t := name + "_" + strconv.Itoa(n); s.claim(t) {
			s.next[name] = n + 1
			return t
		}
	}
}

func (s *scope) claim(name string) bool {
	if s.taken[name] || reserved[name] {
		return false
	}
	s.taken[name] = true
	return true
}

// legal turns any text into an identifier, without the doubled underscores that hide in proportional type.
// It does not look at reserved words: a suffix may follow.
func legal(name string) string {
	var b strings.Builder
	last := byte('_')
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
			c = '_'
		}
		if c == '_' && last == '_' {
			continue
		}
		b.WriteByte(c)
		last = c
	}
	s := strings.TrimRight(b.String(), "_")
	switch {
	case s == "":
		return "n"
	case s[0] >= '0' && s[0] <= '9':
		return "k" + s
	}
	return s
}

// snake is name in snake case: DataWidth gives data_width, AXIPorts axi_ports.
func snake(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if upper(c) && i > 0 && name[i-1] != '_' && (!upper(name[i-1]) || i+1 < len(name) && lower(name[i+1])) {
			b.WriteByte('_')
		}
		if upper(c) {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return legal(b.String())
}

// camel is name in upper camel case: idle gives Idle, wait_row WaitRow.
func camel(name string) string {
	var b strings.Builder
	up := true
	for i := range len(name) {
		c := name[i]
		if !(upper(c) || lower(c) || c >= '0' && c <= '9') {
			up = true
			continue
		}
		if up && lower(c) {
			c -= 'a' - 'A'
		}
		up = false
		b.WriteByte(c)
	}
	return b.String()
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
func lower(c byte) bool { return c >= 'a' && c <= 'z' }

// withSuffix adds _q and the like unless name has it already.
func withSuffix(name, suffix string) string {
	name = legal(name)
	if strings.HasSuffix(name, suffix) {
		return name
	}
	return name + suffix
}
