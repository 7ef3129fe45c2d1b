package sim

import (
	"fmt"
	"math/big"
)

// word finds a word of a memory by path.
func (b *Bench) word(path string, addr int) (mem int, w []uint64, sig *signal, err error) {
	if b.mems == nil {
		b.mems = make(map[string]int, len(b.nl.Mems))
		for i := range b.nl.Mems {
			b.mems[b.nl.Mems[i].Path] = i
		}
	}
	mem, ok := b.mems[path]
	if !ok {
		return 0, nil, nil, fmt.Errorf("no memory %q in %s", path, b.top())
	}
	m := &b.nl.Mems[mem]
	if addr < 0 || addr >= int(m.Depth) {
		return 0, nil, nil, fmt.Errorf("address %d is outside memory %s of %d words", addr, path, m.Depth)
	}
	return mem, b.engine.Word(mem, addr), &signal{path: path, width: m.Width}, nil
}

// ReadMem is a word of the memory at a path such as "u_fifo.mem"; of a wide one it is the low 64 bits.
func (b *Bench) ReadMem(path string, addr int) uint64 {
	_, w, _, err := b.word(path, addr)
	if err != nil {
		b.fatal(err)
		b.tb.Helper()
		b.report()
		return 0
	}
	return w[0]
}

// ReadMemBig is a word of any width.
func (b *Bench) ReadMemBig(path string, addr int) *big.Int {
	_, w, _, err := b.word(path, addr)
	if err != nil {
		b.fatal(err)
		b.tb.Helper()
		b.report()
		return new(big.Int)
	}
	return bigOf(w)
}

// WriteMem puts v, as for Poke but never negative, into a word of a memory.
func (b *Bench) WriteMem(path string, addr int, v any) {
	mem, w, sig, err := b.word(path, addr)
	if err == nil {
		var l []uint64
		if l, err = limbsOf(v, sig); err == nil {
			copy(w, l)
			b.engine.WordChanged(mem)
			b.stale = true
			return
		}
	}
	b.fatal(err)
	b.tb.Helper()
	b.report()
}
