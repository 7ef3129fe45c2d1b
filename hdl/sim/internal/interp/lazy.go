package interp

import (
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
)

// lazies are the values no instruction computes, because nothing but an observer needs them or because
// they were fused into another instruction. They are evaluated when asked for, with generic operations.
type lazies struct {
	known map[flat.ID]bool
}

// A program computes some of the values that are kept only for observers.
type program struct {
	m    *Machine
	ops  []generic
	slow bool // part of a word-level cycle: several passes
}

// Slot is the place of a node's value in Values. If the value has to be computed first, ok is false and
// Lazily gives the means.
func (m *Machine) Slot(id flat.ID) (slot int, ok bool) {
	id = m.stands(id)
	if m.at[id] == 0 && m.prep.isState(id) {
		m.of(m.prep, id)
	}
	return int(m.at[id]), m.at[id] != 0 && !m.lazy.known[id]
}

// stands is the node that holds the value of id.
func (m *Machine) stands(id flat.ID) flat.ID { return m.prep.plain(m.prep.repl[id]) }

// Lazily returns a function that computes the values of the given nodes when the Machine has settled. Slot
// has a place for each of them from now on.
func (m *Machine) Lazily(ids ...flat.ID) func() {
	if m.lazy.known == nil {
		m.lazy.known = map[flat.ID]bool{}
	}
	z := &program{m: m}
	done := map[flat.ID]bool{} // false while on the stack
	type frame struct {
		id  flat.ID
		arg int32
	}
	var stack []frame
	visit := func(id flat.ID) {
		id = m.stands(id)
		if m.at[id] != 0 && !m.lazy.known[id] || m.prep.isState(id) {
			return
		}
		if d, seen := done[id]; seen {
			z.slow = z.slow || !d
			return
		}
		done[id] = false
		stack = append(stack, frame{id, 0})
	}
	for _, id := range ids {
		visit(id)
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if a := m.prep.arg(&m.prep.nodes[f.id], f.arg); a != 0 {
				f.arg++
				visit(a)
				continue
			}
			id := f.id
			stack = stack[:len(stack)-1]
			m.lazy.known[id] = true
			done[id] = true
			z.ops = append(z.ops, m.bindWide(id))
		}
	}
	return z.run
}

func (z *program) run() {
	for pass := 0; ; pass++ {
		changed := false
		for i := range z.ops {
			changed = z.ops[i].run(&z.m.scratch) || changed
		}
		if !z.slow || !changed || pass > 64*len(z.ops) {
			return
		}
	}
}
