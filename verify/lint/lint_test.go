package lint_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/verify/lint"
)

// Each tool passes a clean module and complains of what it is there to find.
func TestEachToolComplains(t *testing.T) {
	const clean = "module top (input logic a_i, output logic q_o);\n  assign q_o = !a_i;\nendmodule\n"
	for _, c := range []struct{ tool, text string }{
		{"verilator", "module top (input logic [3:0] a_i, output logic q_o);\n  assign q_o = a_i[0];\nendmodule\n"},    // unused bits
		{"yosys", "module top (input logic a_i, output logic q_o);\n  logic w;\n  assign q_o = w & a_i;\nendmodule\n"}, // no driver
		{"iverilog", "module top (input logic a_i, output logic q_o);\n  other u (.a(a_i), .q(q_o));\nendmodule\n"},    // no such module
	} {
		t.Run(c.tool, func(t *testing.T) {
			dir := t.TempDir()
			check := func(text string) error {
				require.NoError(t, os.WriteFile(filepath.Join(dir, "top.sv"), []byte(text), 0o600))
				return lint.Check(t.Context(), c.tool, dir, "top", []string{"top.sv"})
			}
			var missing *tool.MissingError
			if err := check(clean); errors.As(err, &missing) {
				t.Skip(err)
			} else {
				require.NoError(t, err)
			}
			require.ErrorContains(t, check(c.text), c.tool+" on top: ")
		})
	}
}
