package target

import (
	"fmt"
	"math/bits"
)

// The smallest useful tile: B, twice for double buffering, with usefulRows rows of one word for every lane, and two
// chunks of A with a job of usefulRows tasks, an end word and a job-table word for every lane.
const usefulRows = 16

// UsefulWords is the local memory that a machine of so many lanes needs for the smallest useful tile.
func UsefulWords(lanes int) int { return 2*usefulRows*lanes + 2*(usefulRows+2)*lanes }

// Check reports the first rule that t breaks, for targets that were not read from a file.
func (t *Target) Check() error {
	if err := (&file{path: t.Name}).check(t); err != nil {
		return err
	}
	return nil
}

// check gives the first broken rule. The rules on one key come before those that relate two.
func (f *file) check(t *Target) error {
	for i := range keys {
		k := &keys[i]
		if n := *k.field(t); n < 0 {
			return f.err(k.name, fmt.Sprintf("%d is negative", n), fmt.Sprintf("write for example %s = %d", k.name, k.example))
		}
	}
	ranges := []struct {
		key     string
		n       int
		lo, hi  int
		power   bool
		because string
	}{
		{"lanes", t.Lanes, 2, 64, true, ""},
		{"memory_kb", t.MemoryKB, 1, 256, true, " (word addresses have 16 bits)"},
		{"port_bytes", t.PortBytes, 8, 32, true, ""},
		{"acc_columns", t.AccColumns, 2, 256, true, ""},
		{"task_queue", t.TaskQueue, 2, 64, false, ""},
		{"prefetch", t.Prefetch, 2, 16, false, ""},
	}
	for _, r := range ranges {
		if r.n < r.lo || r.n > r.hi {
			return f.err(r.key, fmt.Sprintf("%d is out of range", r.n), fmt.Sprintf("use %d to %d%s", r.lo, r.hi, r.because))
		}
		if r.power && bits.OnesCount(uint(r.n)) != 1 {
			low := 1 << (bits.Len(uint(r.n)) - 1)
			return f.err(r.key, fmt.Sprintf("%d is not a power of two", r.n), fmt.Sprintf("use %d or %d", low, 2*low))
		}
	}
	if t.PortWords() > t.Lanes {
		return f.err("port_bytes", fmt.Sprintf("a beat of %d words is wider than the %d banks", t.PortWords(), t.Lanes),
			fmt.Sprintf("use port_bytes = %d or lanes = %d", 4*t.Lanes, t.PortWords()))
	}
	if t.AccColumns < t.PortWords() {
		return f.err("acc_columns", fmt.Sprintf("%d accumulators do not fill a beat of %d words", t.AccColumns, t.PortWords()),
			fmt.Sprintf("use at least %d", t.PortWords()))
	}
	if need := UsefulWords(t.Lanes); t.LocalWords() < need {
		kb := 1
		for kb*1024/WordBytes < need {
			kb *= 2
		}
		return f.err("memory_kb", fmt.Sprintf("%d words are too few for one tile, %d lanes need %d", t.LocalWords(), t.Lanes, need),
			fmt.Sprintf("use at least %d or fewer lanes", kb))
	}
	return nil
}
