package interp

import "github.com/sparsegen/sparsegen/hdl/internal/flat"

// This file hangs the work of the edge on blocks, so that it is skipped with them.

// layRegisters hangs each register on the block that computes its next value. A next value that is itself
// state is moved aside at the edge, by a block that reads it anyway or else by one without code; then its
// register comes before the others of the block.
func (l *loader) layRegisters() {
	nl := l.nl
	home := make([]int32, len(nl.Regs)) // -1: never changes but by a reset
	direct := make([]bool, len(nl.Regs))
	reader := l.readers()
	spare := int32(-1)
	for i := range nl.Regs {
		d := l.root(nl.Regs[i].D)
		home[i] = l.by[d]
		if home[i] >= 0 || d == nl.Regs[i].Q {
			continue
		}
		direct[i] = true
		if home[i] = reader[d] - 1; home[i] >= 0 {
			continue
		}
		if spare < 0 || l.pieces[spare].movesHi >= edgeMax {
			spare = int32(len(l.pieces))
			l.pieces = append(l.pieces, block{})
		}
		home[i] = spare
		l.pieces[spare].movesHi++ // for now a count
	}
	l.countRegisters(home, direct)
	l.moveFrom = make([]flat.ID, len(l.moves))
	for _, first := range []bool{true, false} {
		for i, b := range home {
			if b < 0 || direct[i] != first {
				continue
			}
			p := &l.pieces[b]
			l.regOrder[p.regsHi] = int32(i)
			p.regsHi++
			if first {
				q, d := nl.Regs[i].Q, l.root(nl.Regs[i].D)
				w := l.prep.nodes[q].Width
				l.moveFrom[p.movesHi] = d
				l.moves[p.movesHi] = move{l.of(l.prep, d), l.take(w), uint32(limbs(w))}
				p.movesHi++
			}
		}
	}
}

// countRegisters gives each block its place, still empty, in the lists of registers and moves.
func (l *loader) countRegisters(home []int32, direct []bool) {
	regs, moves := make([]int32, len(l.pieces)+1), make([]int32, len(l.pieces)+1)
	for i, b := range home {
		if b >= 0 {
			regs[b+1]++
		}
		if direct[i] {
			moves[b+1]++
		}
	}
	for b := range l.pieces {
		regs[b+1] += regs[b]
		moves[b+1] += moves[b]
		p := &l.pieces[b]
		p.regsLo, p.regsHi, p.movesLo, p.movesHi = regs[b], regs[b], moves[b], moves[b]
	}
	l.regOrder = make([]int32, regs[len(l.pieces)])
	l.moves = make([]move, moves[len(l.pieces)])
}

// readers finds the first block that reads each node, plus one.
func (l *loader) readers() []int32 {
	first := make([]int32, len(l.by)+len(l.nl.Mems))
	for i := range l.pieces {
		for j := l.pieces[i].lo; j < l.pieces[i].hi; j++ {
			l.picks.eachRead(&l.picks.picks[j], func(key int32) {
				if first[key] == 0 {
					first[key] = int32(i) + 1
				}
			})
		}
	}
	return first
}

// layChecks gives the assertions to blocks without code.
func (l *loader) layChecks() {
	for i := range l.nl.Asserts {
		if i%edgeMax == 0 {
			l.pieces = append(l.pieces, block{chkLo: int32(i), chkHi: int32(i)})
		}
		a := &l.nl.Asserts[i]
		en := flat.ID(0)
		if a.En != 0 {
			en = l.root(a.En)
		}
		l.checkArgs = append(l.checkArgs, [2]flat.ID{en, l.root(a.Cond)})
		l.pieces[len(l.pieces)-1].chkHi++
	}
}
