package interp

import "github.com/sparsegen/sparsegen/hdl/internal/flat"

// This file hangs the work of the edge on blocks, so that it is skipped with them.

// layRegisters hangs each limb of a register on the block that computes its next value. A next value that is
// itself state is copied first, as it may change at the same edge.
func (l *loader) layRegisters() {
	type job struct{ q, d uint32 }
	var jobs []job
	for i := range l.nl.Regs {
		r := &l.nl.Regs[i]
		q, d := l.at[r.Q], l.slot(r.D)
		if q == d {
			continue // never changes but by a reset
		}
		for k := range uint32(limbs(l.prep.nodes[r.Q].Width)) {
			j := job{q + k, d + k}
			if l.by[j.d] < 0 {
				j.d = l.extra(instr{op: opCopy, a: j.d})
			}
			jobs = append(jobs, j)
		}
	}
	count := make([]int32, len(l.blocks)+1)
	for _, j := range jobs {
		count[l.by[j.d]+1]++
	}
	for b := range l.blocks {
		count[b+1] += count[b]
		l.blocks[b].regsLo, l.blocks[b].regsHi = count[b], count[b]
	}
	l.regs = make([]reg, len(jobs))
	for _, j := range jobs {
		b := &l.blocks[l.by[j.d]]
		l.regs[b.regsHi] = reg(j)
		b.regsHi++
	}
}

// layChecks makes an instruction for each assertion, which says whether it fails.
func (l *loader) layChecks() {
	for i := range l.nl.Asserts {
		a := &l.nl.Asserts[i]
		in := instr{op: opAndNot, a: l.one, b: l.slot(a.Cond)}
		if a.En != 0 {
			in.a = l.slot(a.En)
		}
		fails := l.extra(in)
		b := &l.blocks[len(l.blocks)-1]
		if b.chkLo == b.chkHi {
			b.chkLo, b.chkHi = int32(i), int32(i)
		}
		b.chkHi++
		l.checks = append(l.checks, check{fails, int32(i)})
	}
}

// extra adds an instruction to the last block, if that is one of such, or to a new one, and returns its slot.
func (l *loader) extra(in instr) uint32 {
	n := int32(len(l.code))
	last := len(l.blocks) - 1
	if last < 0 || l.blocks[last].lo < l.extraFrom || l.blocks[last].op != in.op || n-l.blocks[last].lo >= edgeMax {
		l.blocks = append(l.blocks, block{op: in.op, lo: n, hi: n})
		last++
	}
	in.dst = l.take(1)
	l.by[in.dst] = int32(last)
	l.blocks[last].hi++
	l.code = append(l.code, in)
	return in.dst
}

// root is the node whose value stands for id.
func (l *loader) root(id flat.ID) flat.ID { return l.prep.plain(l.prep.repl[id]) }

func (l *loader) slot(id flat.ID) uint32 { return l.of(l.prep, l.root(id)) }
