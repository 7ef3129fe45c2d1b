package run

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/cosim"
	"github.com/sparsegen/sparsegen/verify/cosim/memport"
)

// An Engine executes programs for one target. It keeps what it builds for the next run; runs do not overlap.
type Engine interface {
	Name() string
	// Exact tells whether cycles are those of the hardware.
	Exact() bool
	Run(ctx context.Context, p *compile.Program, o Bench) (*Result, error)
}

// A Bench is what stands around the machine in a run.
type Bench struct {
	Latency   int            // of the memory, in cycles; 0 is memport.DefaultLatency
	Stalls    memport.Stalls // of the memory
	VCD       string         // wave to write; engine interp writes the whole run, verilator the end of a failing one
	MaxCycles uint64         // a machine that is not done by then hangs
}

// A Result is what an engine found.
type Result struct {
	Cycles   uint64
	Counters cosim.Counters
	Mem      []byte  // external memory after the run
	Seconds  float64 // of simulation alone
}

// HungError says that a machine did not get done.
type HungError struct {
	Engine string
	Cycle  uint64
	Why    string
	Wave   string // file, if one was written
}

func (e *HungError) Error() string {
	s := fmt.Sprintf("engine %s: the machine stopped in cycle %d: %s", e.Engine, e.Cycle, e.Why)
	if e.Wave != "" {
		s += "; wave in " + e.Wave
	}
	return s
}

// notDone is why a machine that runs into the limit hangs.
const notDone = "not done within the cycle limit"

// Engines lists the names of the engines.
func Engines() []string { return []string{"interp", "verilator", "model"} }

// NewEngine makes an engine by name. The design is built here; an outside tool is looked for here.
func NewEngine(name string, t *target.Target) (Engine, error) {
	switch name {
	case "interp":
		return newInterp(t)
	case "verilator":
		return newVerilator(t)
	case "model":
		return &cycleModel{t}, nil
	case "compiled":
		return nil, errors.New("engine compiled is not available yet; use interp, verilator or model")
	}
	return nil, fmt.Errorf("engine %q is not known; use %s", name, strings.Join(Engines(), ", "))
}

// interpLimit is the length of a run, in cycles, from which a build with Verilator is sooner done than the interpreter,
// the build included: measured on two cores, 9 s against 60,000 cycles a second for 16 lanes. With more lanes both take
// longer.
const interpLimit = 500_000

// DefaultEngine names the fastest engine with exact cycles for runs of so many cycles in all: the interpreter for short
// ones, and for long ones Verilator where it is installed.
func DefaultEngine(cycles float64) string {
	if cycles < interpLimit {
		return "interp"
	}
	for _, name := range []string{"verilator", "g++", "make"} {
		if _, err := tool.Find(name); err != nil {
			return "interp"
		}
	}
	return "verilator"
}
