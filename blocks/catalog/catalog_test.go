package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/catalog"
	"github.com/sparsegen/sparsegen/hdl"
)

// Every block builds without a warning at its defaults and at both ends of each knob.
func TestEveryBlockBuilds(t *testing.T) {
	for _, e := range catalog.List() {
		t.Run(e.Name, func(t *testing.T) {
			tries := []map[string]int{nil}
			for _, k := range e.Knobs {
				tries = append(tries, map[string]int{k.Name: k.Min}, map[string]int{k.Name: min(k.Max, 256)})
			}
			for _, v := range tries {
				m, err := catalog.Build(e.Name, v)
				if err != nil {
					require.ErrorContains(t, err, "knob acc_columns", "%v", v)
					continue
				}
				d, err := hdl.Build(m)
				require.NoError(t, err, "%v", v)
				require.Empty(t, d.Warnings(), "%v", v)
			}
		})
	}
}

func TestWrongNamesAndValues(t *testing.T) {
	for _, c := range []struct {
		name string
		v    map[string]int
		want string
	}{
		{"fifoo", nil, "block fifoo: there is no such block; the blocks are accumulator, bank, bank_arbiter, controller, crossbar, fifo, instruction_fetch, lane, loader, memory_port, multicast, output_stage, row_reader, scaler, scheduler, serialiser, task_fetcher"},
		{"fifo", map[string]int{"deep": 3}, "block fifo: there is no knob deep; its knobs are depth, width"},
		{"fifo", map[string]int{"depth": 0}, "block fifo: knob depth is 0; use 1 to 4096"},
		{"multicast", map[string]int{"lanes": 12}, "block multicast: knob lanes is 12; use a power of two"},
		{"lane", map[string]int{"acc_columns": 4, "port_bytes": 32}, "block lane: knob acc_columns is 4, less than the 8 int32 columns of a beat; raise it or lower port_bytes"},
	} {
		_, err := catalog.Build(c.name, c.v)
		require.EqualError(t, err, c.want)
	}
}
