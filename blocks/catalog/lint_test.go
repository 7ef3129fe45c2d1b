package catalog_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/catalog"
	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/verilog"
	"github.com/sparsegen/sparsegen/verify/lint"
)

// sizes are the knob settings that are linted: the defaults, a small machine and a wide one. A block takes the knobs it has.
var sizes = []struct {
	name  string
	knobs map[string]int
}{
	{"default", nil},
	{"small", map[string]int{
		"depth": 1, "width": 1, "ports": 2, "banks": 2, "lanes": 2, "addr_bits": 8, "acc_columns": 4, "port_bytes": 8, "task_queue": 1, "prefetch": 3,
	}},
	{"wide", map[string]int{
		"depth": 37, "width": 65, "ports": 9, "banks": 32, "lanes": 32, "addr_bits": 16, "acc_columns": 256, "port_bytes": 32, "task_queue": 13, "prefetch": 9,
	}},
}

// least is the smallest value of a knob in a block where it is above that of "small".
func least(e catalog.Entry, values map[string]int) map[string]int {
	out := map[string]int{}
	for _, k := range e.Knobs {
		if v, ok := values[k.Name]; ok {
			out[k.Name] = max(v, k.Min)
		}
	}
	return out
}

// Every block of the library, emitted alone at each size, is clean under three tools.
func TestEveryBlockIsLintClean(t *testing.T) {
	if testing.Short() {
		t.Skip("runs outside tools on every block; leave out -short")
	}
	for _, e := range catalog.List() {
		for _, size := range sizes {
			if len(e.Knobs) == 0 && size.name != "default" {
				continue // there is one size only
			}
			t.Run(e.Name+" "+size.name, func(t *testing.T) {
				t.Parallel()
				m, err := catalog.Build(e.Name, least(e, size.knobs))
				require.NoError(t, err)
				d, err := hdl.Build(m)
				require.NoError(t, err)
				out, err := verilog.Emit(d)
				require.NoError(t, err)
				dir := t.TempDir()
				require.NoError(t, out.WriteDir(dir))
				for _, l := range lint.Tools {
					t.Run(l, func(t *testing.T) {
						err := lint.Check(t.Context(), l, dir, out.Top, out.Sources())
						var missing *tool.MissingError
						if errors.As(err, &missing) {
							t.Skip(err)
						}
						require.NoError(t, err)
					})
				}
			})
		}
	}
}
