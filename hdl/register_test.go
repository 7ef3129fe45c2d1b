package hdl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestRegisters: initial values, signed ones too, enables, and registers out of reset.
func TestRegisters(t *testing.T) {
	x := start(t, hdl.New("registers", nil, func(m *hdl.M, io *memoryIO) {
		a := m.Reg("a", 8, hdl.Signed(), hdl.Init(-3))
		a.Set(io.WData.AsSigned())
		b := m.Reg("b", 8, hdl.Enable(io.C), hdl.Init(9))
		b.Set(b.Add(hdl.K(1)))
		c := m.RegNext("c", io.WData, hdl.NoReset())
		m.Reg("held", 8, hdl.Init(4))
		d := m.Reg("d", 8, hdl.Enable(io.C))
		m.If(io.WEn, func() { d.Set(io.WData) })
		inside := hdl.Reg{}
		m.If(io.WEn, func() { inside = m.RegNext("inside", io.WData) })
		m.If(io.REn, func() { inside.Set(hdl.K(0)) }) // a later Set wins over what RegNext does
		io.Q.Set(a.AsUnsigned().Xor(b).Xor(c).Xor(d).Xor(inside))
	}))
	require.Equal(t, []uint64{0xfd, 9, 0, 4}, []uint64{x.get("a"), x.get("b"), x.get("c"), x.get("held")})
	x.set("w_data", 50)
	x.set("w_en", 1)
	x.step()
	require.Equal(t, []uint64{50, 9, 50, 4, 0, 50}, []uint64{x.get("a"), x.get("b"), x.get("c"), x.get("held"), x.get("d"), x.get("inside")})
	x.set("c", 1)
	x.set("w_data", 60)
	x.step()
	x.set("w_en", 0)
	x.set("w_data", 70)
	x.step()
	require.Equal(t, []uint64{11, 70, 4, 60, 70}, []uint64{x.get("b"), x.get("c"), x.get("held"), x.get("d"), x.get("inside")})
	x.set("r_en", 1)
	x.step()
	require.Zero(t, x.get("inside"))
	reset := map[string]bool{}
	for _, r := range x.nl.Top.Regs {
		reset[r.Name] = r.HasReset
	}
	require.Equal(t, map[string]bool{"a": true, "b": true, "c": false, "held": true, "d": true, "inside": true}, reset)
}
