package sim

import (
	"fmt"
	"slices"

	"github.com/sparsegen/sparsegen/hdl"
)

// A Collector takes a stream out of the design, in lockstep with Step, and checks the sender's side of the
// protocol: valid once 1 stays, with the same data, until the transfer.
type Collector struct {
	wires
	pace
	n       int // how many to take, below 1: all
	items   []Item
	offered Item // not accepted in the cycle before, nil for none
}

// Collect takes n items from a stream of the top module, or any number if n is 0. After the last one it is no
// longer ready.
func Collect[T any](s Simulation, from hdl.Source[T], n int) *Collector {
	b := s.bench()
	d := &Collector{wires: streamOf(b, from.Valid, from.Ready, from.Data), n: n}
	b.drivers = append(b.drivers, d)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return d
}

// With sets options such as Stall.
func (d *Collector) With(opts ...StreamOption) *Collector {
	for _, o := range opts {
		o(&d.pace)
	}
	return d
}

// Items are the items taken so far.
func (d *Collector) Items() []Item { return d.items }

// Done tells whether n items have been taken.
func (d *Collector) Done() bool { return d.n > 0 && len(d.items) >= d.n }

func (d *Collector) drive() {
	if d.Done() || d.stalls() {
		d.ready.Set(0)
	} else {
		d.ready.Set(1)
	}
}

func (d *Collector) observe() {
	valid := d.valid.Get() != 0
	if !valid && d.offered == nil {
		return
	}
	now := d.item()
	if d.offered != nil && (!valid || !slices.Equal(now, d.offered)) {
		d.broken(valid, now)
	}
	d.offered = nil
	switch {
	case valid && d.ready.Get() != 0:
		d.items = append(d.items, now)
	case valid:
		d.offered = now
	}
}

// broken reports a breach of the protocol, once for each stream.
func (d *Collector) broken(valid bool, now Item) {
	what := fmt.Sprintf("data changed from %v to %v", d.offered, now)
	if !valid {
		what = fmt.Sprintf("valid was withdrawn with %v", d.offered)
	}
	if key := "stream " + d.name(); !d.b.told[key] {
		d.b.told[key] = true
		d.b.fail(fmt.Errorf("stream protocol: %s at cycle %d: %s before the transfer\n%s", d.name(), d.b.cycle, what, d.b.lastCycles(d.valid)))
	}
}

func (d *Collector) idle() {
	d.ready.Set(0)
	d.offered = nil
}

// A Stream is a Sender or a Collector.
type Stream interface{ Done() bool }

// StepUntilDone steps until all of the streams are done, but no more than limit cycles; then it returns an
// error.
func (b *Bench) StepUntilDone(limit int, streams ...Stream) error {
	busy := func() bool { return slices.ContainsFunc(streams, func(s Stream) bool { return !s.Done() }) }
	for n := 0; n < limit && busy() && b.pending == nil; n++ {
		b.step()
	}
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	if !busy() {
		return nil
	}
	return fmt.Errorf("streams are not done after %d cycles, at cycle %d\n%s", limit, b.cycle, b.lastCycles(nil))
}
