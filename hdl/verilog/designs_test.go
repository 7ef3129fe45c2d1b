package verilog

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

// The designs whose output is pinned in testdata.
var designs = []struct {
	name string
	make func() *hdl.Module
}{
	{"counter", func() *hdl.Module { return counter(counterParams{Width: 4, Limit: 10}) }},
	{"fifo", func() *hdl.Module { return fifo[nonzero](16) }},
	{"control", control},
	{"masked", masked},
	{"lanes", lanes},
	{"mac", mac},
	{"shapes", shapes},
	{"tables", tables},
	{"odd", odd},
}

func emit(t testing.TB, m *hdl.Module) *Output {
	t.Helper()
	d, err := hdl.Build(m)
	require.NoError(t, err)
	out, err := Emit(d)
	require.NoError(t, err)
	return out
}

type counterParams struct{ Width, Limit int }

type counterIO struct {
	En  hdl.In  `hdl:"1"     doc:"advance by one"`
	Q   hdl.Out `hdl:"Width" doc:"current count"`
	Ovf hdl.Out `hdl:"1"     doc:"pulses on the last count"`
}

func counter(p counterParams) *hdl.Module {
	return hdl.New("counter", p, func(m *hdl.M, io *counterIO) {
		m.Doc("counts up to a limit, then from zero")
		q := m.Reg("q", p.Width)
		last := q.Eq(hdl.K(p.Limit - 1))
		m.If(io.En, func() { q.Set(hdl.Mux(last, hdl.K(0), q.Add(hdl.K(1)))) })
		io.Q.Set(q)
		io.Ovf.Set(io.En.And(last))
	})
}

type nonzero struct {
	Row hdl.Sig `hdl:"10"`
	Col hdl.Sig `hdl:"10"`
	Val hdl.Sig `hdl:"16,signed"`
}

type fifoIO[T any] struct {
	In  hdl.Sink[T]   `doc:"what comes in"`
	Out hdl.Source[T] `doc:"what goes out, in order"`
}

func fifo[T any](depth int) *hdl.Module {
	return hdl.New("fifo", struct{ Depth int }{depth}, func(m *hdl.M, io *fifoIO[T]) {
		aw := hdl.Clog2(depth)
		mem := hdl.MemOf[T](m, "mem", depth)
		wr, rd := m.Reg("wr", aw+1), m.Reg("rd", aw+1)
		wa, ra := wr.Slice(aw-1, 0), rd.Slice(aw-1, 0)
		full := wa.Eq(ra).And(wr.Bit(aw).Ne(rd.Bit(aw)))

		io.In.Ready.Set(full.Not())
		io.Out.Valid.Set(wr.Ne(rd))
		hdl.Connect(io.Out.Data, mem.ReadAsync(ra))
		mem.Write(io.In.Fire(), wa, io.In.Data)
		m.If(io.In.Fire(), func() { wr.Set(wr.Add(hdl.K(1))) })
		m.If(io.Out.Fire(), func() { rd.Set(rd.Add(hdl.K(1))) })
		m.Assert("never_overfull", wr.Sub(rd).Le(hdl.K(depth)))
	})
}

type state int

const (
	idle state = iota
	load
	run
)

func (s state) String() string { return [...]string{"idle", "load", "run"}[s] }

type controlIO struct {
	Start hdl.In  `hdl:"1"`
	Skip  hdl.In  `hdl:"1"`
	Done  hdl.In  `hdl:"1"`
	Busy  hdl.Out `hdl:"1"`
	Code  hdl.Out `hdl:"4"`
}

func control() *hdl.Module {
	return hdl.New("control", nil, func(m *hdl.M, io *controlIO) {
		st := hdl.NewFSM(m, "state", idle, load, run)
		st.State(idle, func() { m.If(io.Start, func() { st.Goto(load) }) })
		st.State(load, func() {
			m.If(io.Skip, func() { st.Goto(idle) }).Else(func() { st.Goto(run) })
		})
		st.State(run, func() { m.If(io.Done, func() { st.Goto(idle) }) })
		io.Busy.Set(st.In(idle).Not())
		io.Code.Set(hdl.K(0))
		m.Switch(st.Sig(),
			hdl.Case(hdl.K(1), func() { io.Code.Set(hdl.K(3)) }),
			hdl.Case(hdl.K(2), func() {
				m.If(io.Done, func() { io.Code.Set(hdl.K(7)) }).ElseIf(io.Skip, func() { io.Code.Set(hdl.K(9)) })
			}))
	})
}

type maskedIO struct {
	WEn   hdl.In  `hdl:"1"`
	WAddr hdl.In  `hdl:"4"`
	WData hdl.In  `hdl:"32"`
	WMask hdl.In  `hdl:"4" doc:"one bit a byte"`
	REn   hdl.In  `hdl:"1"`
	RAddr hdl.In  `hdl:"4"`
	RData hdl.Out `hdl:"32"`
	Now   hdl.Out `hdl:"32"`
}

func masked() *hdl.Module {
	return hdl.New("masked", nil, func(m *hdl.M, io *maskedIO) {
		mem := m.Mem("mem", 12, 32)
		mem.WriteMask(io.WEn, io.WAddr, io.WData, io.WMask)
		io.RData.Set(mem.ReadSync("rdata", io.REn, io.RAddr, hdl.OldData))
		io.Now.Set(mem.ReadAsync(io.RAddr))
	})
}

type lanesIO struct {
	In  hdl.Sink[nonzero]
	Out hdl.Source[nonzero]
	En  hdl.In  `hdl:"1"`
	Sum hdl.Out `hdl:"5"`
}

func lanes() *hdl.Module {
	return hdl.New("lanes", nil, func(m *hdl.M, io *lanesIO) {
		a := hdl.Inst[fifoIO[nonzero]](m, "u_first", fifo[nonzero](4))
		b := hdl.Inst[fifoIO[nonzero]](m, "u_second", fifo[nonzero](4))
		hdl.Connect(a.In, io.In)
		hdl.Connect(b.In, a.Out)
		hdl.Connect(io.Out, b.Out)
		c := counter(counterParams{Width: 4, Limit: 10})
		u0 := hdl.Inst[counterIO](m, "u_count0", c)
		u1 := hdl.Inst[counterIO](m, "u_count1", c)
		hdl.Connect(u0.En, io.En)
		hdl.Connect(u1.En, u0.Ovf)
		io.Sum.Set(u0.Q.AddC(u1.Q))
	})
}

type macIO struct {
	A   hdl.In  `hdl:"8,signed"`
	B   hdl.In  `hdl:"8,signed"`
	En  hdl.In  `hdl:"1"`
	Clr hdl.In  `hdl:"1"`
	Sh  hdl.In  `hdl:"5"`
	Acc hdl.Out `hdl:"24,signed"`
	Out hdl.Out `hdl:"8,signed" doc:"the accumulator, shifted and saturated"`
}

func mac() *hdl.Module {
	return hdl.New("mac", nil, func(m *hdl.M, io *macIO) {
		acc := m.Reg("acc", 24, hdl.Signed())
		prod := io.A.Mul(io.B)
		m.If(io.Clr, func() { acc.Set(hdl.K(0)) }).ElseIf(io.En, func() { acc.Set(acc.Add(prod.Sext(24))) })
		io.Acc.Set(acc)
		sh := acc.Shr(io.Sh).Named("scaled")
		io.Out.Set(hdl.Mux(sh.Gt(hdl.K(127)), hdl.K(127), hdl.Mux(sh.Lt(hdl.K(-128)), hdl.K(-128), sh.Trunc(8))))
	})
}

type shapesIO struct {
	A   hdl.In  `hdl:"8"`
	S   hdl.In  `hdl:"8,signed"`
	Amt hdl.In  `hdl:"40"`
	Sel hdl.In  `hdl:"2"`
	X   hdl.Out `hdl:"8"`
	Y   hdl.Out `hdl:"8,signed"`
	Z   hdl.Out `hdl:"8"`
	W   hdl.Out `hdl:"300"`
	F   hdl.Out `hdl:"1"`
}

// shapes holds the forms in which a context of the language could reach into an operand.
func shapes() *hdl.Module {
	return hdl.New("shapes", nil, func(m *hdl.M, io *shapesIO) {
		half := io.S.Shr(hdl.K(1)).AsUnsigned()
		io.X.Set(half.Add(io.A))
		io.Y.Set(io.S.Shr(io.Amt).Add(hdl.K(-3)))
		io.Z.Set(hdl.K(0))
		m.Switch(io.Sel,
			hdl.Case(hdl.K(0), func() { io.Z.Set(io.A.Slice(7, 4).Sext(8)) }),
			hdl.Case(hdl.K(3), func() { io.Z.Set(hdl.Select(io.Sel, io.A, half, io.A.Not())) }))
		io.W.Set(hdl.Cat(io.A, io.A.Add(hdl.K(1)), io.A.Bit(3).Repeat(276), io.S.AsUnsigned()))
		io.F.Set(io.A.Add(hdl.K(1)).Any().And(io.S.Lt(hdl.K(-5))).Or(io.A.Lt(hdl.K(0))))
	})
}

type tablesIO struct {
	I    hdl.In  `hdl:"5"`
	J    hdl.In  `hdl:"2"`
	Big  hdl.Out `hdl:"8"`
	Tiny hdl.Out `hdl:"8"`
	Sine hdl.Out `hdl:"8"`
}

func tables() *hdl.Module {
	return hdl.New("tables", nil, func(m *hdl.M, io *tablesIO) {
		var words []int64
		for i := range int64(32) {
			words = append(words, i*i%256)
		}
		io.Big.Set(m.Mem("squares", 32, 8).Init(words...).ReadAsync(io.I))
		io.Tiny.Set(m.Mem("primes", 3, 8).Init(2, 3, 5).ReadAsync(io.J))
		io.Sine.Set(hdl.Select(io.J, m.Lit(8, 0), m.Lit(8, 90), m.Lit(8, 127)))
	})
}

type oddIO struct {
	Wire  hdl.In  `hdl:"4"`
	Reg   hdl.In  `hdl:"1"`
	Small hdl.Out `hdl:"1"`
}

// odd is what real designs have by accident: names that are keywords, things nobody reads.
func odd() *hdl.Module {
	empty := hdl.New("table", nil, func(m *hdl.M, io *struct{}) {})
	return hdl.New("odd", nil, func(m *hdl.M, io *oddIO) {
		hdl.Inst[struct{}](m, "bool", empty)
		c := hdl.Inst[counterIO](m, "u_lonely", counter(counterParams{Width: 3, Limit: 7}))
		hdl.Connect(c.En, io.Wire.Bit(2))
		dead := m.Reg("dead", 4, hdl.NoReset())
		dead.Set(io.Wire)
		never := m.Reg("never", 2)
		_ = never
		w := m.Wire("buf", 1)
		w.Set(io.Reg)
		m.Mem("sink", 4, 4).Write(io.Reg, io.Wire.Trunc(2), io.Wire)
		io.Small.Set(w.Xor(c.Ovf).Named("signed"))
	})
}
