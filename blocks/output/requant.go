package output

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
)

// ScalerIO is the interface of the requantiser of one column.
type ScalerIO struct {
	Advance hdl.In  `hdl:"1"         doc:"the pipeline moves"`
	Acc     hdl.In  `hdl:"32,signed" doc:"accumulator"`
	Mult    hdl.In  `hdl:"16"        doc:"multiplier"`
	Shift   hdl.In  `hdl:"6"         doc:"right shift, 0 to 47"`
	Raw     hdl.Out `hdl:"32"        doc:"the accumulator, one step later"`
	Int8    hdl.Out `hdl:"8"         doc:"the requantised value, one step later"`
}

// Scaler requantises one column: saturate_int8((acc x mult + 2^(shift-1)) >> shift), with a register behind the product.
// The rounding term is added after the shift by one place less, which gives the same value with a narrower adder.
func Scaler() *hdl.Module {
	return hdl.New("scaler", nil, func(m *hdl.M, io *ScalerIO) {
		m.Doc("Requantiser of one column: (acc x mult + rounding) >> shift, saturated to int8.")
		raw := m.RegNext("raw", io.Acc, hdl.NoReset(), hdl.Enable(io.Advance))
		product := m.RegNext("product", io.Acc.Mul(io.Mult.Zext(17).AsSigned()), hdl.NoReset(), hdl.Enable(io.Advance))
		doubled := hdl.Cat(product, m.Lit(1, 0)).AsSigned().Named("doubled")
		rounded := doubled.Shr(io.Shift).Sext(51).Add(hdl.K(1)).Shr(hdl.K(1)).Named("rounded")
		over := rounded.Gt(hdl.K(127)).Named("over")
		under := rounded.Lt(hdl.K(-128)).Named("under")
		io.Int8.Set(hdl.Mux(over, hdl.K(0x7f), hdl.Mux(under, hdl.K(0x80), rounded.Slice(7, 0))))
		io.Raw.Set(raw.AsUnsigned())
	})
}

// scale requantises a word of columns; it returns the raw word and the int8 columns, one step later.
func scale(m *hdl.M, p Params, advance, word hdl.Sig, mult, shift hdl.In) (raw, int8s hdl.Sig) {
	raws, bytes := make([]hdl.Value, p.AccWord), make([]hdl.Value, p.AccWord)
	mod := Scaler()
	for i := range p.AccWord {
		u := hdl.Inst[ScalerIO](m, fmt.Sprintf("u_scale_%d", i), mod)
		hdl.Connect(u.Advance, advance)
		hdl.Connect(u.Acc, word.Slice(32*i+31, 32*i).AsSigned())
		hdl.Connect(u.Mult, mult)
		hdl.Connect(u.Shift, shift)
		raws[p.AccWord-1-i], bytes[p.AccWord-1-i] = u.Raw, u.Int8
	}
	return hdl.Cat(raws...), hdl.Cat(bytes...)
}
