package hdl_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestInstanceDiagnostics shows bad instances, P002, and connections, P003.
func TestInstanceDiagnostics(t *testing.T) {
	type vector struct {
		Lanes []hdl.Sig `hdl:"4" len:"2"`
	}
	type both struct {
		hdl.Sig `hdl:"8"`
		More    hdl.Sig `hdl:"8"`
	}
	examples{
		"instance of no module": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				u := hdl.Inst[CounterIO](m, "u_none", nil) // ERROR "instance u_none of no module" [P002]
				hdl.Connect(u.En, io.En)
				m.RegNext("q", u.Q)
			})
		},
		"instance of the wrong type": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				u := hdl.Inst[CounterIO](m, "u_control", Control()) // ERROR "instance u_control: module control has IO hdl_test.ControlIO, not hdl_test.CounterIO" [P002]
				hdl.Connect(u.En, io.En)
				m.RegNext("q", u.Q)
			})
		},
		"input left open": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				u := hdl.Inst[CounterIO](m, "u_count", Counter(CounterParams{4, 10})) // ERROR "input en of instance u_count is not connected" [D005]
				m.RegNext("q", u.Q)
			})
		},
		"values of different shapes": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				w := hdl.WireOf[word](m, "w")
				n := hdl.WireOf[Nonzero](m, "n")
				v := hdl.WireOf[vector](m, "v")
				short := v
				short.Lanes = v.Lanes[:1]
				hdl.Connect(w, n)                              // ERROR "connection of hdl_test.word with hdl_test.Nonzero" [P003]
				hdl.Connect(w, io.A8)                          // ERROR "connection of hdl_test.word with hdl.In" [P003]
				hdl.Connect(w, nil)                            // ERROR "connection of hdl_test.word with <nil>" [P003]
				hdl.Connect(nil, w)                            // ERROR "connection of <nil> with hdl_test.word" [P003]
				hdl.Connect(w, 7)                              // ERROR "connection of hdl_test.word with int" [P003]
				hdl.Connect(v, short)                          // ERROR "connection of a hdl_test.vector of 2 signals with one of 1" [P003]
				hdl.MuxOf(io.En, v, short)                     // ERROR "mux of a hdl_test.vector of 2 signals with one of 1" [P003]
				hdl.Connect(v.Lanes, w)                        // ERROR "connection of []hdl.Sig with hdl_test.word" [P003]
				hdl.Connect(both{io.A8.Sig, io.B8.Sig}, io.A8) // ERROR "connection of hdl_test.both with hdl.In" [P003]
				hdl.Connect(nil, nil)                          // nothing to report it to
				hdl.Connect((*word)(nil), w)                   // ERROR "connection of <nil> with hdl_test.word" [P003]
			})
		},
		"streams": func() *hdl.Module {
			return hdl.New("streams", nil, func(m *hdl.M, io *PairIO) {
				u := hdl.Inst[FIFOIO[Nonzero]](m, "u_fifo", FIFO[Nonzero](4))
				hdl.Connect(io.Out, u.In) // ERROR "connection would drive u_fifo.in_ready: the second has to be a sending end" [P003]
				hdl.Connect(io.In, u.Out) // ERROR "connection would drive in_valid: the first has to be a receiving end" [P003]
			})
		},
		"streams of two payloads": func() *hdl.Module {
			return hdl.New("streams", nil, func(m *hdl.M, io *PairIO) {
				u := hdl.Inst[FIFOIO[word]](m, "u_fifo", FIFO[word](4))
				hdl.Connect(u.In, io.In)   // ERROR "connection of hdl.Sink[github.com/sparsegen/sparsegen/hdl_test.word] with hdl.Sink[github.com/sparsegen/sparsegen/hdl_test.Nonzero]" [P003]
				hdl.Connect(io.Out, u.Out) // ERROR "connection of hdl.Source[github.com/sparsegen/sparsegen/hdl_test.Nonzero] with hdl.Source[github.com/sparsegen/sparsegen/hdl_test.word]" [P003]
			})
		},
		"a stream of another module": func() *hdl.Module {
			var away hdl.Sink[Nonzero]
			hdl.New("away", nil, func(_ *hdl.M, io *PairIO) { away = io.In })
			return hdl.New("streams", nil, func(m *hdl.M, io *PairIO) {
				io.In.Ready.Set(hdl.K(1))
				hdl.Connect(io.Out, away) // ERROR "in_valid belongs to module away, not to streams" [M001]
			})
		},
	}.check(t)
}
