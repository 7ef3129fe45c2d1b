package cosim

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/sparsegen/sparsegen/flows/tool"
)

// A Trace is what the ports of a design did in a run, cycle by cycle, from the first cycle out of reset.
type Trace struct {
	Top     string   // module
	Files   []string // SystemVerilog, in reading order
	Clocked bool
	Inputs  []TracePort
	Outputs []TracePort
}

// A TracePort is one port and its value in each cycle, in hexadecimal.
type TracePort struct {
	Name   string // as emitted, with its suffix
	Width  int
	Values []string
	// Guards are the outputs that must be 1 for this one to mean something; none: it always does. While a guard is 0 a
	// payload may be anything: registers without reset hold unknown values in four-state simulation.
	Guards []string
}

// Replay drives a design with the inputs of a trace in Icarus Verilog and compares every output in every cycle. Icarus is
// an event-driven simulator with unknown values, so this also shows whether anything that matters depends on a register
// or a word of memory that was never written. The error tells the first differences, by cycle and port.
func Replay(ctx context.Context, t *Trace) error {
	iverilog, err := tool.Find("iverilog")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "sparsegen-replay-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of ours in the temporary folder
	for name, text := range t.bench() {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	args := append([]string{"-g2012", "-o", "replay.vvp", "-s", "replay", "replay.sv"}, t.Files...)
	for _, command := range [][]string{append([]string{iverilog}, args...), {"vvp", "-n", "replay.vvp"}} {
		cmd := exec.CommandContext(ctx, command[0], command[1:]...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		text := strings.TrimSpace(string(out))
		if err != nil {
			return fmt.Errorf("replay of %s: %s: %w: %s", t.Top, filepath.Base(command[0]), err, text)
		}
		if command[0] == "vvp" && text != "agrees" {
			return fmt.Errorf("replay of %s: %s", t.Top, text)
		}
	}
	return nil
}

// differences is how many a replay reports before it gives up.
const differences = 8

// bench writes the test bench and the values of the ports, a file each.
func (t *Trace) bench() map[string]string {
	files := map[string]string{}
	var decl, conn, drive, check strings.Builder
	cycles := 0
	port := func(p *TracePort) {
		cycles = max(cycles, len(p.Values))
		files[p.Name+".hex"] = strings.Join(p.Values, "\n") + "\n"
		fmt.Fprintf(&decl, "  wire [%d:0] %s;\n  reg [%d:0] %s_trace [0:CYCLES-1];\n", p.Width-1, p.Name, p.Width-1, p.Name)
		fmt.Fprintf(&conn, ",\n    .%[1]s(%[1]s)", p.Name)
		fmt.Fprintf(&drive, "    $readmemh(\"%[1]s.hex\", %[1]s_trace);\n", p.Name)
	}
	for i := range t.Inputs {
		p := &t.Inputs[i]
		port(p)
		fmt.Fprintf(&decl, "  assign %[1]s = in_reset ? %[2]d'd0 : %[1]s_trace[cycle];\n", p.Name, p.Width)
	}
	for i := range t.Outputs {
		p := &t.Outputs[i]
		port(p)
		guard := ""
		for _, g := range p.Guards {
			guard += g + "_trace[cycle][0] && "
		}
		fmt.Fprintf(&check, `      if (%[2]s%[1]s !== %[1]s_trace[cycle]) begin
        $display("cycle %%0d: %[1]s is %%h, recorded %%h", cycle, %[1]s, %[1]s_trace[cycle]);
        wrong = wrong + 1;
      end
`, p.Name, guard)
	}
	clocks, ports := ".clk_i(clk),\n    .rst_ni(!in_reset)", conn.String()
	if !t.Clocked {
		clocks, ports = "", strings.TrimPrefix(ports, ",")
	}
	files["replay.sv"] = fmt.Sprintf(`module replay;
  localparam CYCLES = %[1]d;
  reg clk = 0;
  reg in_reset = 1;
  integer cycle = 0;
  integer wrong = 0;
%[2]s  %[3]s dut (
    %[4]s%[5]s
  );
  initial begin
%[6]s    #10 clk = 1;
    #5 in_reset = 0;
    #5 clk = 0;
    for (cycle = 0; cycle < CYCLES && wrong < %[8]d; cycle = cycle + 1) begin
      #10;
%[7]s      clk = 1;
      #10 clk = 0;
    end
    if (wrong == 0) $display("agrees");
    $finish(0);
  end
endmodule
`, cycles, decl.String(), t.Top, clocks, ports, drive.String(), check.String(), differences)
	return files
}
