package compile_test

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

func load(tb testing.TB, name string) *target.Target {
	tb.Helper()
	tt, err := target.Load(filepath.Join("..", "..", "targets", name+".toml"))
	require.NoError(tb, err)
	return tt
}

// That images compute the product is tested in gen/model, which executes them.

func TestSameInputSameBytes(t *testing.T) {
	a, b := golden.SkewedCSR(1, 300, 200, 0.1, 1), golden.RandomCSR(2, 200, 70, 0.3)
	first, err := compile.Compile(load(t, "default"), a, b, compile.Options{})
	require.NoError(t, err)
	for range 3 {
		again, err := compile.Compile(load(t, "default"), a, b, compile.Options{})
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
}

// The bytes of the smallest product, 3 x 5 on the tiny target: 2 words a beat, 2 beats an instruction.
func TestSmallestImage(t *testing.T) {
	a := &golden.CSR{Rows: 1, Cols: 1, RowPtr: []int{0, 1}, ColIdx: []int32{0}, Val: []int8{3}}
	b := &golden.CSR{Rows: 1, Cols: 1, RowPtr: []int{0, 1}, ColIdx: []int32{0}, Val: []int8{5}}
	p, err := compile.Compile(load(t, "tiny"), a, b, compile.Options{BFormat: compile.Dense, Group: 1})
	require.NoError(t, err)
	var words []uint32
	for i := 0; i < len(p.Image); i += 4 {
		words = append(words, binary.LittleEndian.Uint32(p.Image[i:]))
	}
	aSlot := uint32(2) // B has words 0 and 1
	want := []uint32{
		1 | 1<<16, 1 | 1<<16, 1 | 1<<16, 0, // CONFIG: dense, 1 lane, 1 column; row_words 1, stride 1; drain_words 1
		2 | 1<<16, 28, 0, 0, // LOAD B
		2 | 2<<16, 26, aSlot, 0, // LOAD A
		3 | 1<<16, aSlot, 0, 0, // PHASE
		0, 0, 0, 0, // END
	}
	want = append(want, make([]uint32, 4*8)...) // readable past END
	want = append(want,
		1|2<<16, 3, 1<<31|29, 0, // beat 26: job table, task, end word
		5, 0, // beat 28: B
		0, 0, // beat 29: output
	)
	require.Equal(t, want, words)
	require.Equal(t, []compile.Region{{Beat: 29, Beats: 1}}, p.OutputRegions)
}

func TestMistakes(t *testing.T) {
	tiny := load(t, "tiny")
	one := golden.RandomCSR(1, 10, 10, 1)
	wide := golden.RandomCSR(1, 10, 600, 1)
	broken := &golden.CSR{Rows: 1, Cols: 1, RowPtr: []int{0, 2}}
	for _, c := range []struct {
		a, b *golden.CSR
		o    compile.Options
		want string
	}{
		{one, wide, compile.Options{MaxImageBytes: 1000}, "compile: a 10 x 600 result makes an image of 0 MiB, more than 0 MiB; raise MaxImageBytes or cut the product into parts"},
		{wide, one, compile.Options{}, "compile: A is 10 x 600 and B 10 x 10; the columns of A must be the rows of B"},
		{&golden.CSR{Cols: 1, RowPtr: []int{0}}, one, compile.Options{}, "compile: A is 0 x 1; give a matrix of at least 1 x 1"},
		{one, broken, compile.Options{}, "compile: B: csr: the last row pointer is 2, want the 0 non-zeros; build it with the constructors of verify/golden"},
		{one, one, compile.Options{BFormat: 4}, "compile: option BFormat is 4; use Auto, Dense, Pairs or Bitmap"},
		{one, one, compile.Options{Output: 2}, "compile: option Output is 2; use Int32 or Int8"},
		{one, one, compile.Options{Group: 3}, "compile: option Group is 3; use 0 or a power of two up to 2"},
		{one, one, compile.Options{Group: 4}, "compile: option Group is 4; use 0 or a power of two up to 2"},
		{one, one, compile.Options{Requant: golden.Requant{Shift: 48}}, "compile: option Requant.Shift is 48; use 0 to 47"},
		{one, one, compile.Options{TileN: -1}, "compile: option TileN is -1; use 0 or a number of columns"},
		{one, one, compile.Options{TileK: -1}, "compile: option TileK is -1; use 0 or a number of rows of B"},
		{one, one, compile.Options{ChunkWords: 5000}, "compile: option ChunkWords is 5000; use 0 to 1024 words"},
		{one, one, compile.Options{MaxImageBytes: -1}, "compile: option MaxImageBytes is -1; use 0 or a number of bytes"},
		{one, wide, compile.Options{TileN: 33}, "compile: TileN 33 is wider than 16 columns of any group of up to 2 lanes; use a smaller TileN"},
		{one, one, compile.Options{ChunkWords: 11}, ""}, // K is split until the rows fit
		{one, one, compile.Options{ChunkWords: 8, TileK: 10}, "compile: a row has 10 tasks in a tile of 10 rows of B but ChunkWords is 8; use larger chunks or a smaller TileK"},
		{
			golden.RandomCSR(1, 10, 600, 1), golden.RandomCSR(1, 600, 10, 1),
			compile.Options{TileK: 600, Group: 1},
			"compile: tiles of 600 rows x 2 columns of B leave too little of the 1024 words of local memory for A; use a smaller TileK or TileN",
		},
	} {
		_, err := compile.Compile(tiny, c.a, c.b, c.o)
		if c.want == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, c.want)
	}
}

func TestUnpackMistakes(t *testing.T) {
	tiny, a := load(t, "tiny"), golden.RandomCSR(1, 4, 4, 1)
	p, err := compile.Compile(tiny, a, a, compile.Options{})
	require.NoError(t, err)
	_, err = p.UnpackInt8(p.Image)
	require.EqualError(t, err, "compile: the result is int32; use Unpack")
	_, err = p.Unpack(p.Image[:8])
	require.EqualError(t, err, fmt.Sprintf("compile: memory of 8 bytes ends before the outputs, which end at %d; pass the whole memory", len(p.Image)))
	p, err = compile.Compile(tiny, a, a, compile.Options{Output: compile.Int8})
	require.NoError(t, err)
	_, err = p.Unpack(p.Image)
	require.EqualError(t, err, "compile: the result is int8; use UnpackInt8")
}

// The format of B follows its density, and its statistics count what the image does.
func TestChoices(t *testing.T) {
	tt, a := load(t, "default"), golden.SkewedCSR(1, 512, 512, 0.2, 0.2)
	for _, c := range []struct {
		density float64
		want    compile.BFormat
	}{{1, compile.Dense}, {0.4, compile.Bitmap}, {0.03, compile.Pairs}} {
		b := golden.RandomCSR(2, 512, 64, c.density)
		p, err := compile.Compile(tt, a, b, compile.Options{})
		require.NoError(t, err)
		require.Equal(t, c.want, p.Format, p.Explanation)
		require.Equal(t, golden.EffectualMACs(a, b), p.Stats.EffectualMACs)
		require.EqualValues(t, 512*p.NTiles*p.KTiles, p.Stats.Jobs)
		require.NotContains(t, p.Explanation, "\n")
	}
}

// Positions that contribute nothing cost nothing: neither tasks nor rows of B.
func TestDeadPositions(t *testing.T) {
	tt := load(t, "tiny")
	a, b := golden.RandomCSR(1, 20, 500, 0.02), golden.RandomCSR(2, 500, 8, 0.05)
	live, tasks := 0, 0
	at := a.Transpose()
	for k := range 500 {
		if n := at.RowPtr[k+1] - at.RowPtr[k]; n > 0 && b.RowPtr[k+1] > b.RowPtr[k] {
			live++
			tasks += n
		}
	}
	p, err := compile.Compile(tt, a, b, compile.Options{BFormat: compile.Dense, TileN: 8})
	require.NoError(t, err)
	require.EqualValues(t, tasks, p.Stats.Tasks)
	require.LessOrEqual(t, p.TileRows, live)
}

func ExampleCompile() {
	t := &target.Target{Name: "tiny", Lanes: 2, MemoryKB: 4, PortBytes: 8, AccColumns: 16, TaskQueue: 4, Prefetch: 4}
	a, b := golden.RandomCSR(1, 64, 32, 0.3), golden.RandomCSR(2, 32, 16, 1)
	p, err := compile.Compile(t, a, b, compile.Options{Group: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%v, %d tiles of 2 x %d columns, %d jobs\n", p.Format, p.NTiles, p.SliceCols, p.Stats.Jobs)
	// Output: dense, 1 tiles of 2 x 8 columns, 64 jobs
}
