package hdl_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

// Random programs of nested If and Switch are run twice: as hardware, lowered to multiplexers, and as a program, line by
// line, where the last assignment wins, registers hold and wires have to be assigned on every path.

// A program is a tree of statements over eight inputs of 4 bits. Targets 0 to 2 are registers, 3 to 5 wires.
type program []statement

const (
	registers = 3
	targets   = 6
	inputs    = 8
)

type statement struct {
	target, value int   // an assignment: a value is an input, or past those a register
	subject       int   // a Switch if labels is not nil; else an If
	conds         []int // conditions: bit 0 of these values
	labels        [][]int
	arms          []program // one for each condition or list of labels, then perhaps Else or Default
}

// statements makes up to n of them. Those that overwrite a target of their own block without condition are left out: they
// are reported as driven twice.
func statements(r *rand.Rand, n, depth int, touched map[int]bool) program {
	var p program
	for range n {
		if depth == 0 || r.IntN(3) == 0 {
			t := r.IntN(targets)
			if !touched[t] {
				p = append(p, statement{target: t, value: r.IntN(inputs + registers)})
				touched[t] = true
			}
			continue
		}
		s := statement{subject: r.IntN(inputs + registers)}
		arms := 1 + r.IntN(3)
		if r.IntN(2) == 0 {
			for range arms {
				s.conds = append(s.conds, r.IntN(inputs+registers))
			}
		} else {
			values := r.Perm(16)
			if r.IntN(3) > 0 {
				values = values[:arms+r.IntN(16-arms)]
			}
			s.labels = make([][]int, arms)
			for i, v := range values {
				s.labels[i%arms] = append(s.labels[i%arms], v)
			}
		}
		if r.IntN(2) == 0 {
			arms++
		}
		for range arms {
			inner := map[int]bool{}
			s.arms = append(s.arms, statements(r, r.IntN(4), depth-1, inner))
			for t := range inner {
				touched[t] = true
			}
		}
		p = append(p, s)
	}
	return p
}

// always lists the targets that p assigns on every path, some those it assigns on any.
func (p program) assigned(always, some *[targets]bool) {
	for _, s := range p {
		if s.arms == nil {
			always[s.target], some[s.target] = true, true
			continue
		}
		labels := 0
		for _, l := range s.labels {
			labels += len(l)
		}
		whole := len(s.arms) > len(s.conds)+len(s.labels) || labels == 16
		in := [targets]bool{}
		for i, arm := range s.arms {
			a := [targets]bool{}
			arm.assigned(&a, some)
			for t := range in {
				in[t] = a[t] && (i == 0 || in[t])
			}
		}
		for t := range in {
			always[t] = always[t] || (whole && in[t])
		}
	}
}

// exec runs p: the values of the targets after it.
func (p program) exec(values []uint64, out *[targets]uint64) {
	for _, s := range p {
		if s.arms == nil {
			out[s.target] = values[s.value]
			continue
		}
		take := len(s.conds) + len(s.labels) // Else or Default
		for i := range s.conds {
			if values[s.conds[i]]&1 == 1 {
				take = i
				break
			}
		}
		for i := range s.labels {
			if slices.Contains(s.labels[i], int(values[s.subject])) {
				take = i
			}
		}
		if take < len(s.arms) {
			s.arms[take].exec(values, out)
		}
	}
}

type programIO struct {
	In  []hdl.In  `hdl:"4" len:"8"`
	Out []hdl.Out `hdl:"4" len:"6"`
}

// hardware describes p with the kit.
func (p program) hardware() *hdl.Module {
	return hdl.New("program", nil, func(m *hdl.M, io *programIO) {
		var values []hdl.Value
		var set [targets]func(hdl.Value)
		for i := range io.In {
			values = append(values, io.In[i])
		}
		for t := range targets {
			if t < registers {
				q := m.Reg(fmt.Sprintf("q%d", t), 4, hdl.Init(t))
				set[t] = q.Set
				values = append(values, q)
				io.Out[t].Set(q)
			} else {
				w := m.Wire(fmt.Sprintf("w%d", t), 4)
				set[t] = w.Set
				io.Out[t].Set(w)
			}
		}
		var describe func(p program)
		describe = func(p program) {
			for _, s := range p {
				body := func(i int) func() { return func() { describe(s.arms[i]) } }
				cond := func(i int) hdl.Sig { return hdl.Cat(values[s.conds[i]]).Bit(0) }
				switch {
				case s.arms == nil:
					set[s.target](values[s.value])
				case s.labels != nil:
					var arms []hdl.SwitchArm
					for i, ls := range s.labels {
						var vs []hdl.Value
						for _, l := range ls {
							vs = append(vs, hdl.K(l))
						}
						arms = append(arms, hdl.Cases(vs, body(i)))
					}
					if len(s.arms) > len(arms) {
						arms = append(arms, hdl.Default(body(len(arms))))
					}
					m.Switch(values[s.subject], arms...)
				default:
					chain := m.If(cond(0), body(0))
					for i := 1; i < len(s.conds); i++ {
						chain.ElseIf(cond(i), body(i))
					}
					if n := len(s.conds); len(s.arms) > n {
						chain.Else(body(n))
					}
				}
			}
		}
		describe(p)
	})
}

// TestTheLastAssignmentWins compares the two runs, and the reports on wires with a plain account of the paths.
func TestTheLastAssignmentWins(t *testing.T) {
	compared, latches := 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 3))
		p := statements(r, 5, 3, map[int]bool{})
		if seed%3 > 0 { // wires start with a value
			p = append(program{{target: 3, value: 0}, {target: 4, value: 9}, {target: 5, value: 5}}, p...)
			touched := map[int]bool{}
			for _, s := range p[3:] {
				if s.arms == nil {
					touched[s.target] = true
				}
			}
			p = slices.DeleteFunc(p, func(s statement) bool { return s.arms == nil && s.target >= registers && touched[s.target] })
		}
		var always, some [targets]bool
		p.assigned(&always, &some)
		want := map[string]bool{}
		for w := registers; w < targets; w++ {
			if !some[w] {
				want[fmt.Sprintf("wire w%d is not driven", w)] = true
			} else if !always[w] {
				want[fmt.Sprintf("w%d is not set on every path, which would be a latch", w)] = true
			}
		}
		if len(want) > 0 {
			_, err := hdl.Build(p.hardware())
			var list hdl.Diagnostics
			require.ErrorAsf(t, err, &list, "seed %d: %v expected", seed, want)
			got := map[string]bool{}
			for _, d := range list {
				got[d.Msg] = true
			}
			require.Equalf(t, want, got, "seed %d", seed)
			latches++
			continue
		}
		p.compare(t, r, seed)
		compared++
	}
	require.Greater(t, compared, 100)
	require.Greater(t, latches, 100)
}

func (p program) compare(t *testing.T, r *rand.Rand, seed uint64) {
	t.Helper()
	x := start(t, p.hardware())
	state := [targets]uint64{0, 1, 2}
	for cycle := range 30 {
		values := make([]uint64, 0, inputs+registers)
		for i := range inputs {
			values = append(values, r.Uint64N(16))
			x.set(fmt.Sprintf("in_%d", i), values[i])
		}
		values = append(values, state[:registers]...)
		next := state
		p.exec(values, &next)
		for i := range targets {
			want := state[i]
			if i >= registers {
				want = next[i]
			}
			require.Equalf(t, want, x.get(fmt.Sprintf("out_%d", i)), "seed %d cycle %d target %d", seed, cycle, i)
		}
		x.step()
		state = next
	}
}
