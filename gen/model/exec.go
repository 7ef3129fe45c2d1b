package model

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/sparsegen/sparsegen/gen/target"
)

// executor runs an image in program order: a load is done at once, a phase runs to its end. Any overlap the hardware
// allows gives the same result, or is reported by the hazard checks.
type executor struct {
	t     *target.Target
	mem   []byte
	local []uint32
	cfg   config
	ready bool // a CONFIG was seen

	pc     int // instruction number
	phase  int // phases started
	job    int
	inside bool // in a phase
	haz    hazards

	acc      []int32
	products int64
	jobs     int64
}

// execute runs the program at beat prog on mem, which it changes. The error, if any, is an [*Error].
func execute(t *target.Target, mem []byte, prog uint32) (x *executor, err error) {
	x = &executor{t: t, mem: mem, local: make([]uint32, t.LocalWords()), acc: make([]int32, t.AccColumns)}
	x.haz.init(t, len(mem)/t.PortBytes)
	defer func() { // fail unwinds to here
		if r := recover(); r != nil {
			e, ours := r.(*Error)
			if !ours {
				panic(r)
			}
			err = e
		}
	}()
	x.check(len(mem)%t.PortBytes == 0, "the image has %d bytes, not whole beats of %d", len(mem), t.PortBytes)
	step := t.InstructionBeats() * t.PortBytes
	for at := int(prog) * t.PortBytes; ; at += step {
		x.check(at+step <= len(mem), "the program runs past the end of memory")
		in := fetch(mem, at)
		switch in.op() {
		case opEnd:
			x.check(at+(1+spareInstructions)*step <= len(mem), "fewer than %d instructions can be read past END", spareInstructions)
			return x, nil
		case opConfig:
			x.configure(in.config())
		case opLoad:
			x.load(in.load())
		case opPhase:
			x.runPhase(in.phase())
		default:
			x.fail("operation %d does not exist", in.op())
		}
		x.pc++
	}
}

func (x *executor) fail(format string, args ...any) {
	e := &Error{Instruction: x.pc, Phase: -1, Job: -1, What: fmt.Sprintf(format, args...)}
	if x.inside {
		e.Phase, e.Job = x.phase, x.job
	}
	panic(e)
}

func (x *executor) check(ok bool, format string, args ...any) {
	if !ok {
		x.fail(format, args...)
	}
}

func (x *executor) configure(c config) {
	p := x.t.PortWords()
	x.check(c.format <= formatBitmap, "format %d does not exist", c.format)
	x.check(c.group <= x.t.Lanes, "a group of %d lanes on a machine of %d", c.group, x.t.Lanes)
	x.check(c.ncols >= 1 && c.ncols <= x.t.AccColumns, "%d columns of a slice, want 1 to %d", c.ncols, x.t.AccColumns)
	x.check(c.format != formatDense || c.rowWords == (c.ncols+3)/4, "row_words is %d for %d columns", c.rowWords, c.ncols)
	x.check(c.drainWords == (c.ncols+p-1)/p, "drain_words is %d for %d columns", c.drainWords, c.ncols)
	x.check(c.shift <= 47, "a requantisation shift of %d, want at most 47", c.shift)
	x.cfg, x.ready = c, true
	x.haz.allDone(x.phase)
}

func (x *executor) load(l loadOp) {
	p := x.t.PortWords()
	x.check(l.beats > 0, "a load of no beats")
	x.check(l.to%p == 0, "a load to word %d, not a multiple of %d", l.to, p)
	x.check(l.to+l.beats*p <= len(x.local), "a load to words %d to %d of %d", l.to, l.to+l.beats*p-1, len(x.local))
	x.check(int(l.from)+l.beats <= len(x.mem)/x.t.PortBytes, "a load from beat %d to %d past the end of memory at %d", l.from, int(l.from)+l.beats-1, len(x.mem)/x.t.PortBytes)
	if l.wait {
		// Modulo 2^16: the count meant is the one within 2^15 of the phases started.
		ahead := int16(l.retired - uint16(x.phase))
		x.check(ahead <= 0, "a load waits for %d phases but only %d were started before it", x.phase+int(ahead), x.phase)
		x.haz.retiredAtLeast(x.phase + int(ahead))
	}
	for i := range l.beats {
		x.haz.readBeat(x, int(l.from)+i)
	}
	at := int(l.from) * x.t.PortBytes
	for i := range l.beats * p {
		x.haz.writeWord(x, l.to+i)
		x.local[l.to+i] = binary.LittleEndian.Uint32(x.mem[at+4*i:])
	}
}

func (x *executor) runPhase(p phaseOp) {
	x.check(x.ready, "a phase before any CONFIG")
	x.check(p.jobs > 0, "a phase of no jobs")
	if p.barrier {
		x.haz.allWritten(x.phase)
	}
	x.inside = true
	for x.job = 0; x.job < p.jobs; x.job++ {
		entry := x.word(p.aBase + x.job)
		offset, length := int(entry&0xffff), int(entry>>16)
		x.check(length > 0, "the job has no words")
		x.runJob(p.aBase+offset, length, p.bBase)
		x.jobs++
	}
	x.inside = false
	x.phase++
}

// runJob runs the words of a job for each slice in turn.
func (x *executor) runJob(at, length, bBase int) {
	for i := range length {
		w := taskWord(x.word(at + i))
		switch { // not check: its arguments would cost more than the job
		case w.isEnd() && i < length-1:
			x.fail("word %d of %d is an end word", i, length)
		case !w.isEnd() && i == length-1:
			x.fail("word %d of %d is not an end word", i, length)
		case !w.isEnd() && w>>24 != 0:
			x.fail("task %d has bits above 23", i)
		}
	}
	for s := range x.cfg.group {
		acc := x.acc[:x.cfg.ncols]
		clear(acc)
		for i := range length - 1 {
			w := taskWord(x.local[at+i])
			x.addRow(acc, w.value(), w.pos(), s, bBase)
		}
		x.output(acc, taskWord(x.local[at+length-1]), s)
	}
}

// word reads a word of local memory for the phase that runs.
func (x *executor) word(at int) uint32 {
	x.haz.readWord(x, at)
	return x.local[at]
}

// output writes the row of a slice: int32, or int8 in whole words of accumulators; columns past ncols are 0 before requantisation.
func (x *executor) output(acc []int32, end taskWord, s int) {
	p := x.t.PortWords()
	beat := int(end.beat()) + s*x.cfg.sliceBeats
	wide, beats := x.cfg.drainWords, x.cfg.drainWords
	if end.int8() {
		beats = (wide + 3) / 4
	}
	limit := len(x.mem) / x.t.PortBytes
	if end.add() {
		x.check(beat+wide <= limit, "partial sums at beats %d to %d past the end of memory at %d", beat, beat+wide-1, limit)
		for i := range wide {
			x.haz.addBeat(x, beat+i)
		}
		for i := range acc {
			acc[i] += int32(binary.LittleEndian.Uint32(x.mem[beat*x.t.PortBytes+4*i:]))
		}
	}
	x.check(beat+beats <= limit, "an output at beats %d to %d past the end of memory at %d", beat, beat+beats-1, limit)
	for i := range beats {
		x.haz.writeBeat(x, beat+i)
	}
	base := beat * x.t.PortBytes
	for i := range wide * p {
		v := int32(0)
		if i < len(acc) {
			v = acc[i]
		}
		if end.int8() {
			x.mem[base+i] = byte(x.cfg.requantise(v))
		} else {
			binary.LittleEndian.PutUint32(x.mem[base+4*i:], uint32(v))
		}
	}
}

// requantise is saturate_int8((v x mult + 2^(shift-1)) >> shift), without the rounding term for shift 0.
func (c *config) requantise(v int32) int8 {
	n := int64(v) * int64(c.mult)
	if c.shift > 0 {
		n += 1 << (c.shift - 1)
	}
	return int8(min(max(n>>c.shift, math.MinInt8), math.MaxInt8))
}
