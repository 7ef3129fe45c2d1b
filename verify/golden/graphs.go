package golden

import "slices"

// PowerLaw makes the adjacency matrix of a directed graph with a few hubs and many vertices of small degree, like a social
// network: an R-MAT graph (Chakrabarti, Zhan, Faloutsos, SDM 2004) with the quadrant probabilities of Graph500, 0.57, 0.19,
// 0.19, 0.05, and vertex numbers shuffled. It has the given number of edges, or fewer when so many are asked for that
// 16 tries for each meet only edges already there.
func PowerLaw(seed uint64, n, edges int) *CSR {
	g := &rng{seed}
	if n <= 0 {
		return newBuilder(0, 0, 0).done()
	}
	name := make([]int64, n)
	for i := range name {
		name[i] = int64(i)
	}
	shuffle(g, name)
	levels := clog2(n)
	seen := make(map[int64]bool, edges)
	for tries := 0; len(seen) < edges && tries < 16*edges; tries++ {
		r, c := 0, 0
		for range levels {
			x := g.below(100)
			r, c = r*2, c*2
			switch {
			case x < 57:
			case x < 76:
				c++
			case x < 95:
				r++
			default:
				r, c = r+1, c+1
			}
		}
		if r < n && c < n {
			seen[name[r]*int64(n)+name[c]] = true
		}
	}
	positions := make([]int64, 0, len(seen))
	for pos := range seen {
		positions = append(positions, pos)
	}
	slices.Sort(positions)
	return fromPositions(g, n, n, positions)
}

// Banded makes an n x n matrix like that of a mesh or a circuit: the whole diagonal, and each other position at most band
// away from it with probability density.
func Banded(seed uint64, n, band int, density float64) *CSR {
	g := &rng{seed}
	var positions []int64
	for r := range n {
		for c := max(0, r-band); c <= min(n-1, r+band); c++ {
			if r == c || g.chance(density) {
				positions = append(positions, int64(r)*int64(n)+int64(c))
			}
		}
	}
	return fromPositions(g, n, n, positions)
}

// RandomKN makes a matrix of k:n structured sparsity: exactly k non-zeros in each group of n positions of a row, evenly
// spread; a last group of fewer than n positions has at most k.
func RandomKN(seed uint64, rows, cols, k, n int) *CSR {
	g := &rng{seed}
	var positions []int64
	for r := range rows {
		for at := 0; at < cols; at += n {
			width := min(n, cols-at)
			for _, c := range g.sample(int64(width), int64(min(k, width))) {
				positions = append(positions, int64(r)*int64(cols)+int64(at)+c)
			}
		}
	}
	return fromPositions(g, rows, cols, positions)
}

// RandomBlocks makes a matrix of h x w blocks that are either full or empty, exactly round(blocks * density) of them full;
// blocks at the right and lower edge are cut off by the shape.
func RandomBlocks(seed uint64, rows, cols, h, w int, density float64) *CSR {
	g := &rng{seed}
	blockRows, blockCols := ceilDiv(rows, h), ceilDiv(cols, w)
	count := int64(blockRows) * int64(blockCols)
	var positions []int64
	for _, b := range g.sample(count, share(count, density)) {
		top, left := int(b)/blockCols*h, int(b)%blockCols*w
		for r := top; r < min(top+h, rows); r++ {
			for c := left; c < min(left+w, cols); c++ {
				positions = append(positions, int64(r)*int64(cols)+int64(c))
			}
		}
	}
	slices.Sort(positions)
	return fromPositions(g, rows, cols, positions)
}
