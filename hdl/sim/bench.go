package sim

import (
	"errors"
	"fmt"

	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/flat"
)

// A Bench is a running simulation. Its methods take a Handle for a signal. It is not safe for concurrent use.
type Bench struct {
	nl      *flat.Netlist
	engine  engine
	tb      reporter
	cycle   int
	reset   bool // the present cycle is one of reset
	stale   bool // combinational values may be out of date
	paths   map[string]int
	mems    map[string]int
	ports   map[Handle]*Port
	history history
	waves   []*VCDWriter
	drivers []driver
	closers []func() error
	errs    []error
	pending []failure       // not yet told to tb
	told    map[string]bool // assertions and streams already reported
}

func newBench(nl *flat.Netlist, e engine, opts []Option) (*Bench, error) {
	b := &Bench{nl: nl, engine: e, tb: silent{}, stale: true, ports: map[Handle]*Port{}, told: map[string]bool{}}
	b.history.depth = 256
	for i := range nl.Signals {
		if s := &nl.Signals[i]; s.Scope == 0 && (s.Kind == flat.InputSignal || s.Kind == flat.OutputSignal) {
			b.portOf(b.named(s))
		}
	}
	b.history.tops = len(b.history.ports)
	for _, o := range opts {
		if err := o(b); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// bench lets the stream drivers take a Sim or a Bench.
func (b *Bench) bench() *Bench { return b }

// A Simulation is a *Bench or a *Sim.
type Simulation interface{ bench() *Bench }

// Cycle is the number of clock edges so far.
func (b *Bench) Cycle() int { return b.cycle }

// Err joins what went wrong so far: failed assertions and expectations, protocol errors, wrong handles.
func (b *Bench) Err() error { return errors.Join(b.errs...) }

// Close ends the waves. New does it when the test ends.
func (b *Bench) Close() error {
	var errs []error
	for _, v := range b.waves {
		errs = append(errs, v.Flush())
	}
	for _, c := range b.closers {
		errs = append(errs, c())
	}
	b.closers, b.waves = nil, nil
	return errors.Join(errs...)
}

func (b *Bench) settle() {
	b.stale = false
	if err := b.engine.Settle(); err != nil && !b.told["loop"] {
		b.told["loop"] = true
		b.fail(err)
	}
}

// assertionFailed reports a failed assertion, once.
func (b *Bench) assertionFailed(i int32) {
	a := &b.nl.Asserts[i]
	if b.told[a.Path] {
		return
	}
	b.told[a.Path] = true
	b.fail(fmt.Errorf("assertion %s failed at cycle %d%s\n%s", a.Path, b.cycle, b.assertPos(a), b.lastCycles(nil)))
}

func (b *Bench) assertPos(a *flat.Assert) string {
	if pos, _ := diag.At(a.Src.Module, a.Src.Loc); pos.File != "" {
		return ", stated at " + pos.String()
	}
	return ""
}

// collision reports a read of an address while it is written, where the memory's port forbids that.
func (b *Bench) collision(i int32) {
	r := &b.nl.Reads[i]
	key := fmt.Sprintf("%s read %d", r.Path, i)
	if b.told[key] {
		return
	}
	b.told[key] = true
	port := "its port"
	if pos, _ := diag.At(r.Module, r.Loc); pos.File != "" {
		port += " at " + pos.String()
	}
	b.fail(fmt.Errorf("%s reads memory %s at cycle %d at the address that is written, which %s forbids\n%s",
		r.Path, b.nl.Mems[r.Mem].Path, b.cycle, port, b.lastCycles(nil)))
}
