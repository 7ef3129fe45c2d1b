package sim

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
)

// A Sender drives a stream into the design, in lockstep with Step. It keeps to the protocol: once valid is 1,
// valid and data stay until the transfer.
type Sender struct {
	wires
	pace
	items   []Item
	next    int
	holding bool // valid is 1 and not accepted yet
}

// Send gives items to a stream of the top module, one a cycle while it is ready.
func Send[T any](s Simulation, to hdl.Sink[T], items ...Item) *Sender {
	b := s.bench()
	d := &Sender{wires: streamOf(b, to.Valid, to.Ready, to.Data)}
	b.drivers = append(b.drivers, d)
	d.append(items)
	if b.pending != nil {
		b.tb.Helper()
		b.report()
	}
	return d
}

// With sets options such as Stall.
func (d *Sender) With(opts ...StreamOption) *Sender {
	for _, o := range opts {
		o(&d.pace)
	}
	return d
}

// Append adds items to those still to be sent.
func (d *Sender) Append(items ...Item) *Sender {
	d.append(items)
	if d.b.pending != nil {
		d.b.tb.Helper()
		d.b.report()
	}
	return d
}

func (d *Sender) append(items []Item) {
	for _, it := range items {
		if err := d.fits(it); err != nil {
			d.b.fatal(err)
			return
		}
	}
	d.items = append(d.items, items...)
}

func (d *Sender) fits(it Item) error {
	if len(it) != len(d.data) {
		return fmt.Errorf("item %v has %d fields, the payload of %s has %d", it, len(it), d.name(), len(d.data))
	}
	for i, p := range d.data {
		if p.sig.width == 64 && !p.sig.signed {
			continue // all 64 bits of the number
		}
		if _, err := limbsOf(it[i], p.sig); err != nil {
			return fmt.Errorf("item %v: %w", it, err)
		}
	}
	return nil
}

// Sent is how many items have been accepted.
func (d *Sender) Sent() int { return d.next }

// Done tells whether all items have been accepted.
func (d *Sender) Done() bool { return d.next == len(d.items) }

func (d *Sender) drive() {
	if d.holding {
		return
	}
	if d.next == len(d.items) || d.stalls() {
		d.valid.Set(0)
		return
	}
	for i, p := range d.data {
		p.Set(uint64(d.items[d.next][i]) & p.mask)
	}
	d.valid.Set(1)
	d.holding = true
}

func (d *Sender) observe() {
	if d.holding && d.ready.Get() != 0 {
		d.holding = false
		d.next++
	}
}

func (d *Sender) idle() {
	d.valid.Set(0)
	d.holding = false
}
