package main

import (
	"fmt"
	"html"
	"strings"
)

// Colours. A picture brings its own background and looks the same on light and dark pages.
const (
	paper   = "#fbfaf7"
	frame   = "#d9d5cb"
	ink     = "#23282f"
	quiet   = "#68707b"
	control = "#6f7783"
	colourA = "#2d6cb0" // A and its tasks
	colourB = "#c0682a" // rows of B
	colourC = "#2f855a" // C: products and results
)

// The font and those with the same widths on other systems.
const fonts = "Helvetica, Arial, 'Liberation Sans', sans-serif"

// box is a rectangle.
type box struct{ x, y, w, h float64 }

func (b box) cx() float64     { return b.x + b.w/2 }
func (b box) cy() float64     { return b.y + b.h/2 }
func (b box) right() float64  { return b.x + b.w }
func (b box) bottom() float64 { return b.y + b.h }

// placed is a text and where it stands, for tests.
type placed struct {
	text string
	box
}

// canvas collects the elements of a picture.
type canvas struct {
	w, h  float64
	b     strings.Builder
	texts []placed
}

// newCanvas starts a picture of w x h pixels, which is scaled to the width it is shown at. The title is for readers who
// hear the picture.
func newCanvas(w, h float64, title string) *canvas {
	c := &canvas{w: w, h: h}
	c.add(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" font-family="%s" role="img">`,
		num(w), num(h), num(w), num(h), fonts)
	c.add(`<title>%s</title>`, html.EscapeString(title))
	c.add(`<defs>`)
	for _, f := range []flow{flowK, flowA, flowB, flowC} {
		for _, m := range []struct {
			suffix string
			size   int
		}{{"", 8}, {"s", 5}} { // s: for thin lines side by side
			c.add(`<marker id="%s%s" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="%d" markerHeight="%d" markerUnits="userSpaceOnUse" orient="auto">`+
				`<path d="M0.5 0.8L7.5 4L0.5 7.2z" fill="%s"/></marker>`, f.id, m.suffix, m.size, m.size, f.colour)
		}
	}
	c.add(`</defs>`)
	c.rect(box{0.5, 0.5, w - 1, h - 1}, 0, paper, frame)
	return c
}

// bytes ends the picture.
func (c *canvas) bytes() []byte { return []byte(c.b.String() + "</svg>\n") }

func (c *canvas) add(format string, args ...any) { fmt.Fprintf(&c.b, format+"\n", args...) }

// num writes a coordinate with at most two decimals.
func num(v float64) string {
	s := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

func (c *canvas) rect(b box, radius float64, fill, stroke string) {
	c.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s" stroke="%s"/>`,
		num(b.x), num(b.y), num(b.w), num(b.h), num(radius), fill, stroke)
}

// align tells which point of a text its position is.
type align string

const (
	left   align = "start"
	middle align = "middle"
	right  align = "end"
)

// style of a text.
type style struct {
	size   float64
	colour string
	bold   bool
	to     align
}

// text writes a line whose baseline is at y.
func (c *canvas) text(x, y float64, s style, text string) {
	c.note(x, y, s, text, false)
	c.add(`<text x="%s" y="%s" %s>%s</text>`, num(x), num(y), s.attributes(), html.EscapeString(text))
}

// upright writes a line that reads from below to above, centred on (x, y).
func (c *canvas) upright(x, y float64, s style, text string) {
	s.to = middle
	c.note(x, y, s, text, true)
	base := x + 0.35*s.size
	c.add(`<text x="%s" y="%s" transform="rotate(-90 %s %s)" %s>%s</text>`,
		num(base), num(y), num(base), num(y), s.attributes(), html.EscapeString(text))
}

func (s style) attributes() string {
	weight := ""
	if s.bold {
		weight = ` font-weight="bold"`
	}
	return fmt.Sprintf(`font-size="%s" fill="%s" text-anchor="%s"%s`, num(s.size), s.colour, s.to, weight)
}

func (c *canvas) note(x, y float64, s style, text string, upright bool) {
	w := width(text, s)
	if upright {
		c.texts = append(c.texts, placed{text, box{x - s.size/2, y - w/2, s.size, w}})
		return
	}
	switch s.to {
	case middle:
		x -= w / 2
	case right:
		x -= w
	}
	c.texts = append(c.texts, placed{text, box{x, y - 0.75*s.size, w, 0.95 * s.size}})
}

// width is that of a line in Helvetica, or a little more.
func width(text string, s style) float64 {
	const narrow, small, wide, widest = 0.28, 0.34, 0.73, 0.9
	em := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljt.,:;|' ", r):
			em += narrow
		case strings.ContainsRune("rf()[]-/", r):
			em += small
		case strings.ContainsRune("mwMW%", r):
			em += widest
		case r >= 'A' && r <= 'Z':
			em += wide
		default:
			em += 0.57
		}
	}
	if s.bold {
		em *= 1.06
	}
	return em * s.size
}

// flow is what an arrow carries: the id of its arrow head and its colour.
type flow struct{ id, colour string }

var (
	flowK = flow{"k", control}
	flowA = flow{"a", colourA}
	flowB = flow{"b", colourB}
	flowC = flow{"c", colourC}
)

// arrow draws a line through points (x, y, x, y ...) with a head at its end.
func (c *canvas) arrow(f flow, xy ...float64) {
	c.add(`<path d="%s" fill="none" stroke="%s" stroke-width="1.5" stroke-linejoin="round" marker-end="url(#%s)"/>`, line(xy), f.colour, f.id)
}

// wire is an arrow without a head.
func (c *canvas) wire(f flow, xy ...float64) {
	c.add(`<path d="%s" fill="none" stroke="%s" stroke-width="1.5" stroke-linejoin="round"/>`, line(xy), f.colour)
}

func line(xy []float64) string {
	d := "M"
	for i := 0; i < len(xy); i += 2 {
		if i > 0 {
			d += "L"
		}
		d += num(xy[i]) + " " + num(xy[i+1])
	}
	return d
}
