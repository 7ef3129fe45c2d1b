package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sparsegen/sparsegen/gen/run"
)

// Exit codes.
const (
	exitOK    = 0
	exitCheck = 1 // a check failed, or a result mismatched
	exitInput = 2 // a usage or input error
)

// errCheck ends a command that has printed all there is to say with exit code 1.
var errCheck = errors.New("check failed")

// execute runs the command line and gives the exit code.
func execute(ctx context.Context, args []string, c *console) (code int) {
	defer func() {
		if p := recover(); p != nil {
			c.clear()
			fmt.Fprintf(c.err, "sparsegen: internal error: %s; please report it with the command line\n", oneLine(fmt.Sprint(p)))
			code = exitCheck
		}
	}()
	root := newRoot(c)
	root.SetArgs(args)
	root.SetOut(c.out)
	root.SetErr(c.err)
	cmd, err := root.ExecuteContextC(ctx)
	c.clear()
	var hung *run.HungError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errCheck):
		return exitCheck
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.err, "sparsegen: interrupted")
		return exitCheck
	}
	fmt.Fprintf(c.err, "sparsegen: %s\n", describe(cmd, err))
	if errors.As(err, &hung) {
		return exitCheck
	}
	return exitInput
}

// describe adds where to look to the mistakes that cobra finds in a command line.
func describe(cmd *cobra.Command, err error) string {
	s := oneLine(err.Error())
	s, _, _ = strings.Cut(s, ": strconv.") // how Go says that text is no number
	for _, prefix := range []string{"unknown flag", "unknown shorthand flag", "unknown command", "flag needs an argument", "invalid argument", "accepts ", "required flag"} {
		if strings.HasPrefix(s, prefix) {
			return fmt.Sprintf("%s; see %s --help", s, cmd.CommandPath())
		}
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:   "sparsegen",
		Short: "Build, run and measure sparse-tensor accelerators",
		Long: "sparsegen builds a sparse-tensor accelerator from a target, emits it as SystemVerilog, and runs real\n" +
			"sparse matrices on it, checked bit for bit against a golden model.",
		Example:           "  sparsegen run --target targets/default.toml --a layer.smtx --b-cols 64",
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              cobra.NoArgs,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddCommand(newRun(c), newEmit(c), newBlock(c), newArea(c), newDoctor(c))
	return root
}

// targetFlag adds --target.
func targetFlag(cmd *cobra.Command, path *string) {
	cmd.Flags().StringVar(path, "target", "targets/default.toml", "target: the accelerator's parameters (TOML)")
}

// jsonFlag adds --json.
func jsonFlag(cmd *cobra.Command, on *bool) {
	cmd.Flags().BoolVar(on, "json", false, "print one JSON document instead of a report")
}
