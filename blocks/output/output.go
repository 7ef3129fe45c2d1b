package output

import (
	"fmt"

	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
)

// Lane is the interface to one lane's full half.
type Lane struct {
	Pending hdl.In  `hdl:"1"         doc:"a finished half waits"`
	End     hdl.In  `hdl:"31"        doc:"end word of its job"`
	Read    hdl.Out `hdl:"1"         doc:"read and clear word idx"`
	Idx     hdl.Out `hdl:"IndexBits" doc:"word"`
	Done    hdl.Out `hdl:"1"         doc:"the last word is taken: the half is free"`
	Data    hdl.In  `hdl:"AccWidth"  doc:"the word read last"`
}

// IO is the interface of the output stage.
type IO struct {
	Lane       []Lane `len:"Lanes"`
	Words      hdl.In `hdl:"CountBits" doc:"words of a half that are written"`
	SliceBeats hdl.In `hdl:"16"        doc:"beats between the outputs of neighbouring slices"`
	GroupMask  hdl.In `hdl:"LaneBits"  doc:"lanes in a group minus 1"`
	Mult       hdl.In `hdl:"16"        doc:"requantisation multiplier"`
	Shift      hdl.In `hdl:"6"         doc:"requantisation shift"`

	Req      hdl.Source[bus.Request] `doc:"requests to the memory port"`
	RspValid hdl.In                  `hdl:"1"        doc:"a beat of partial sums arrives"`
	RspData  hdl.In                  `hdl:"BeatBits" doc:"its data"`
	Idle     hdl.Out                 `hdl:"1"        doc:"no row waits, is drained or is on its way to the port"`
}

// row is what a stage of the pipeline knows of its word.
type row struct {
	Addr  hdl.Sig `hdl:"29" doc:"beat address of the row"`
	Add   hdl.Sig `hdl:"1"  doc:"add partial sums"`
	Int8  hdl.Sig `hdl:"1"  doc:"requantise"`
	First hdl.Sig `hdl:"1" doc:"first word of the row"`
	Last  hdl.Sig `hdl:"1"  doc:"last word of the row"`
}

// New makes the output stage. It drains one row at a time, a word a cycle, in rotating order over the lanes; the next
// row is chosen while one drains. A row with partial sums first reads them from its output address.
func New(p Params) *hdl.Module {
	return hdl.New("output_stage", p, func(m *hdl.M, io *IO) {
		m.Doc("Output stage: drains rows of accumulators, adds partial sums, requantises, packs and writes them.")
		advance := m.Wire("advance", 1)
		next := choose(m, io, p)
		d := drain(m, io, p, next, advance.Sig)
		s := pipeline(m, io, p, next, d, advance.Sig)
		pack(m, io, p, d, s, advance)
		pending := make([]hdl.Value, p.Lanes)
		for i, l := range io.Lane {
			pending[i] = l.Pending
		}
		io.Idle.Set(hdl.Cat(append(pending, next.valid, d.active, d.issued, s.valid, s.valid2)...).Any().Not())
	})
}

// chosen is the row that drains next.
type chosen struct {
	valid    hdl.Reg
	lane     hdl.Reg // one-hot
	end      hdl.Reg
	offset   hdl.Reg // of its slice
	take     hdl.Wire
	busyLane hdl.Wire // one-hot: the row that drains now
	leaving  hdl.Wire // one-hot: the row whose last word is still at the lane's output
}

// choose picks a pending row in rotating order.
func choose(m *hdl.M, io *IO, p Params) *chosen {
	c := &chosen{
		valid: m.Reg("next_valid", 1), lane: m.Reg("next_lane", p.Lanes), end: m.Reg("next_end", 31, hdl.NoReset()),
		offset: m.Reg("next_offset", 16, hdl.NoReset()), take: m.Wire("next_take", 1), busyLane: m.Wire("busy_lane", p.Lanes),
		leaving: m.Wire("leaving_lane", p.Lanes),
	}
	pending, ends, numbers := make([]hdl.Value, p.Lanes), make([]hdl.Value, p.Lanes), make([]hdl.Value, p.Lanes)
	for i, l := range io.Lane {
		pending[p.Lanes-1-i], ends[i], numbers[i] = l.Pending, l.End, m.Lit(p.LaneBits(), i)
	}
	taken := c.busyLane.Or(c.leaving).Or(c.lane.And(c.valid.Repeat(p.Lanes))).Named("taken_lanes")
	waiting := hdl.Cat(pending...).And(taken.Not()).Named("waiting")
	// after has ones above the lane chosen last: those go first.
	after := m.Reg("after", p.Lanes)
	won := hdl.Lowest(hdl.Cat(waiting, waiting.And(after)))
	winner := won.Slice(2*p.Lanes-1, p.Lanes).Or(won.Slice(p.Lanes-1, 0)).Named("winner")
	m.If(c.valid.Not().Or(c.take), func() {
		c.valid.Set(waiting.Any())
		c.lane.Set(winner)
	})
	m.If(c.valid.Not().Or(c.take).And(waiting.Any()), func() {
		after.Set(winner.Or(winner.Sub(hdl.K(1))).Not())
		c.end.Set(hdl.OneHot(winner, ends...))
		number := hdl.OneHot(winner, numbers...).And(io.GroupMask).Named("slice")
		c.offset.Set(io.SliceBeats.Mul(number).Trunc(16))
	})
	return c
}

// draining is the row being read from a lane.
type draining struct {
	active, loading hdl.Reg // loading: partial sums are on their way
	lane            hdl.Reg
	info            row
	idx             hdl.Reg
	fire            hdl.Sig  // a word is read this cycle
	issued          hdl.Reg  // a word was read in the cycle before and waits at the lane's output
	asked           hdl.Reg  // partial sums: beats asked for
	ask             hdl.Sig  // there are beats to ask for
	asks            hdl.Wire // a read request is on the port
	partial         hdl.Sig  // word of partial sums beside the lane's word
}

func drain(m *hdl.M, io *IO, p Params, next *chosen, advance hdl.Sig) *draining {
	d := &draining{
		active: m.Reg("active", 1), loading: m.Reg("loading", 1), lane: m.Reg("lane", p.Lanes),
		idx: m.Reg("idx", p.IndexBits()), issued: m.Reg("issued", 1), asked: m.Reg("asked", p.CountBits()), asks: m.Wire("asks", 1),
	}
	addr := m.Reg("addr", 29, hdl.NoReset())
	add, int8s := m.Reg("add", 1, hdl.NoReset()), m.Reg("int8", 1, hdl.NoReset())
	words := io.Words
	arrived := m.Reg("arrived", p.CountBits())
	last := d.idx.Resize(p.CountBits()).Add(hdl.K(1)).Eq(words).Named("last")
	ready := d.loading.Not().Or(arrived.Eq(words))
	d.fire = d.active.And(ready).And(advance).Named("fire")
	d.ask = d.active.And(d.loading).And(d.asked.Ne(words)).Named("ask")
	d.info = row{Addr: addr.Sig, Add: add.Sig, Int8: int8s.Sig, First: d.idx.Eq(hdl.K(0)), Last: last}

	finish := d.fire.And(last).Named("finish")
	next.take.Set(d.active.Not().Or(finish))
	next.busyLane.Set(d.lane.And(d.active.Repeat(p.Lanes)))
	begin := next.take.And(next.valid).Named("begin")
	m.If(next.take, func() { d.active.Set(next.valid) })
	m.If(begin, func() {
		d.lane.Set(next.lane)
		addr.Set(next.end.Slice(28, 0).Add(next.offset.Zext(29)))
		int8s.Set(next.end.Bit(29))
		add.Set(next.end.Bit(30))
		d.loading.Set(next.end.Bit(30))
		d.idx.Set(hdl.K(0))
		d.asked.Set(hdl.K(0))
		arrived.Set(hdl.K(0))
	}).Else(func() {
		m.If(d.fire, func() { d.idx.Set(d.idx.Add(hdl.K(1))) })
		m.If(d.asks.And(io.Req.Ready), func() { d.asked.Set(d.asked.Add(hdl.K(1))) })
		m.If(io.RspValid, func() { arrived.Set(arrived.Add(hdl.K(1))) })
	})
	m.If(advance, func() { d.issued.Set(d.fire) })

	// The partial sums of a row wait in a memory with the addresses of the accumulators.
	sums := m.Mem("partial_sums", p.AccDepth, p.AccWidth())
	sums.Write(io.RspValid, arrived.Resize(p.IndexBits()), io.RspData)
	d.partial = sums.ReadSync("partial", d.fire, d.idx, hdl.OldData)
	for i, l := range io.Lane {
		mine := d.lane.Bit(i)
		l.Read.Set(d.fire.And(mine))
		l.Idx.Set(d.idx)
	}
	return d
}

// stages is the pipeline behind the lanes: the word with its sums, then the requantised word.
type stages struct {
	valid, valid2 hdl.Reg
	info2         row
	raw, int8s    hdl.Sig
}

func pipeline(m *hdl.M, io *IO, p Params, next *chosen, d *draining, advance hdl.Sig) *stages {
	// The row's data as the word leaves the lane.
	at := hdl.RegOf[row](m, "at", hdl.NoReset())
	lane := m.Reg("at_lane", p.Lanes, hdl.NoReset())
	m.If(d.fire, func() {
		hdl.Connect(at, d.info)
		lane.Set(d.lane)
	})
	next.leaving.Set(lane.And(d.issued.Repeat(p.Lanes)))
	// The half is free once its last word is taken: until then the word is held in the half's own read register.
	done := d.issued.And(at.Last).And(advance).Named("row_done")
	data := make([]hdl.Value, p.Lanes)
	for i, l := range io.Lane {
		data[i] = l.Data
		l.Done.Set(done.And(lane.Bit(i)))
	}
	word := hdl.OneHot(lane, data...).Named("word")
	sums := make([]hdl.Value, p.AccWord)
	for i := range sums {
		part := d.partial.Slice(32*i+31, 32*i).And(at.Add.Repeat(32))
		sums[p.AccWord-1-i] = word.Slice(32*i+31, 32*i).Add(part)
	}
	s := &stages{valid: m.Reg("s_valid", 1), valid2: m.Reg("t_valid", 1)}
	sum := m.RegNext("sums", hdl.Cat(sums...), hdl.NoReset(), hdl.Enable(advance))
	info := hdl.RegOf[row](m, "s", hdl.NoReset(), hdl.Enable(advance))
	hdl.Connect(info, at)
	s.info2 = hdl.RegOf[row](m, "t", hdl.NoReset(), hdl.Enable(advance))
	hdl.Connect(s.info2, info)
	m.If(advance, func() {
		s.valid.Set(d.issued)
		s.valid2.Set(s.valid)
	})
	s.raw, s.int8s = scale(m, p, advance, sum.Sig, io.Mult, io.Shift)
	return s
}

// pack gathers int8 words into beats and sends the beats.
func pack(m *hdl.M, io *IO, p Params, d *draining, s *stages, advance hdl.Wire) {
	const perBeat = 4 // int8 words in a beat
	w := 8 * p.AccWord
	at := m.Reg("pack_at", 2)
	beat := m.Reg("beat", 32, hdl.NoReset())
	kept := make([]hdl.Reg, perBeat-1)
	parts := []hdl.Value{s.int8s}
	for i := range kept {
		kept[i] = m.Reg(fmt.Sprintf("kept_%d", i), w, hdl.NoReset())
	}
	info := s.info2
	full := at.Eq(hdl.K(perBeat - 1)).Or(info.Last)
	sends := s.valid2.And(info.Int8.Not().Or(full)).Named("sends")
	reads := d.asks.Sig
	d.asks.Set(d.ask.And(sends.Not())) // a row's sums are read while the row before is still on its way out
	io.Req.Valid.Set(sends.Or(d.ask))
	advance.Set(sends.Not().Or(io.Req.Ready))

	// Byte lanes of an int8 beat: words already kept below, the present one at its place.
	packed, masks := make([]hdl.Value, perBeat), make([]hdl.Value, perBeat)
	for i := range perBeat {
		here := parts[0]
		if i < len(kept) {
			here = hdl.Mux(at.Eq(hdl.K(i)), s.int8s, kept[i])
		}
		packed[perBeat-1-i] = here
		masks[perBeat-1-i] = at.Ge(hdl.K(i)).Repeat(p.AccWord)
	}
	beatAddr := hdl.Mux(info.First, info.Addr.Zext(32), beat).Named("beat_addr")
	readAddr := d.info.Addr.Zext(32).Add(d.asked.Zext(32))
	hdl.Connect(io.Req.Data, bus.Request{
		Write: reads.Not(),
		Addr:  hdl.Mux(reads, readAddr, beatAddr),
		Data:  hdl.Mux(info.Int8, hdl.Cat(packed...), s.raw),
		Mask:  hdl.Mux(info.Int8, hdl.Cat(masks...), m.Lit(1, 1).Repeat(p.PortBytes)),
	})
	m.If(s.valid2.And(advance), func() {
		for i := range kept {
			m.If(at.Eq(hdl.K(i)), func() { kept[i].Set(s.int8s) })
		}
		at.Set(hdl.Mux(info.Int8.Not().Or(info.Last), hdl.K(0), at.Add(hdl.K(1))))
		beat.Set(hdl.Mux(sends, beatAddr.Add(hdl.K(1)), beatAddr))
	})
}
