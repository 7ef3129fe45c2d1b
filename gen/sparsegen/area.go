package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sparsegen/sparsegen/flows/area"
	"github.com/sparsegen/sparsegen/gen/machine"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/verilog"
)

func newArea(c *console) *cobra.Command {
	var (
		path, process, memory string
		baseline, asJSON      bool
	)
	cmd := &cobra.Command{
		Use:   "area",
		Short: "Measure the area of a target on standard cells",
		Long: "Synthesise a target with yosys, each kind of module once with the hierarchy kept, and report its area.\n" +
			"Memories of 4 kbit and more are counted by a model of macros: dense (0.7 gate equivalents a bit from 16 kbit\n" +
			"on, more below) or open (from laid-out OpenRAM macros); smaller ones are flip-flops, counted as logic.\n" +
			"No wires, clock tree or placement are included.\n\n" +
			"--baseline adds the same number of multipliers with their accumulators alone. That is a lower bound for a\n" +
			"dense accelerator and not one itself: a dense baseline from the same generator, and with it the figures\n" +
			"overhead and logic_overhead, do not exist yet.",
		Example: "  sparsegen area --target targets/default.toml --baseline",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t, err := target.Load(path)
			if err != nil {
				return err
			}
			p, err := area.LoadProcess(process)
			if err != nil {
				return err
			}
			model, err := area.ParseModel(memory)
			if err != nil {
				return err
			}
			o := area.Options{Memory: model}
			if baseline {
				o.Multipliers = t.Lanes
			}
			c.note("synthesising %s", t.Name)
			r, err := measure(cmd.Context(), p, t, o)
			if err != nil {
				return err
			}
			if asJSON {
				return c.json(r)
			}
			printArea(c, r)
			return nil
		},
	}
	targetFlag(cmd, &path)
	cmd.Flags().StringVar(&process, "process", area.DefaultProcess, "cell library: "+area.DefaultProcess+", or a liberty file")
	cmd.Flags().StringVar(&memory, "memory", string(area.Dense), "model of memory macros: dense or open")
	cmd.Flags().BoolVar(&baseline, "baseline", false, "also measure the same multipliers alone")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// measure emits a target and synthesises it.
func measure(ctx context.Context, p *area.Process, t *target.Target, o area.Options) (*area.Report, error) {
	d, err := hdl.Build(machine.New(t))
	if err != nil {
		return nil, err
	}
	out, err := verilog.Emit(d)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "sparsegen-rtl-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of ours in the temporary folder
	if err := out.WriteDir(dir); err != nil {
		return nil, err
	}
	var files []string
	for _, name := range out.Sources() {
		files = append(files, filepath.Join(dir, name))
	}
	return area.Measure(ctx, p, out.Top, files, o)
}

func printArea(c *console, r *area.Report) {
	c.printf("%s on %s (1 GE = one %s); memories of 4 kbit and more by model %s\n\n", c.bold(r.Design), r.Process, r.Gate, r.MemoryModel)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "logic GE\tmemory GE\tshare\tinstances\t  module\n")
	printModule(w, r, r.Design, 1, 0)
	w.Flush()
	c.printf("\ntotal %.0f GE = %.3f mm2: logic %.0f GE, memory %.0f GE (%d kbit; model dense %.0f, open %.0f)\n",
		r.GE, r.AreaUm2/1e6, r.LogicGE, r.MemoryGE, r.MemoryBits/1024, r.MemoryGEs[area.Dense], r.MemoryGEs[area.Open])
	if m := r.Multipliers; m != nil {
		c.printf("the same %d multipliers alone: %.0f GE; logic here is %.1f times that\n", m.Count, m.GE, r.LogicGE/m.GE)
	}
}

// printModule prints the area of n instances of a kind, and then the kinds below.
func printModule(w *tabwriter.Writer, r *area.Report, kind string, n, depth int) {
	m, ok := r.Module(kind)
	if !ok {
		return
	}
	logic, memory := float64(n)*m.LogicGE, float64(n)*m.MemoryGE
	fmt.Fprintf(w, "%.0f\t%.0f\t%.1f %%\t%d\t  %s%s\n", logic, memory, 100*(logic+memory)/r.GE, n, strings.Repeat("  ", depth), kind)
	for _, child := range slices.Sorted(maps.Keys(m.Children)) {
		printModule(w, r, child, n*m.Children[child], depth+1)
	}
}
