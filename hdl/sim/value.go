package sim

import (
	"fmt"
	"math/big"
	"reflect"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Bits is a value as limbs of 64 bits, low part first.
type Bits []uint64

// limbsOf turns a Go value into the bits of sig: integers of any type and *big.Int, which must fit with their
// sign, bool, Bits, and for an enumerated signal the name of a member.
func limbsOf(v any, sig *signal) ([]uint64, error) {
	if s, ok := v.(string); ok {
		return member(s, sig)
	}
	if i, ok := v.(int); ok && sig.width < 64 {
		// The common case without big numbers.
		if !sig.signed && i >= 0 && i < 1<<sig.width || sig.signed && int64(i) == signExtend(uint64(i), sig.width) {
			return []uint64{uint64(i) & (1<<sig.width - 1)}, nil
		}
	}
	n, err := number(v)
	if err != nil {
		return nil, err
	}
	lo, hi := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(sig.width))
	kind := "unsigned"
	if sig.signed {
		kind = "signed"
		hi.Rsh(hi, 1)
		lo.Neg(hi)
	}
	if n.Cmp(lo) < 0 || n.Cmp(hi) >= 0 {
		return nil, fmt.Errorf("%v does not fit %s, which is %d bits %s", n, sig.path, sig.width, kind)
	}
	if n.Sign() < 0 {
		n = new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), uint(sig.width)))
	}
	out := make([]uint64, ir.Limbs(sig.width))
	for i, word := range n.Bits() { // a Word is 64 bits on the machines that run this
		out[i] = uint64(word)
	}
	return out, nil
}

func number(v any) (*big.Int, error) {
	switch v := v.(type) {
	case *big.Int:
		return v, nil
	case Bits:
		return bigOf(v), nil
	case bool:
		if v {
			return big.NewInt(1), nil
		}
		return new(big.Int), nil
	}
	switch r := reflect.ValueOf(v); {
	case v == nil:
	case r.CanInt():
		return big.NewInt(r.Int()), nil
	case r.CanUint():
		return new(big.Int).SetUint64(r.Uint()), nil
	}
	return nil, fmt.Errorf("%T is no value of a signal: use an integer, bool, *big.Int or sim.Bits", v)
}

func member(name string, sig *signal) ([]uint64, error) {
	if sig.enum != nil {
		for i, m := range sig.enum.Members {
			if m == name {
				return []uint64{sig.enum.Values[i]}, nil
			}
		}
	}
	return nil, fmt.Errorf("%s has no value named %q", sig.path, name)
}

func bigOf(v []uint64) *big.Int {
	n := new(big.Int)
	for i := len(v) - 1; i >= 0; i-- {
		n.Or(n.Lsh(n, 64), new(big.Int).SetUint64(v[i]))
	}
	return n
}

// bigSigned reads v with the sign of sig.
func bigSigned(v []uint64, sig *signal) *big.Int {
	n := bigOf(v)
	if sig.signed && n.Bit(int(sig.width-1)) == 1 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(sig.width)))
	}
	return n
}

// signExtend reads the low width bits of v as a two's complement number.
func signExtend(v uint64, width int32) int64 {
	sh := uint(max(64-width, 0))
	return int64(v<<sh) >> sh
}

// text is v as people read it: the name of an enumerated value, a number with its sign, and hexadecimal
// beyond 64 bits.
func text(v []uint64, sig *signal) string {
	if sig.enum != nil {
		for i, x := range sig.enum.Values {
			if x == v[0] {
				return sig.enum.Members[i]
			}
		}
	}
	if sig.width > 64 {
		return fmt.Sprintf("0x%x", bigOf(v))
	}
	if sig.signed {
		return fmt.Sprint(signExtend(v[0], sig.width))
	}
	return fmt.Sprint(v[0])
}
