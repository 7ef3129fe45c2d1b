package sim

import (
	"fmt"
	"strings"
)

// Text waves. A signal of one bit is a line of levels, any other the value where it changes:
//
//	cycle   0   1   2   3
//	en_i  __/~~~~~~~\___
//	q_o   |0      |1  |2
//
// A cycle of which no value was kept shows dots.

// shownCycles is how much a failure message shows.
const shownCycles = 8

// Wave draws the given signals, or all ports, over the cycles kept so far (see Keep). A signal inside the
// design is kept from the first time it was named to the simulator on; Watch does that alone.
func (b *Bench) Wave(hs ...Handle) string {
	ports := b.watch(hs)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	if len(ports) == 0 {
		ports = b.history.ports[:b.history.tops]
	}
	return b.draw(ports, max(0, b.history.cycle-b.history.depth), b.history.cycle, false)
}

// Watch keeps signals for Wave from now on.
func (b *Bench) Watch(hs ...Handle) []*Port {
	ports := b.watch(hs)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return ports
}

func (b *Bench) watch(hs []Handle) (ports []*Port) {
	for _, h := range hs {
		ports = append(ports, b.port(h))
	}
	return ports
}

// lastCycles draws the ports and one more signal up to the present cycle, for failure messages.
func (b *Bench) lastCycles(also *Port) string {
	ports := append([]*Port(nil), b.history.ports[:b.history.tops]...)
	if also != nil && b.history.find(also) >= b.history.tops {
		ports = append(ports, also)
	}
	return b.draw(ports, max(0, b.cycle+1-shownCycles), b.cycle+1, true)
}

// draw renders cycles from to to; the last is the present one if now is set.
func (b *Bench) draw(ports []*Port, from, to int, now bool) string {
	cells := make([][]string, len(ports))
	names, width := len("cycle"), len(fmt.Sprint(to-1))+1
	for i, p := range ports {
		names = max(names, len(p.sig.path))
		for c := from; c < to; c++ {
			v := b.history.at(b.history.find(p), c)
			if v == nil && now && c == to-1 {
				v = p.GetLimbs() // not recorded yet; after the edge it is, and the values are the next cycle's
			}
			s := ""
			if v != nil {
				s = text(v, p.sig)
			}
			cells[i] = append(cells[i], s)
			width = max(width, len(short(s))+1)
		}
	}
	width = max(width, 3)
	var out strings.Builder
	line := func(name string, cell func(i int) string) {
		var l strings.Builder
		fmt.Fprintf(&l, "%-*s ", names, name)
		for c := range to - from {
			l.WriteString(cell(c))
		}
		out.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	line("cycle", func(c int) string { return fmt.Sprintf(" %-*d", width-1, from+c) })
	for i, p := range ports {
		if p.sig.width == 1 && p.sig.enum == nil {
			line(p.sig.path, func(c int) string { return levels(cells[i], c, width) })
		} else {
			line(p.sig.path, func(c int) string { return change(cells[i], c, width) })
		}
	}
	return out.String()
}

func levels(cells []string, c, width int) string {
	level := map[string]string{"0": "_", "1": "~", "-1": "~", "": "."}[cells[c]]
	first := level
	if c > 0 && cells[c] != cells[c-1] && cells[c-1] != "" {
		first = map[string]string{"_": "\\", "~": "/", ".": "."}[level]
	}
	return first + strings.Repeat(level, width-1)
}

func change(cells []string, c, width int) string {
	switch {
	case cells[c] == "":
		return strings.Repeat(".", width)
	case c > 0 && cells[c] == cells[c-1]:
		return strings.Repeat(" ", width)
	}
	return fmt.Sprintf("|%-*s", width-1, short(cells[c]))
}

// short keeps both ends of a long value, so that one wide signal does not stretch the whole wave.
func short(s string) string {
	if len(s) <= 12 {
		return s
	}
	return s[:5] + ".." + s[len(s)-5:]
}
