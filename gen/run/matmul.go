package run

import (
	"context"
	"fmt"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// A Product is one product to run.
type Product struct {
	Name, Op string
	A, B     *golden.CSR
}

// Options of a run.
type Options struct {
	Compile compile.Options
	Bench   Bench
	Engine  string                           // "" is DefaultEngine
	Note    func(format string, args ...any) // told what happens; may be nil
}

func (o *Options) note(format string, args ...any) {
	if o.Note != nil {
		o.Note(format, args...)
	}
}

// A Job is a product made ready to run: compiled, with what must come out of it.
type Job struct {
	Product
	Program *compile.Program
	Demand  Demand
	want    *golden.Int32
	want8   *golden.Dense // for int8 output
}

// Prepare compiles a product and works out its result. With int8 output and no scale given, the scale is the one that
// maps the largest sum to 127.
func Prepare(t *target.Target, p Product, o compile.Options) (*Job, error) {
	if p.A.Cols != p.B.Rows {
		return nil, fmt.Errorf("%s: A is %d x %d and B is %d x %d: the columns of A must be as many as the rows of B",
			p.Name, p.A.Rows, p.A.Cols, p.B.Rows, p.B.Cols)
	}
	j := &Job{Product: p}
	if o.MaxImageBytes == 0 {
		o.MaxImageBytes = maxImage
	}
	if size := 4 * golden.DenseMACs(p.A.Rows, 1, p.B.Cols); size > o.MaxImageBytes {
		return nil, fmt.Errorf("%s: the result of %d x %d takes %d MB, more than the %d MB of external memory; use a smaller matrix",
			p.Name, p.A.Rows, p.B.Cols, size>>20, o.MaxImageBytes>>20)
	}
	j.want = golden.MatMul(p.A, p.B)
	if o.Output == compile.Int8 {
		if o.Requant == (golden.Requant{}) {
			o.Requant = golden.RequantFor(j.want.MaxAbs())
		}
		j.want8 = j.want.Requantise(o.Requant)
		j.Demand = demandOf(p.A, p.B, j.want8.Pattern(), 8)
	} else {
		j.Demand = demandOf(p.A, p.B, j.want.Pattern(), 32)
	}
	var err error
	if j.Program, err = compile.Compile(t, p.A, p.B, o); err != nil {
		return nil, fmt.Errorf("%s: %w", p.Name, err)
	}
	return j, nil
}

// maxImage bounds what a simulated external memory holds.
const maxImage = 1 << 30

// Run executes a job on an engine and measures it.
func (j *Job) Run(ctx context.Context, t *target.Target, e Engine, b Bench) (*Layer, *Result, error) {
	if b.MaxCycles == 0 {
		b.MaxCycles = cycleLimit(j.Program, b)
	}
	r, err := e.Run(ctx, j.Program, b)
	if err != nil {
		return nil, nil, err
	}
	wrong, err := j.compare(r.Mem)
	if err != nil {
		return nil, nil, err
	}
	p, d := j.Program, j.Demand
	return &Layer{
		Name: j.Name, Op: j.Op, Figures: figures(t, d, r, wrong),
		Formats:  Formats{A: "csr", B: p.Format.String(), C: "dense " + p.Output.String()},
		Smallest: Formats{d.Smallest[0], d.Smallest[1], d.Smallest[2]}, Workgroup: p.Group,
		Shape: [3]int{j.A.Rows, j.A.Cols, j.B.Cols}, Plan: p.Explanation,
	}, r, nil
}

// compare counts the elements of the result that are not as the golden model has them.
func (j *Job) compare(mem []byte) (int, error) {
	if j.want8 == nil {
		got, err := j.Program.Unpack(mem)
		if err != nil {
			return 0, err
		}
		return golden.Mismatches(j.want, got), nil
	}
	got, err := j.Program.UnpackInt8(mem)
	if err != nil {
		return 0, err
	}
	n := 0
	for i, v := range j.want8.Data {
		if got.Data[i] != v {
			n++
		}
	}
	return n, nil
}

// cycleLimit is far more than a program should take in a bench.
func cycleLimit(p *compile.Program, b Bench) uint64 {
	slow := 256 / float64(256-int(b.Stalls.Rate)) * float64(max(8, b.Latency)) / 8
	return 200_000 + uint64(20*slow*p.Stats.EstimatedCycles)
}

// Matmul runs products one after the other on one target and reports them.
func Matmul(ctx context.Context, t *target.Target, products []Product, o Options) (*Report, error) {
	var e Engine
	var err error
	if o.Engine != "" { // a missing tool is known before the work starts
		if e, err = NewEngine(o.Engine, t); err != nil {
			return nil, err
		}
	}
	jobs, cycles := make([]*Job, len(products)), 0.0
	for i, p := range products {
		o.note("%s: compiling", p.Name)
		if jobs[i], err = Prepare(t, p, o.Compile); err != nil {
			return nil, err
		}
		cycles += jobs[i].Program.Stats.EstimatedCycles
	}
	if e == nil {
		if e, err = NewEngine(DefaultEngine(cycles), t); err != nil {
			return nil, err
		}
	}
	layers := make([]Layer, 0, len(jobs))
	for i, j := range jobs {
		o.note("%s: running about %.0f cycles on engine %s", j.Name, j.Program.Stats.EstimatedCycles, e.Name())
		l, _, err := j.Run(ctx, t, e, o.Bench)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", j.Name, err)
		}
		layers = append(layers, *l)
		jobs[i] = nil // its image and result are no longer needed
	}
	return NewReport(t, e.Name(), layers), nil
}
