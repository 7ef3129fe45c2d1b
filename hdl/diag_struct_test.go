package hdl_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestPortDiagnostics shows the structs that are no IO and no payload, P001.
func TestPortDiagnostics(t *testing.T) {
	examples{
		"fields that are no port": func() *hdl.Module {
			type io struct {
				Int     int
				Ptr     *hdl.In
				Array   [2]hdl.In `hdl:"1"`
				Map     map[string]hdl.In
				Payload hdl.Sig `hdl:"1"`
				hidden  hdl.In  `hdl:"1"`
			}
			return hdl.New("bad", nil, func(_ *hdl.M, io *io) { io.hidden.Not() }) // ERROR "bad: field Int has type int, which is no port" [P001]
			// ERROR "bad: field Ptr has type *hdl.In, which is no port" [P001]
			// ERROR "bad: field Array has type [2]hdl.In, which is no port" [P001]
			// ERROR "bad: field Map has type map[string]hdl.In, which is no port" [P001]
			// ERROR "bad: port field Payload is hdl.Sig; use hdl.In or hdl.Out" [P001]
			// ERROR "bad: field hidden of hdl_test.io is not exported" [P001]
		},
		"bad tags": func() *hdl.Module {
			type io struct {
				None    hdl.In
				Unknown hdl.In `hdl:"Width"`
				Zero    hdl.In `hdl:"0"`
				Minus   hdl.In `hdl:"-4"`
				Sign    hdl.In `hdl:"4,sign"`
				Wide    hdl.In `hdl:"70000"`
			}
			return hdl.New("tags", struct{ Wide int }{4}, func(*hdl.M, *io) {}) // ERROR `tags: field None: width "" is neither a number nor a parameter` [P001]
			// ERROR `tags: field Unknown: width "Width" is neither a number nor a parameter` [P001]
			// ERROR "tags: field Zero: width 0 is 0" [P001]
			// ERROR "tags: field Minus: width -4 is -4" [P001]
			// ERROR `tags: field Sign: unknown tag part "sign"` [P001]
			// ERROR "port wide has width 70000" [W005]
		},
		"IO that is no struct": func() *hdl.Module {
			return hdl.New("number", nil, func(*hdl.M, *int) {}) // ERROR "IO of number is a int" [P001]
		},
		"parameters that are no struct": func() *hdl.Module {
			return hdl.New("params", 5, func(*hdl.M, *struct{}) {}) // ERROR "parameters of params are a int" [P001]
		},
		"slices": func() *hdl.Module {
			type io struct {
				Bare []hdl.In `hdl:"4"`
				Zero []hdl.In `hdl:"4" len:"0"`
				Huge []hdl.In `hdl:"4" len:"100000000"`
			}
			return hdl.New("slices", nil, func(_ *hdl.M, io *io) { // ERROR "slices: slice field Bare needs a tag len with a positive number or a parameter" [P001]
				// ERROR "slices: slice field Zero needs a tag len with a positive number or a parameter" [P001]
				// ERROR "slices: slice field Huge has length 100000000; at most 65536" [P001]
				io.Bare[0].Not() // out of range: no panic, since the reason is reported
			})
		},
		"a struct that holds itself": func() *hdl.Module {
			return hdl.New("endless", nil, func(*hdl.M, *endless) {}) // ERROR "endless: field Again[0] has type hdl_test.endless, which holds itself" [P001]
		},
		"bad fields say nothing more when used": func() *hdl.Module {
			type io struct {
				A   hdl.In `hdl:"oops"`
				In  hdl.Sink[wrong]
				Out hdl.Source[wrong]
			}
			return hdl.New("used", nil, func(m *hdl.M, io *io) { // ERROR `used: field A: width "oops" is neither a number nor a parameter` [P001]
				// ERROR "used: payload field In.Data.Port is hdl.In; use hdl.Sig" [P001]
				// ERROR "used: payload field Out.Data.Port is hdl.In; use hdl.Sig" [P001]
				m.RegNext("q", io.A.Not().Slice(99, 98))
				hdl.Connect(io.Out, io.In)
				hdl.Pack(io.In.Data).Named("packed")
			})
		},
		"bad payloads, once each": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				r := hdl.RegOf[wrong](m, "r") // ERROR "payload hdl_test.wrong: payload field Port is hdl.In; use hdl.Sig" [P001]
				hdl.RegOf[wrong](m, "r2")
				mem := hdl.MemOf[wrong](m, "mem", 16)
				mem.Write(io.En, io.A8.Trunc(4), r)
				hdl.Connect(r, mem.ReadAsync(io.A8.Trunc(4)))
				none := hdl.MemOf[untagged](m, "none", 16) // ERROR `payload hdl_test.untagged: field Bits: width "" is neither a number nor a parameter` [P001]
				m.RegNext("q", none.ReadSync("rd", io.En, io.A8.Trunc(4), hdl.OldData).Bits)
			})
		},
	}.check(t)
}

type wrong struct {
	Good hdl.Sig `hdl:"8"`
	Port hdl.In  `hdl:"8"`
}

type untagged struct{ Bits hdl.Sig }

type endless struct {
	Again []endless `len:"2"`
}
