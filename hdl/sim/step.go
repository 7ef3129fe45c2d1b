package sim

import "fmt"

// A driver takes part in each cycle outside reset: it drives inputs before the values settle and looks at
// them before the edge.
type driver interface {
	drive()
	observe()
	idle() // drives nothing, in reset
}

// Step runs n clock cycles.
func (b *Bench) Step(n int) {
	for range n {
		b.step()
		if b.pending != nil {
			b.tb.Helper()
			b.report()
		}
	}
}

func (b *Bench) step() {
	for _, d := range b.drivers {
		d.drive()
	}
	b.edge()
}

// Reset holds reset active for n clock cycles.
func (b *Bench) Reset(n int) {
	b.reset = true
	for _, d := range b.drivers {
		d.idle()
	}
	for range n {
		b.edge()
	}
	b.reset = false
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
}

// edge ends the present cycle.
func (b *Bench) edge() {
	if b.stale {
		b.settle()
	}
	b.history.record(b.cycle)
	for _, v := range b.waves {
		v.sample()
	}
	if !b.reset {
		for _, d := range b.drivers {
			d.observe()
		}
	}
	failed, collided := b.engine.Edge(b.reset)
	for _, i := range failed {
		b.assertionFailed(i)
	}
	for _, i := range collided {
		b.collision(i)
	}
	b.cycle++
	b.stale = true
}

// StepUntil steps until the signal has the value v, but no more than limit cycles; then it returns an error,
// as it does when the design fails on the way.
func (b *Bench) StepUntil(h Handle, v any, limit int) error {
	p := b.port(h)
	want, err := limbsOf(v, p.sig)
	for n := 0; err == nil && n < limit && !same(p.GetLimbs(), want) && b.pending == nil; n++ {
		b.step()
	}
	if err == nil && !same(p.GetLimbs(), want) {
		err = fmt.Errorf("%s is not %s after %d cycles, at cycle %d\n%s", p.sig.path, text(want, p.sig), limit, b.cycle, b.lastCycles(p))
	}
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return err
}

func same(a, b []uint64) bool {
	for i, v := range a {
		if b[i] != v {
			return false
		}
	}
	return true
}
