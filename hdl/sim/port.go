package sim

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
)

// A Port is a signal resolved once, for loops of a testbench: its methods neither look anything up nor
// allocate.
type Port struct {
	b    *Bench
	sig  *signal
	v    []uint64 // its slots
	lazy func()   // computes it, if nothing else does
	mask uint64   // of the low slot
}

// Port resolves a handle. From now on the signal is also kept in the history that failures show.
func (b *Bench) Port(h Handle) *Port {
	p := b.port(h)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return p
}

// port reports nothing itself: the public method that calls it does.
func (b *Bench) port(h Handle) *Port {
	switch h := h.(type) {
	case *Port:
		return h
	case string, hdl.Value: // these can be keys of a map, which not every value can
		if p, ok := b.ports[h]; ok {
			return p
		}
	}
	sig, err := b.resolve(h)
	if err != nil {
		b.fatal(err)
		sig = &signal{path: fmt.Sprint(h), input: -1, width: 1} // reads 0
		return &Port{b: b, sig: sig, v: []uint64{0}, mask: 1}
	}
	p := b.portOf(sig)
	b.ports[h] = p
	return p
}

func (b *Bench) portOf(sig *signal) *Port {
	for _, p := range b.history.ports { // handle, path and _o of one signal are one port
		if p.sig.node == sig.node && p.sig.path == sig.path {
			return p
		}
	}
	p := b.newPort(sig)
	b.history.add(p, b.cycle)
	return p
}

func (b *Bench) newPort(sig *signal) *Port {
	p := &Port{b: b, sig: sig, mask: ^uint64(0)}
	slot, ok := b.engine.Slot(sig.node)
	if !ok {
		p.lazy = b.engine.Lazily(sig.node)
		slot, _ = b.engine.Slot(sig.node)
	}
	n := (int(sig.width) + 63) / 64
	p.v = b.engine.Values()[slot : slot+n : slot+n]
	if sig.width < 64 {
		p.mask >>= uint(64 - sig.width)
	}
	return p
}

// Path is where the signal is in the hierarchy.
func (p *Port) Path() string { return p.sig.path }

// Width is the number of bits.
func (p *Port) Width() int { return int(p.sig.width) }

func (p *Port) settle() {
	if p.b.stale {
		p.b.settle()
	}
	if p.lazy != nil {
		p.lazy()
	}
}

// Get is the value in the present cycle, of which it is the low 64 bits.
func (p *Port) Get() uint64 {
	p.settle()
	return p.v[0]
}

// GetInt is the value as a number of the signal's sign; the signal has at most 64 bits.
func (p *Port) GetInt() int64 {
	p.settle()
	if p.sig.signed {
		return signExtend(p.v[0], p.sig.width)
	}
	return int64(p.v[0])
}

// GetLimbs is the whole value, low limb first. The slice is the simulator's own: it is not to be written, and
// what it shows is right until the next Set or Step.
func (p *Port) GetLimbs() []uint64 {
	p.settle()
	return p.v
}

// Set drives an input with v, which must fit its width.
func (p *Port) Set(v uint64) {
	if p.sig.input < 0 || v&^p.mask != 0 || len(p.v) > 1 {
		p.setLimbs([]uint64{v})
		if p.b.pending != nil {
			p.b.tb.Helper()
			p.b.report()
		}
		return
	}
	if p.v[0] != v {
		p.v[0] = v
		p.b.engine.InputChanged(p.sig.input)
		p.b.stale = true
	}
}

// SetInt drives an input with v, which must fit its width and sign.
func (p *Port) SetInt(v int64) {
	if p.sig.signed && p.sig.input >= 0 && len(p.v) == 1 && signExtend(uint64(v), p.sig.width) == v {
		p.Set(uint64(v) & p.mask)
		return
	}
	if l, err := limbsOf(v, p.sig); err != nil {
		p.b.fatal(err)
	} else {
		p.setLimbs(l)
	}
	if p.b.pending != nil {
		p.b.tb.Helper()
		p.b.report()
	}
}

// SetLimbs drives an input with a value of any width, low limb first; limbs left out are zero.
func (p *Port) SetLimbs(v ...uint64) {
	p.setLimbs(v)
	if p.b.pending != nil {
		p.b.tb.Helper()
		p.b.report()
	}
}

func (p *Port) setLimbs(v []uint64) {
	switch {
	case p.sig.input < 0:
		p.b.fatal(fmt.Errorf("%s is no input of the top module and cannot be driven", p.sig.path))
	case bigOf(v).BitLen() > int(p.sig.width):
		p.b.fatal(fmt.Errorf("0x%x does not fit %s, which is %d bits", bigOf(v), p.sig.path, p.sig.width))
	default:
		clear(p.v)
		copy(p.v, v)
		p.b.engine.InputChanged(p.sig.input)
		p.b.stale = true
	}
}
