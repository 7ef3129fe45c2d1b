package run_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/matfile"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

func load(t *testing.T, name string) *target.Target {
	t.Helper()
	x, err := target.Load("../../targets/" + name + ".toml")
	require.NoError(t, err)
	return x
}

// engines makes those that are exact and can run here: interp first.
func engines(t *testing.T, x *target.Target) []run.Engine {
	t.Helper()
	names := []string{"interp"}
	if _, err := tool.Find("verilator"); err == nil {
		names = append(names, "verilator")
	}
	var list []run.Engine
	for _, name := range names {
		e, err := run.NewEngine(name, x)
		require.NoError(t, err)
		list = append(list, e)
	}
	return list
}

// agree runs a job on all engines: exact results everywhere, the same cycles and counters everywhere.
func agree(t *testing.T, x *target.Target, list []run.Engine, j *run.Job, b run.Bench) {
	t.Helper()
	var first *run.Result
	for _, e := range list {
		l, r, err := j.Run(t.Context(), x, e, b)
		require.NoError(t, err, "%s on %s", j.Name, e.Name())
		assert.Zero(t, l.Mismatches, "%s on %s", j.Name, e.Name())
		if first == nil {
			first = r
			continue
		}
		assert.Equal(t, first.Cycles, r.Cycles, "%s: cycles on %s", j.Name, e.Name())
		assert.Equal(t, first.Counters, r.Counters, "%s: counters on %s", j.Name, e.Name())
	}
}

// One real matrix of each regime: barely sparse, pruned, skewed with empty rows, all zero, mesh, hub, rectangular.
func TestPublishedMatrices(t *testing.T) {
	root := os.Getenv("SPARSEGEN_DATA")
	if root == "" {
		t.Skip("SPARSEGEN_DATA is not set")
	}
	x := load(t, "default")
	list := engines(t, x)
	for _, c := range []struct {
		file    string
		columns int
		density float64
	}{
		{"dlmc/rn50__magnitude_pruning__0.5__bottleneck_1_block_group1_1_1.smtx", 64, 1},
		{"dlmc/transformer__magnitude_pruning__0.98__body_encoder_layer_5_self_attention_multihead_attention_k_fully_connected.smtx", 64, 0.4},
		{"dlmc/transformer__l0_regularization__0.98__body_encoder_layer_3_ffn_conv1.smtx", 64, 0.4},
		{"dlmc/transformer__variational_dropout__0.98__body_encoder_layer_3_self_attention_multihead_attention_q.smtx", 64, 1},
		{"dlmc/rn50__magnitude_pruning__0.9__initial_conv.smtx", 64, 1},
		{"mtx/jagmesh7.mtx", 64, 0.4},
		{"mtx/rajat19.mtx", 32, 1},
		{"mtx/lp_ship04l.mtx", 32, 1},
		{"mtx/karate.mtx", 0, 0}, // A x A
		{"mtx/west0067.mtx", 0, 0},
	} {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			a, err := matfile.Read(filepath.Join(root, c.file), matfile.Options{Seed: 1})
			require.NoError(t, err)
			b := a
			if c.columns > 0 {
				b = golden.RandomCSR(2, a.Cols, c.columns, c.density)
			}
			j, err := run.Prepare(x, run.Product{Name: "real", Op: "matmul", A: a, B: b}, compile.Options{})
			require.NoError(t, err)
			agree(t, x, list, j, run.Bench{})
		})
	}
}

func TestEngineNames(t *testing.T) {
	x := load(t, "tiny")
	_, err := run.NewEngine("compiled", x)
	require.EqualError(t, err, "engine compiled is not available yet; use interp, verilator or model")
	_, err = run.NewEngine("quick", x)
	require.EqualError(t, err, `engine "quick" is not known; use interp, verilator, model`)
	assert.Equal(t, "interp", run.DefaultEngine(1000))
	t.Setenv("PATH", t.TempDir())
	assert.Equal(t, "interp", run.DefaultEngine(1e9), "Verilator is not installed")
}

// A machine that is not done in time is an error that says so, on every engine, with a wave if one is wanted.
func TestHungMachine(t *testing.T) {
	x := load(t, "tiny")
	a := golden.RandomCSR(1, 20, 20, 0.5)
	j, err := run.Prepare(x, run.Product{Name: "p", A: a, B: a}, compile.Options{})
	require.NoError(t, err)
	for _, e := range engines(t, x) {
		wave := filepath.Join(t.TempDir(), "w.vcd")
		_, _, err := j.Run(t.Context(), x, e, run.Bench{MaxCycles: 50, VCD: wave})
		require.EqualError(t, err, fmt.Sprintf("engine %s: the machine stopped in cycle 50: not done within the cycle limit; wave in %s", e.Name(), wave))
		assert.FileExists(t, wave)
	}
}

func TestShapesThatDoNotFit(t *testing.T) {
	a := golden.RandomCSR(1, 4, 5, 0.5)
	_, err := run.Prepare(load(t, "tiny"), run.Product{Name: "p", A: a, B: a}, compile.Options{})
	require.EqualError(t, err, "p: A is 4 x 5 and B is 4 x 5: the columns of A must be as many as the rows of B")
}
