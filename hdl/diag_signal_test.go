package hdl_test

import (
	"math/big"
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestSignalDiagnostics shows what is said of signals that are missing, strange or badly named: M, N and D004.
func TestSignalDiagnostics(t *testing.T) {
	examples{
		"signals that were never made": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				var none hdl.Sig
				var reg hdl.Reg
				var nowhere *hdl.Wire
				io.A8.Add(none)                        // ERROR "signal that was never made" [M002]
				none.Add(io.A8)                        // ERROR "signal that was never made" [M002]
				io.A8.Add(nowhere)                     // ERROR "signal that was never made" [M002]
				io.A8.Shl(none)                        // ERROR "signal that was never made" [M002]
				none.Shl(io.A8)                        // ERROR "signal that was never made" [M002]
				hdl.Mux(none, io.A8, io.A8)            // ERROR "signal that was never made" [M002]
				hdl.Cat(io.A8, none)                   // ERROR "signal that was never made" [M002]
				hdl.OneHot(none, io.A8)                // ERROR "signal that was never made" [M002]
				io.A8.Add(hdl.Const{})                 // ERROR "signal that was never made" [M002]
				io.A8.Add(hdl.KBig(nil))               // ERROR "signal that was never made" [M002]
				m.RegNext("q", none.Not().Slice(3, 0)) // ERROR "signal that was never made" [M002]
				reg.Set(io.A8)                         // ERROR "signal that was never made" [M002]
				m.Reg("r", 1, hdl.Enable(none))        // ERROR "signal that was never made" [M002]
				hdl.Connect(reg, io.A8)                // ERROR "signal that was never made" [M002]
				hdl.Connect(m.Wire("w", 8), none)      // ERROR "signal that was never made" [M002]
				hdl.Pack(word{Low: io.A8.Sig})         // ERROR "signal that was never made" [M002]
				hdl.Unpack[word](m, none)              // ERROR "signal that was never made" [M002]
			})
		},
		"nil values and functions": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				io.A8.Add(nil)                        // ERROR "nil value" [M002]
				io.A8.Mul(nil)                        // ERROR "nil value" [M002]
				io.A8.Shr(nil)                        // ERROR "nil value" [M002]
				hdl.Mux(nil, io.A8, io.A8)            // ERROR "nil value" [M002]
				hdl.Select(io.A8, nil, io.A8)         // ERROR "nil value" [M002]
				m.If(nil, func() {})                  // ERROR "nil value" [M002]
				m.Switch(nil, hdl.Default(func() {})) // ERROR "nil value" [M002]
				m.Assert("never", nil)                // ERROR "nil value" [M002]
				m.Reg("q", 8).Set(nil)                // ERROR "nil value" [M002]
				mem := m.Mem("mem", 16, 8)
				mem.ReadAsync(nil)                                   // ERROR "nil value" [M002]
				mem.ReadSync("rd", nil, io.A8.Trunc(4), hdl.OldData) // ERROR "nil value" [M002]
				m.If(io.En, nil)                                     // ERROR "nil function in place of statements" [M002]
				m.Switch(io.En, hdl.Case(hdl.K(1), nil))             // ERROR "nil function in place of statements" [M002]
			})
		},
		"no build function": func() *hdl.Module {
			return hdl.New[pins]("empty", nil, nil) // ERROR "module empty has no build function" [M002]
		},
		"memory that was never made": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				var mem hdl.Mem
				var words hdl.MemT[word]
				mem.Write(io.En, io.A8, io.A8)                            // ERROR "memory that was never made" [M002]
				m.RegNext("q", mem.ReadAsync(io.A8))                      // ERROR "memory that was never made" [M002]
				hdl.Pack(words.ReadSync("rd", io.En, io.A8, hdl.NewData)) // ERROR "memory that was never made" [M002]
				mem.Init(1, 2).AddrWidth()                                // nothing to report it to
			})
		},
		"signals of another module": func() *hdl.Module {
			var away hdl.Sig
			var reg hdl.Reg
			var late *hdl.M
			inner := hdl.New("inner", nil, func(m *hdl.M, io *pins) {
				late, away, reg = m, io.A8.Not(), m.Reg("q", 8)
			})
			return ex(func(m *hdl.M, io *pins) {
				hdl.Inst[pins](m, "u_inner", inner) // ERROR "input en of instance u_inner is not connected" [D005]
				// ERROR "input a8 of instance u_inner is not connected" [D005]
				// ERROR "input b8 of instance u_inner is not connected" [D005]
				// ERROR "input a9 of instance u_inner is not connected" [D005]
				// ERROR "input s8 of instance u_inner is not connected" [D005]
				io.A8.Add(away)                        // ERROR "not(a8) belongs to module inner, not to ex" [M001]
				away.Add(io.A8)                        // ERROR "not(a8) belongs to module inner, not to ex" [M001]
				m.RegNext("r", away.Slice(3, 0).Not()) // ERROR "not(a8) belongs to module inner, not to ex" [M001]
				reg.Set(io.A8)                         // ERROR "q belongs to module inner, not to ex" [M001]
				reg.Set(hdl.K(1))                      // ERROR "q is used after module inner was finished" [M001]
				late.Reg("more", 3)                    // ERROR "more is made after module inner was finished" [M001]
			})
		},
		"names": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				q := m.Reg("q", 8)
				m.Wire("q", 8)                                     // ERROR `name "q" is taken in module ex` [N001]
				m.Mem("q", 8, 8)                                   // ERROR `name "q" is taken in module ex` [N001]
				m.Assert("q", io.En)                               // ERROR `name "q" is taken in module ex` [N001]
				hdl.Inst[pins](m, "q", ex(func(*hdl.M, *pins) {})) // ERROR `name "q" is taken in module ex` [N001]
				m.Reg("2q", 8)                                     // ERROR `name "2q" is no identifier` [N001]
				m.Wire("", 8)                                      // ERROR `name "" is no identifier` [N001]
				q.Add(io.A8).Named("a b")                          // ERROR `name "a b" is no identifier` [N001]
				q.Named("other").Named("another")                  // ERROR `signal has the name "other" already` [N001]
				hdl.NewFSM(m, "st", twin(0), twin(1))              // ERROR `states 0 and 1 of st are both called twin` [N001]
			})
		},
		"name of a module": func() *hdl.Module {
			return hdl.New("no good", nil, func(*hdl.M, *pins) {}) // ERROR `module name "no good" is no identifier` [N001]
		},
		"names of ports": func() *hdl.Module {
			type io struct {
				InValid hdl.In         `hdl:"1"`
				In      hdl.Sink[word] // has in_valid too
				Größe   hdl.In         `hdl:"3"`
			}
			return hdl.New("ports", nil, func(*hdl.M, *io) {}) // ERROR "two ports of ports are called in_valid" [N001]
			// ERROR `port name "größe" is no identifier` [N001]
			// ERROR "output in_ready of module ports is not driven" [D001]
		},
		"targets that cannot be driven": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				u := hdl.Inst[CounterIO](m, "u_count", Counter(CounterParams{4, 10}))
				hdl.Connect(u.En, io.En)
				hdl.Connect(io.A8, hdl.K(1))                // ERROR "a8 is an input of this module" [D004]
				u.Q.Set(hdl.K(1))                           // ERROR "u_count.q is an output of an instance" [D004]
				hdl.Connect(io.A8.Add(io.B8), io.A8)        // ERROR "add(a8, b8) is an expression" [D004]
				hdl.Connect(hdl.KBig(big.NewInt(3)), io.A8) // ERROR "signal that was never made" [M002]
			})
		},
		"swapped operands of Connect": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				u := hdl.Inst[CounterIO](m, "u_count", Counter(CounterParams{4, 10}))
				hdl.Connect(io.En, u.En) // ERROR "en is an input of this module" [D004]
			})
		},
	}.check(t)
}

// word is a payload of two fields.
type word struct {
	Low  hdl.Sig `hdl:"8"`
	High hdl.Sig `hdl:"4,signed"`
}

// twin is an enum whose states share a name.
type twin int

func (twin) String() string { return "twin" }
