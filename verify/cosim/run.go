package cosim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/sparsegen/sparsegen/verify/cosim/memport"
)

// A Job is one run of a machine.
type Job struct {
	Image     []byte // memory before the run
	Prog      uint32 // beat address of the program
	Lanes     int    // counters of products to read
	Latency   int    // 0 is memport.DefaultLatency
	Stalls    memport.Stalls
	MaxCycles uint64 // 0 is the harness's own limit
	Expect    []byte // expected content from byte ExpectAt on; nil compares nothing
	ExpectAt  int
	Wave      string // VCD file to write when the run fails; "" writes none
}

// Counters are those of docs/machine.md.
type Counters struct {
	Cycles       uint64   `json:"cycles"`
	BankWaits    uint64   `json:"bank_waits"`
	PortBeats    uint64   `json:"port_beats"`
	BeatsWritten uint64   `json:"beats_written"`
	Products     []uint64 `json:"products"` // a lane each
}

// Mismatch is the first byte that is not as expected.
type Mismatch struct {
	Bytes uint64 `json:"bytes"` // how many differ
	At    uint64 `json:"at"`    // byte address
	Got   int    `json:"got"`
	Want  int    `json:"want"`
	Cycle uint64 `json:"cycle"` // of the last write to its beat; 0 when never written
}

// Result is what a run gave.
type Result struct {
	Done        bool      `json:"done"`
	Cycles      uint64    `json:"cycles"`
	Failure     string    `json:"failure"` // why it did not get done
	Counters    Counters  `json:"counters"`
	Mismatch    *Mismatch `json:"mismatch"`
	WallSeconds float64   `json:"wall_seconds"`
	Mem         []byte    `json:"-"` // memory after the run
}

// FailedError says that the machine did not get done.
type FailedError struct {
	Result *Result
	Wave   string
}

func (e *FailedError) Error() string {
	s := fmt.Sprintf("the machine stopped in cycle %d: %s", e.Result.Cycles, e.Result.Failure)
	if e.Wave != "" {
		s += "; wave in " + e.Wave
	}
	return s
}

// window is how many cycles of a failing run a wave shows before the failure.
const window = 2000

// Run runs a job. A machine that does not get done is a *[FailedError]; a mismatch is no error but stands in the
// result. In both cases the wave of the cycles before is written if the job asks for it.
func (b *Bench) Run(ctx context.Context, j Job) (*Result, error) {
	r, err := b.run(ctx, j, nil)
	if err != nil || (r.Done && r.Mismatch == nil) {
		return r, err
	}
	last, wave := r.Cycles, ""
	if r.Mismatch != nil {
		last = r.Mismatch.Cycle
	}
	if j.Wave != "" {
		if err := b.wave(ctx, j, last); err != nil {
			return r, err
		}
		wave = j.Wave
	}
	if !r.Done {
		return r, &FailedError{r, wave}
	}
	return r, nil
}

// wave runs a job once more on a bench that can write waves.
func (b *Bench) wave(ctx context.Context, j Job, last uint64) error {
	o := b.options
	o.Trace = true
	traced, err := Build(ctx, b.design, o)
	if err != nil {
		return err
	}
	path, err := filepath.Abs(j.Wave)
	if err != nil {
		return err
	}
	_, err = traced.run(ctx, j, []string{
		"--vcd", path, "--vcd-from", fmt.Sprint(last - min(last, window)), "--vcd-to", fmt.Sprint(last + 50),
	})
	return err
}

func (b *Bench) run(ctx context.Context, j Job, extra []string) (*Result, error) {
	dir, err := os.MkdirTemp("", "sparsegen-run-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of ours in the temporary folder
	image, out := filepath.Join(dir, "image"), filepath.Join(dir, "out")
	if err := os.WriteFile(image, j.Image, 0o644); err != nil {
		return nil, err
	}
	if j.Latency == 0 {
		j.Latency = memport.DefaultLatency
	}
	args := []string{
		"--mem", image, "--out", out, "--prog", fmt.Sprint(j.Prog), "--lanes", strconv.Itoa(j.Lanes),
		"--latency", strconv.Itoa(j.Latency), "--stalls", fmt.Sprint(j.Stalls.Rate), "--seed", fmt.Sprint(j.Stalls.Seed),
	}
	if j.MaxCycles != 0 {
		args = append(args, "--max-cycles", fmt.Sprint(j.MaxCycles))
	}
	if j.Expect != nil {
		expect := filepath.Join(dir, "expect")
		if err := os.WriteFile(expect, j.Expect, 0o644); err != nil {
			return nil, err
		}
		args = append(args, "--expect", expect, "--expect-at", strconv.Itoa(j.ExpectAt))
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, b.path, append(args, extra...)...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("%s: %w: %s", filepath.Base(b.path), err, firstError(stderr.String()))
	}
	r := &Result{}
	if err := json.Unmarshal(stdout.Bytes(), r); err != nil {
		return nil, fmt.Errorf("%s: unexpected output: %w", filepath.Base(b.path), err)
	}
	r.Mem, err = os.ReadFile(out)
	return r, err
}
