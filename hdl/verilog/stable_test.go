package verilog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

type pipeIO struct {
	A   hdl.In  `hdl:"8"`
	B   hdl.In  `hdl:"8"`
	Sel hdl.In  `hdl:"1"`
	Out hdl.Out `hdl:"8"`
	Hit hdl.Out `hdl:"4"`
}

// pipe has much that derives names; change tells what a test edits in its middle.
func pipe(change string) *hdl.Module {
	return hdl.New("pipe", nil, func(m *hdl.M, io *pipeIO) {
		var hits []hdl.Value
		last := io.A.Sig
		for i := range 4 {
			r := m.Reg(fmt.Sprintf("stage%d", i), 8)
			if change == "constant" && i == 1 {
				last = last.Add(hdl.K(9))
			} else {
				last = last.Add(hdl.K(i))
			}
			if change == "statement" && i == 1 {
				m.If(io.Sel, func() { r.Set(io.B.Sub(last)) }).Else(func() { r.Set(last) })
			} else {
				r.Set(last)
			}
			if change == "register" && i == 2 {
				extra := m.Reg("extra", 8)
				extra.Set(last.Xor(io.B))
				last = extra.Sig
			}
			hits = append(hits, last.Eq(r.Sig))
			last = hdl.Mux(io.Sel, r.Sig, last)
		}
		io.Out.Set(last)
		io.Hit.Set(hdl.Cat(hits...))
	})
}

// TestLocalEdit changes one thing and counts the lines that differ: those of the expression, and those that
// use it by name, since a derived name tells what it is.
func TestLocalEdit(t *testing.T) {
	before := strings.Split(string(emit(t, pipe("")).File("pipe.sv")), "\n")
	for change, limit := range map[string]int{"constant": 1, "statement": 8, "register": 6} {
		after := strings.Split(string(emit(t, pipe(change)).File("pipe.sv")), "\n")
		kept := common(before, after)
		t.Logf("%s: %d removed, %d added", change, len(before)-kept, len(after)-kept)
		assert.NotEqual(t, before, after, change)
		assert.LessOrEqual(t, len(before)-kept, limit, "lines removed by a change of a %s", change)
		assert.LessOrEqual(t, len(after)-kept, limit+5, "lines added by a change of a %s", change)
	}
}

// common is the length of the longest common subsequence.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		prev := 0
		for j, y := range b {
			next := row[j+1]
			if x == y {
				row[j+1] = prev + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			prev = next
		}
	}
	return row[len(b)]
}

type wideIO struct {
	A   hdl.In  `hdl:"8"`
	Out hdl.Out `hdl:"8"`
}

// wide has n registers in one tree of statements, n wires and a long chain of operations.
func wide(n int) *hdl.Module {
	return hdl.New("wide", nil, func(m *hdl.M, io *wideIO) {
		sum := io.A.Sig
		var regs []hdl.Reg
		var wires []hdl.Wire
		for i := range n {
			regs = append(regs, m.Reg(fmt.Sprintf("r%d", i), 8))
			wires = append(wires, m.Wire(fmt.Sprintf("w%d", i), 8))
			wires[i].Set(io.A)
		}
		m.If(io.A.Bit(0), func() {
			for i := range n {
				r, w := regs[i], wires[i]
				w.Set(r.Sig)
				m.If(io.A.Bit(i%8), func() { r.Set(w.Add(hdl.K(i % 256))) })
				sum = sum.Add(r.Sig).Xor(w.Sig)
			}
		})
		io.Out.Set(sum)
	})
}

// TestLinear doubles a design and looks at the work, by allocations since time is not to be trusted.
func TestLinear(t *testing.T) {
	cost := func(n int) float64 {
		d, err := hdl.Build(wide(n))
		require.NoError(t, err)
		return testing.AllocsPerRun(1, func() {
			_, err := Emit(d)
			require.NoError(t, err)
		})
	}
	assert.Less(t, cost(2000)/cost(1000), 2.3)
}
