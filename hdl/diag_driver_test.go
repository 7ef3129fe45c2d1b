package hdl_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestDriverDiagnostics shows signals that nothing drives, D001, or that are driven twice, D002.
func TestDriverDiagnostics(t *testing.T) {
	examples{
		"nothing drives": func() *hdl.Module {
			return hdl.New("open", CounterParams{Width: 4}, func(m *hdl.M, io *CounterIO) { // ERROR "output ovf of module open is not driven" [D001]
				w := m.Wire("w", 4) // ERROR "wire w is not driven" [D001]
				m.If(io.En, func() {})
				io.Q.Set(w)
			})
		},
		"driven twice": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w, q := m.Wire("w", 8), m.Reg("q", 8)
				w.Set(io.A8)
				w.Set(io.B8) // ERROR "w is driven twice: this always overrides the other" [D002]
				m.If(io.En, func() { q.Set(w) })
				q.Set(w) // ERROR "q is driven twice: this always overrides the other" [D002]
				m.If(io.En, func() {
					q.Set(io.A8)
					q.Set(io.B8) // ERROR "q is driven twice: this always overrides the other" [D002]
				})
			})
		},
		"an instance input driven twice": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				u := hdl.Inst[CounterIO](m, "u_count", Counter(CounterParams{4, 10}))
				hdl.Connect(u.En, io.En)
				hdl.Connect(u.En, io.A8.Bit(0)) // ERROR "u_count_en is driven twice: this always overrides the other" [D002]
				m.RegNext("q", u.Q)
			})
		},
	}.check(t)
}

// TestLatchDiagnostics shows combinational signals that are not set on every path, D003.
func TestLatchDiagnostics(t *testing.T) {
	examples{
		"If without Else": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				m.If(io.En, func() { w.Set(io.A8) }) // ERROR "w is not set on every path, which would be a latch" [D003]
			})
		},
		"an arm of a chain": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				m.If(io.En, func() { w.Set(io.A8) }). // ERROR "w is not set on every path, which would be a latch" [D003]
									ElseIf(io.A8.Bit(0), func() {}).
									Else(func() { w.Set(io.B8) })
			})
		},
		"a nested If": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				m.If(io.En, func() { // ERROR "w is not set on every path, which would be a latch" [D003]
					m.If(io.A8.Bit(0), func() { w.Set(io.A8) })
				}).Else(func() {
					w.Set(io.B8)
				})
			})
		},
		"two Ifs that a reader knows to cover all": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				m.If(io.En, func() { w.Set(io.A8) })
				m.If(io.En.Not(), func() { w.Set(io.B8) }) // ERROR "w is not set on every path, which would be a latch" [D003]
			})
		},
		"Switch without Default": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w, v := m.Wire("w", 8), m.Wire("v", 8)
				m.Switch(io.A8.Slice(1, 0), // ERROR "w is not set on every path, which would be a latch" [D003]
					// ERROR "v is not set on every path, which would be a latch" [D003]
					hdl.Case(hdl.K(0), func() { w.Set(io.A8); v.Set(io.A8) }),
					hdl.Cases([]hdl.Value{hdl.K(1), hdl.K(2)}, func() { w.Set(io.B8) }))
			})
		},
		"states without their number's last values": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				st := hdl.NewFSM(m, "st", idle, load, run) // 2 bits: a fourth value is possible
				st.State(idle, func() { w.Set(io.A8) })    // ERROR "w is not set on every path, which would be a latch" [D003]
				st.State(load, func() { w.Set(io.B8) })
				st.State(run, func() { w.Set(io.A8) })
			})
		},
		"an output": func() *hdl.Module {
			return hdl.New("out", CounterParams{Width: 4}, func(m *hdl.M, io *CounterIO) {
				io.Q.Set(hdl.K(0))
				m.If(io.En, func() { io.Ovf.Set(hdl.K(1)) }) // ERROR "ovf is not set on every path, which would be a latch" [D003]
			})
		},
		"an instance input": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				u := hdl.Inst[CounterIO](m, "u_count", Counter(CounterParams{4, 10}))
				m.If(io.En, func() { hdl.Connect(u.En, io.En) }) // ERROR "u_count_en is not set on every path, which would be a latch" [D003]
				m.RegNext("q", u.Q)
			})
		},
	}.check(t)
}

// TestUnusedDiagnostics shows named signals that nothing reads, U001: warnings.
func TestUnusedDiagnostics(t *testing.T) {
	examples{
		"unused": func() *hdl.Module {
			return hdl.New("idle", CounterParams{Width: 4}, func(m *hdl.M, io *CounterIO) { // WARNING "input en of module idle is never read" [U001]
				m.Reg("r", 8)                // WARNING "register r is never read" [U001]
				m.Wire("w", 8).Set(hdl.K(1)) // WARNING "wire w is never read" [U001]
				m.Mem("mem", 4, 8)           // WARNING "memory mem is never read" [U001]
				count := m.Reg("count", 4)   // read by itself, for nothing: not found
				count.Set(count.Add(hdl.K(1)))
				io.Q.Set(hdl.K(0))
				io.Ovf.Set(hdl.K(0))
			})
		},
	}.check(t)
}
