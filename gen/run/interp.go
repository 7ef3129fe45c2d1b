package run

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/verify/cosim"
	"github.com/sparsegen/sparsegen/verify/cosim/memport"
)

// interp runs the netlist of the machine in process. It is the same bench, cycle for cycle, as
// testbenches/cpp/machine.cpp.
type interp struct {
	t      *target.Target
	design *hdl.Design
	look   func(cycle uint64, b *sim.Bench)
}

// Watched is an engine whose signals can be looked at while it runs.
type Watched interface {
	// Watch sets what is called in each cycle of a run, when the inputs of the cycle are set.
	Watch(look func(cycle uint64, b *sim.Bench))
}

func (e *interp) Watch(look func(cycle uint64, b *sim.Bench)) { e.look = look }

func newInterp(t *target.Target) (Engine, error) {
	d, err := build(t)
	return &interp{t: t, design: d}, err
}

func (e *interp) Name() string { return "interp" }
func (e *interp) Exact() bool  { return true }

// ports are those of docs/machine.md.
type ports struct {
	start, prog, done                  *sim.Port
	valid, ready, write                *sim.Port
	addr, data, mask                   *sim.Port
	rspValid, rspData, counterSel, cnt *sim.Port
}

func portsOf(b *sim.Bench) ports {
	p := func(name string) *sim.Port { return b.Port(name) }
	return ports{
		start: p("start_i"), prog: p("prog_i"), done: p("done_o"),
		valid: p("req_valid_o"), ready: p("req_ready_i"), write: p("req_write_o"),
		addr: p("req_addr_o"), data: p("req_data_o"), mask: p("req_mask_o"),
		rspValid: p("rsp_valid_i"), rspData: p("rsp_data_i"), counterSel: p("counter_sel_i"), cnt: p("counter_o"),
	}
}

func (e *interp) Run(ctx context.Context, p *compile.Program, o Bench) (_ *Result, err error) {
	var opts []sim.Option
	if o.VCD != "" {
		f, err := os.Create(o.VCD)
		if err != nil {
			return nil, fmt.Errorf("wave %s: %w; name a file that can be written", o.VCD, errors.Unwrap(err))
		}
		defer f.Close() //nolint:errcheck // what was written is checked by Flush
		w := bufio.NewWriterSize(f, 1<<20)
		defer func() { err = errors.Join(err, w.Flush()) }()
		opts = append(opts, sim.VCD(w))
	}
	b, err := sim.Open(e.design, opts...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	begin := time.Now()
	x := portsOf(b)
	b.Reset(4)
	if o.Latency == 0 {
		o.Latency = memport.DefaultLatency
	}
	mem := memport.New(p.Image, e.t.PortBytes, o.Latency)
	x.prog.Set(uint64(p.Prog))
	cycles, err := x.execute(ctx, b, mem, o, e.t.PortBytes, e.look)
	if err != nil {
		return nil, err
	}
	r := &Result{Cycles: cycles, Counters: x.counters(b, e.t.Lanes), Mem: mem.Bytes(), Seconds: time.Since(begin).Seconds()}
	if err := b.Err(); err != nil {
		return nil, fmt.Errorf("engine interp: %w", err)
	}
	return r, nil
}

// execute runs from start to done and returns the number of the first cycle with done.
func (x *ports) execute(ctx context.Context, b *sim.Bench, mem *memport.Memory, o Bench, portBytes int,
	look func(uint64, *sim.Bench),
) (uint64, error) {
	var (
		data  = make([]byte, portBytes)
		limbs = make([]uint64, portBytes/8)
		limit = o.MaxCycles
	)
	if limit == 0 {
		limit = math.MaxInt64
	}
	for c := range limit {
		if c&0xfff == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		x.start.Set(bit(c == 0))
		ready := o.Stalls.Ready(c)
		x.ready.Set(bit(ready))
		if rsp := mem.Response(c); rsp != nil {
			x.rspValid.Set(1)
			x.rspData.SetLimbs(words(limbs, rsp)...)
		} else {
			x.rspValid.Set(0)
		}
		if look != nil {
			look(c, b)
		}
		if c > 0 && x.done.Get() != 0 {
			return c, nil
		}
		if ready && x.valid.Get() != 0 {
			var err error
			if beat := x.addr.Get(); x.write.Get() != 0 {
				err = mem.Write(c, beat, bytesOf(data, x.data.GetLimbs()), uint32(x.mask.Get()))
			} else {
				err = mem.Read(c, beat)
			}
			if err != nil {
				return 0, &HungError{Engine: "interp", Cycle: c, Why: err.Error(), Wave: o.VCD}
			}
		}
		b.Step(1)
	}
	return 0, &HungError{Engine: "interp", Cycle: limit, Why: notDone, Wave: o.VCD}
}

// counters reads the machine's counters, one a cycle.
func (x *ports) counters(b *sim.Bench, lanes int) cosim.Counters {
	x.ready.Set(0)
	x.rspValid.Set(0)
	read := func(sel int) uint64 {
		x.counterSel.Set(uint64(sel))
		b.Step(1)
		return x.cnt.Get()
	}
	c := cosim.Counters{
		Cycles: read(0), BankWaits: read(1), PortBeats: read(2), BeatsWritten: read(3), Products: make([]uint64, lanes),
	}
	for l := range c.Products {
		c.Products[l] = read(64 + l)
	}
	return c
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
