package verilog

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// TestMeaning runs random modules in Icarus Verilog, as printed and as Yosys reads them, against an
// interpreter of the intermediate form. One bench drives them all with the same number of cycles.
func TestMeaning(t *testing.T) {
	iverilog := tool(t, "iverilog")
	vvp := tool(t, "vvp")
	modules, cycles := 60, 25
	if testing.Short() {
		modules = 10
	}
	bench := &strings.Builder{}
	var want []string // by module
	dir := t.TempDir()
	var files []string
	for i := range modules {
		m := randomModule(fmt.Sprintf("r%d", i), uint64(i))
		out, err := Print(&ir.Design{Top: m, Modules: []*ir.Module{m}})
		require.NoError(t, err)
		require.NoError(t, out.WriteDir(dir))
		files = append(files, out.Sources()...)
		want = append(want, benchFor(bench, m, cycles))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "bench.sv"), []byte(bench.String()), 0o644))

	run := func(t *testing.T, count int, files ...string) {
		args := append([]string{"-g2012", "-o", "bench.vvp"}, files...)
		for i := range count {
			args = append(args, "-s", fmt.Sprintf("bench_r%d", i))
		}
		command(t, dir, iverilog, append(args, "bench.sv")...)
		lines := strings.Split(command(t, dir, vvp, "-n", "bench.vvp"), "\n")
		got := map[string]string{}
		for _, l := range lines {
			if head, v, ok := strings.Cut(l, " = "); ok {
				got[head] = v
			}
		}
		for l := range strings.Lines(strings.Join(want[:count], "")) {
			head, v, _ := strings.Cut(strings.TrimSpace(l), " = ")
			require.Equal(t, v, got[head], head)
		}
	}
	t.Run("printed", func(t *testing.T) { run(t, modules, files...) })
	t.Run("yosys", func(t *testing.T) {
		if testing.Short() {
			t.Skip("synthesis of random modules takes long")
		}
		const count = 15
		var some []string
		for i := range count {
			some = append(some, fmt.Sprintf("r%d.sv", i))
		}
		command(t, dir, tool(t, "yosys"), "-q", "-p", "read_verilog -sv "+strings.Join(some, " ")+
			"; proc; memory_collect; write_verilog -noattr back.v")
		run(t, count, "back.v")
	})
}

func tool(t *testing.T, name string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

func command(t *testing.T, dir, path string, args ...string) string {
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", text)
	return string(text)
}

// benchFor writes a bench that drives a module, and gives what it must print.
func benchFor(b *strings.Builder, m *ir.Module, cycles int) string {
	var want strings.Builder
	x := newMachine(m)
	k := &maker{m, newMaker("", 99).rng}
	name := m.Name
	fmt.Fprintf(b, "module bench_%s;\n  reg clk = 0, rst = 0;\n", name)
	conns := ".clk_i(clk), .rst_ni(rst)"
	names := portNames(m)
	for i := range m.Ports {
		p := &m.Ports[i]
		kind := "reg"
		if p.Dir == ir.Out {
			kind = "wire"
		}
		fmt.Fprintf(b, "  %s [%d:0] %s;\n", kind, p.Width-1, p.Name)
		conns += fmt.Sprintf(", .%s(%s)", names[i], p.Name)
	}
	fmt.Fprintf(b, "  %s dut (%s);\n  initial begin\n", name, conns)
	// A known state before the first edge, as the interpreter has.
	for i := range m.Regs {
		r := &m.Regs[i]
		fmt.Fprintf(b, "    dut.%s_q = %d'h%s;\n", r.Name, m.Nodes[r.Node].Width, toBig(r.Init).Text(16))
	}
	b.WriteString("    dut.rd_q = 0;\n")
	for c := range cycles {
		reset := c == 0
		for i := range m.Ports {
			if p := &m.Ports[i]; p.Dir == ir.In {
				x.inputs[i] = k.bits(int(p.Width))
				fmt.Fprintf(b, "    %s = %d'h%s;\n", p.Name, p.Width, x.inputs[i].Text(16))
			}
		}
		fmt.Fprintf(b, "    rst = %d; #1;\n", map[bool]int{true: 0, false: 1}[reset])
		x.settle()
		for i := range m.Ports {
			if p := &m.Ports[i]; p.Dir == ir.Out && c > 0 {
				head := fmt.Sprintf("%s.%s@%d", name, p.Name, c)
				fmt.Fprintf(b, "    $display(\"%s = %%0h\", %s);\n", head, p.Name)
				fmt.Fprintf(&want, "%s = %s\n", head, x.wires[m.Nodes[p.Node].X].Text(16))
			}
		}
		x.edge(reset)
		fmt.Fprintf(b, "    clk = 1; #1 clk = 0;\n")
	}
	b.WriteString("  end\nendmodule\n")
	return want.String()
}
