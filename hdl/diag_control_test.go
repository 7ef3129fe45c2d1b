package hdl_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestControlDiagnostics shows control flow out of place, S001. What stands inside is taken for assigned, so that
// nothing more is said of it.
func TestControlDiagnostics(t *testing.T) {
	examples{
		"Else away from its If": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				chain := m.If(io.En, func() { w.Set(io.A8) })
				m.Reg("q", 8).Set(io.A8)
				chain.Else(func() { w.Set(io.B8) })          // ERROR "Else does not follow its If" [S001]
				chain.ElseIf(io.En, func() { w.Set(io.B8) }) // ERROR "ElseIf does not follow its If" [S001]
			})
		},
		"Else twice": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w, only := m.Wire("w", 8), m.Wire("only", 8)
				chain := m.If(io.En, func() { w.Set(io.A8) })
				chain.Else(func() { w.Set(io.B8) })
				chain.Else(func() { only.Set(io.B8) })   // ERROR "Else does not follow its If" [S001]
				chain.ElseIf(io.En, func() {}).Else(nil) // ERROR "ElseIf does not follow its If" [S001]
				// ERROR "nil function in place of statements" [M002]
				// ERROR "Else does not follow its If" [S001]
			})
		},
		"Else inside its If": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				chain := m.If(io.En, func() {})
				m.If(io.En, func() {
					chain.Else(func() {}) // ERROR "Else does not follow its If" [S001]
				})
				(&hdl.IfChain{}).ElseIf(io.En, func() {}).Else(func() {}) // no If at all: nothing to report it to
			})
		},
		"Switch": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				set := func() { w.Set(io.B8) }
				m.Switch(io.A8,
					hdl.Default(set), // ERROR "Default is not the last arm of its Switch" [S001]
					hdl.Case(hdl.K(1), set),
					hdl.Case(hdl.K(1), set),                      // ERROR "case label 1 is used twice" [S001]
					hdl.Cases([]hdl.Value{hdl.K(2), io.B8}, set), // ERROR "b8 is no constant, so no case label" [S001]
					hdl.Cases(nil, set),                          // ERROR "arm 5 of the Switch has no labels" [S001]
					hdl.Case(hdl.K(256), set),                    // ERROR "constant 256 does not fit 8 bits unsigned" [W003]
					hdl.Case(m.Lit(9, 2), set),                   // ERROR "width mismatch in case of a8: a8 is 8 bits, constant 2 is 9 bits" [W001]
					hdl.Case(nil, set),                           // ERROR "nil value" [M002]
					hdl.Case(hdl.K(3), nil),                      // ERROR "nil function in place of statements" [M002]
					hdl.Default(set),                             // ERROR "Default is not the last arm of its Switch" [S001]
					hdl.Default(set),
				)
				m.Switch(io.S8,
					hdl.Case(hdl.K(-128), set),
					hdl.Case(hdl.K(-128), set)) // ERROR "case label -128 is used twice" [S001]
				m.Switch(io.A8) // no arms: nothing to do
			})
		},
		"a bad subject": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				m.Switch(io.A8.Bit(8), hdl.Case(hdl.K(1), func() { w.Set(io.B8) })) // ERROR "bits 8 to 8 of a8, which has 8 bits" [W005]
			})
		},
		"state machines": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := m.Wire("w", 8)
				set := func() { w.Set(io.B8) }
				none := hdl.NewFSM[state](m, "none") // ERROR "state machine none has no states" [S001]
				none.State(idle, func() { set(); none.Goto(idle) })
				m.RegNext("was", none.In(idle))
				hdl.NewFSM(m, "minus", state(-1))       // ERROR "state -1 of minus is negative" [W005]
				hdl.NewFSM(m, "twice", idle, run, idle) // ERROR "state idle of twice is listed twice" [S001]
				st := hdl.NewFSM(m, "st", idle, load)
				st.State(idle, func() { st.Goto(run) }) // ERROR "state run is not a state of st" [S001]
				st.State(idle, set)                     // ERROR "state idle is described twice" [S001]
				st.State(state(77), set)                // ERROR "state s77 is not a state of st" [S001]
				st.In(state(-5))                        // ERROR "state s-5 is not a state of st" [S001]
				st.State(load, nil)                     // ERROR "nil function in place of statements" [M002]
			})
		},
	}.check(t)
}
