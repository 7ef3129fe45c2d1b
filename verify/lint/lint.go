// Package lint asks outside tools whether emitted SystemVerilog is clean: Verilator with every warning on and none waived,
// Yosys' reader and its design check, and Icarus Verilog. A tool that says a word is a complaint.
//
// The package knows files, not designs; it imports flows/tool.
package lint

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/flows/tool"
)

// Tools are the names that Check knows.
var Tools = []string{"verilator", "yosys", "iverilog"}

// arguments of each tool for the files of a design, in reading order.
func arguments(name, top string, files []string) []string {
	switch name {
	case "verilator":
		return append([]string{"--lint-only", "-Wall", "--top-module", top}, files...)
	case "yosys":
		return []string{"-q", "-p", fmt.Sprintf("read_verilog -sv %s; hierarchy -check -top %s; proc; check -assert", strings.Join(files, " "), top)}
	default:
		return append([]string{"-g2012", "-t", "null", "-s", top}, files...)
	}
}

// Check runs one tool on the files of a design, named relative to dir. The error is a *tool.MissingError when the tool is
// not installed, else what it said.
func Check(ctx context.Context, name, dir, top string, files []string) error {
	path, err := tool.Find(name)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, arguments(name, top, files)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	text := complaints(string(out))
	if err != nil {
		return fmt.Errorf("%s on %s: %w: %s", name, top, err, text)
	}
	if text != "" {
		return fmt.Errorf("%s on %s: %s", name, top, text)
	}
	return nil
}

// complaints drops the notes of Yosys on memories that it turns into registers, which are none.
func complaints(text string) string {
	lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(text), "\n"), func(l string) bool {
		return l == "" || strings.Contains(l, "Replacing memory")
	})
	return strings.Join(lines, "\n")
}
