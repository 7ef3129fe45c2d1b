package verilog

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// TestGolden pins every file of the output.
func TestGolden(t *testing.T) {
	for _, d := range designs {
		t.Run(d.name, func(t *testing.T) {
			dir := filepath.Join("testdata", d.name)
			out := emit(t, d.make())
			if *update {
				require.NoError(t, os.RemoveAll(dir))
				require.NoError(t, out.WriteDir(dir))
			}
			found, err := os.ReadDir(dir)
			require.NoError(t, err, "run go test -update")
			assert.Len(t, found, len(out.Files), "files in %s", dir)
			for _, f := range out.Files {
				want, err := os.ReadFile(filepath.Join(dir, f.Name))
				require.NoError(t, err)
				assert.Equal(t, string(want), string(f.Data), f.Name)
			}
		})
	}
}

// TestSameBytes builds each design several times: nothing may depend on the order of a Go map.
func TestSameBytes(t *testing.T) {
	for _, d := range designs {
		first := emit(t, d.make())
		for range 4 {
			require.Equal(t, first.Files, emit(t, d.make()).Files, d.name)
		}
	}
}
