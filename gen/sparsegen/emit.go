package main

import (
	"github.com/spf13/cobra"

	"github.com/sparsegen/sparsegen/gen/machine"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/verilog"
)

func newEmit(c *console) *cobra.Command {
	var path, dir string
	cmd := &cobra.Command{
		Use:   "emit -o DIR",
		Short: "Emit a target as SystemVerilog",
		Long: "Emit a target as SystemVerilog: one module a file, files.f with the files in order, and manifest.json with\n" +
			"ports, parameters, registers, memories and the map from names in Go to emitted names.\n" +
			"DIR is new, empty, or holds an earlier design, which is replaced as a whole.",
		Example: "  sparsegen emit --target targets/default.toml -o build/rtl\n" +
			"  verilator --lint-only -Wall -f files.f     # in build/rtl",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := checkOutDir(dir); err != nil {
				return err
			}
			t, err := target.Load(path)
			if err != nil {
				return err
			}
			return emit(c, machine.New(t), dir)
		},
	}
	targetFlag(cmd, &path)
	cmd.Flags().StringVarP(&dir, "output-dir", "o", "", "folder to write")
	return cmd
}

// emit builds and writes a module, and says what it wrote.
func emit(c *console, m *hdl.Module, dir string) error {
	c.note("building %s", m.Name())
	d, err := hdl.Build(m)
	if err != nil {
		return err
	}
	out, err := verilog.Emit(d)
	if err != nil {
		return err
	}
	if err := writeDesign(dir, out.WriteDir); err != nil {
		return err
	}
	c.printf("%s: top module %s, %d files; the list is in %s/files.f\n", dir, out.Top, len(out.Sources()), dir)
	return nil
}
