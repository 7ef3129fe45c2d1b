package main

import (
	"fmt"

	"github.com/sparsegen/sparsegen/gen/target"
)

// Boxes of the diagram that others refer to. Lanes are below what feeds them, the output stage runs back to the port.
var (
	atMemory    = box{18, 80, 40, 506}
	atChip      = box{76, 64, 808, 538}
	atPort      = box{96, 80, 68, 506}
	atLoader    = box{244, 92, 84, 50}
	atControl   = box{244, 184, 84, 52}
	atScheduler = box{384, 184, 74, 52}
	atBanks     = box{518, 84, 330, 66}
	atCrossbar  = box{518, 190, 330, 40}
	atLanes     = box{184, 296, 664, 176}
	atOutput    = box{184, 500, 664, 76}
)

const (
	stageTop, stageHeight = 326, 56 // of the lane that is drawn in full
	thinTop, thinHeight   = 402, 12 // of the next lane, drawn thin
	lastTop               = 448     // of the last lane
	drainBus              = 866     // column of the wire from the lanes to the output stage
	white                 = "#ffffff"
	outline               = "#59616c" // outline of logic
	storage               = "#edf1f4" // fill of what holds data
)

// drawMachine draws the machine of a target.
func drawMachine(t *target.Target) *canvas {
	c := newCanvas(900, 646, fmt.Sprintf("Block diagram of the machine of target %s", t.Name))
	c.text(20, 32, style{17, ink, true, left}, "The machine")
	c.text(880, 32, style{12, quiet, false, right}, fmt.Sprintf("targets/%s.toml: %d lanes, %d KB in %d banks, a port of %d bytes a cycle",
		t.Name, t.Lanes, t.MemoryKB, t.Banks(), t.PortBytes))
	c.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="6" fill="#f4f2ec" stroke="%s"/>`,
		num(atChip.x), num(atChip.y), num(atChip.w), num(atChip.h), frame)
	c.port(t)
	c.control()
	c.memory(t)
	c.lanes(t)
	c.output(t)
	c.legend()
	return c
}

var (
	label     = style{11, quiet, false, middle}
	name      = style{12, ink, false, middle}
	strong    = style{12, ink, true, middle}
	leftLabel = style{11, quiet, false, left}
)

// block draws a box with centred lines of text, the first in bold if it names a block of the machine.
func (c *canvas) block(b box, fill string, bold bool, lines ...string) {
	c.rect(b, 4, fill, outline)
	y := b.cy() + 4.2 - 7*float64(len(lines)-1)
	for i, l := range lines {
		s := name
		if i > 0 {
			s = style{10.5, quiet, false, middle}
			if !bold {
				s = name
			}
		}
		s.bold = bold && i == 0
		c.text(b.cx(), y+14*float64(i), s, l)
	}
}

// port draws external memory and the memory port with its arbiter.
func (c *canvas) port(t *target.Target) {
	c.add(`<rect x="%s" y="%s" width="%s" height="%s" rx="4" fill="%s" stroke="%s" stroke-dasharray="4 3"/>`,
		num(atMemory.x), num(atMemory.y), num(atMemory.w), num(atMemory.h), paper, quiet)
	c.upright(atMemory.cx(), atMemory.cy(), style{size: 12, colour: ink}, "external memory")
	c.rect(atPort, 4, white, outline)
	c.upright(atPort.x+20, 186, style{size: 12, colour: ink, bold: true}, "memory port")
	c.upright(atPort.x+20, 440, style{size: 11, colour: quiet}, fmt.Sprintf("a beat of %d bytes a cycle", t.PortBytes))
	// The clients in their order of priority.
	x := atPort.right() - 13
	c.add(`<path d="M%s %sV%s" stroke="%s" stroke-dasharray="2 3"/>`, num(x-13), num(atPort.y), num(atPort.bottom()), quiet)
	c.rank(x, 117, "2")
	c.rank(x, atControl.cy(), "3")
	c.rank(x, outputRow, "1")
	c.upright(x, 372, style{size: 11, colour: quiet}, "arbiter")
	// Both ways.
	for i, f := range []flow{flowA, flowB} {
		c.arrow(f, atMemory.right(), 316+10*float64(i), atPort.x, 316+10*float64(i))
	}
	c.arrow(flowC, atPort.x, 346, atMemory.right(), 346)
}

// rank draws a client's place in the order of the arbiter.
func (c *canvas) rank(x, y float64, rank string) {
	c.add(`<circle cx="%s" cy="%s" r="8" fill="%s" stroke="%s"/>`, num(x), num(y), storage, quiet)
	c.text(x, y+3.8, style{10.5, ink, false, middle}, rank)
}

// control draws the loader, the controller and the scheduler.
func (c *canvas) control() {
	gap := (atPort.right() + atLoader.x) / 2
	c.block(atLoader, white, true, "loader")
	c.arrow(flowA, atPort.right(), 112, atLoader.x, 112)
	c.arrow(flowB, atPort.right(), 122, atLoader.x, 122)
	c.text(gap, 105, label, "beats of")
	c.text(gap, 137, label, "A and B")

	c.block(atControl, white, true, "controller", "and fetch")
	c.arrow(flowK, atPort.right(), atControl.cy(), atControl.x, atControl.cy())
	c.text(gap, atControl.cy()-6, label, "instructions")
	c.arrow(flowK, atControl.cx(), atControl.y, atControl.cx(), atLoader.bottom())
	c.text(atControl.cx()+7, 167, leftLabel, "loads")

	c.block(atScheduler, white, true, "scheduler")
	c.arrow(flowK, atControl.right(), atControl.cy(), atScheduler.x, atControl.cy())
	c.text((atControl.right()+atScheduler.x)/2, atControl.cy()-6, label, "phases")
}

// memory draws the banks and the crossbar.
func (c *canvas) memory(t *target.Target) {
	c.rect(atBanks, 4, white, outline)
	c.text(atBanks.cx(), 101, strong, fmt.Sprintf("unified memory: %d banks of %d words", t.Banks(), t.BankWords()))
	const most = 16
	n, gap := min(t.Banks(), most), 4.0
	w := (atBanks.w - 20 + gap) / float64(n)
	for i := range n {
		cell := box{atBanks.x + 10 + w*float64(i), 110, w - gap, 30}
		text := fmt.Sprint(i)
		if t.Banks() > most && i == n-2 {
			c.text(cell.cx(), cell.cy()+4, label, "…")
			continue
		}
		if i == n-1 {
			text = fmt.Sprint(t.Banks() - 1)
		}
		c.rect(cell, 2, storage, outline)
		c.text(cell.cx(), cell.cy()+4, style{10, quiet, false, middle}, text)
	}
	c.arrow(flowA, atLoader.right(), 112, atBanks.x, 112)
	c.arrow(flowB, atLoader.right(), 122, atBanks.x, 122)
	c.text((atLoader.right()+atBanks.x)/2, 105, label, fmt.Sprintf("tiles, %d words a cycle", t.PortWords()))

	c.block(atCrossbar, white, true, fmt.Sprintf("lookup crossbar, %d readers", t.Lanes+1))
	for i := range n {
		if t.Banks() > most && i == n-2 {
			continue
		}
		x := atBanks.x + 10 + w*float64(i) + (w-gap)/2
		for k, f := range []flow{flowA, flowB} {
			at := x + 6*float64(k) - 3
			c.add(`<path d="M%s %sV%s" stroke="%s" marker-end="url(#%ss)"/>`, num(at), num(atBanks.bottom()), num(atCrossbar.y), f.colour, f.id)
		}
	}
	c.arrow(flowK, atCrossbar.x, atScheduler.cy(), atScheduler.right(), atScheduler.cy())
	c.text((atCrossbar.x+atScheduler.right())/2, atScheduler.cy()-6, label, "job table")
}

// outputRow is the middle of the stages of the output stage.
const outputRow = 529

// output draws the output stage, right to left.
func (c *canvas) output(t *target.Target) {
	c.rect(atOutput, 6, paper, frame)
	c.text(atOutput.right()-10, 568, style{12, ink, true, right}, "output stage")
	steps := []struct {
		x, w  float64
		text  []string
		gives string
	}{
		{744, 96, []string{"drain: a row", "at a time"}, "sums"},
		{604, 76, []string{"add partial", "sums"}, "int32"},
		{452, 90, []string{"requantise,", "or keep int32"}, "int8 or int32"},
		{290, 64, []string{"pack", "beats"}, "beats of C"},
	}
	for i, s := range steps {
		b := box{s.x, outputRow - 18, s.w, 36}
		c.block(b, white, false, s.text...)
		next := atPort.right()
		if i+1 < len(steps) {
			next = steps[i+1].x + steps[i+1].w
		}
		c.arrow(flowC, b.x, outputRow, next, outputRow)
		at := (b.x + next) / 2
		if i+1 == len(steps) {
			at = (b.x + atOutput.x) / 2
		}
		c.text(at, outputRow-7, label, s.gives)
	}
	drain, add := steps[0], steps[1]
	c.arrow(flowC, atPort.right(), 563, add.x+add.w/2, 563, add.x+add.w/2, outputRow+18)
	c.text(237, 558, label, "partial sums")
	// Every lane's full half, to the drain.
	for _, y := range []float64{stageTop + 0.75*stageHeight, thinTop + thinHeight/2, lastTop + thinHeight/2} {
		if y > lastTop && t.Lanes <= 2 {
			continue
		}
		c.wire(flowC, stage(halves).right(), y, drainBus, y)
	}
	c.arrow(flowC, drainBus, stageTop+0.75*stageHeight, drainBus, outputRow, drain.x+drain.w, outputRow)
}

// legend explains the colours.
func (c *canvas) legend() {
	const y = 623
	for i, l := range []struct {
		f    flow
		text string
	}{{flowA, "A and its tasks"}, {flowB, "B"}, {flowC, "C: products, sums, results"}, {flowK, "control"}} {
		x := []float64{20, 152, 216, 412}[i]
		c.arrow(l.f, x, y, x+24, y)
		c.text(x+30, y+4, leftLabel, l.text)
	}
	c.rank(504, y, "1")
	c.text(518, y+4, leftLabel, "priority at the port")
	c.rect(box{640, y - 7, 24, 14}, 2, storage, outline)
	c.text(670, y+4, leftLabel, "holds data")
}
