package model

import "github.com/sparsegen/sparsegen/gen/target"

// hazards finds images whose result would depend on timing. It keeps for each local word the last phase that reads it and for each beat
// the last phase that writes it, and what the waits, barriers and CONFIGs of the program guarantee. Phases are
// counted from 1 here, 0 is none.
type hazards struct {
	retired int // phases retired for sure at this point of the program
	written int // phases whose outputs are in memory for sure when the present phase starts
	settled int // phases whose outputs are in memory for sure when the next load is issued

	loaded   []bool
	lastRead []int32 // by local word
	lastOut  []int32 // by beat
}

func (h *hazards) init(t *target.Target, beats int) {
	h.loaded, h.lastRead = make([]bool, t.LocalWords()), make([]int32, t.LocalWords())
	h.lastOut = make([]int32, beats)
}

// allDone holds after CONFIG: all phases so far are retired and written.
func (h *hazards) allDone(phases int) { h.retired, h.written, h.settled = phases, phases, phases }

// allWritten holds in a phase with a barrier.
func (h *hazards) allWritten(phases int) { h.written = phases }

func (h *hazards) retiredAtLeast(phases int) { h.retired = max(h.retired, phases) }

func (h *hazards) readWord(x *executor, at int) {
	if at >= len(h.loaded) {
		x.fail("local word %d is past the %d of local memory", at, len(h.loaded))
	}
	if !h.loaded[at] {
		x.fail("local word %d is read before it is loaded", at)
	}
	h.lastRead[at] = int32(x.phase + 1)
}

func (h *hazards) writeWord(x *executor, at int) {
	if p := int(h.lastRead[at]); p > h.retired {
		x.fail("a load overwrites local word %d, which phase %d may still need; only %d phases are sure to be retired", at, p-1, h.retired)
	}
	h.loaded[at] = true
}

func (h *hazards) readBeat(x *executor, at int) {
	if p := int(h.lastOut[at]); p > h.settled {
		x.fail("a load reads beat %d, an output of phase %d that may not be written yet", at, p-1)
	}
}

func (h *hazards) addBeat(x *executor, at int) {
	if p := int(h.lastOut[at]); p > h.written {
		x.fail("partial sums at beat %d are an output of phase %d that may not be written yet; only phases before %d are", at, p-1, h.written)
	}
}

func (h *hazards) writeBeat(x *executor, at int) {
	if p := int(h.lastOut[at]); p > h.written {
		x.fail("beat %d is an output of phase %d too, without a barrier between", at, p-1)
	}
	h.lastOut[at] = int32(x.phase + 1)
}
