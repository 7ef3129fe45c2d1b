package flat_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// graph makes a netlist of n nodes whose operands are drawn by pick (0: an input).
func graph(n int, pick func(id int) int) *flat.Netlist {
	nl := &flat.Netlist{Nodes: make([]flat.Node, n+1)}
	for id := 1; id <= n; id++ {
		a, b := flat.ID(pick(id)), flat.ID(pick(id))
		nl.Nodes[id] = flat.Node{Op: ir.And, Width: 1, A: a, B: b}
		if a == 0 {
			nl.Nodes[id] = flat.Node{Op: ir.Input, Width: 1}
		}
	}
	return nl
}

// TestComponentsComeInOrder: operands first, each node once; two nodes share a component where each reaches the other.
func TestComponentsComeInOrder(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 0))
		n := 1 + r.IntN(30)
		nl := graph(n, func(int) int { return max(0, r.IntN(n+n/2+1)-n/2) })
		reach := reachable(nl)
		place := make([]int, n+1)
		for i, c := range nl.Components() {
			for _, id := range c {
				require.Zero(t, place[id], "seed %d: node %d twice", seed, id)
				place[id] = i + 1
			}
			cyclic := len(c) > 1 || reach[c[0]][c[0]]
			require.Equal(t, cyclic, nl.Cyclic(c), "seed %d: component %v", seed, c)
		}
		for a := 1; a <= n; a++ {
			require.NotZero(t, place[a])
			for b := 1; b <= n; b++ {
				if reach[a][b] { // a depends on b
					require.LessOrEqual(t, place[b], place[a], "seed %d: %d after %d", seed, b, a)
				}
				if a != b {
					require.Equal(t, reach[a][b] && reach[b][a], place[a] == place[b], "seed %d: %d and %d", seed, a, b)
				}
			}
		}
	}
}

// TestDeepGraphs: no recursion, so depth is no limit.
func TestDeepGraphs(t *testing.T) {
	const n = 200_000
	nl := graph(n, func(id int) int { return id - 1 })
	comps := nl.Components()
	require.Len(t, comps, n)
	require.Equal(t, []flat.ID{1}, comps[0])
	require.Equal(t, []flat.ID{n}, comps[n-1])
}

// reachable is the transitive closure over operands.
func reachable(nl *flat.Netlist) [][]bool {
	n := len(nl.Nodes)
	reach := make([][]bool, n)
	for id := range reach {
		reach[id] = make([]bool, n)
		nl.Args(&nl.Nodes[id], func(a flat.ID) {
			if a != 0 {
				reach[id][a] = true
			}
		})
	}
	for k := range n {
		for i := range n {
			for j := range n {
				reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j])
			}
		}
	}
	return reach
}
