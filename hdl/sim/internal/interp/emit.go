package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// emit turns the operands of the picked instructions from nodes into slots.
func (l *loader) emit() {
	m := l.Machine
	m.mems = make([]memory, len(l.nl.Mems))
	for i := range l.nl.Mems {
		m.mems[i] = newMemory(&l.nl.Mems[i])
	}
	picks := l.cutter.picks
	m.code = make([]instr, len(picks))
	for i := range l.blocks { // results first, in the order of execution
		for j := l.blocks[i].lo; j < l.blocks[i].hi; j++ {
			p := &picks[j]
			p.in.dst = l.of(l.prep, p.id) + p.dst
			n := uint32(1)
			if p.in.op == opGeneric {
				n = uint32(limbs(l.prep.nodes[p.id].Width))
			}
			for k := range n {
				l.by[p.in.dst+k] = int32(i)
			}
		}
	}
	for _, t := range l.picks.tables {
		m.tables = append(m.tables, l.of(l.prep, t.id)+t.limb)
	}
	for _, p := range l.picks.parts {
		p.slot = l.of(l.prep, p.id) + p.limb
		m.parts = append(m.parts, p.catPart)
	}
	for i := range picks {
		m.code[i] = picks[i].in
		l.emitOne(&m.code[i], &picks[i])
	}
}

func (l *loader) emitOne(in *instr, p *pick) {
	if in.op == opGeneric {
		in.a = uint32(len(l.wide))
		l.wide = append(l.wide, l.bindWide(p.id))
		return
	}
	in.eachOperand(func(a *uint32) { *a = l.of(l.prep, flat.ID(*a)) })
	n := operands[in.op]
	if n > 0 {
		in.a += p.limb[0]
	}
	if n > 1 {
		in.b += p.limb[1]
	}
	if n > 2 {
		in.c += p.limb[2]
	}
	if in.op == opSlice || in.op == opSlice2 {
		in.a += in.c
	}
}

// bindWide makes the generic form of a node over the machine's slots.
func (m *Machine) bindWide(id flat.ID) generic {
	p := m.prep
	n := &p.nodes[id]
	g := p.bind(n, m.slice(m.of(p, id), n.Width), func(a flat.ID) []uint64 {
		a = p.repl[a]
		return m.slice(m.of(p, p.plain(a)), p.nodes[a].Width)
	})
	if n.Op == ir.MemRead {
		g.mem = &m.mems[p.nl.Reads[n.X].Mem]
	}
	return g
}

// bindState fills in the resets, inputs and memory ports, whose slots and fans are all known now.
func (l *loader) bindState() {
	m, nl, p := l.Machine, l.nl, l.prep
	for i := range nl.Regs {
		if r := &nl.Regs[i]; r.HasReset {
			m.resets = append(m.resets, reset{l.at[r.Q], fit(r.Init, p.nodes[r.Q].Width)})
		}
	}
	for _, in := range nl.Inputs {
		m.inputFan = append(m.inputFan, l.fanOf[l.at[in.Node]])
	}
	l.bindPorts()
}

func (l *loader) bindPorts() {
	m, nl, p := l.Machine, l.nl, l.prep
	addrN := func(id flat.ID) int { return limbs(p.nodes[l.root(id)].Width) }
	for i := range nl.Mems {
		fm := &nl.Mems[i]
		for _, w := range fm.Writes {
			port := writePort{en: m.one, addr: l.slot(w.Addr), data: l.slot(w.Data), addrN: addrN(w.Addr)}
			if w.En != 0 {
				port.en = l.slot(w.En)
			}
			if w.Mask != 0 {
				port.mask = l.slot(w.Mask)
				port.maskBits = p.nodes[w.Mask].Width
				port.maskedBits = fm.Width / port.maskBits
			}
			m.mems[i].writes = append(m.mems[i].writes, port)
		}
	}
	for i := range nl.Reads {
		r := &nl.Reads[i]
		if !r.Sync {
			continue
		}
		port := readPort{
			index: int32(i), forbidden: r.Collision == ir.Forbidden, en: m.one,
			addr: l.slot(r.Addr), addrN: addrN(r.Addr),
			q: l.at[r.Node], next: l.take(p.nodes[r.Node].Width), fan: l.fanOf[l.at[r.Node]],
		}
		if r.En != 0 {
			port.en = l.slot(r.En)
		}
		mem := &m.mems[r.Mem]
		mem.reads = append(mem.reads, port)
	}
}
