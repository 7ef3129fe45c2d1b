package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sparsegen/sparsegen/flows/tool"
)

// tiny is the text of the smallest target, which the tests below spoil.
const tiny = `lanes       = 2
memory_kb   = 4
port_bytes  = 8
acc_columns = 16
task_queue  = 4
prefetch    = 4
`

func change(from, to string) string { return strings.Replace(tiny, from, to, 1) }

// Each mistake is one line on stderr, exit 2, and nothing written.
func TestBadInput(t *testing.T) {
	files := map[string]string{
		"misspelt.toml": change("lanes ", "lnaes "),
		"three.toml":    change("lanes       = 2", "lanes       = 3"),
		"little.toml":   strings.Replace(change("lanes       = 2", "lanes       = 64"), "memory_kb   = 4", "memory_kb   = 1", 1),
		"negative.toml": change("memory_kb   = 4", "memory_kb   = -4"),
		"syntax.toml":   "lanes = = 2\n",
		"nolane.toml":   change("lanes       = 2\n", ""),
		"good.smtx":     small,
		"cut.smtx":      "3, 4, 5\n0 2 2 5\n0 3 0\n",
		"header.smtx":   "3, 4\n",
		"outside.smtx":  "3, 4, 5\n0 2 2 5\n0 4 0 1 2\n",
		"unsorted.smtx": "3, 4, 5\n0 2 2 5\n3 0 0 1 2\n",
		"pointers.smtx": "3, 4, 5\n0 3 2 5\n0 3 0 1 2\n",
		"counts.smtx":   "3, 4, 6\n0 2 2 5\n0 3 0 1 2\n",
		"negative.smtx": "-3, 4, 5\n0 2 2 5\n0 3 0 1 2\n",
		"empty.smtx":    "",
		"nan.mtx":       "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 nan\n",
		"outside.mtx":   "%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 1.0\n",
		"counts.mtx":    "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 1.0\n",
		"odd.mtx":       "%%MatrixMarket matrix coordinate odd general\n2 2 1\n1 1 1.0\n",
		"matrix.csv":    "1,2\n",
		"cut.smtx.gz":   "\x1f\x8b\x08\x00\x00\x00",
		"conv.toml":     "[[layer]]\nop = \"conv2d\"\n",
		"wieght.toml":   "[[layer]]\nop = \"matmul\"\nwieght = {}\n",
		"afile":         "",
		"something.txt": "keep me",
		"two.toml":      "[[layer]]\nop=\"spgemm\"\nweight={shape=[2,2],density=1}\n[[layer]]\nop=\"spgemm\"\nweight={shape=[2,2],density=1}\n",
	}
	dir := folder(t, files)
	before := listing(t, dir)
	for _, c := range []struct{ args, want string }{
		// Targets.
		{"emit --target misspelt.toml -o out", "misspelt.toml:1: lnaes: unknown key; did you mean lanes?"},
		{"emit --target three.toml -o out", "three.toml:1: lanes: 3 is not a power of two; use 2 or 4"},
		{"emit --target little.toml -o out", "little.toml:2: memory_kb: 256 words are too few for one tile, 64 lanes need 4352; use at least 32 or fewer lanes"},
		{"emit --target negative.toml -o out", "negative.toml:2: memory_kb: -4 is negative; write for example memory_kb = 64"},
		{"emit --target syntax.toml -o out", "syntax.toml:1: expected value but found '=' instead; write each parameter as key = number"},
		{"emit --target nolane.toml -o out", "nolane.toml: lanes: missing key; add a line such as lanes = 16"},
		{"emit --target none.toml -o out", "none.toml: no such file or directory; give the path of a target such as targets/default.toml"},
		{"area --target three.toml", "three.toml:1: lanes: 3 is not a power of two; use 2 or 4"},
		{"area --process 7nm", `process "7nm" is not known: use osu018, or the path of a liberty file`},
		{"area --memory flat", `memory model "flat" is not known: use dense or open`},
		// Matrices.
		{"run --a none.smtx --b-cols 4", "none.smtx: no such file; check the path"},
		{"run --a empty.smtx --b-cols 4", "empty.smtx: the file is empty; fetch or write it again"},
		{"run --a cut.smtx --b-cols 4", "cut.smtx:3: found 3 column indices, line 1 says 5; the file may be cut short, fetch it again or correct the count"},
		{"run --a header.smtx --b-cols 4", "header.smtx:1: the first line has 2 fields, not 3; write `rows, cols, nnz`"},
		{"run --a cut.smtx.gz --b-cols 4", "cut.smtx.gz: the gzip data is cut short; fetch the file again"},
		{"run --a outside.smtx --b-cols 4", "outside.smtx:3: column index 4 of row 0 is outside 0..3; correct it or line 1"},
		{"run --a unsorted.smtx --b-cols 4", "unsorted.smtx:3: row 0 is unsorted, column 0 follows 3; sort the columns of each row"},
		{"run --a pointers.smtx --b-cols 4", "pointers.smtx:2: row offset 2 follows 3; offsets never decrease, correct them"},
		{"run --a counts.smtx --b-cols 4", "counts.smtx:2: the last row offset is 5, line 1 says 6 non-zeros; correct the one that is wrong"},
		{"run --a negative.smtx --b-cols 4", "negative.smtx:1: rows is -3; a size is 1 or more"},
		{"run --a nan.mtx --b-cols 4", `nan.mtx:3: value "nan" is not finite; replace it by a number`},
		{"run --a outside.mtx --b-cols 4", "outside.mtx:3: row 3 is outside 1..2; correct it or the size line"},
		{"run --a counts.mtx --b-cols 4", "counts.mtx:3: found 1 entries, the size line says 2; the file may be cut short, fetch it again or correct the count"},
		{"run --a odd.mtx --b-cols 4", `odd.mtx:1: field "odd" is not read; use real, integer or pattern`},
		{"run --a matrix.csv --b-cols 4", `matrix.csv: format ".csv" is not known; use .smtx, .mtx, .txt or .npy, each also as .gz`},
		{"run --a targets --b-cols 4", `targets: format "" is not known; use .smtx, .mtx, .txt or .npy, each also as .gz`},
		{"run --a good.smtx --b good.smtx", "good.smtx: is 3 x 4, and A 3 x 4; give a B of 4 rows"},
		{"run --a good.smtx --op spgemm", "good.smtx: is 3 x 4, and A x A needs a square one; give --b FILE or --b-cols N"},
		// Workloads.
		{"run --workload none.toml", "none.toml: no such file or directory; give the path of a workload such as gen/sparsegen/examples/demo.toml"},
		{"run --workload conv.toml", `conv.toml:2: op: "conv2d" can not be run yet; use matmul, spmm, spgemm`},
		{"run --workload wieght.toml", "wieght.toml:3: wieght: unknown key; did you mean weight?"},
		{"run --workload two.toml --vcd w.vcd", "--vcd: the workload has 2 layers, a wave is of one; use a workload with one layer"},
		{"run --workload two.toml --a good.smtx", "--a: has no meaning with --workload; leave it out"},
		// Command line.
		{"run", "no matrix is given; use --a FILE, or --workload FILE"},
		{"run --a good.smtx", "no B is given; use --b FILE, or --b-cols N to make one up"},
		{"run --a good.smtx --b-cols 0", "--b-cols 0: out of range; use 1 to 1048576"},
		{"run --a good.smtx --b-cols -3", "--b-cols -3: out of range; use 1 to 1048576"},
		{"run --a good.smtx --b-cols x", `invalid argument "x" for "--b-cols" flag; see sparsegen run --help`},
		{"run --a good.smtx --b-cols 3 --b-density 1.5", "--b-density 1.5: out of range; use 0 to 1"},
		{"run --a good.smtx --b-cols 3 --b-density nan", "--b-density NaN: out of range; use 0 to 1"},
		{"run --a good.smtx --b good.smtx --b-cols 3", "--b and --b-cols are both given; use one of them"},
		{"run --a good.smtx --b good.smtx --b-density 0.5", "--b-density: has a meaning with --b-cols only; add --b-cols N"},
		{"run --a good.smtx --b-cols 3 --op conv2d", "--op conv2d: is not known, or needs a workload file; use matmul or spgemm"},
		{"run --a good.smtx --b-cols 3 --engine compiled", "engine compiled is not available yet; use interp, verilator or model"},
		{"run --a good.smtx --b-cols 3 --engine fast", `engine "fast" is not known; use interp, verilator, model`},
		{"run --a good.smtx --b-cols 3 --group 3", "--group 3: not a number of lanes that work together; use 0 or a power of two up to 16"},
		{"run --a good.smtx --b-cols 3 --format csr", "--format csr: is not known; use auto, dense, pairs or bitmap"},
		{"run --a good.smtx --b-cols 3 --output int16", "--output int16: is not known; use int32 or int8"},
		{"run --a good.smtx --b-cols 3 --latency 0", "--latency 0: out of range; use 1 to 1000"},
		{"run --a good.smtx --b-cols 3 --stalls 1", "--stalls 1: out of range; use 0 to 0.99"},
		{"run --a good.smtx --b-cols 3 --engine model --stalls 0.5", "good: engine model knows no stalls of the memory; use --engine interp or verilator"},
		{"run --a good.smtx --b-cols 3 --engine model --vcd w.vcd", "good: engine model has no signals to write a wave of; use --engine interp"},
		{"run --a good.smtx --b-cols 3 --engine interp --vcd none/w.vcd", "good: wave none/w.vcd: no such file or directory; name a file that can be written"},
		{"run --frob", "unknown flag: --frob; see sparsegen run --help"},
		{"frob", `unknown command "frob" for "sparsegen"; see sparsegen --help`},
		{"doctor now", `unknown command "now" for "sparsegen doctor"; see sparsegen doctor --help`},
		{"block", "no block is named; sparsegen block --list shows them"},
		{"block frob -o out", "block frob: there is no such block; the blocks are accumulator, bank, bank_arbiter, controller, crossbar, fifo, instruction_fetch, lane, loader, " + "memory_port, multicast, output_stage, row_reader, scaler, scheduler, serialiser, task_fetcher"},
		{"block bank -p depth -o out", "-p depth: not of the form knob=number; write for example -p width=32"},
		{"block bank -p depth=8 -p depth=9 -o out", "-p depth=9: knob depth is given twice; give it once"},
		{"block --json", "--json: has a meaning with --list only; add --list"},
		{"block bank --list", "--list: takes no block and no -o; leave them out"},
		// Output folders.
		{"emit --target targets/tiny.toml", "-o: no output folder is given; name one, such as -o build/rtl"},
		{"emit --target targets/tiny.toml -o afile", "-o afile: is a file, not a folder; name another folder"},
		{"emit --target targets/tiny.toml -o afile/rtl", "-o afile/rtl: not a directory; name another folder"},
		{"emit --target targets/tiny.toml -o .", "-o .: holds files that are not of an earlier design; name a new or an empty folder"},
		{"block bank -o afile", "-o afile: is a file, not a folder; name another folder"},
	} {
		r := sparsegen(t, strings.Fields(c.args)...)
		assert.Equal(t, 2, r.code, c.args)
		assert.Equal(t, "sparsegen: "+c.want+"\n", r.err, c.args)
		assert.Empty(t, r.out, c.args)
	}
	assert.Equal(t, before, listing(t, dir), "no output is left behind")
}

func TestMissingTools(t *testing.T) {
	folder(t, map[string]string{"good.smtx": small})
	t.Setenv("PATH", t.TempDir())
	r := sparsegen(t, "run", "--a", "good.smtx", "--b-cols", "3", "--engine", "verilator")
	assert.Equal(t, ran{2, "", "sparsegen: verilator is not installed (needed for: engine verilator, lint of emitted files): " +
		"install it with: apt-get install verilator\n"}, r)
	if _, err := os.Stat(tool.Liberty); err != nil { // the cells are looked for first
		return
	}
	r = sparsegen(t, "area", "--target", "targets/tiny.toml", "--json")
	assert.Equal(t, ran{2, "", "sparsegen: yosys is not installed (needed for: area, checks of emitted files): " +
		"install it with: apt-get install yosys\n"}, r)
}
