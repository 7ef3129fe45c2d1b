package hdl_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestLoopDiagnostics shows combinational loops, L001: the whole path in order of flow, back to its start.
func TestLoopDiagnostics(t *testing.T) {
	// It waits for ready before it says valid, which the rule of valid/ready streams forbids.
	eager := func() *hdl.Module {
		return hdl.New("eager", nil, func(_ *hdl.M, io *PairIO) {
			io.Out.Valid.Set(io.In.Valid.And(io.Out.Ready)) // ERROR "combinational loop: u_eager.out_valid_o -> u_shy.in_ready_o -> u_eager.out_valid_o" [L001]
			hdl.Connect(io.Out.Data, io.In.Data)
			io.In.Ready.Set(io.Out.Ready)
		})
	}

	// It waits for valid before it says ready, which is allowed.
	shy := func() *hdl.Module {
		return hdl.New("shy", nil, func(_ *hdl.M, io *PairIO) {
			io.In.Ready.Set(io.Out.Ready.And(io.In.Valid))
			hdl.Connect(io.Out.Data, io.In.Data)
			io.Out.Valid.Set(io.In.Valid)
		})
	}

	examples{
		"one wire": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				w.Set(w.Add(io.A8)) // ERROR "combinational loop: w[0] -> w[0]" [L001]
			})
		},
		"a ring of plain wires": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				a, b, c := m.Wire("a", 8), m.Wire("b", 8), m.Wire("c", 8) // ERROR "combinational loop: a -> c -> b -> a" [L001]
				a.Set(b)
				b.Set(c)
				c.Set(a)
			})
		},
		"a ring of plain wires through instances": func() *hdl.Module {
			type bus struct {
				A hdl.In  `hdl:"8"`
				Q hdl.Out `hdl:"8"`
			}
			pass := hdl.New("pass", nil, func(_ *hdl.M, io *bus) {
				io.Q.Set(io.A)
			})
			return ex(func(m *hdl.M, io *pins) {
				left, right := hdl.Inst[bus](m, "u_left", pass), hdl.Inst[bus](m, "u_right", pass)
				w := m.Wire("w", 8) // ERROR "combinational loop: w -> u_left.a_i -> u_left.q_o -> u_right.a_i -> u_right.q_o -> w" [L001]
				hdl.Connect(left.A, w)
				hdl.Connect(right.A, left.Q)
				w.Set(right.Q)
			})
		},
		"through the conditions of If alone": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				a, b := m.Wire("a", 1), m.Wire("b", 1)
				a.Set(hdl.K(0))
				b.Set(hdl.K(0))
				m.If(b, func() { a.Set(io.En) }) // ERROR "combinational loop: a -> b -> a" [L001]
				m.If(a, func() { b.Set(io.En) })
			})
		},
		"through the address of an asynchronous read": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				mem := m.Mem("mem", 16, 4).Init(1, 2, 3)
				w := m.Wire("w", 4)
				w.Set(mem.ReadAsync(w).Xor(io.A8.Trunc(4))) // ERROR "combinational loop: w[0] -> memread[0] -> w[0]" [L001]
			})
		},
		"valid that waits for ready": func() *hdl.Module {
			return hdl.New("handshake", nil, func(m *hdl.M, io *PairIO) {
				a := hdl.Inst[PairIO](m, "u_eager", eager())
				b := hdl.Inst[PairIO](m, "u_shy", shy())
				hdl.Connect(a.In, io.In)
				hdl.Connect(b.In, a.Out)
				hdl.Connect(io.Out, b.Out)
			})
		},
		"two loops are two reports": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				v, w := m.Wire("v", 1), m.Wire("w", 1)
				v.Set(v.Xor(io.En)) // ERROR "combinational loop: v -> v" [L001]
				w.Set(w.And(io.En)) // ERROR "combinational loop: w -> w" [L001]
			})
		},
	}.check(t)
}

// TestWordCyclesWithoutABitLoop are accepted: no bit depends on itself.
func TestWordCyclesWithoutABitLoop(t *testing.T) {
	type bus struct {
		A hdl.In  `hdl:"8"`
		Q hdl.Out `hdl:"8"`
	}
	step := hdl.New("step", nil, func(_ *hdl.M, io *bus) { io.Q.Set(io.A.Slice(6, 0).Add(hdl.K(3)).Zext(8)) })
	tests := map[string]func(m *hdl.M, io *bus){
		"a carry chain written as slices of one vector": func(m *hdl.M, io *bus) {
			carry := m.Wire("carry", 9)
			bits := []hdl.Value{}
			for i := 7; i >= 0; i-- {
				bits = append(bits, io.A.Bit(i).And(carry.Bit(i)))
			}
			carry.Set(hdl.Cat(append(bits, m.Lit(1, 1))...))
			io.Q.Set(carry.Slice(8, 1))
		},
		"a rotation that closes only through an input": func(m *hdl.M, io *bus) {
			w := m.Wire("w", 8)
			w.Set(hdl.Cat(w.Slice(6, 0), io.A.Bit(0)))
			io.Q.Set(w)
		},
		"an adder fed by its own low bits, moved up": func(m *hdl.M, io *bus) {
			w := m.Wire("w", 8)
			w.Set(io.A.Add(hdl.Cat(w.Slice(6, 0), m.Lit(1, 0))))
			io.Q.Set(w)
		},
		"a shift by a constant": func(m *hdl.M, io *bus) {
			w := m.Wire("w", 8)
			w.Set(io.A.Xor(w.Trunc(7).Zext(8).Slice(6, 0).Repeat(1).Zext(8).Slice(7, 1).Zext(8)))
			io.Q.Set(w)
		},
		"halves of one bus that pass through an instance": func(m *hdl.M, io *bus) {
			w := m.Wire("w", 8)
			u := hdl.Inst[bus](m, "u_step", step)
			hdl.Connect(u.A, w.Slice(6, 4).Zext(8))
			w.Set(hdl.Cat(io.A.Slice(3, 0), u.Q.Slice(3, 0)))
			io.Q.Set(w)
		},
	}
	for name, build := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := hdl.Build(hdl.New("cycle", nil, build))
			require.NoError(t, err)
		})
	}
}

// TestALoopNamesEachStep pins the notes: each step of the path with its line.
func TestALoopNamesEachStep(t *testing.T) {
	_, err := hdl.Build(ex(func(m *hdl.M, io *pins) {
		a, b := m.Wire("a", 8), m.Wire("b", 8)
		a.Set(b.Xor(io.A8))
		b.Set(a.Slice(0, 0).Repeat(8).Not())
	}))
	require.Error(t, err)
	require.Equal(t, text(`
hdl/diag_loop_test.go:L: combinational loop: a[0] -> slice -> repeat[0] -> b[0] -> a[0] [L001]
	via hdl/diag_test.go:L (hdl_test.ex)
	via hdl/diag_loop_test.go:L (hdl_test.TestALoopNamesEachStep)
	hdl/diag_loop_test.go:L: note: through a[0]
	hdl/diag_loop_test.go:L: note: through slice
	hdl/diag_loop_test.go:L: note: through repeat[0]
	hdl/diag_loop_test.go:L: note: through b[0]
	fix: put a register on the path, or make valid independent of ready`), lines(err))
}

// text drops the line break after an opening quote.
func text(s string) string { return strings.TrimPrefix(s, "\n") }
