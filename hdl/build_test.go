package hdl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

type PairIO struct {
	In  hdl.Sink[Nonzero]
	Out hdl.Source[Nonzero]
}

func TestBuildsTheStyleExamples(t *testing.T) {
	for _, m := range []*hdl.Module{
		Counter(CounterParams{4, 10}), FIFO[Nonzero](16), Control(),
		hdl.New("two_fifos", nil, func(m *hdl.M, io *PairIO) {
			a := hdl.Inst[FIFOIO[Nonzero]](m, "u_first", FIFO[Nonzero](4))
			b := hdl.Inst[FIFOIO[Nonzero]](m, "u_second", FIFO[Nonzero](4))
			hdl.Connect(a.In, io.In)
			hdl.Connect(b.In, a.Out)
			hdl.Connect(io.Out, b.Out)
		}),
	} {
		d, err := hdl.Build(m)
		require.NoError(t, err)
		require.Empty(t, d.Warnings())
		require.NotEmpty(t, d.Flat().Outputs)
	}
}

// TestEveryPathIsSet lists what is no latch: a value before the If, an Else, a Default, every value of the subject, and
// registers, which hold.
func TestEveryPathIsSet(t *testing.T) {
	tests := map[string]func(m *hdl.M, io *pins, w hdl.Wire){
		"a value before": func(m *hdl.M, io *pins, w hdl.Wire) {
			w.Set(io.A8)
			m.If(io.En, func() { w.Set(io.B8) })
		},
		"an Else": func(m *hdl.M, io *pins, w hdl.Wire) {
			m.If(io.En, func() { w.Set(io.A8) }).Else(func() { w.Set(io.B8) })
		},
		"an Else at each level": func(m *hdl.M, io *pins, w hdl.Wire) {
			m.If(io.En, func() {
				m.If(io.A8.Any(), func() { w.Set(io.A8) }).Else(func() { w.Set(hdl.K(1)) })
			}).ElseIf(io.B8.Any(), func() {
				w.Set(hdl.K(2))
			}).Else(func() { w.Set(io.B8) })
		},
		"an If that is completed by a later one": func(m *hdl.M, io *pins, w hdl.Wire) {
			m.If(io.A8.Any(), func() { w.Set(io.A8) })
			m.If(io.En, func() { w.Set(hdl.K(3)) }).Else(func() { w.Set(io.B8) })
		},
		"a Default": func(m *hdl.M, io *pins, w hdl.Wire) {
			m.Switch(io.A8, hdl.Case(hdl.K(1), func() { w.Set(io.A8) }), hdl.Default(func() { w.Set(io.B8) }))
		},
		"every value of the subject": func(m *hdl.M, io *pins, w hdl.Wire) {
			m.Switch(io.A8.Slice(1, 0),
				hdl.Cases([]hdl.Value{hdl.K(0), hdl.K(3)}, func() { w.Set(io.A8) }),
				hdl.Case(hdl.K(1), func() { w.Set(hdl.K(1)) }),
				hdl.Case(hdl.K(2), func() { w.Set(io.B8) }))
		},
		"every state of two": func(m *hdl.M, io *pins, w hdl.Wire) {
			st := hdl.NewFSM(m, "st", idle, load)
			st.State(idle, func() { w.Set(io.A8); st.Goto(load) })
			st.State(load, func() { w.Set(io.B8) })
		},
		"a register": func(m *hdl.M, io *pins, w hdl.Wire) {
			q := m.Reg("q", 8)
			m.If(io.En, func() { m.Switch(io.A8, hdl.Case(hdl.K(1), func() { q.Set(io.B8) })) })
			w.Set(q)
		},
	}
	for name, build := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := hdl.Build(ex(func(m *hdl.M, io *pins) { build(m, io, m.Wire("w", 8)) }))
			require.NoError(t, err)
		})
	}
}
