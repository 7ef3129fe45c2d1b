// Package scheduler is the balancing scheduler: it reads the job table of each phase and hands the next job to the
// first idle group. The package imports hdl, hdl/stream and blocks/bus; start reading at New.
package scheduler

import (
	"fmt"

	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// Params sizes a scheduler.
type Params struct{ Lanes, AddrBits int }

// InFlight is how many phases may be open at once.
const InFlight = 4

// Entry is a word of a job table on its way from memory.
type Entry struct {
	Word hdl.Sig `hdl:"32" doc:"offset in 15:0, length in 31:16"`
}

// Lane is the interface to one lane's fetcher and retirement.
type Lane struct {
	Leads     hdl.In  `hdl:"1" doc:"the lane leads a group"`
	JobValid  hdl.Out `hdl:"1" doc:"the job is for this lane's group"`
	JobReady  hdl.In  `hdl:"1" doc:"its fetcher is idle"`
	Retire    hdl.In  `hdl:"1" doc:"a job is finished in this lane"`
	RetireTag hdl.In  `hdl:"2" doc:"its phase, modulo 4"`
}

// IO is the interface of a scheduler.
type IO struct {
	Phase     hdl.Sink[bus.Phase] `doc:"phases in order"`
	Mem       bus.ReadPort
	Lane      []Lane  `len:"Lanes"`
	JobAddr   hdl.Out `hdl:"AddrBits" doc:"job handed out: address of its first task word"`
	JobLen    hdl.Out `hdl:"16" doc:"its words"`
	JobBase   hdl.Out `hdl:"16" doc:"its b_base"`
	JobTag    hdl.Out `hdl:"2" doc:"its phase, modulo 4"`
	GroupSize hdl.In  `hdl:"8" doc:"lanes in a group"`
	Written   hdl.In  `hdl:"1" doc:"no output is on its way"`
	Start     hdl.In  `hdl:"1" doc:"a run starts"`
	Retired   hdl.Out `hdl:"16" doc:"phases retired since the start, modulo 2^16"`
	Idle      hdl.Out `hdl:"1" doc:"every phase is retired and none waits here"`
}

// New makes a scheduler. It hands out at most one job a cycle, in the order of the table, to the lowest-numbered group
// whose fetcher is idle. A phase retires when every lane has finished its jobs; phases retire in order.
func New(p Params) *hdl.Module {
	return hdl.New("scheduler", p, func(m *hdl.M, io *IO) {
		m.Doc("Balancing scheduler: reads job tables and hands the next job to the first idle group.")
		active := m.Reg("active", 1)
		toRead, toSend := m.Reg("to_read", 16, hdl.NoReset()), m.Reg("to_send", 16, hdl.NoReset())
		addr := m.Reg("addr", p.AddrBits, hdl.NoReset())
		aBase, bBase := m.Reg("a_base", 16, hdl.NoReset()), m.Reg("b_base", 16, hdl.NoReset())
		tag := m.Reg("tag", 2) // of the phase being handed out

		track := newTracker(m, io, p, tag)

		// The table is read ahead into a short queue.
		const ahead = 4
		q := hdl.Inst[stream.FIFOIO[Entry]](m, "u_entries", stream.FIFO[Entry]("fifo_entry", stream.FIFOParams{Depth: ahead}))
		arrives := m.RegNext("arrives", io.Mem.Grant)
		room := q.Count.Grow(1).Add(arrives.Zext(q.Count.Width() + 1)).Lt(hdl.K(ahead)).Named("room")
		io.Mem.Valid.Set(active.And(toRead.Any()).And(room))
		io.Mem.Addr.Set(addr)
		m.If(io.Mem.Grant, func() {
			addr.Set(addr.Add(hdl.K(1)))
			toRead.Set(toRead.Sub(hdl.K(1)))
		})
		hdl.Connect(q.In.Valid, arrives)
		hdl.Connect(q.In.Data, Entry{Word: io.Mem.Data.Sig})
		m.Assert("room_for_entries", arrives.Not().Or(q.In.Ready))

		// Hand-out to the first idle leader.
		idle := make([]hdl.Value, p.Lanes)
		for i, l := range io.Lane {
			idle[p.Lanes-1-i] = l.Leads.And(l.JobReady)
		}
		idleLeads := hdl.Cat(idle...).Named("idle_leads")
		chosen := hdl.Lowest(idleLeads).Named("chosen")
		for i, l := range io.Lane {
			l.JobValid.Set(q.Out.Valid.And(chosen.Bit(i)))
		}
		send := q.Out.Valid.And(idleLeads.Any()).Named("send")
		hdl.Connect(q.Out.Ready, idleLeads.Any())
		entry := q.Out.Data.Word
		io.JobAddr.Set(aBase.Add(entry.Slice(15, 0)).Resize(p.AddrBits))
		io.JobLen.Set(entry.Slice(31, 16))
		io.JobBase.Set(bBase)
		io.JobTag.Set(tag)
		lastJob := send.And(toSend.Eq(hdl.K(1))).Named("last_job")
		m.If(send, func() { toSend.Set(toSend.Sub(hdl.K(1))) })
		m.If(lastJob, func() {
			active.Set(hdl.K(0))
			tag.Set(tag.Add(hdl.K(1)))
		})

		// The next phase.
		mayStart := io.Phase.Data.Barrier.Not().Or(track.none.And(io.Written)).Named("may_start")
		io.Phase.Ready.Set(active.Not().And(track.tagFree).And(mayStart))
		begin := io.Phase.Fire().Named("begin")
		m.Assert("phase_has_jobs", begin.Not().Or(io.Phase.Data.Jobs.Any()))
		m.If(begin, func() {
			active.Set(hdl.K(1))
			toRead.Set(io.Phase.Data.Jobs)
			toSend.Set(io.Phase.Data.Jobs)
			addr.Set(io.Phase.Data.ABase.Resize(p.AddrBits))
			aBase.Set(io.Phase.Data.ABase)
			bBase.Set(io.Phase.Data.BBase)
		})
		track.update(m, io, begin, send, lastJob)
		io.Idle.Set(track.none.And(io.Phase.Valid.Not()))
	})
}

// tracker counts the unfinished jobs of each open phase.
type tracker struct {
	open, sent    []hdl.Reg // by tag: begun and not retired; all jobs handed out
	left          []hdl.Reg // by tag: job ends that lanes still owe
	oldest        hdl.Reg
	retired       hdl.Reg
	tag           hdl.Reg
	none, tagFree hdl.Sig
	p             Params
}

// owedBits bounds the ends that lanes can owe: the tasks queued in a lane and what is under way around it.
const owedBits = 14

func newTracker(m *hdl.M, io *IO, p Params, tag hdl.Reg) *tracker {
	t := &tracker{oldest: m.Reg("oldest", 2), retired: m.Reg("retired", 16), tag: tag, p: p}
	var opens []hdl.Value
	for i := range InFlight {
		t.open = append(t.open, m.Reg(fmt.Sprintf("open_%d", i), 1))
		t.sent = append(t.sent, m.Reg(fmt.Sprintf("sent_%d", i), 1))
		t.left = append(t.left, m.Reg(fmt.Sprintf("owed_%d", i), owedBits))
		opens = append(opens, t.open[i])
	}
	t.none = hdl.Cat(opens...).Any().Not().Named("none_open")
	t.tagFree = hdl.Select(tag, opens...).Not().Named("tag_free")
	io.Retired.Set(t.retired)
	return t
}

func (t *tracker) update(m *hdl.M, io *IO, begin, send, lastJob hdl.Sig) {
	var done []hdl.Value
	for i := range InFlight {
		ends := make([]hdl.Value, t.p.Lanes)
		for k, l := range io.Lane {
			ends[t.p.Lanes-1-k] = l.Retire.And(l.RetireTag.Eq(hdl.K(i)))
		}
		finished := hdl.PopCount(hdl.Cat(ends...)).Resize(owedBits)
		mine := t.tag.Eq(hdl.K(i)).Named(fmt.Sprintf("tag_is_%d", i))
		added := hdl.Mux(send.And(mine), io.GroupSize.Resize(owedBits), hdl.K(0))
		t.left[i].Set(t.left[i].Add(added).Sub(finished))
		done = append(done, t.sent[i].And(t.left[i].Any().Not()))
		retire := m.Wire(fmt.Sprintf("retire_%d", i), 1)
		retire.Set(t.oldest.Eq(hdl.K(i)).And(done[i].(hdl.Sig)))
		m.If(begin.And(mine), func() { t.open[i].Set(hdl.K(1)) }).
			ElseIf(retire, func() { t.open[i].Set(hdl.K(0)) })
		m.If(lastJob.And(mine), func() { t.sent[i].Set(hdl.K(1)) }).
			ElseIf(retire, func() { t.sent[i].Set(hdl.K(0)) })
	}
	retireNow := hdl.Select(t.oldest, done...).Named("retire_now")
	m.If(io.Start, func() { t.retired.Set(hdl.K(0)) }).
		ElseIf(retireNow, func() { t.retired.Set(t.retired.Add(hdl.K(1))) })
	m.If(retireNow, func() { t.oldest.Set(t.oldest.Add(hdl.K(1))) })
}
