package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The parts of the picture of a run, one above the other over the same cycles.
const (
	plotLeft, plotRight = 76, 834
	heatTop, laneMost   = 106, 15 // most height of a lane's row
	bins                = 150     // columns of the heat map, about
	shades              = 12      // of the heat map
)

// drawRun draws a recorded run.
func drawRun(r *recording) *canvas {
	lane := min(laneMost, 280/float64(r.Target.Lanes))
	heat := box{plotLeft, heatTop, plotRight - plotLeft, lane * float64(r.Target.Lanes)}
	port := box{plotLeft, heat.bottom() + 40, heat.w, 72}
	phases := box{plotLeft, port.bottom() + 40, heat.w, inFlight*13 + 3}
	c := newCanvas(900, phases.bottom()+60, "A run of a pruned layer, lane by lane over time")
	p := &plot{canvas: c, r: r, cycles: int(r.Cycles), bin: binOf(int(r.Cycles)), area: box{plotLeft, heat.y, heat.w, phases.bottom() - heat.y}}
	p.heading()
	p.grid(port, phases)
	p.heat(heat, lane)
	p.port(port)
	p.phases(phases)
	return c
}

// plot is a picture of a run under way.
type plot struct {
	*canvas
	r           *recording
	cycles, bin int // of the run; of a column
	area        box
}

// binOf picks a round number of cycles for a column.
func binOf(cycles int) int { return max(1, (cycles+bins*10-1)/(bins*10)*10) }

// x is where a cycle is.
func (p *plot) x(cycle int) float64 {
	return p.area.x + p.area.w*float64(cycle)/float64(p.cycles)
}

// columns calls f for each column with its first cycle and the one after its last.
func (p *plot) columns(f func(from, to int)) {
	for from := 0; from < p.cycles; from += p.bin {
		f(from, min(from+p.bin, p.cycles))
	}
}

// share is the part of the cycles of a column in which a counter counted.
func share(counter []uint32, from, to int) float64 {
	return float64(counter[to]-counter[from]) / float64(to-from)
}

func (p *plot) heading() {
	w, t := p.r.Workload, p.r.Target
	p.text(20, 32, style{17, ink, true, left}, fmt.Sprintf("A run: %s cycles on %d lanes, utilisation %s",
		thousands(p.r.Cycles), t.Lanes, percent(p.r.Utilisation)))
	by := "multipliers"
	if p.r.BoundCycles*int64(t.Lanes) >= p.r.EffectualMACs+int64(t.Lanes) {
		by = "memory port"
	}
	p.text(20, 53, style{12, quiet, false, left}, fmt.Sprintf(
		"Pruned layer %d × %d: %s zeros, uneven rows (standard deviation of their non-zeros %s × the mean). Times %d columns with %s zeros.",
		w.M, w.K, percent(1-w.Density), num(w.RowCV), w.N, percent(1-w.BDensity)))
	p.text(20, 70, style{12, quiet, false, left}, fmt.Sprintf(
		"Bound: %s cycles, what %d multipliers and %d bytes a cycle take at least (here the %s). The run reaches %s of that speed.",
		thousands(uint64(p.r.BoundCycles)), t.Lanes, t.PortBytes, by, percent(p.r.Achieved)))
}

// grid draws the axis of cycles below everything, and its ticks through the given parts.
func (p *plot) grid(parts ...box) {
	step := niceStep(p.cycles)
	bottom := p.area.bottom() + 8
	p.add(`<path d="M%s %sH%s" stroke="%s"/>`, num(p.area.x), num(p.area.bottom()), num(p.area.right()), quiet)
	for at := 0; at <= p.cycles; at += step {
		for _, b := range parts {
			p.add(`<path d="M%s %sV%s" stroke="#e4e0d7"/>`, num(p.x(at)), num(b.y), num(b.bottom()))
		}
		p.add(`<path d="M%s %sV%s" stroke="%s"/>`, num(p.x(at)), num(p.area.bottom()), num(bottom-2), quiet)
		p.text(p.x(at), bottom+13, label, thousands(uint64(at)))
	}
	p.text(880, bottom+13, style{11, quiet, false, right}, "cycles")
	p.text(20, bottom+33, leftLabel, fmt.Sprintf(
		"Every cycle of the netlist of targets/%s.toml, interpreted; all %s results equal the golden model's.",
		p.r.Target.Name, thousands(uint64(p.r.Workload.M*p.r.Workload.N))))
}

// niceStep is a step of 1, 2 or 5 times a power of ten that gives up to about ten ticks.
func niceStep(n int) int {
	for step := 1; ; step *= 10 {
		for _, m := range []int{1, 2, 5} {
			if n/(m*step) <= 10 {
				return m * step
			}
		}
	}
}

// heat draws what part of the time each lane's multiplier formed products.
func (p *plot) heat(b box, lane float64) {
	p.text(b.x, b.y-8, style{12, ink, true, left}, "Multipliers busy")
	p.text(b.x+width("Multipliers busy ", style{size: 12, bold: true})+4, b.y-8, leftLabel,
		fmt.Sprintf("in each %d cycles; at the right over the whole run", p.bin))
	p.rect(b, 0, shade(0), "none")
	byShade := make([]strings.Builder, shades+1)
	for l, counter := range p.r.Products {
		y := b.y + lane*float64(l)
		p.columns(func(from, to int) {
			s := int(math.Round(shades * share(counter, from, to)))
			if s > 0 {
				x := p.x(from)
				fmt.Fprintf(&byShade[s], "M%s %sh%sv%sh-%sz", num(x), num(y), num(p.x(to)-x), num(lane-1), num(p.x(to)-x))
			}
		})
		if lane >= 11 || l%4 == 0 {
			p.text(b.x-8, y+lane/2+3.4, style{10.5, quiet, false, right}, fmt.Sprintf("lane %d", l))
			p.text(b.right()+8, y+lane/2+3.4, style{10.5, quiet, false, left}, fmt.Sprintf("%.1f %%", 100*share(counter, 0, p.cycles)))
		}
	}
	for s := range byShade {
		if d := byShade[s].String(); d != "" {
			p.add(`<path d="%s" fill="%s" shape-rendering="crispEdges"/>`, d, shade(s))
		}
	}
	// Scale.
	const w = 9
	x := b.right() - w*(shades+1)
	for s := range shades + 1 {
		p.add(`<rect x="%s" y="%s" width="%d" height="9" fill="%s" shape-rendering="crispEdges"/>`, num(x+w*float64(s)), num(b.y-17), w, shade(s))
	}
	p.text(x-6, b.y-9, style{10.5, quiet, false, right}, "0 %")
	p.text(b.right()+6, b.y-9, style{10.5, quiet, false, left}, "100 %")
}

// shade is a colour of the heat map, from idle to busy.
func shade(s int) string {
	stops := [][3]float64{{243, 236, 222}, {240, 189, 120}, {98, 160, 178}, {27, 84, 130}}
	at := float64(s) / shades * float64(len(stops)-1)
	i := min(int(at), len(stops)-2)
	mix := func(k int) int { return int(math.Round(stops[i][k] + (at-float64(i))*(stops[i+1][k]-stops[i][k]))) }
	return fmt.Sprintf("#%02x%02x%02x", mix(0), mix(1), mix(2))
}

// port draws the part of the time the memory port reads and writes, one on the other.
func (p *plot) port(b box) {
	p.text(b.x, b.y-8, style{12, ink, true, left}, "Memory port busy")
	p.add(`<path d="M%s %sH%sM%s %sH%sM%s %sH%s" stroke="#d3cfc5"/>`, num(b.x), num(b.y), num(b.right()),
		num(b.x), num(b.cy()), num(b.right()), num(b.x), num(b.bottom()), num(b.right()))
	for i, s := range []string{"100 %", "50 %", "0"} {
		p.text(b.x-8, b.y+b.h*float64(i)/2+3.8, style{10.5, quiet, false, right}, s)
	}
	var reads, both strings.Builder
	p.columns(func(from, to int) {
		all := share(p.r.Beats, from, to)
		read := all - share(p.r.Written, from, to)
		for _, a := range []struct {
			b    *strings.Builder
			part float64
		}{{&reads, read}, {&both, all}} {
			fmt.Fprintf(a.b, "V%sH%s", num(b.bottom()-b.h*a.part), num(p.x(to)))
		}
	})
	for _, a := range []struct{ d, colour string }{{both.String(), "#8fc3a5"}, {reads.String(), "#cf9468"}} {
		p.add(`<path d="M%s %s%sV%sz" fill="%s" shape-rendering="crispEdges"/>`, num(b.x), num(b.bottom()), a.d, num(b.bottom()), a.colour)
	}
	n := len(p.r.Beats) - 1
	read, written := p.r.Beats[n]-p.r.Written[n], p.r.Written[n]
	x := b.right()
	for _, k := range []struct{ colour, text string }{
		{"#8fc3a5", fmt.Sprintf("%s beats written", thousands(uint64(written)))},
		{"#cf9468", fmt.Sprintf("%s beats read", thousands(uint64(read)))},
	} {
		s := style{11, quiet, false, right}
		p.text(x, b.y-8, s, k.text)
		x -= width(k.text, s) + 14
		p.rect(box{x, b.y - 17, 10, 10}, 1, k.colour, "none")
		x -= 16
	}
}

// phases draws when each phase is open, in the slots of the phases in flight.
func (p *plot) phases(b box) {
	p.text(b.x, b.y-8, style{12, ink, true, left}, "Phases open")
	p.text(b.right(), b.y-8, style{11, quiet, false, right}, fmt.Sprintf("%d phases, each a part of A with a tile of B", len(p.r.Phases)))
	const h = 13
	for s := range inFlight {
		p.text(b.x-8, b.y+h*float64(s)+h/2+3.4, style{10.5, quiet, false, right}, fmt.Sprintf("slot %d", s))
	}
	for _, f := range p.r.Phases {
		bar := box{p.x(f.From), b.y + h*float64(f.Slot) + 1, p.x(f.To) - p.x(f.From), h - 2}
		p.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="2" fill="#aebfd3" stroke="#6d87a6"/>`, num(bar.x), num(bar.y), num(bar.w), num(bar.h))
		if s := (style{9.5, ink, false, middle}); bar.w > width(strconv.Itoa(f.Number), s)+4 {
			p.text(bar.cx(), bar.cy()+3.3, s, strconv.Itoa(f.Number))
		}
	}
}

// percent writes a fraction with as many digits as tell something.
func percent(f float64) string {
	if v := 100 * f; math.Abs(v-math.Round(v)) < 0.05 {
		return fmt.Sprintf("%.0f %%", v)
	}
	return fmt.Sprintf("%.1f %%", 100*f)
}

// thousands writes a number with its digits in groups of three.
func thousands(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
