package matfile

import (
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// edge is one line of an edge list, with the vertex numbers of the file.
type edge struct {
	src, dst int
	weight   float64
	line     int
}

// graph is an edge list as read, before vertices get their row.
type graph struct {
	edges     []edge
	weighted  bool   // the last line has a weight; so have all others, except perhaps the first (see header)
	bare      bool   // some line has no weight
	nodes     int    // stated in the file, 0 if not
	direction string // stated in a comment: directed, once, twice, or empty
}

// edges reads an edge list: a square matrix with a non-zero at (source, target) for each line. Fields are separated by
// spaces, tabs or commas.
//
// A first line that reads as `nodes edges` (a first number past all other vertex numbers, a second equal to the lines
// left) is a header. Vertex numbers are kept if the file states the number of nodes, in such a header or a comment like
// "# Nodes: 6301", and all numbers are below it (or all are 1 up to it, then less 1). In all other cases the numbers that
// occur, in increasing order, become 0, 1, 2 ...
//
// Both directions of an edge are non-zero when the file says that it is undirected with each pair given once, or when it
// says nothing of direction and all its edges lead from the lower to the higher number, or all from the higher to the
// lower. A comment "# directed" keeps such a file as it is.
func (rd *reader) edges(data []byte) (*golden.CSR, error) {
	g, err := rd.readGraph(data)
	if err != nil {
		return nil, err
	}
	if err := rd.header(g); err != nil {
		return nil, err
	}
	number, n := g.numbering(rd.limit)
	l := list{rows: n, cols: n, pattern: !g.weighted, entries: make([]entry, len(g.edges))}
	for k, e := range g.edges {
		l.entries[k] = entry{number(e.src), number(e.dst), e.weight}
	}
	if g.undirectedOnce() {
		l.mirror = 1
	}
	return rd.build(l)
}

func (rd *reader) readGraph(data []byte) (*graph, error) {
	g := &graph{edges: make([]edge, 0, len(data)/8)}
	ls := &lines{rest: data}
	for {
		line, ok := ls.next()
		if !ok {
			break
		}
		if len(line) == 0 {
			continue
		}
		if line[0] == '#' || line[0] == '%' {
			g.comment(strings.ToLower(string(line)))
			continue
		}
		toks := fields(line)
		weighted := len(toks) == 3
		switch {
		case len(toks) != 2 && !weighted:
			return nil, rd.fail(ls.num, "write `source target` or `source target weight`", "an edge has %d fields", len(toks))
		case weighted && len(g.edges) == 1: // a first line without a weight may be a header
		case len(g.edges) > 0 && weighted != g.weighted:
			return nil, rd.fail(ls.num, "give all edges a weight or none", "an edge has %d fields, those before have %d",
				len(toks), 5-len(toks))
		}
		e := edge{weight: 1, line: ls.num}
		var err error
		if e.src, err = rd.vertex(ls.num, toks[0]); err != nil {
			return nil, err
		}
		if e.dst, err = rd.vertex(ls.num, toks[1]); err != nil {
			return nil, err
		}
		if weighted {
			if e.weight, err = rd.value(ls.num, toks[2]); err != nil {
				return nil, err
			}
		} else {
			g.bare = true
		}
		g.weighted = weighted
		g.edges = append(g.edges, e)
	}
	return g, nil
}

func (rd *reader) vertex(line int, tok []byte) (int, error) {
	n, err := rd.integer(line, "vertex", tok)
	if err == nil && n < 0 {
		err = rd.fail(line, "number vertices from 0 or 1", "vertex %d is negative", n)
	}
	return n, err
}

// comment takes what it can use from a comment in lower case, in the wording of the SNAP collection.
func (g *graph) comment(text string) {
	if _, after, ok := strings.Cut(text, "nodes:"); ok {
		n := 0
		for _, d := range strings.TrimLeft(after, " \t") {
			if d < '0' || d > '9' || n > 1<<40 {
				break
			}
			n = n*10 + int(d-'0')
		}
		g.nodes = n
	}
	switch {
	case strings.Contains(text, "undirected") && strings.Contains(text, "twice"):
		g.direction = "twice"
	case strings.Contains(text, "undirected") && strings.Contains(text, "once"):
		g.direction = "once"
	case strings.Contains(text, "directed") && !strings.Contains(text, "undirected"):
		g.direction = "directed"
	}
}

// undirectedOnce tells whether the mirror image of each edge is meant too.
func (g *graph) undirectedOnce() bool {
	if g.direction != "" {
		return g.direction == "once"
	}
	up, down := false, false
	for _, e := range g.edges {
		up = up || e.src < e.dst
		down = down || e.src > e.dst
	}
	return up != down
}

// span gives the smallest and largest vertex number.
func span(edges []edge) (lo, hi int) {
	lo, hi = edges[0].src, edges[0].src
	for _, e := range edges {
		lo, hi = min(lo, e.src, e.dst), max(hi, e.src, e.dst)
	}
	return lo, hi
}

// header takes a first line `nodes edges` off the edges. On a long list, two numbers that occur nowhere else and grow past
// all others are a header too, of a file that has lost some of its lines.
func (rd *reader) header(g *graph) error {
	if len(g.edges) < 2 || g.weighted && !g.bare {
		return nil
	}
	mixed := g.weighted && g.bare // so the first line, and no other, has no weight
	first, rest := g.edges[0], g.edges[1:]
	nodes, count := first.src, first.dst
	lo, hi := span(rest)
	covers := nodes > hi || lo >= 1 && nodes == hi
	switch {
	case covers && count == len(rest):
		g.nodes, g.edges = nodes, rest
	case mixed || nodes > hi && count > nodes && len(rest) >= 16:
		return rd.fail(first.line, fixCut, "the header says %d nodes and %d edges, found numbers up to %d and %d edges",
			nodes, count, hi, len(rest))
	}
	return nil
}

// numbering gives the row of each vertex number, and how many rows there are.
func (g *graph) numbering(limit int) (row func(int) int32, n int) {
	lo, hi := span(g.edges)
	if g.nodes > 0 && g.nodes <= limit {
		switch {
		case hi < g.nodes:
			return func(v int) int32 { return int32(v) }, g.nodes
		case lo >= 1 && hi == g.nodes:
			return func(v int) int32 { return int32(v - 1) }, g.nodes
		}
	}
	ids := make([]int, 0, 2*len(g.edges))
	for _, e := range g.edges {
		ids = append(ids, e.src, e.dst)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	rows := make(map[int]int32, len(ids))
	for r, v := range ids {
		rows[v] = int32(r)
	}
	return func(v int) int32 { return rows[v] }, len(ids)
}
