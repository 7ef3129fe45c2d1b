package interp

import (
	"math/bits"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// emit turns the operands of the picked instructions from nodes into slots.
func (l *loader) emit() {
	m := l.Machine
	m.mems = make([]memory, len(l.nl.Mems))
	for i := range l.nl.Mems {
		m.mems[i] = newMemory(&l.nl.Mems[i])
		m.mems[i].fan = l.fanOf[len(l.prep.nodes)+i]
	}
	m.code = make([]instr, len(l.picks.picks))
	m.tables = make([]uint32, len(l.picks.tables))
	for i := range l.picks.picks { // results first, in the order of execution
		k := &l.picks.picks[i]
		k.in.dst = l.of(l.prep, k.id)
		k.in.fan = l.fanOf[k.id]
	}
	for i, id := range l.picks.tables {
		m.tables[i] = l.of(l.prep, id)
	}
	for i := range l.picks.picks {
		m.code[i] = l.picks.picks[i].in
		in := &m.code[i]
		if in.op == opGeneric {
			in.a = uint32(len(m.wide))
			m.wide = append(m.wide, l.bindWide(l.picks.picks[i].id))
		} else {
			in.eachOperand(func(a *uint32) { *a = l.of(l.prep, flat.ID(*a)) })
			if in.op == opSlice || in.op == opSlice2 {
				in.a += in.c
			}
		}
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

// bindState fills in the registers, checks and memory ports, whose slots are all known now.
func (l *loader) bindState() {
	m, nl, p := l.Machine, l.nl, l.prep
	nobody := uint32(len(m.blocks)+63) &^ 63
	for i := range m.blocks {
		b := &m.blocks[i]
		order := l.regOrder[b.regsLo:b.regsHi]
		move := b.movesLo
		b.regsLo, b.wideLo = int32(len(m.regs)), int32(len(m.wregs))
		for _, r := range order {
			q, d := nl.Regs[r].Q, l.slot(nl.Regs[r].D)
			if move < b.movesHi {
				d = m.moves[move].to
				move++
			}
			if n := limbs(p.nodes[q].Width); n > 1 {
				m.wregs = append(m.wregs, wideReg{l.at[q], d, uint32(n), l.fanOf[q]})
				continue
			}
			reader, fan := l.reader(l.fanOf[q], nobody)
			m.regs = append(m.regs, reg{l.at[q], d, reader, fan})
		}
		b.regsHi, b.wideHi = int32(len(m.regs)), int32(len(m.wregs))
	}
	for i := range nl.Regs {
		if r := &nl.Regs[i]; r.HasReset {
			m.resets = append(m.resets, reset{l.at[r.Q], fit(r.Init, p.nodes[r.Q].Width)})
		}
	}
	for i, c := range l.checkArgs {
		k := check{en: m.one, cond: l.of(p, c[1]), index: int32(i)}
		if c[0] != 0 {
			k.en = l.of(p, c[0])
		}
		m.checks = append(m.checks, k)
	}
	for _, in := range nl.Inputs {
		m.inputFan = append(m.inputFan, l.fanOf[in.Node])
	}
	l.bindPorts()
}

// reader is the only block of a fan; if there are more, the fan is returned as well.
func (l *loader) reader(f, nobody uint32) (reader, rest uint32) {
	if f == 0 {
		return nobody, 0
	}
	k := l.marks[l.fans[f].lo]
	if l.fans[f].hi-l.fans[f].lo > 1 || k.mask&(k.mask-1) != 0 {
		rest = f
	}
	return k.word<<6 | uint32(bits.TrailingZeros64(k.mask)), rest
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
			q: l.at[r.Node], next: l.take(p.nodes[r.Node].Width), fan: l.fanOf[r.Node],
		}
		if r.En != 0 {
			port.en = l.slot(r.En)
		}
		mem := &m.mems[r.Mem]
		mem.reads = append(mem.reads, port)
	}
}
