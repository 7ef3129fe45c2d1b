package workload_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/run/workload"
)

func TestLayersFromFilesAndMadeUp(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "w.txt"), []byte("1 0 1 0\n0 1 0 0\n"), 0o644))
	layers, err := workload.Parse(filepath.Join(dir, "w.toml"), `
[[layer]]
name   = "file"
op     = "matmul"
weight = { shape = [4, 2], mask = "w.txt", mask_layout = "CM" }
input  = { shape = [2, 5], density = 1 }
[[layer]]
op     = "spgemm"
weight = { shape = [8, 8], density = 0.5, pattern = "2:4" }
[[layer]]
op     = "spmm"
seed   = 7
weight = { shape = [64, 64], density = 0.1, row_cv = 0.5 }
input  = { shape = [64, 4], density = 0.5, pattern = "block 2x2" }
`)
	require.NoError(t, err)
	require.Len(t, layers, 3)
	assert.Equal(t, []int{0, 1, 2, 3, 3}, layers[0].A.RowPtr, "the mask transposed")
	assert.Equal(t, 10, layers[0].B.NNZ())
	assert.Equal(t, "layer 2", layers[1].Name)
	assert.Same(t, layers[1].A, layers[1].B, "A x A")
	assert.Equal(t, 410, layers[2].A.NNZ())
}

var long = regexp.MustCompile(`[0-9_]{4}`)

// Whatever the text, a mistake is one line that names the file, and nothing panics.
func FuzzParse(f *testing.F) {
	f.Add("[[layer]]\nop = \"matmul\"\nweight = { shape = [4, 4], density = 0.5 }\ninput = { shape = [4, 2], density = 1, pattern = \"2:4\" }\n")
	f.Add("[[layer]]\nop = \"spgemm\"\nseed = 3\nweight = { mask = \"w.txt\", mask_layout = \"CM\" }\n")
	f.Add("layer = 3\n[layer]\n[[layer.x]]\n")
	f.Fuzz(func(t *testing.T, text string) {
		if long.MatchString(text) { // large shapes are right, and slow
			t.Skip()
		}
		_, err := workload.Parse("w.toml", text)
		if err != nil {
			assert.NotContains(t, err.Error(), "\n")
		}
	})
}

func TestMistakes(t *testing.T) {
	const good = "[[layer]]\nname = \"a\"\nop = \"matmul\"\nweight = { shape = [4, 4], density = 0.5 }\n"
	for _, c := range []struct{ text, want string }{
		{"", "w.toml: layer: no layers; start each layer with [[layer]]"},
		{"[[layer]]\nop = matmul\n", "w.toml:2: expected value but found \"matmul\" instead; write each field as key = value"},
		{"[[layers]]\n", "w.toml:1: layers: unknown key; did you mean layer?"},
		{"[[layer]]\nname = 3\n", "w.toml:2: name: got 3, want text; put it in quotes"},
		{"[[layer]]\n\nwieght = 3\n", "w.toml:3: wieght: unknown key; did you mean weight?"},
		{"[[layer]]\nname = \"a\"\n", "w.toml:1: op: missing key; add for example op = \"matmul\""},
		{"[[layer]]\nop = \"matmull\"\n", `w.toml:2: op: "matmull" is not known; did you mean matmul?`},
		{"[[layer]]\nop = \"conv2d\"\n", `w.toml:2: op: "conv2d" can not be run yet; use matmul, spmm, spgemm`},
		{"[[layer]]\nop = \"matmul\"\nstride = 1\n", "w.toml:3: stride: has no meaning for op matmul; remove it"},
		{"[[layer]]\nop = \"matmul\"\nseed = -1\n", "w.toml:3: seed: got -1, want a whole number of at least 0; write for example seed = 1"},
		{good, `w.toml:1: input: missing key; input = { shape = [rows, columns], density = 0.1 }, or { mask = "FILE" }`},
		{good + "input = { shape = [5, 2], density = 1 }", "w.toml:5: input: is 5 x 2, and the weight 4 x 4; give it 4 rows"},
		{good + "input = { shape = [5, 2] }", "w.toml:5: input: 0 of mask, file and density are given; give exactly one of them"},
		{good + "input = { shape = [-5, 2], density = 1 }", "w.toml:5: input.shape: got [-5 2], want two sizes from 1 to 1048576; write shape = [rows, columns]"},
		{good + "input = { shape = [1000000, 1000000], density = 1 }", "w.toml:5: input.shape: 1000000000000 non-zeros are more than the 100000000 that are made up here; use a smaller shape or density"},
		{good + "input = { shape = [4, 2], density = nan }", "w.toml:5: input.density: got NaN, want a number from 0 to 1; write for example density = 0.1"},
		{good + "input = { shape = [4, 2], densty = 1 }", "w.toml:5: input.densty: unknown key; did you mean density?"},
		{good + "input = { shape = [4, 4], density = 0.4, pattern = \"2:4\" }", "w.toml:5: input.density: 0.4 does not agree with pattern 2:4; write density = 0.5"},
		{good + "input = { shape = [4, 4], density = 0.4, pattern = \"5:4\" }", `w.toml:5: input.pattern: "5:4" is not known; use "random", "2:4", "k:n" with k up to n, or "block RxC"`},
		{good + "input = { mask = \"none.txt\" }", "none.txt: no such file; check the path"},
		{good + "input = { file = \"a.npz\", name = \"x\" }", "w.toml:5: input.name: files with several tensors can not be read yet; remove it, and give a file with one matrix"},
	} {
		_, err := workload.Parse("w.toml", c.text)
		assert.EqualError(t, err, c.want)
	}
	_, err := workload.Load("none.toml")
	assert.EqualError(t, err, "none.toml: no such file or directory; give the path of a workload such as gen/sparsegen/examples/demo.toml")
}
