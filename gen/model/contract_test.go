package model_test

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/model"
)

// image lays out a program for the tiny target (2 lanes, 1024 words, beats of 8 bytes): instructions from beat 0,
// data words from beat 100, 200 beats in all.
func image(program [][4]uint32, data ...uint32) []byte {
	mem := make([]byte, 200*8)
	for i, in := range program {
		for j, w := range in {
			binary.LittleEndian.PutUint32(mem[16*i+4*j:], w)
		}
	}
	for i, w := range data {
		binary.LittleEndian.PutUint32(mem[100*8+4*i:], w)
	}
	return mem
}

// The parts of a small sound program: one job of one task on one row of two columns.
var (
	config  = [4]uint32{1 | 2<<16, 1, 1 | 1<<16}
	loadAll = [4]uint32{2 | 2<<16, 100}       // 4 words to word 0
	phase   = [4]uint32{3 | 1<<16, 0 | 3<<16} // a_base 0, b_base 3
	end     = [4]uint32{0}

	table   = uint32(1 | 2<<16)   // offset 1, 2 words
	task    = uint32(5)           // value 5, row at b_base
	endWord = uint32(1<<31 | 150) // output at beat 150
	row     = uint32(3 | 7<<8)    // columns 3, 7
)

// wait makes a LOAD wait for retired phases.
func wait(load [4]uint32, phases uint32) [4]uint32 {
	load[0] |= 1 << 4
	load[2] |= phases << 16
	return load
}

func TestSmallestProgram(t *testing.T) {
	r, err := model.Run(load(t, "tiny"), image([][4]uint32{config, loadAll, phase, end}, table, task, endWord, row), 0, model.Options{})
	require.NoError(t, err)
	require.Equal(t, []byte{15, 0, 0, 0, 35, 0, 0, 0}, r.Memory[150*8:151*8])
	require.Equal(t, []int64{2, 0}, r.Cycles.Products)
	require.EqualValues(t, 1, r.Cycles.Written)
}

// Every breach of the contract is reported with its place.
func TestBreaches(t *testing.T) {
	with := func(in [4]uint32, word int, set uint32) [4]uint32 { in[word] = set; return in }
	barrier := with(phase, 0, phase[0]|1<<4)
	good := []uint32{table, task, endWord, row}
	pairs := [4]uint32{1 | 1<<4 | 2<<16, 0, 1 | 1<<16}
	bitmap := with(pairs, 0, 1|2<<4|2<<16)
	loadMore := with(loadAll, 0, 2|3<<16) // 6 words
	for _, c := range []struct {
		name    string
		program [][4]uint32
		data    []uint32
		want    string
	}{
		{"operation", [][4]uint32{{9}}, nil, "image: instruction 0: operation 9 does not exist"},
		{"format", [][4]uint32{with(config, 0, config[0]|3<<4)}, nil, "image: instruction 0: format 3 does not exist"},
		{"group", [][4]uint32{with(config, 0, config[0]|2<<8)}, nil, "image: instruction 0: a group of 4 lanes on a machine of 2"},
		{"columns", [][4]uint32{with(config, 0, 1|17<<16)}, nil, "image: instruction 0: 17 columns of a slice, want 1 to 16"},
		{"row words", [][4]uint32{with(config, 1, 2)}, nil, "image: instruction 0: row_words is 2 for 2 columns"},
		{"drain words", [][4]uint32{with(config, 2, 2)}, nil, "image: instruction 0: drain_words is 2 for 2 columns"},
		{"shift", [][4]uint32{with(config, 3, 48<<16)}, nil, "image: instruction 0: a requantisation shift of 48, want at most 47"},
		{"empty load", [][4]uint32{with(loadAll, 0, 2)}, nil, "image: instruction 0: a load of no beats"},
		{"alignment", [][4]uint32{with(loadAll, 2, 1)}, nil, "image: instruction 0: a load to word 1, not a multiple of 2"},
		{"local memory", [][4]uint32{with(loadAll, 2, 1022)}, nil, "image: instruction 0: a load to words 1022 to 1025 of 1024"},
		{"memory", [][4]uint32{with(loadAll, 1, 199)}, nil, "image: instruction 0: a load from beat 199 to 200 past the end of memory at 200"},
		{"deadlock", [][4]uint32{wait(loadAll, 1)}, nil, "image: instruction 0: a load waits for 1 phases but only 0 were started before it"},
		{"no config", [][4]uint32{loadAll, phase}, good, "image: instruction 1: a phase before any CONFIG"},
		{"no jobs", [][4]uint32{config, loadAll, with(phase, 0, 3)}, good, "image: instruction 2: a phase of no jobs"},
		{"not loaded", [][4]uint32{config, phase}, good, "image: instruction 1, phase 0, job 0: local word 0 is read before it is loaded"},
		{"past local", [][4]uint32{config, loadAll, phase}, []uint32{1024 | 2<<16, task, endWord, row}, "image: instruction 2, phase 0, job 0: local word 1024 is past the 1024 of local memory"},
		{"empty job", [][4]uint32{config, loadAll, phase}, []uint32{1, task, endWord, row}, "image: instruction 2, phase 0, job 0: the job has no words"},
		{"too short", [][4]uint32{config, loadAll, phase}, []uint32{1 | 1<<16, task, endWord, row}, "image: instruction 2, phase 0, job 0: word 0 of 1 is not an end word"},
		{"too long", [][4]uint32{config, loadAll, phase}, []uint32{1 | 3<<16, task, endWord, row}, "image: instruction 2, phase 0, job 0: word 1 of 3 is an end word"},
		{"task bits", [][4]uint32{config, loadAll, phase}, []uint32{table, 1 << 24, endWord, row}, "image: instruction 2, phase 0, job 0: task 0 has bits above 23"},
		{"output", [][4]uint32{config, loadAll, phase}, []uint32{table, task, 1<<31 | 200, row}, "image: instruction 2, phase 0, job 0: an output at beats 200 to 200 past the end of memory at 200"},
		{"sums", [][4]uint32{config, loadAll, phase}, []uint32{table, task, 3<<30 | 200, row}, "image: instruction 2, phase 0, job 0: partial sums at beats 200 to 200 past the end of memory at 200"},
		{"overwrite", [][4]uint32{config, loadAll, phase, loadAll}, good, "image: instruction 3: a load overwrites local word 0, which phase 0 may still need; only 0 phases are sure to be retired"},
		{"sums too early", [][4]uint32{config, loadAll, phase, phase}, []uint32{table, task, endWord | 1<<30, row}, "image: instruction 3, phase 1, job 0: partial sums at beat 150 are an output of phase 0 that may not be written yet; only phases before 0 are"},
		{"two writers", [][4]uint32{config, loadAll, phase, phase}, good, "image: instruction 3, phase 1, job 0: beat 150 is an output of phase 0 too, without a barrier between"},
		{"output loaded", [][4]uint32{config, loadAll, phase, barrier, with(with(loadAll, 1, 150), 2, 100)}, good, "image: instruction 4: a load reads beat 150, an output of phase 1 that may not be written yet"},
		{"table bits", [][4]uint32{pairs, loadMore, phase}, []uint32{table, task, endWord, 1 | 1<<23, 0, 0}, "image: instruction 2, phase 0, job 0: row-table entry 0 of slice 0 has bits above 22"},
		{"pair column", [][4]uint32{pairs, loadMore, phase}, []uint32{table, task, endWord, 1 | 1<<16, 2 | 1<<8, 0}, "image: instruction 2, phase 0, job 0: half 0 of word 0 of a row has column 2 of 2"},
		{"bit column", [][4]uint32{bitmap, loadMore, phase}, []uint32{table, task, endWord, 1 | 2<<16, 4, 1}, "image: instruction 2, phase 0, job 0: segment 0 of a row has column 2 of 2"},
		{"bit values", [][4]uint32{bitmap, loadMore, phase}, []uint32{table, task, endWord, 1 | 1<<16, 1, 1}, "image: instruction 2, phase 0, job 0: segment 0 of a row has 1 values but the row ends"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := model.Run(load(t, "tiny"), image(append(c.program, end), c.data...), 0, model.Options{})
			require.EqualError(t, err, c.want)
			var typed *model.Error
			require.ErrorAs(t, err, &typed)
		})
	}
}

func TestProgramPastMemory(t *testing.T) {
	tiny := load(t, "tiny")
	_, err := model.Run(tiny, image(nil)[:8*8], 7, model.Options{})
	require.EqualError(t, err, "image: instruction 0: the program runs past the end of memory")
	_, err = model.Run(tiny, image(nil)[:17*8], 0, model.Options{})
	require.EqualError(t, err, "image: instruction 0: fewer than 8 instructions can be read past END")
	_, err = model.Run(tiny, image(nil)[:25], 0, model.Options{})
	require.EqualError(t, err, "image: instruction 0: the image has 25 bytes, not whole beats of 8")
}

// What the waits and barriers of the contract are for: the same programs as above, put right.
func TestOrderedPrograms(t *testing.T) {
	barrier := phase
	barrier[0] |= 1 << 4
	for name, program := range map[string][][4]uint32{
		"wait":    {config, loadAll, phase, wait(loadAll, 1), barrier, end},
		"config":  {config, loadAll, phase, config, loadAll, phase, end},
		"barrier": {config, loadAll, phase, barrier, barrier, end},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := model.Run(load(t, "tiny"), image(program, table, task, endWord, row), 0, model.Options{})
			require.NoError(t, err)
		})
	}
	sums := []uint32{table, task, endWord | 1<<30, row}
	r, err := model.Run(load(t, "tiny"), image([][4]uint32{config, loadAll, phase, barrier, barrier, end}, sums...), 0, model.Options{})
	require.NoError(t, err)
	require.EqualValues(t, 45, r.Memory[150*8])
}

func TestMaxCycles(t *testing.T) {
	_, err := model.Run(load(t, "tiny"), image([][4]uint32{config, end}), 0, model.Options{MaxCycles: 10})
	require.EqualError(t, err, "cycle model: not done after 10 cycles")
}
