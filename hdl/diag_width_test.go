package hdl_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestWidthDiagnostics shows the rules on width and sign, W001 to W007.
func TestWidthDiagnostics(t *testing.T) {
	examples{
		"operands of different widths": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				io.A8.Add(io.A9)                            // ERROR "width mismatch in add: a8 is 8 bits, a9 is 9 bits" [W001]
				io.A8.AddC(io.A9)                           // ERROR "width mismatch in add: a8 is 8 bits, a9 is 9 bits" [W001]
				io.A8.Lt(io.A9)                             // ERROR "width mismatch in lt: a8 is 8 bits, a9 is 9 bits" [W001]
				hdl.Mux(io.En, io.A9, io.A8)                // ERROR "width mismatch in mux: a9 is 9 bits, a8 is 8 bits" [W001]
				hdl.Select(io.A8, io.A8, io.A9)             // ERROR "width mismatch in select: a8 is 8 bits, a9 is 9 bits" [W001]
				hdl.OneHot(io.A8.Slice(1, 0), io.A8, io.A9) // ERROR "width mismatch in one-hot selection: a8 is 8 bits, a9 is 9 bits" [W001]
				hdl.Unpack[word](m, io.A8.Sig)              // ERROR "payload of 12 bits from a8 of 8 bits" [W001]
				q := m.Reg("q", 8)
				q.Set(io.A9)                 // ERROR "width mismatch in assignment to q: q is 8 bits, a9 is 9 bits" [W001]
				q.Set(io.A8.AddC(io.B8))     // ERROR "width mismatch in assignment to q: q is 8 bits, add(a8, b8) is 9 bits" [W001]
				q.Set(hdl.Cat(io.A8, io.En)) // ERROR "width mismatch in assignment to q: q is 8 bits, cat(a8, en) is 9 bits" [W001]
				q.Set(m.Lit(4, 3))           // ERROR "width mismatch in assignment to q: q is 8 bits, constant 3 is 4 bits" [W001]
			})
		},
		"signed with unsigned": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				io.A8.Add(io.S8)                // ERROR "sign mismatch in add: a8 is unsigned, s8 is signed" [W002]
				io.S8.Mul(io.A9)                // ERROR "sign mismatch in mul: s8 is signed, a9 is unsigned" [W002]
				io.A8.Shr(io.S8)                // ERROR "shift by a signed amount s8" [W002]
				hdl.Select(io.S8, io.A8, io.B8) // ERROR "selection by a signed index s8" [W002]
				m.Wire("w", 8).Set(io.S8)       // ERROR "sign mismatch in assignment to w: w is unsigned, s8 is signed" [W002]
				m.SignedWire("v", 8).Set(io.A8) // ERROR "sign mismatch in assignment to v: v is signed, a8 is unsigned" [W002]
			})
		},
		"constants that do not fit": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				io.A8.Eq(hdl.K(256))        // ERROR "constant 256 does not fit 8 bits unsigned" [W003]
				io.A8.Add(hdl.K(-1))        // ERROR "constant -1 does not fit 8 bits unsigned" [W003]
				io.S8.Lt(hdl.K(128))        // ERROR "constant 128 does not fit 8 bits signed" [W003]
				io.S8.Lt(hdl.K(-129))       // ERROR "constant -129 does not fit 8 bits signed" [W003]
				m.Reg("q", 4, hdl.Init(16)) // ERROR "constant 16 does not fit 4 bits unsigned" [W003]
				m.Lit(3, 8)                 // ERROR "constant 8 does not fit 3 bits unsigned" [W003]
				m.If(hdl.K(2), func() {})   // ERROR "constant 2 does not fit 1 bits unsigned" [W003]
				io.A8.Shl(hdl.K(-1))        // ERROR "constant -1 does not fit 1 bits unsigned" [W003]
			})
		},
		"constants without a width": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				hdl.Mux(io.En, hdl.K(0), hdl.K(1)) // ERROR "constant 0 has no width here" [W004] "constant 1 has no width here" [W004]
				hdl.Cat(io.A8, hdl.K(5))           // ERROR "constant 5 has no width here" [W004]
				hdl.Select(hdl.K(2), io.A8)        // ERROR "constant 2 has no width here" [W004]
				m.Switch(hdl.K(7))                 // ERROR "constant 7 has no width here" [W004]
				m.RegNext("q", hdl.K(9))           // ERROR "constant 9 has no width here" [W004]
			})
		},
		"bits that do not exist": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				io.A8.Slice(8, 0)                    // ERROR "bits 8 to 0 of a8, which has 8 bits" [W005]
				io.A8.Slice(2, 3)                    // ERROR "bits 2 to 3 of a8, which has 8 bits" [W005]
				io.A8.Bit(-1)                        // ERROR "bits -1 to -1 of a8, which has 8 bits" [W005]
				io.A8.Repeat(0)                      // ERROR "0 copies of a8" [W005]
				hdl.Select(io.A8)                    // ERROR "selection among no values" [W005]
				hdl.OneHot(io.A8.Slice(1, 0), io.A8) // ERROR "one-hot selection among 1 values by slice(a8) of 2 bits" [W005]
			})
		},
		"impossible widths": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				m.Reg("a", 0)              // ERROR "register a has width 0" [W005]
				m.Wire("b", -3)            // ERROR "wire b has width -3" [W005]
				m.Reg("c", 1<<32+8)        // ERROR "register c has width 4294967304" [W005]
				m.Lit(0, 1)                // ERROR "constant 1 has width 0" [W005]
				m.Lit(1<<40, 1)            // ERROR "constant 1 has width 1099511627776" [W005]
				io.A8.Zext(1 << 33)        // ERROR "extension of a8 has width 8589934592" [W005]
				io.A8.Repeat(1 << 62)      // ERROR "4611686018427387904 copies of a8 are more than 65536 bits" [W005]
				wide := io.A8.Repeat(8192) // the widest signal
				wide.Mul(wide)             // ERROR "product has width 131072" [W005]
				wide.Mul(hdl.K(1))         // ERROR "product has width 131072" [W005]
				hdl.Cat(wide, io.En)       // ERROR "concatenation has width 65537" [W005]
				wide.AddC(wide)            // ERROR "extension of repeat(a8) has width 65537" [W005]
			})
		},
		"extensions that shrink": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				io.A8.Zext(4)    // ERROR "extension of a8 from 8 to 4 bits" [W006]
				io.S8.Sext(0)    // ERROR "extension of s8 from 8 to 0 bits" [W006]
				io.A8.Trunc(9)   // ERROR "truncation of a8 from 8 to 9 bits" [W006]
				io.A8.Trunc(0)   // ERROR "truncation of a8 from 8 to 0 bits" [W006]
				io.A8.Grow(-1)   // ERROR "extension of a8 from 8 to 7 bits" [W006]
				io.A8.Resize(-1) // ERROR "truncation of a8 from 8 to -1 bits" [W006]
			})
		},
		"conditions of many bits": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				q := m.Reg("q", 8, hdl.Enable(io.A9))                   // ERROR "condition a9 has 9 bits" [W007]
				m.If(io.A8, func() { q.Set(io.A8) })                    // ERROR "condition a8 has 8 bits" [W007]
				m.If(io.En, func() {}).ElseIf(q, func() {})             // ERROR "condition q has 8 bits" [W007]
				hdl.Mux(io.A8.Add(io.B8), io.A8, io.B8)                 // ERROR "condition add(a8, b8) has 8 bits" [W007]
				m.Assert("never", io.A8)                                // ERROR "condition a8 has 8 bits" [W007]
				m.Mem("mem", 16, 8).Write(io.A8, io.A8.Trunc(4), io.A8) // ERROR "condition a8 has 8 bits" [W007]
			})
		},
	}.check(t)
}
