package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sparsegen/sparsegen/blocks/catalog"
)

func newBlock(c *console) *cobra.Command {
	var (
		dir          string
		knobs        []string
		list, asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "block NAME [-p knob=value ...] -o DIR",
		Short: "Emit one block of the library as SystemVerilog",
		Long: "Emit one block of the library as SystemVerilog, as emit does a whole target. Knobs that are not given have\n" +
			"their defaults; --list shows the blocks and their knobs.",
		Example: "  sparsegen block --list\n" +
			"  sparsegen block crossbar -p ports=8 -o build/crossbar",
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if list {
				if len(args) > 0 || dir != "" {
					return errors.New("--list: takes no block and no -o; leave them out")
				}
				return listBlocks(c, asJSON)
			}
			if asJSON {
				return errors.New("--json: has a meaning with --list only; add --list")
			}
			if len(args) == 0 {
				return errors.New("no block is named; sparsegen block --list shows them")
			}
			values, err := parseKnobs(knobs)
			if err != nil {
				return err
			}
			if err := checkOutDir(dir); err != nil {
				return err
			}
			m, err := catalog.Build(args[0], values)
			if err != nil {
				return err
			}
			return emit(c, m, dir)
		},
	}
	cmd.Flags().StringVarP(&dir, "output-dir", "o", "", "folder to write")
	cmd.Flags().StringArrayVarP(&knobs, "param", "p", nil, "set a knob: knob=value")
	cmd.Flags().BoolVar(&list, "list", false, "list the blocks and their knobs")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// parseKnobs reads knob=value pairs.
func parseKnobs(pairs []string) (map[string]int, error) {
	values := map[string]int{}
	for _, p := range pairs {
		name, value, found := strings.Cut(p, "=")
		n, err := strconv.Atoi(value)
		if !found || name == "" || err != nil {
			return nil, fmt.Errorf("-p %s: not of the form knob=number; write for example -p width=32", p)
		}
		if _, twice := values[name]; twice {
			return nil, fmt.Errorf("-p %s: knob %s is given twice; give it once", p, name)
		}
		values[name] = n
	}
	return values, nil
}

func listBlocks(c *console, asJSON bool) error {
	entries := catalog.List()
	if asJSON {
		return c.json(map[string]any{"blocks": entries})
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, e := range entries {
		fmt.Fprintf(w, "%s\t%s\n", e.Name, e.Doc)
	}
	return w.Flush()
}
