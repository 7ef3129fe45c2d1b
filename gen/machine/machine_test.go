package machine_test

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/gen/machine"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/verilog"
	"github.com/sparsegen/sparsegen/verify/lint"
)

// targets are all machines that come with the project.
func targets(t *testing.T) map[string]*target.Target {
	t.Helper()
	files, err := filepath.Glob("../../targets/*.toml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	list := map[string]*target.Target{}
	for _, f := range files {
		x, err := target.Load(f)
		require.NoError(t, err)
		list[strings.TrimSuffix(filepath.Base(f), ".toml")] = x
	}
	return list
}

func emit(t *testing.T, x *target.Target) (*hdl.Design, *verilog.Output) {
	t.Helper()
	d, err := hdl.Build(machine.New(x))
	require.NoError(t, err)
	out, err := verilog.Emit(d)
	require.NoError(t, err)
	return d, out
}

// Every machine builds without a warning and is clean under each tool.
func TestEveryTargetIsClean(t *testing.T) {
	for name, x := range targets(t) {
		d, out := emit(t, x)
		assert.Empty(t, d.Warnings(), name)
		dir := t.TempDir()
		require.NoError(t, out.WriteDir(dir))
		for _, l := range lint.Tools {
			t.Run(name+" "+l, func(t *testing.T) {
				err := lint.Check(t.Context(), l, dir, out.Top, out.Sources())
				var missing *tool.MissingError
				if errors.As(err, &missing) {
					t.Skip(err)
				}
				require.NoError(t, err)
			})
		}
	}
}

// The same target gives the same bytes, however many are built at once.
func TestEmissionIsDeterministic(t *testing.T) {
	for name, x := range targets(t) {
		_, want := emit(t, x)
		outs := make([]*verilog.Output, 4)
		var all sync.WaitGroup
		for i := range outs {
			all.Go(func() {
				if d, err := hdl.Build(machine.New(x)); err == nil {
					outs[i], _ = verilog.Emit(d)
				}
			})
		}
		all.Wait()
		for _, got := range outs {
			require.NotNil(t, got, name)
			require.Equal(t, want.Files, got.Files, name)
		}
	}
}
