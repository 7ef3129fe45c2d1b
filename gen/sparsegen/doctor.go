package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sparsegen/sparsegen/flows/tool"
)

type toolStatus struct {
	Name    string `json:"name"`
	Found   bool   `json:"found"`
	Path    string `json:"path,omitempty"`
	Version string `json:"version,omitempty"`
	Use     string `json:"use"`
	Tests   bool   `json:"needed_by_tests"`
	Install string `json:"install"`
}

func newDoctor(c *console) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Show which outside tools are installed, and what each is for",
		Long: "Show which outside tools are installed, their versions, what each is needed for and how to install it.\n" +
			"Building, emitting and running with engine interp or model need none of them.\n" +
			"Exits 1 when a tool that the project's tests need is missing.",
		Example: "  sparsegen doctor",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var list []toolStatus
			missing := false
			for _, t := range tool.All() {
				s := toolStatus{Name: t.Name, Use: t.Use, Tests: t.Tests, Install: "apt-get install " + t.Package}
				if path, err := t.Find(); err == nil {
					s.Found, s.Path, s.Version = true, path, t.VersionLine(cmd.Context())
				}
				missing = missing || !s.Found && s.Tests
				list = append(list, s)
			}
			if asJSON {
				if err := c.json(map[string]any{"tools": list}); err != nil {
					return err
				}
			} else {
				printTools(c, list)
			}
			if missing {
				return errCheck
			}
			return nil
		},
	}
	jsonFlag(cmd, &asJSON)
	return cmd
}

func printTools(c *console, list []toolStatus) {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, s := range list {
		// The colour codes have one length, so that columns stay in line.
		mark, what := c.good("found  "), s.Version
		if what == "" {
			what = s.Path
		}
		if !s.Found {
			mark, what = c.bad("missing"), s.Install
		}
		fmt.Fprintf(w, "%s\t%s\t%s\tfor: %s\n", mark, s.Name, what, s.Use)
	}
	w.Flush()
}
