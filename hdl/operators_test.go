package hdl_test

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

// operands are the inputs of one operator: two unsigned and two signed bytes, an index and a bit.
type operands struct {
	A, B hdl.In  `hdl:"8"`
	S, T hdl.In  `hdl:"8,signed"`
	I    hdl.In  `hdl:"3"`
	C    hdl.In  `hdl:"1"`
	Q    hdl.Out `hdl:"24"`
}

// TestOperators checks each operator on random values against its meaning in Go, on 24 bits.
func TestOperators(t *testing.T) {
	type in struct {
		a, b uint64
		s, t int64
		i, c uint64
	}
	tests := map[string]struct {
		sig  func(io *operands) hdl.Sig
		want func(x in) uint64
	}{
		"And":        {func(io *operands) hdl.Sig { return io.A.And(io.B) }, func(x in) uint64 { return x.a & x.b }},
		"Or":         {func(io *operands) hdl.Sig { return io.A.Or(io.B) }, func(x in) uint64 { return x.a | x.b }},
		"Xor":        {func(io *operands) hdl.Sig { return io.A.Xor(io.B) }, func(x in) uint64 { return x.a ^ x.b }},
		"Not":        {func(io *operands) hdl.Sig { return io.A.Not() }, func(x in) uint64 { return x.a ^ 255 }},
		"Neg":        {func(io *operands) hdl.Sig { return io.S.Neg() }, func(x in) uint64 { return uint64(int8(-x.s)) }},
		"Add":        {func(io *operands) hdl.Sig { return io.A.Add(io.B) }, func(x in) uint64 { return (x.a + x.b) & 255 }},
		"AddC":       {func(io *operands) hdl.Sig { return io.A.AddC(io.B) }, func(x in) uint64 { return x.a + x.b }},
		"AddCSigned": {func(io *operands) hdl.Sig { return io.S.AddC(io.T) }, func(x in) uint64 { return uint64(x.s + x.t) }},
		"Sub":        {func(io *operands) hdl.Sig { return io.A.Sub(io.B) }, func(x in) uint64 { return (x.a - x.b) & 255 }},
		"Mul":        {func(io *operands) hdl.Sig { return io.A.Mul(io.B) }, func(x in) uint64 { return x.a * x.b }},
		"MulSigned":  {func(io *operands) hdl.Sig { return io.S.Mul(io.T) }, func(x in) uint64 { return uint64(x.s * x.t) }},
		"MulNarrow":  {func(io *operands) hdl.Sig { return io.A.Mul(io.I) }, func(x in) uint64 { return x.a * x.i }},
		"MulK":       {func(io *operands) hdl.Sig { return io.S.Mul(hdl.K(-3)) }, func(x in) uint64 { return uint64(x.s * -3) }},
		"Eq":         {func(io *operands) hdl.Sig { return io.A.Eq(io.B) }, func(x in) uint64 { return bit(x.a == x.b) }},
		"Ne":         {func(io *operands) hdl.Sig { return io.A.Ne(io.B) }, func(x in) uint64 { return bit(x.a != x.b) }},
		"Lt":         {func(io *operands) hdl.Sig { return io.A.Lt(io.B) }, func(x in) uint64 { return bit(x.a < x.b) }},
		"Le":         {func(io *operands) hdl.Sig { return io.A.Le(io.B) }, func(x in) uint64 { return bit(x.a <= x.b) }},
		"Gt":         {func(io *operands) hdl.Sig { return io.A.Gt(io.B) }, func(x in) uint64 { return bit(x.a > x.b) }},
		"Ge":         {func(io *operands) hdl.Sig { return io.A.Ge(io.B) }, func(x in) uint64 { return bit(x.a >= x.b) }},
		"LtSigned":   {func(io *operands) hdl.Sig { return io.S.Lt(io.T) }, func(x in) uint64 { return bit(x.s < x.t) }},
		"GeSigned":   {func(io *operands) hdl.Sig { return io.S.Ge(io.T) }, func(x in) uint64 { return bit(x.s >= x.t) }},
		"LtK":        {func(io *operands) hdl.Sig { return io.S.Lt(hdl.K(-5)) }, func(x in) uint64 { return bit(x.s < -5) }},
		"All":        {func(io *operands) hdl.Sig { return io.I.All() }, func(x in) uint64 { return bit(x.i == 7) }},
		"Any":        {func(io *operands) hdl.Sig { return io.I.Any() }, func(x in) uint64 { return bit(x.i != 0) }},
		"Parity":     {func(io *operands) hdl.Sig { return io.I.Parity() }, func(x in) uint64 { return (x.i ^ x.i>>1 ^ x.i>>2) & 1 }},
		"AsSigned":   {func(io *operands) hdl.Sig { return io.A.AsSigned() }, func(x in) uint64 { return uint64(int8(x.a)) }},
		"AsUnsigned": {func(io *operands) hdl.Sig { return io.S.AsUnsigned() }, func(x in) uint64 { return uint64(uint8(x.s)) }},
		"Slice":      {func(io *operands) hdl.Sig { return io.A.Slice(6, 2) }, func(x in) uint64 { return x.a >> 2 & 31 }},
		"SliceAll":   {func(io *operands) hdl.Sig { return io.S.Slice(7, 0) }, func(x in) uint64 { return uint64(uint8(x.s)) }},
		"Bit":        {func(io *operands) hdl.Sig { return io.A.Bit(3) }, func(x in) uint64 { return x.a >> 3 & 1 }},
		"TruncKeeps": {func(io *operands) hdl.Sig { return io.S.Trunc(4) }, func(x in) uint64 { return uint64(extend(uint64(x.s)&15, 4)) }},
		"Zext":       {func(io *operands) hdl.Sig { return io.S.Zext(12) }, func(x in) uint64 { return uint64(uint8(x.s)) }},
		"Sext":       {func(io *operands) hdl.Sig { return io.A.Sext(12) }, func(x in) uint64 { return uint64(int8(x.a)) & 0xfff }},
		"Grow":       {func(io *operands) hdl.Sig { return io.S.Grow(2) }, func(x in) uint64 { return uint64(x.s) }},
		"Resize":     {func(io *operands) hdl.Sig { return io.S.Resize(12) }, func(x in) uint64 { return uint64(x.s) }},
		"ResizeLess": {func(io *operands) hdl.Sig { return io.A.Resize(3) }, func(x in) uint64 { return x.a & 7 }},
		"Repeat":     {func(io *operands) hdl.Sig { return io.I.Repeat(3) }, func(x in) uint64 { return x.i<<6 | x.i<<3 | x.i }},
		"Shl":        {func(io *operands) hdl.Sig { return io.A.Shl(io.B) }, func(x in) uint64 { return x.a << x.b & 255 }},
		"ShlK":       {func(io *operands) hdl.Sig { return io.A.Shl(hdl.K(3)) }, func(x in) uint64 { return x.a << 3 & 255 }},
		"Shr":        {func(io *operands) hdl.Sig { return io.A.Shr(io.I) }, func(x in) uint64 { return x.a >> x.i }},
		"ShrSigned":  {func(io *operands) hdl.Sig { return io.S.Shr(io.B) }, func(x in) uint64 { return uint64(x.s >> x.b) }},
		"Mux":        {func(io *operands) hdl.Sig { return hdl.Mux(io.C, io.S, hdl.K(-1)) }, func(x in) uint64 { return uint64(x.s | (int64(x.c) - 1)) }},
		"Cat":        {func(io *operands) hdl.Sig { return hdl.Cat(io.A, io.C, io.S) }, func(x in) uint64 { return x.a<<9 | x.c<<8 | uint64(uint8(x.s)) }},
		"Select": { // past the last value, the last
			func(io *operands) hdl.Sig { return hdl.Select(io.I, hdl.K(1), io.A, io.B, hdl.K(9), io.B.Not()) },
			func(x in) uint64 { return []uint64{1, x.a, x.b, 9, x.b ^ 255}[min(x.i, 4)] },
		},
		"PopCount": {func(io *operands) hdl.Sig { return hdl.PopCount(io.A.Sig) }, func(x in) uint64 { return uint64(bits.OnesCount64(x.a)) }},
		"Lowest":   {func(io *operands) hdl.Sig { return hdl.Lowest(io.A.Sig) }, func(x in) uint64 { return x.a & -x.a }},
		"Encode": { // of one bit, its number; of none, 0
			func(io *operands) hdl.Sig { return hdl.Encode(hdl.Lowest(io.A.Sig)) },
			func(x in) uint64 { return uint64(bits.TrailingZeros64(x.a|256)) & 7 },
		},
		"EncodeOne": {func(io *operands) hdl.Sig { return hdl.Encode(io.C.Sig) }, func(in) uint64 { return 0 }},
		"SelectOne": {func(io *operands) hdl.Sig { return hdl.Select(io.I, io.A) }, func(x in) uint64 { return x.a }},
		"OneHot": { // the or of those selected
			func(io *operands) hdl.Sig { return hdl.OneHot(io.I.Sig, io.A, hdl.K(200), io.B) },
			func(x in) uint64 { return (x.i & 1 * x.a) | (x.i >> 1 & 1 * 200) | (x.i >> 2 * x.b) },
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			x := start(t, hdl.New("op", nil, func(_ *hdl.M, io *operands) {
				s := c.sig(io)
				io.Q.Set(s.Extend(24).AsUnsigned())
			}))
			r := rand.New(rand.NewPCG(1, 2))
			for range 200 {
				v := in{a: r.Uint64N(256), b: r.Uint64N(256), i: r.Uint64N(8), c: r.Uint64N(2)}
				v.s, v.t = int64(r.Uint64N(256))-128, int64(r.Uint64N(256))-128
				if r.IntN(4) == 0 {
					v.b = v.a
				}
				for name, u := range map[string]uint64{"a": v.a, "b": v.b, "s": uint64(v.s), "t": uint64(v.t), "i": v.i, "c": v.c} {
					x.set(name, u)
				}
				require.Equal(t, c.want(v)&0xffffff, x.get("q"), "%+v", v)
			}
		})
	}
}

// TestSignOfResults: what is signed stays so, except for slices, concatenations and comparisons.
func TestSignOfResults(t *testing.T) {
	hdl.New("signs", nil, func(m *hdl.M, io *operands) {
		for _, s := range []hdl.Sig{io.S.Add(io.T), io.S.Mul(io.T), io.S.Not(), io.S.Neg(), io.S.Trunc(3), io.S.Sext(12), io.S.Shr(io.I), hdl.Mux(io.C, io.S, io.T), m.Reg("r", 4, hdl.Signed()).Sig, m.SignedWire("w", 4).Sig} {
			require.True(t, s.Signed())
		}
		for _, s := range []hdl.Sig{io.S.Slice(7, 0), io.S.Bit(7), io.S.Eq(io.T), io.S.Lt(io.T), io.S.Any(), io.S.Repeat(2), hdl.Cat(io.S, io.T), hdl.OneHot(io.C.Sig, io.S), io.S.AsUnsigned()} {
			require.False(t, s.Signed())
		}
	})
}

// TestWidthOfResults: growth is where it is asked for, and nowhere else.
func TestWidthOfResults(t *testing.T) {
	hdl.New("widths", nil, func(_ *hdl.M, io *operands) {
		for want, s := range map[int]hdl.Sig{8: io.A.Add(io.B), 9: io.A.AddC(io.B), 16: io.A.Mul(io.B), 11: io.A.Mul(io.I), 1: io.A.Eq(io.B), 10: io.A.Grow(2), 12: io.I.Repeat(4), 17: hdl.Cat(io.A, io.C, io.B)} {
			require.Equal(t, want, s.Width())
		}
	})
	for n, want := range map[int]int{-1: 1, 0: 1, 1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 8: 3, 9: 4, 1 << 40: 40, 1<<63 - 1: 63} {
		require.Equal(t, want, hdl.Clog2(n), "Clog2(%d)", n)
	}
}
