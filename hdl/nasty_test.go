package hdl_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// nasty calls the kit at random with good operands and bad ones: nil, the zero Sig, poison, signals of other modules,
// constants, impossible widths and names.
type nasty struct {
	r    *rand.Rand
	m    *hdl.M
	sigs []hdl.Sig
	sets []func(hdl.Value)
	fair bool // no bad operands, so that some builds succeed
}

func (n *nasty) num() int {
	if n.fair {
		return 1 + n.r.IntN(8)
	}
	return []int{-1, 0, 1, 2, 3, 7, 8, 9, 64, 65, 1 << 20, 1 << 40, math.MaxInt, math.MinInt}[n.r.IntN(14)]
}

func (n *nasty) sig() hdl.Sig { return n.sigs[n.r.IntN(len(n.sigs))] }

func (n *nasty) val() hdl.Value {
	switch k := n.r.IntN(12); {
	case k == 0 && !n.fair:
		return nil
	case k == 1 && !n.fair:
		return (*hdl.Reg)(nil)
	case k <= 3:
		return hdl.K(n.num())
	}
	return n.sig()
}

func (n *nasty) name() string {
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	if !n.fair {
		names = append(names, "", "9", "a.b", "ü")
	}
	return names[n.r.IntN(len(names))] + string(rune('a'+n.r.IntN(26)))
}

func (n *nasty) body(depth int) func() {
	if !n.fair && n.r.IntN(20) == 0 {
		return nil
	}
	return func() {
		for range n.r.IntN(4) {
			n.step(depth - 1)
		}
	}
}

// step makes one call.
func (n *nasty) step(depth int) {
	s, v := n.sig(), n.val
	var out hdl.Sig
	switch n.r.IntN(34) {
	case 0:
		out = s.And(v())
	case 1:
		out = s.Add(v())
	case 2:
		out = s.AddC(v())
	case 3:
		out = s.Mul(v())
	case 4:
		out = s.Le(v())
	case 5:
		out = s.Not().Neg()
	case 6:
		out = s.All().Or(s.Parity())
	case 7:
		out = s.AsSigned()
	case 8:
		out = s.Slice(n.num(), n.num())
	case 9:
		out = s.Bit(n.num())
	case 10:
		out = s.Trunc(n.num())
	case 11:
		out = s.Extend(n.num())
	case 12:
		out = s.Grow(n.num())
	case 13:
		out = s.Resize(n.num())
	case 14:
		out = s.Repeat(n.num())
	case 15:
		out = s.Shl(v())
	case 16:
		out = s.Shr(v())
	case 17:
		out = hdl.Mux(v(), v(), v())
	case 18:
		out = hdl.Cat([]hdl.Value{v(), v(), v()}[:n.r.IntN(4)]...)
	case 19:
		out = hdl.Select(v(), []hdl.Value{v(), v(), v()}[:n.r.IntN(4)]...)
	case 20:
		out = hdl.OneHot(s, []hdl.Value{v(), v(), v()}[:n.r.IntN(4)]...)
	case 21:
		out = s.Named(n.name())
	case 22:
		q := n.m.Reg(n.name(), n.num(), hdl.Init(n.num()), hdl.Enable(v()))
		n.sets, out = append(n.sets, q.Set), q.Sig
	case 23:
		w := n.m.Wire(n.name(), n.num())
		n.sets, out = append(n.sets, w.Set), w.Sig
	case 24:
		out = n.m.RegNext(n.name(), v()).Sig
	case 25:
		mem := n.m.Mem(n.name(), min(n.num(), 1<<20), n.num())
		mem.Write(v(), v(), v())
		mem.WriteMask(v(), v(), v(), v())
		out = mem.ReadSync(n.name(), v(), v(), hdl.Collision(n.r.IntN(3)))
		n.sigs = append(n.sigs, mem.ReadAsync(v()))
	case 26:
		n.m.Assert(n.name(), v())
	case 27:
		hdl.Connect(s, v())
	case 28:
		out = hdl.Unpack[word](n.m, s).High
	case 29:
		out = n.m.Lit(n.num(), n.num())
	case 30:
		if depth > 0 {
			c := n.m.If(v(), n.body(depth))
			if n.r.IntN(2) == 0 {
				c.ElseIf(v(), n.body(depth))
			}
			if n.r.IntN(2) == 0 {
				c.Else(n.body(depth))
			}
		}
	case 31:
		if depth > 0 {
			arms := []hdl.SwitchArm{hdl.Case(v(), n.body(depth)), hdl.Cases([]hdl.Value{v(), v()}, n.body(depth)), hdl.Default(n.body(depth)), {}}
			n.m.Switch(v(), arms[n.r.IntN(3):][:n.r.IntN(2)]...)
		}
	case 32:
		st := hdl.NewFSM(n.m, n.name(), []state{idle, load, run, state(n.num())}[:n.r.IntN(5)]...)
		st.State(load, n.body(depth))
		st.Goto(idle)
		out = st.In(run)
	default:
		if len(n.sets) > 0 {
			n.sets[n.r.IntN(len(n.sets))](v())
		}
	}
	if n.fair && out.Width() == 0 || out.Width() > 1000 {
		return
	}
	n.sigs = append(n.sigs, out)
}

func (n *nasty) module() *hdl.Module {
	var away hdl.Sig
	hdl.New("away", nil, func(_ *hdl.M, io *pins) { away = io.A8.Sig })
	return hdl.New("nasty", CounterParams{Width: 4}, func(m *hdl.M, io *CounterIO) {
		n.m, n.sigs = m, []hdl.Sig{io.En.Sig, io.Q.Sig}
		if !n.fair {
			n.sigs = append(n.sigs, away, hdl.Sig{})
		}
		steps := 4 + n.r.IntN(20)
		if n.fair {
			steps = 1 + n.r.IntN(6)
		}
		for range steps {
			n.step(3)
		}
		io.Q.Set(hdl.K(1))
		io.Ovf.Set(io.En)
	})
}

// TestNothingPanics: whatever is called, Build gives a design that can be evaluated or reports that are sorted, distinct and
// placed in this file.
func TestNothingPanics(t *testing.T) {
	built := 0
	for seed := range uint64(4000) {
		n := &nasty{r: rand.New(rand.NewPCG(seed, 1)), fair: seed%2 == 0}
		d, err := hdl.Build(n.module())
		if err != nil {
			var list hdl.Diagnostics
			require.ErrorAs(t, err, &list, "seed %d", seed)
			require.NotEmpty(t, list)
			for i, d := range list {
				require.Contains(t, d.Pos.File, "nasty_test.go", "seed %d: %v", seed, d)
				require.NotEmpty(t, d.Fix)
				require.False(t, i > 0 && list[i-1].Error() == d.Error(), "seed %d: twice: %v", seed, d)
			}
			require.True(t, slices.IsSortedFunc(list, func(a, b hdl.Diagnostic) int { return a.Pos.Line - b.Pos.Line }))
			require.NotContains(t, err.Error(), "bad value", "seed %d: follows from another report", seed)
			continue
		}
		built++
		for _, m := range d.IR().Modules {
			for i := range m.Nodes {
				require.NotEqual(t, ir.Poison, m.Nodes[i].Op, "seed %d", seed)
			}
		}
	}
	require.Greater(t, built, 50)
}
