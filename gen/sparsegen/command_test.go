package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
)

// A ran is what a command line did.
type ran struct {
	code     int
	out, err string
}

// sparsegen runs a command line, given as words, in the present folder.
func sparsegen(t *testing.T, args ...string) ran {
	t.Helper()
	var out, err bytes.Buffer
	code := execute(t.Context(), args, newConsole(&out, &err))
	return ran{code, out.String(), err.String()}
}

// folder makes a temporary folder with files, by name, and goes there. Targets are there under targets/.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	names, err := filepath.Glob("../../targets/*.toml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "targets"), 0o755))
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files["targets/"+filepath.Base(name)] = string(text)
	}
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	t.Chdir(dir)
	return dir
}

// listing is everything in a folder.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		names = append(names, path)
		return err
	}))
	return names
}

const small = "3, 4, 5\n0 2 2 5\n0 3 0 1 2\n"

func TestRunReport(t *testing.T) {
	folder(t, map[string]string{"layer.smtx": small})
	r := sparsegen(t, "run", "--target", "targets/tiny.toml", "--a", "layer.smtx", "--b-cols", "6", "--engine", "interp")
	require.Equal(t, 0, r.code, r.err)
	assert.Empty(t, r.err, "no progress where stderr is no terminal")
	assert.Contains(t, r.out, "target tiny: 2 multipliers, 8 bytes a cycle; engine interp (exact cycles)")
	assert.Contains(t, r.out, "every element equals the golden model")
	assert.NotContains(t, r.out, "\x1b", "no colour where stdout is no terminal")
}

func TestRunJSON(t *testing.T) {
	folder(t, map[string]string{"layer.smtx": small})
	args := []string{"run", "--target", "targets/tiny.toml", "--a", "layer.smtx", "--b-cols", "6", "--b-density", "0.5", "--json"}
	r := sparsegen(t, args...)
	require.Equal(t, 0, r.code, r.err)
	assert.Empty(t, r.err)
	doc := onlyDocument(t, r.out)
	assert.Equal(t, "tiny", doc["target"])
	assert.Equal(t, "interp", doc["engine"], "the default for a short run")
	assert.EqualValues(t, 2, doc["multipliers"])
	assert.EqualValues(t, 8, doc["bytes_per_cycle"])
	layer := doc["layers"].([]any)[0].(map[string]any)
	assert.Equal(t, "layer", layer["name"])
	assert.Equal(t, "matmul", layer["op"])
	assert.EqualValues(t, 72, layer["dense_macs"])
	assert.EqualValues(t, 0, layer["mismatches"])
	total := doc["total"].(map[string]any)
	for _, key := range []string{
		"dense_macs", "effectual_macs", "bytes", "bound_cycles", "cycles", "utilisation", "achieved_fraction", "speedup",
		"achievable_speedup", "idle_fraction", "work_spread", "mismatches", "wall_seconds", "simulated_cycles_per_second",
	} {
		assert.Contains(t, layer, key)
		assert.Equal(t, layer[key], total[key], "of one layer the total is the layer: %s", key)
	}
	for _, key := range []string{"a", "b", "c"} {
		assert.NotEmpty(t, layer["formats"].(map[string]any)[key])
	}

	again := onlyDocument(t, sparsegen(t, args...).out)
	for _, d := range []map[string]any{doc, again} {
		for _, f := range []map[string]any{d["layers"].([]any)[0].(map[string]any), d["total"].(map[string]any)} {
			delete(f, "wall_seconds")
			delete(f, "simulated_cycles_per_second")
		}
	}
	assert.Equal(t, doc, again, "the same input gives the same document, wall clock aside")
}

func onlyDocument(t *testing.T, out string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(out))
	var doc map[string]any
	require.NoError(t, d.Decode(&doc))
	assert.False(t, d.More(), "exactly one document")
	return doc
}

// Shapes at the edge of what a matrix can be are valid and give exact results.
func TestEdgesOfValidInput(t *testing.T) {
	folder(t, map[string]string{
		"empty.smtx":  "3, 4, 0\n0 0 0 0\n\n",
		"row.smtx":    "1, 4, 2\n0 2\n1 3\n",
		"column.smtx": "4, 1, 2\n0 1 1 2 2\n0 0\n",
		"square.mtx":  "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 1 -0.5\n3 2 2\n",
	})
	for _, args := range [][]string{
		{"--a", "empty.smtx", "--b-cols", "5"},
		{"--a", "empty.smtx", "--b-cols", "5", "--b-density", "0"},
		{"--a", "row.smtx", "--b-cols", "1"},
		{"--a", "column.smtx", "--b-cols", "7", "--b-density", "0.4"},
		{"--a", "column.smtx", "--b", "row.smtx", "--output", "int8"},
		{"--a", "square.mtx", "--op", "spgemm"},
		{"--a", "square.mtx", "--op", "spgemm", "--stalls", "0.5", "--latency", "3", "--group", "2", "--format", "bitmap"},
	} {
		r := sparsegen(t, append([]string{"run", "--target", "targets/tiny.toml", "--engine", "interp"}, args...)...)
		assert.Equal(t, 0, r.code, "%v: %s", args, r.err)
		assert.Contains(t, r.out, "every element equals the golden model", "%v", args)
	}
}

func TestRunWritesAWave(t *testing.T) {
	folder(t, map[string]string{"layer.smtx": small})
	r := sparsegen(t, "run", "--target", "targets/tiny.toml", "--a", "layer.smtx", "--b-cols", "2", "--engine", "interp", "--vcd", "w.vcd")
	require.Equal(t, 0, r.code, r.err)
	vcd, err := os.ReadFile("w.vcd")
	require.NoError(t, err)
	assert.Contains(t, string(vcd), "$enddefinitions")
	assert.Contains(t, string(vcd), "done_o")
}

func TestEmitReplacesAnEarlierDesignAsAWhole(t *testing.T) {
	dir := folder(t, map[string]string{})
	require.Equal(t, 0, sparsegen(t, "emit", "--target", "targets/tiny.toml", "-o", "rtl").code)
	first := listing(t, dir)
	assert.FileExists(t, "rtl/files.f")
	assert.FileExists(t, "rtl/manifest.json")
	require.NoError(t, os.WriteFile("rtl/stale.sv", nil, 0o644))
	r := sparsegen(t, "emit", "--target", "targets/tiny.toml", "-o", "rtl")
	require.Equal(t, 0, r.code, r.err)
	assert.Equal(t, first, listing(t, dir))
}

func TestEverySubcommandHasHelpWithAnExample(t *testing.T) {
	for _, cmd := range newRoot(newConsole(nil, nil)).Commands() {
		r := sparsegen(t, cmd.Name(), "--help")
		assert.Equal(t, 0, r.code)
		assert.Contains(t, r.out, "Examples:\n  sparsegen "+cmd.Name(), cmd.Name())
		assert.Empty(t, r.err)
	}
}

func TestAreaJSON(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute of synthesis")
	}
	for _, x := range tool.All() {
		if _, err := x.Find(); err != nil && x.Tests {
			t.Skip(err)
		}
	}
	folder(t, map[string]string{})
	r := sparsegen(t, "area", "--target", "targets/tiny.toml", "--baseline", "--json")
	require.Equal(t, 0, r.code, r.err)
	doc := onlyDocument(t, r.out)
	logic, memory := doc["logic_ge"].(float64), doc["memory_ge"].(float64)
	assert.Greater(t, logic, 5000.0)
	assert.Greater(t, memory, 10_000.0, "two banks of 16 kbit")
	assert.InDelta(t, logic+memory, doc["gate_equivalents"], 0.01)
	assert.InDelta(t, 24*(logic+memory), doc["area_um2"], 1)
	assert.EqualValues(t, 2, doc["multipliers_alone"].(map[string]any)["count"])
	kinds := map[any]map[string]any{}
	for _, m := range doc["modules"].([]any) {
		kinds[m.(map[string]any)["name"]] = m.(map[string]any)
	}
	assert.EqualValues(t, 2, kinds["lane"]["instances"])
}

func TestBlockList(t *testing.T) {
	r := sparsegen(t, "block", "--list", "--json")
	require.Equal(t, 0, r.code, r.err)
	assert.NotEmpty(t, onlyDocument(t, r.out)["blocks"])
}

func TestDoctor(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	r := sparsegen(t, "doctor")
	assert.Equal(t, 1, r.code, "the tests need some of what is missing")
	assert.Contains(t, r.out, "missing  verilator     apt-get install verilator")
	r = sparsegen(t, "doctor", "--json")
	assert.Equal(t, 1, r.code)
	assert.NotEmpty(t, onlyDocument(t, r.out)["tools"])
}
