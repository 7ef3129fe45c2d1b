package interp

import "github.com/sparsegen/sparsegen/hdl/internal/flat"

// A memory is the contents of one flat.Mem, word after word.
type memory struct {
	words  []uint64
	depth  uint64
	width  int32
	limbs  int
	fan    uint32 // blocks with asynchronous reads
	writes []writePort
	reads  []readPort // synchronous
}

// A writePort's fields are slots; mask 0 stands for none.
type writePort struct {
	en                   uint32
	addr, data, mask     uint32
	addrN                int
	maskBits, maskedBits int32 // bits in the mask, and data bits under each
}

// A readPort is a synchronous read: next holds the word between the read and the update of q.
type readPort struct {
	index     int32 // in Netlist.Reads
	forbidden bool
	en, addr  uint32
	addrN     int
	q         uint32
	next      uint32
	fan       uint32
}

func newMemory(fm *flat.Mem) memory {
	n := limbs(fm.Width)
	m := memory{words: make([]uint64, n*int(fm.Depth)), depth: uint64(fm.Depth), width: fm.Width, limbs: n}
	m.load(fm)
	return m
}

func (m *memory) load(fm *flat.Mem) {
	clear(m.words)
	for i, v := range fm.Init {
		if i < int(fm.Depth) {
			copy(m.words[i*m.limbs:], fit(v, fm.Width))
		}
	}
}

// word is the word at an address; nil past the depth.
func (m *memory) word(addr []uint64) []uint64 {
	if addr[0] >= m.depth || !isZero(addr[1:]) {
		return nil
	}
	i := int(addr[0]) * m.limbs
	return m.words[i : i+m.limbs]
}

// write puts data into the bits of w that the mask enables, and reports whether w changed.
func (p *writePort) write(w, data, mask []uint64) bool {
	changed := false
	if p.mask == 0 {
		for i, v := range data {
			changed = changed || w[i] != v
			w[i] = v
		}
		return changed
	}
	for i := range p.maskBits {
		if !bitOf(mask, i) {
			continue
		}
		for b := i * p.maskedBits; b < (i+1)*p.maskedBits; {
			// One step covers the bits up to the end of the group or of the limb.
			n := min(64-b&63, (i+1)*p.maskedBits-b)
			m := maskOf(n) << uint(b&63)
			v := w[b>>6]&^m | data[b>>6]&m
			changed = changed || w[b>>6] != v
			w[b>>6] = v
			b += n
		}
	}
	return changed
}
