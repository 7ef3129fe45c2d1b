package compile

// Encoding of instructions, tasks and end words; docs/machine.md has the fields.

type instruction [4]uint32

const (
	opEnd = iota
	opConfig
	opLoad
	opPhase
)

const spareInstructions = 8 // the controller reads ahead past END

func (p *plan) config(stride int, mult uint16, shift uint8) instruction {
	log := uint32(0)
	for 1<<log < p.group {
		log++
	}
	return instruction{
		opConfig | p.format.code()<<4 | log<<8 | uint32(p.ncols)<<16,
		uint32(p.rowWords) | uint32(stride)<<16,
		uint32(p.drainWords) | uint32(p.sliceBeats)<<16,
		uint32(mult) | uint32(shift)<<16,
	}
}

// load waits until retired phases are retired; 0 or less does not wait.
func load(beats int, from uint32, to, retired int) instruction {
	in := instruction{opLoad | uint32(beats)<<16, from, uint32(to)}
	if retired > 0 {
		in[0] |= 1 << 4
		in[2] |= uint32(retired&0xffff) << 16
	}
	return in
}

func phase(jobs, aBase, bBase int, barrier bool) instruction {
	in := instruction{opPhase | uint32(jobs)<<16, uint32(aBase) | uint32(bBase)<<16}
	if barrier {
		in[0] |= 1 << 4
	}
	return in
}

func task(value int8, pos int) uint32 { return uint32(uint8(value)) | uint32(pos)<<8 }

func endWord(beat uint32, add, requantise bool) uint32 {
	w := 1<<31 | beat
	if add {
		w |= 1 << 30
	}
	if requantise {
		w |= 1 << 29
	}
	return w
}

const maxBeat = 1<<29 - 1 // the address field of an end word
