package verilog

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// TestLint holds every design to the three tools: no word from any of them.
func TestLint(t *testing.T) {
	for _, d := range designs {
		t.Run(d.name, func(t *testing.T) { lint(t, emit(t, d.make()), true) })
	}
}

// TestLintRandom does so for random modules, which hold combinations no one would write.
func TestLintRandom(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for i := range 8 {
		m := randomModule(fmt.Sprintf("r%d", i), uint64(i))
		out, err := Print(&ir.Design{Top: m, Modules: []*ir.Module{m}})
		require.NoError(t, err)
		t.Run(m.Name, func(t *testing.T) { lint(t, out, false) })
	}
}

// lint runs the tools; synth has Yosys go all the way to gates.
func lint(t *testing.T, out *Output, synth bool) {
	dir := t.TempDir()
	require.NoError(t, out.WriteDir(dir))
	files := out.Sources()
	steps := "hierarchy -check -top %s; proc; check -assert"
	if synth {
		steps = "synth -top %s; check -assert"
	}
	tools := map[string][]string{
		"verilator": append([]string{"--lint-only", "-Wall", "--top-module", out.Top}, files...),
		"iverilog":  append([]string{"-g2012", "-t", "null", "-s", out.Top}, files...),
		"yosys":     {"-q", "-p", fmt.Sprintf("read_verilog -sv %s; "+steps, strings.Join(files, " "), out.Top)},
	}
	for _, tool := range []string{"verilator", "iverilog", "yosys"} {
		t.Run(tool, func(t *testing.T) {
			path, err := exec.LookPath(tool)
			if err != nil {
				t.Skipf("%s is not installed", tool)
			}
			cmd := exec.Command(path, tools[tool]...)
			cmd.Dir = dir
			text, err := cmd.CombinedOutput()
			require.NoError(t, err, "%s", text)
			if tool != "yosys" { // which notes the memories it turns into registers
				require.Empty(t, string(text))
			}
		})
	}
}
