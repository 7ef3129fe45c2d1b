package stream

import "github.com/sparsegen/sparsegen/hdl"

// FIFOParams sizes a FIFO. Of holds the parameters that the payload's tags name, or nil.
type FIFOParams struct {
	Depth int
	Of    any
}

// FIFOIO is the interface of a FIFO of payloads T.
type FIFOIO[T any] struct {
	In    hdl.Sink[T]   `doc:"input"`
	Out   hdl.Source[T] `doc:"output"`
	Count hdl.Out       `hdl:"CountWidth" doc:"number of payloads held"`
}

// CountWidth is the width of Count: 0 to Depth.
func (p FIFOParams) CountWidth() int { return hdl.Clog2(p.Depth + 1) }

// FIFO is a queue of depth payloads (any depth of at least 1), held in flip-flops. A payload that comes in at one
// edge can leave at the next: latency 1, and from depth 2 on throughput 1 (a full FIFO takes nothing, also while it
// gives). Ready does not depend on valid, so FIFOs cut combinational paths in both directions.
func FIFO[T any](name string, p FIFOParams) *hdl.Module {
	return hdl.New(name, p, func(m *hdl.M, io *FIFOIO[T]) {
		m.Doc("Queue of valid/ready payloads in flip-flops: latency 1, throughput 1, no combinational path through it.")
		count := m.Reg("count", p.CountWidth())
		full, empty := count.Eq(hdl.K(p.Depth)), count.Eq(hdl.K(0))
		io.In.Ready.Set(full.Not())
		io.Out.Valid.Set(empty.Not())
		io.Count.Set(count)
		push, pop := io.In.Fire().Named("push"), io.Out.Fire().Named("pop")
		m.If(push.And(pop.Not()), func() { count.Set(count.Add(hdl.K(1))) }).
			ElseIf(pop.And(push.Not()), func() { count.Set(count.Sub(hdl.K(1))) })

		mem := hdl.MemOf[T](m, "mem", p.Depth)
		wr, rd := pointer(m, "wr", push, p.Depth), pointer(m, "rd", pop, p.Depth)
		mem.Write(push, wr, io.In.Data)
		hdl.Connect(io.Out.Data, mem.ReadAsync(rd))
		m.Assert("count_in_range", count.Le(hdl.K(p.Depth)))
	})
}

// pointer is a register that steps through 0 to depth-1 where step is 1.
func pointer(m *hdl.M, name string, step hdl.Sig, depth int) hdl.Reg {
	p := m.Reg(name, hdl.Clog2(depth))
	next := p.Add(hdl.K(1))
	if depth&(depth-1) != 0 || depth == 1 {
		next = hdl.Mux(p.Eq(hdl.K(depth-1)), hdl.K(0), next)
	}
	m.If(step, func() { p.Set(next) })
	return p
}
