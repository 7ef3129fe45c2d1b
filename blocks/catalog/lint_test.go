package catalog_test

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/catalog"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/verilog"
)

// sizes are the knob settings that are linted: the defaults, a small machine and a wide one. A block takes the knobs it has.
var sizes = []struct {
	name  string
	knobs map[string]int
}{
	{"default", nil},
	{"small", map[string]int{
		"depth": 1, "width": 1, "ports": 2, "banks": 2, "lanes": 2, "addr_bits": 8, "acc_columns": 4, "port_bytes": 8, "task_queue": 1, "prefetch": 3,
	}},
	{"wide", map[string]int{
		"depth": 37, "width": 65, "ports": 9, "banks": 32, "lanes": 32, "addr_bits": 16, "acc_columns": 256, "port_bytes": 32, "task_queue": 13, "prefetch": 9,
	}},
}

// least is the smallest value of a knob in a block where it is above that of "small".
func least(e catalog.Entry, values map[string]int) map[string]int {
	out := map[string]int{}
	for _, k := range e.Knobs {
		if v, ok := values[k.Name]; ok {
			out[k.Name] = max(v, k.Min)
		}
	}
	return out
}

// The tools that read the emitted SystemVerilog; none may say a word.
var tools = []struct {
	name string
	args func(top string, files []string) []string
}{
	{"verilator", func(top string, files []string) []string {
		return append([]string{"--lint-only", "-Wall", "--top-module", top}, files...)
	}},
	{"yosys", func(top string, files []string) []string {
		return []string{"-q", "-p", fmt.Sprintf("read_verilog -sv %s; hierarchy -check -top %s; proc; check -assert", strings.Join(files, " "), top)}
	}},
	{"iverilog", func(top string, files []string) []string {
		return append([]string{"-g2012", "-t", "null", "-s", top}, files...)
	}},
}

// Every block of the library, emitted alone at each size, is clean under three tools.
func TestEveryBlockIsLintClean(t *testing.T) {
	if testing.Short() {
		t.Skip("runs outside tools on every block; leave out -short")
	}
	for _, e := range catalog.List() {
		for _, size := range sizes {
			if len(e.Knobs) == 0 && size.name != "default" {
				continue // there is one size only
			}
			t.Run(e.Name+" "+size.name, func(t *testing.T) {
				t.Parallel()
				m, err := catalog.Build(e.Name, least(e, size.knobs))
				require.NoError(t, err)
				d, err := hdl.Build(m)
				require.NoError(t, err)
				out, err := verilog.Emit(d)
				require.NoError(t, err)
				dir := t.TempDir()
				require.NoError(t, out.WriteDir(dir))
				for _, tool := range tools {
					t.Run(tool.name, func(t *testing.T) {
						path, err := exec.LookPath(tool.name)
						if err != nil {
							t.Skipf("%s is not installed: the block is not checked with it", tool.name)
						}
						cmd := exec.Command(path, tool.args(out.Top, out.Sources())...)
						cmd.Dir = dir
						text, err := cmd.CombinedOutput()
						require.NoError(t, err, "%s", text)
						require.Empty(t, words(string(text)))
					})
				}
			})
		}
	}
}

// words drops the notes of Yosys on memories that it turns into registers, which are no complaint.
func words(text string) string {
	lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(text), "\n"), func(l string) bool {
		return l == "" || strings.Contains(l, "Replacing memory")
	})
	return strings.Join(lines, "\n")
}
