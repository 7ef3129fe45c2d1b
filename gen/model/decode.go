package model

import "encoding/binary"

// The operations, w0[3:0] of an instruction.
const (
	opEnd    = 0
	opConfig = 1
	opLoad   = 2
	opPhase  = 3
)

const (
	formatDense  = 0
	formatPairs  = 1
	formatBitmap = 2
)

// spareInstructions must be readable past END.
const spareInstructions = 8

type instruction [4]uint32

func (in instruction) op() int { return int(in[0] & 15) }

// config is a decoded CONFIG.
type config struct {
	format      int
	group       int
	ncols       int
	rowWords    int
	sliceStride int
	drainWords  int
	sliceBeats  int
	mult        uint16
	shift       uint8
}

func (in instruction) config() config {
	return config{
		format: int(in[0] >> 4 & 3), group: 1 << (in[0] >> 8 & 7), ncols: int(in[0] >> 16 & 0xfff),
		rowWords: int(in[1] & 0xffff), sliceStride: int(in[1] >> 16),
		drainWords: int(in[2] & 0xffff), sliceBeats: int(in[2] >> 16),
		mult: uint16(in[3]), shift: uint8(in[3] >> 16 & 63),
	}
}

// loadOp is a decoded LOAD.
type loadOp struct {
	wait    bool
	beats   int
	from    uint32 // beat
	to      int    // local word
	retired uint16
}

func (in instruction) load() loadOp {
	return loadOp{in[0]>>4&1 == 1, int(in[0] >> 16), in[1], int(in[2] & 0xffff), uint16(in[2] >> 16)}
}

// phaseOp is a decoded PHASE.
type phaseOp struct {
	barrier bool
	jobs    int
	aBase   int
	bBase   int
}

func (in instruction) phase() phaseOp {
	return phaseOp{in[0]>>4&1 == 1, int(in[0] >> 16), int(in[1] & 0xffff), int(in[1] >> 16)}
}

// taskWord is a task or an end word.
type taskWord uint32

func (w taskWord) isEnd() bool  { return w>>31 == 1 }
func (w taskWord) add() bool    { return w>>30&1 == 1 }
func (w taskWord) int8() bool   { return w>>29&1 == 1 }
func (w taskWord) beat() uint32 { return uint32(w & (1<<29 - 1)) }
func (w taskWord) value() int32 { return int32(int8(w)) }
func (w taskWord) pos() int     { return int(w >> 8 & 0xffff) }

// fetch reads an instruction of external memory; the caller has checked the bounds.
func fetch(mem []byte, at int) instruction {
	var in instruction
	for i := range in {
		in[i] = binary.LittleEndian.Uint32(mem[at+4*i:])
	}
	return in
}
