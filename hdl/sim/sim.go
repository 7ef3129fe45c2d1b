package sim

import (
	"errors"
	"fmt"
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim/internal/interp"
)

// A Sim simulates a design whose top module has ports of type IO. IO holds the module's own handles.
type Sim[IO any] struct {
	*Bench
	IO *IO
}

// New builds a module and simulates it for a test, which fails with all diagnostics if the build does.
// Failures of the simulation, such as assertions, fail the test.
func New[IO any](t testing.TB, module *hdl.Module, opts ...Option) *Sim[IO] {
	t.Helper()
	d, err := hdl.Build(module)
	if err != nil {
		t.Fatalf("build failed:\n%v", err)
	}
	s, err := FromDesign[IO](d, append([]Option{forTest(t)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Errorf("writing waves: %v", err)
		}
	})
	return s
}

// FromDesign simulates a design outside of tests: failures are kept for Err.
func FromDesign[IO any](d *hdl.Design, opts ...Option) (*Sim[IO], error) {
	io, ok := d.IO().(*IO)
	if !ok {
		return nil, fmt.Errorf("sim: the top module has ports of type %T, not %T", d.IO(), io)
	}
	b, err := Open(d, opts...)
	if err != nil {
		return nil, err
	}
	return &Sim[IO]{Bench: b, IO: io}, nil
}

// Open simulates a design whose signals are named by path.
func Open(d *hdl.Design, opts ...Option) (*Bench, error) {
	if d == nil {
		return nil, errors.New("sim: no design")
	}
	nl := d.Flat()
	return newBench(nl, interp.Load(nl), opts)
}
