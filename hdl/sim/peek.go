package sim

import (
	"fmt"
	"math/big"
)

// Poke drives an input of the top module from now on. v is an integer of any type, a bool, a *big.Int or
// Bits; it must fit, and may be negative where the input is signed.
func (b *Bench) Poke(h Handle, v any) {
	p := b.port(h)
	if l, err := limbsOf(v, p.sig); err != nil {
		b.fatal(err)
	} else {
		p.setLimbs(l)
	}
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
}

// Peek is the value of a signal in the present cycle; of a wide one it is the low 64 bits.
func (b *Bench) Peek(h Handle) uint64 {
	v := b.port(h).Get()
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return v
}

// PeekInt is the value with its sign, for signals of up to 64 bits.
func (b *Bench) PeekInt(h Handle) int64 {
	v := b.port(h).GetInt()
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return v
}

// PeekBig is the value with its sign, of any width.
func (b *Bench) PeekBig(h Handle) *big.Int {
	p := b.port(h)
	v := bigSigned(p.GetLimbs(), p.sig)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return v
}

// PeekPath is Peek of a named signal anywhere in the hierarchy, such as "u_lane0.acc".
func (b *Bench) PeekPath(path string) uint64 {
	v := b.port(path).Get()
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return v
}

// PeekName is the value as people read it: the name of an enumerated value, else a number.
func (b *Bench) PeekName(h Handle) string {
	p := b.port(h)
	v := text(p.GetLimbs(), p.sig)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return v
}

// Expect checks that a signal has the value v, which may be the name of an enumerated value. A failure shows
// where and when, and the last cycles of the ports and of the signal.
func (b *Bench) Expect(h Handle, v any) bool {
	ok := b.expect(b.port(h), v)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return ok
}

func (b *Bench) expect(p *Port, v any) bool {
	want, err := limbsOf(v, p.sig)
	if err != nil {
		b.fatal(err)
		return false
	}
	got := p.GetLimbs()
	if same(got, want) {
		return true
	}
	from := ""
	if pos := b.declared(p.sig); pos != "" {
		from = "\n" + p.sig.path + " is declared at " + pos
	}
	b.fail(fmt.Errorf("%s at cycle %d: got %s, want %s%s\n%s", p.sig.path, b.cycle,
		both(got, p.sig), both(want, p.sig), from, b.lastCycles(p)))
	return false
}

// both adds the hexadecimal digits where the number alone hides the bits.
func both(v []uint64, sig *signal) string {
	s := text(v, sig)
	if sig.enum != nil || sig.width > 4 && sig.width <= 64 {
		s += fmt.Sprintf(" (0x%x)", v[0])
	}
	return s
}
