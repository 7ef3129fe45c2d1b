// Package machine assembles the accelerator of a target from the blocks. docs/machine.md says what it does with an image.
//
// Start reading at New. The package imports hdl, blocks and gen/target.
package machine

import (
	"fmt"

	"github.com/sparsegen/sparsegen/blocks/bank"
	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/blocks/crossbar"
	"github.com/sparsegen/sparsegen/blocks/dma"
	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/blocks/multicast"
	"github.com/sparsegen/sparsegen/blocks/output"
	"github.com/sparsegen/sparsegen/blocks/scheduler"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
)

// Params is what the hardware takes from a target.
type Params struct {
	Lanes, MemoryKB, PortBytes, AccColumns, TaskQueue, Prefetch int
}

// ParamsOf takes the hardware's parameters from a target.
func ParamsOf(t *target.Target) Params {
	return Params{t.Lanes, t.MemoryKB, t.PortBytes, t.AccColumns, t.TaskQueue, t.Prefetch}
}

// AddrBits is the width of a local word address.
func (p Params) AddrBits() int { return hdl.Clog2(p.MemoryKB * 1024 / 4) }

// BeatBits is the width of a beat of the memory port.
func (p Params) BeatBits() int { return 8 * p.PortBytes }

func (p Params) accWord() int  { return p.PortBytes / 4 }
func (p Params) accDepth() int { return p.AccColumns / p.accWord() }

func (p Params) lane() lane.Params {
	return lane.Params{AddrBits: p.AddrBits(), AccColumns: p.AccColumns, AccWord: p.accWord(), Queue: p.TaskQueue, Prefetch: p.Prefetch}
}

func (p Params) dma() dma.Params {
	return dma.Params{Lanes: p.Lanes, AddrBits: p.AddrBits(), AccColumns: p.AccColumns, AccDepth: p.accDepth(), PortBytes: p.PortBytes}
}

func (p Params) output() output.Params {
	return output.Params{Lanes: p.Lanes, AccWord: p.accWord(), AccDepth: p.accDepth(), PortBytes: p.PortBytes}
}

// IO is the interface of the machine.
type IO struct {
	Start hdl.In  `hdl:"1"  doc:"run the program at prog"`
	Prog  hdl.In  `hdl:"32" doc:"beat address of the program"`
	Busy  hdl.Out `hdl:"1"  doc:"a program runs"`
	Done  hdl.Out `hdl:"1"  doc:"the program has ended; until the next start"`

	Req      hdl.Source[bus.Request] `doc:"memory request"`
	RspValid hdl.In                  `hdl:"1"        doc:"a read answers, in order"`
	RspData  hdl.In                  `hdl:"BeatBits" doc:"its data"`

	CounterSel hdl.In  `hdl:"8"  doc:"counter to show: 0 cycles, 1 waits for a bank, 2 beats, 3 beats written, 64+l products of lane l"`
	Counter    hdl.Out `hdl:"32" doc:"its value"`
}

// New makes the machine of a target.
func New(t *target.Target) *hdl.Module { return Build("sparsegen_"+t.Name, ParamsOf(t)) }

// Build makes a machine of the given name and parameters.
func Build(name string, p Params) *hdl.Module {
	return hdl.New(name, p, func(m *hdl.M, io *IO) {
		m.Doc("Sparse accelerator: lanes over a unified memory, fed through one memory port.")
		ctl := hdl.Inst[dma.ControllerIO](m, "u_control", dma.Controller(p.dma()))
		load := hdl.Inst[dma.LoaderIO](m, "u_load", dma.Loader(p.dma()))
		port := hdl.Inst[dma.PortIO](m, "u_port", dma.Port(p.dma()))
		sched := hdl.Inst[scheduler.IO](m, "u_schedule", scheduler.New(scheduler.Params{Lanes: p.Lanes, AddrBits: p.AddrBits()}))
		net := hdl.Inst[multicast.IO](m, "u_tasks", multicast.New(multicast.Params{Lanes: p.Lanes}))
		out := hdl.Inst[output.IO](m, "u_output", output.New(p.output()))

		hdl.Connect(ctl.Start, io.Start)
		hdl.Connect(ctl.Prog, io.Prog)
		io.Busy.Set(ctl.Busy)
		io.Done.Set(ctl.Done)
		start := io.Start.And(ctl.Busy.Not()).Named("start_now")

		hdl.Connect(port.Drain, out.Req)
		hdl.Connect(port.Load, load.Read)
		hdl.Connect(port.Instr, ctl.Read)
		hdl.Connect(io.Req, port.Req)
		hdl.Connect(port.RspValid, io.RspValid)
		hdl.Connect(port.Start, start)
		hdl.Connect(out.RspValid, port.DrainRsp)
		hdl.Connect(out.RspData, io.RspData)
		hdl.Connect(load.RspValid, port.LoadRsp)
		hdl.Connect(ctl.RspValid, port.InstrRsp)
		hdl.Connect(ctl.RspData, io.RspData)
		hdl.Connect(ctl.Quiet, port.Quiet)

		hdl.Connect(load.Load, ctl.Load)
		hdl.Connect(ctl.LoadsIdle, load.Idle)
		hdl.Connect(sched.Phase, ctl.Phase)
		hdl.Connect(ctl.Retired, sched.Retired)
		hdl.Connect(ctl.Idle, sched.Idle)
		hdl.Connect(ctl.Written, out.Idle)
		hdl.Connect(sched.Written, out.Idle)
		hdl.Connect(sched.Start, start)

		c := ctl.Config
		group := m.Lit(8, 1).Shl(c.Log2Group).Named("group_size")
		hdl.Connect(sched.GroupSize, group)
		hdl.Connect(net.Log2Group, c.Log2Group)
		hdl.Connect(out.Words, c.DrainWords)
		hdl.Connect(out.SliceBeats, c.SliceBeats)
		hdl.Connect(out.GroupMask, group.Sub(hdl.K(1)).Resize(p.output().LaneBits()))
		hdl.Connect(out.Mult, c.Mult)
		hdl.Connect(out.Shift, c.Shift)

		lanes := makeLanes(m, p, c, sched, net, out, start)
		waits := memory(m, io, p, lanes, sched, load)
		counters(m, io, ctl, port, lanes, waits, start)
	})
}

// makeLanes places the lanes and connects them to scheduler, distribution network and output stage.
func makeLanes(m *hdl.M, p Params, c dma.LayerConfig, sched *scheduler.IO, net *multicast.IO, out *output.IO, start hdl.Sig) []*lane.IO {
	kind := lane.New(p.lane())
	lanes := make([]*lane.IO, p.Lanes)
	for i := range lanes {
		l := hdl.Inst[lane.IO](m, fmt.Sprintf("u_lane_%d", i), kind)
		lanes[i] = l
		hdl.Connect(l.Config.Format, c.Format)
		hdl.Connect(l.Config.RowWords, c.RowWords)
		hdl.Connect(l.Config.NCols, c.NCols)
		hdl.Connect(l.Config.Stride, c.Stride)
		hdl.Connect(l.Config.First, net.Leads[i])
		if i == 0 {
			hdl.Connect(l.PrevOffset, hdl.K(0))
		} else {
			hdl.Connect(l.PrevOffset, lanes[i-1].Offset)
		}
		hdl.Connect(l.Start, start)

		s := sched.Lane[i]
		hdl.Connect(s.Leads, net.Leads[i])
		hdl.Connect(l.Job.Valid, s.JobValid)
		hdl.Connect(l.Job.Data, bus.Job{Addr: sched.JobAddr.Sig, Len: sched.JobLen.Sig, Base: sched.JobBase.Sig, Tag: sched.JobTag.Sig})
		hdl.Connect(s.JobReady, l.Job.Ready)
		hdl.Connect(s.Retire, l.Retire)
		hdl.Connect(s.RetireTag, l.RetireTag)

		hdl.Connect(net.In[i], l.TaskOut)
		hdl.Connect(l.Task, net.Out[i])

		o := out.Lane[i]
		hdl.Connect(o.Pending, l.Drain.Pending)
		hdl.Connect(o.End, l.Drain.End)
		hdl.Connect(l.Drain.Read, o.Read)
		hdl.Connect(l.Drain.Idx, o.Idx)
		hdl.Connect(l.Drain.Done, o.Done)
		hdl.Connect(o.Data, l.Drain.Data)
	}
	return lanes
}

// memory places the banks and the crossbar; it returns, for each requester, whether it waits this cycle.
func memory(m *hdl.M, io *IO, p Params, lanes []*lane.IO, sched *scheduler.IO, load *dma.LoaderIO) []hdl.Value {
	xp := crossbar.Params{Ports: p.Lanes + 1, Banks: p.Lanes, AddrBits: p.AddrBits(), Width: 32}
	x := hdl.Inst[crossbar.IO](m, "u_crossbar", crossbar.New(xp))
	var waits []hdl.Value
	for i, port := range x.Port {
		client := sched.Mem
		if i < p.Lanes {
			client = lanes[i].Mem
		}
		hdl.Connect(port.Valid, client.Valid)
		hdl.Connect(port.Addr, client.Addr)
		hdl.Connect(client.Grant, port.Grant)
		hdl.Connect(client.Data, port.Data)
		waits = append(waits, port.Valid.And(port.Grant.Not()))
	}
	kind := bank.New(bank.Params{Depth: p.MemoryKB * 1024 / 4 / p.Lanes, Width: 32})
	perBeat := p.PortBytes / 4
	row := load.Local.Slice(p.AddrBits()-1, xp.BankBits()).Named("load_row")
	for b := range p.Lanes {
		u := hdl.Inst[bank.IO](m, fmt.Sprintf("u_bank_%d", b), kind)
		hdl.Connect(u.REn, x.Bank[b].REn)
		hdl.Connect(u.RAddr, x.Bank[b].RAddr)
		hdl.Connect(x.Bank[b].RData, u.RData)
		we := load.Write.Sig
		if perBeat < p.Lanes { // the beat covers a part of the banks
			lo := hdl.Clog2(perBeat)
			we = we.And(load.Local.Slice(xp.BankBits()-1, lo).Eq(hdl.K(b / perBeat)))
		}
		hdl.Connect(u.WEn, we)
		hdl.Connect(u.WAddr, row)
		w := b % perBeat
		hdl.Connect(u.WData, io.RspData.Slice(32*w+31, 32*w))
	}
	return waits
}

// counters makes the performance counters readable.
func counters(m *hdl.M, io *IO, ctl *dma.ControllerIO, port *dma.PortIO, lanes []*lane.IO, waits []hdl.Value, start hdl.Sig) {
	waited := m.Reg("bank_waits", 32)
	m.If(start, func() { waited.Set(hdl.K(0)) }).
		ElseIf(ctl.Busy, func() { waited.Set(waited.Add(hdl.PopCount(hdl.Cat(waits...)).Resize(32))) })
	products := make([]hdl.Value, len(lanes))
	for i, l := range lanes {
		products[i] = l.Products
	}
	n := hdl.Clog2(len(lanes))
	ofLane := hdl.Select(io.CounterSel.Slice(n-1, 0), products...)
	general := hdl.Select(io.CounterSel.Slice(1, 0), ctl.Cycle, waited, port.Beats, port.Written)
	io.Counter.Set(hdl.Mux(io.CounterSel.Slice(7, 6).Any(), ofLane, general))
}
