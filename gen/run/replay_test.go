package run_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/machine"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/hdl/verilog"
	"github.com/sparsegen/sparsegen/verify/cosim"
	"github.com/sparsegen/sparsegen/verify/cosim/memport"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// traceOf emits the machine and lists its ports, guards of stream payloads included.
func traceOf(t *testing.T, tgt *target.Target) *cosim.Trace {
	t.Helper()
	d, err := hdl.Build(machine.New(tgt))
	require.NoError(t, err)
	out, err := verilog.Emit(d)
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, out.WriteDir(dir))
	tr := &cosim.Trace{Top: out.Top, Clocked: true}
	for _, f := range out.Sources() {
		tr.Files = append(tr.Files, filepath.Join(dir, f))
	}
	top := out.Manifest.Modules[len(out.Manifest.Modules)-1]
	for _, p := range top.Ports {
		port := cosim.TracePort{Name: p.Name, Width: p.Width}
		if p.Dir != "out" {
			tr.Inputs = append(tr.Inputs, port)
			continue
		}
		for _, q := range top.Ports { // a payload is guarded by the valid of its stream
			if stream, ok := strings.CutSuffix(q.Name, "_valid_o"); ok && strings.HasPrefix(p.Name, stream+"_") && q.Name != p.Name {
				port.Guards = append(port.Guards, q.Name)
			}
		}
		if p.Name == "req_data_o" || p.Name == "req_mask_o" {
			port.Guards = append(port.Guards, "req_write_o")
		}
		tr.Outputs = append(tr.Outputs, port)
	}
	return tr
}

// The interpreter and Icarus agree on every port in every cycle of whole products, with and without stalls, in each
// format; nothing that matters is unknown in four-state simulation.
func TestIcarusAgreesInEveryCycle(t *testing.T) {
	if _, err := tool.Find("iverilog"); err != nil {
		t.Skip(err)
	}
	for _, c := range []struct {
		target  string
		m, k, n int
		density float64
		opts    compile.Options
		stalls  memport.Stalls
	}{
		{"tiny", 20, 18, 9, 1, compile.Options{BFormat: compile.Dense}, memport.Stalls{}},
		{"tiny", 20, 18, 9, 0.5, compile.Options{BFormat: compile.Pairs, Group: 2}, memport.Stalls{Seed: 3, Rate: 90}},
		{"tiny", 12, 40, 14, 0.4, compile.Options{BFormat: compile.Bitmap, TileK: 15, Output: compile.Int8}, memport.Stalls{Seed: 4, Rate: 60}},
		{"default", 40, 40, 33, 0.4, compile.Options{}, memport.Stalls{Seed: 5, Rate: 30}},
	} {
		t.Run(fmt.Sprintf("%s %s", c.target, c.opts.BFormat), func(t *testing.T) {
			tgt, err := target.Load("../../targets/" + c.target + ".toml")
			require.NoError(t, err)
			tr := traceOf(t, tgt)
			e, err := run.NewEngine("interp", tgt)
			require.NoError(t, err)
			var ports []*sim.Port
			e.(run.Watched).Watch(func(cycle uint64, b *sim.Bench) {
				if cycle == 0 {
					ports = nil
					for _, p := range slices.Concat(tr.Inputs, tr.Outputs) {
						ports = append(ports, b.Port(p.Name))
					}
				}
				for i, p := range ports {
					list := &tr.Inputs
					if i >= len(tr.Inputs) {
						list, i = &tr.Outputs, i-len(tr.Inputs)
					}
					(*list)[i].Values = append((*list)[i].Values, hex(p.GetLimbs(), p.Width()))
				}
			})
			j, err := run.Prepare(tgt, run.Product{
				Name: "product", Op: "matmul",
				A: golden.RandomCSR(1, c.m, c.k, 0.3), B: golden.RandomCSR(2, c.k, c.n, c.density),
			}, c.opts)
			require.NoError(t, err)
			l, _, err := j.Run(context.Background(), tgt, e, run.Bench{Stalls: c.stalls})
			require.NoError(t, err)
			require.Zero(t, l.Mismatches)
			require.NoError(t, cosim.Replay(context.Background(), tr))

			// The comparison can fail: one recorded bit changed in the middle is found there.
			done := &tr.Outputs[slices.IndexFunc(tr.Outputs, func(p cosim.TracePort) bool { return p.Name == "busy_o" })]
			at := len(done.Values) / 2
			done.Values[at] = "0"
			require.ErrorContains(t, cosim.Replay(context.Background(), tr), fmt.Sprintf("cycle %d: busy_o is 1, recorded 0", at))
		})
	}
}

// hex is a value in as many digits as its width needs.
func hex(limbs []uint64, width int) string {
	s := ""
	for i := len(limbs) - 1; i >= 0; i-- {
		s += fmt.Sprintf("%016x", limbs[i])
	}
	return s[len(s)-(width+3)/4:]
}
