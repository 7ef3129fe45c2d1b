package main

import (
	"fmt"

	"github.com/sparsegen/sparsegen/gen/target"
)

// stages of a lane, left to right.
var stages = []struct {
	x, w    float64
	storage bool
	text    []string
	flow    flow   // to the next
	carries string // what goes to the next
}{
	{250, 56, false, []string{"task", "fetcher"}, flowA, "tasks"},
	{346, 28, false, nil, flowA, "tasks"}, // the multicast network
	{416, 52, true, []string{"task", "queue"}, flowA, ""},
	{496, 54, false, []string{"row", "reader"}, flowB, ""},
	{578, 50, true, []string{"word", "queue"}, flowB, ""},
	{656, 62, false, []string{"serialiser"}, flowB, ""},
	{746, 24, false, []string{"×"}, flowC, ""},
	{798, 42, true, nil, flowC, ""}, // the accumulator halves
}

const network, halves = 1, 7

// stage is the box of a stage of the lane drawn in full.
func stage(i int) box { return box{stages[i].x, stageTop, stages[i].w, stageHeight} }

// lanes draws the first lane in full, two more thin, and what crosses them all.
func (c *canvas) lanes(t *target.Target) {
	c.rect(atLanes, 6, paper, frame)
	c.text(196, 316, style{12, ink, true, left}, fmt.Sprintf("%d lanes", t.Lanes))
	c.text(217, stageTop+32, label, "lane 0")
	c.thinLane(thinTop, "lane 1")
	if t.Lanes > 2 {
		for _, i := range []int{0, 2, 3, 4, 5, 6, halves} {
			c.text(stages[i].x+stages[i].w/2, 436, label, "⋮")
		}
		c.thinLane(lastTop, fmt.Sprintf("lane %d", t.Lanes-1))
	}
	net := box{stages[network].x, 306, stages[network].w, 160}
	c.rect(net, 4, white, outline)
	c.upright(net.cx(), net.cy(), strong, "multicast network")

	mid := float64(stageTop) + stageHeight/2
	for i, s := range stages {
		b := stage(i)
		switch {
		case i == halves:
			c.halves(b)
		case i == network:
		case s.storage:
			c.block(b, storage, false, s.text...)
		default:
			c.block(b, white, false, s.text...)
		}
		if i < halves {
			c.arrow(s.flow, b.right(), mid, stages[i+1].x, mid)
		}
		if s.carries != "" {
			c.text((b.right()+stages[i+1].x)/2, mid-7, label, s.carries)
		}
	}
	c.text(stages[2].x+stages[2].w/2, stageTop+stageHeight+13, label, fmt.Sprintf("%d tasks", t.TaskQueue))
	c.text(stages[4].x+stages[4].w/2, stageTop+stageHeight+13, label, fmt.Sprintf("%d words", t.Prefetch))
	c.text(687, stageTop+stageHeight+13, label, "a pair a cycle")
	for _, l := range []struct {
		x    float64
		text string
	}{{566, "words"}, {730, "pairs a, b"}, {790, "products"}} {
		c.text(l.x, stageTop-8, label, l.text)
	}
	c.text(stages[halves].x+stages[halves].w/2, stageTop+stageHeight+13, label, fmt.Sprintf("2 × %d", t.AccColumns))
	c.feeds()
}

// halves draws the two accumulator halves, the one that sums above the one that drains.
func (c *canvas) halves(b box) {
	c.rect(b, 4, storage, outline)
	c.add(`<path d="M%s %sH%s" stroke="%s"/>`, num(b.x), num(b.cy()), num(b.right()), outline)
	c.text(b.cx(), b.cy()-10, style{11, ink, false, middle}, "sums")
	c.text(b.cx(), b.cy()+18, style{11, ink, false, middle}, "drains")
}

func (c *canvas) thinLane(y float64, text string) {
	c.text(217, y+10, label, text)
	mid := y + thinHeight/2
	for i, s := range stages {
		b := box{s.x, y, s.w, thinHeight}
		if i < halves {
			c.add(`<path d="M%s %sH%s" stroke="%s" stroke-opacity="0.6"/>`, num(b.right()), num(mid), num(stages[i+1].x), s.flow.colour)
		}
		fill := white
		if s.storage {
			fill = storage
		}
		if i != network {
			c.rect(b, 2, fill, "#a5abb3")
		}
	}
}

// feeds draws what goes to the lanes: jobs, task words, rows of B.
func (c *canvas) feeds() {
	fetch, read := stage(0), stage(3)
	down := atScheduler.cx()
	c.arrow(flowK, down, atScheduler.bottom(), down, 256, fetch.x+16, 256, fetch.x+16, fetch.y)
	c.text((fetch.x+16+down)/2, 251, label, "jobs, to the first idle group")
	task, row := read.x+30, read.x+44
	c.arrow(flowA, task, atCrossbar.bottom(), task, 276, fetch.x+40, 276, fetch.x+40, fetch.y)
	c.text(480, 271, label, "task words")
	c.arrow(flowB, row, atCrossbar.bottom(), row, read.y)
	c.text(row+7, 266, leftLabel, "rows of B, and where they stand")
}
