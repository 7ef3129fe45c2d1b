package area_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/area"
	"github.com/sparsegen/sparsegen/flows/tool"
)

func process(t *testing.T) *area.Process {
	t.Helper()
	for _, x := range []string{"yosys", "berkeley-abc", "osu018 cells"} {
		if _, err := tool.Find(x); err != nil {
			t.Skip(err)
		}
	}
	p, err := area.LoadProcess("osu018")
	require.NoError(t, err)
	return p
}

func TestHierarchyAndMemories(t *testing.T) {
	p := process(t)
	r, err := area.Measure(t.Context(), p, "top", []string{"testdata/small.sv"}, area.Options{Multipliers: 2})
	require.NoError(t, err)

	mac, ok := r.Module("mac")
	require.True(t, ok)
	assert.Equal(t, 2, mac.Instances)
	assert.InDelta(t, r.Multipliers.OneGE, mac.LogicGE, 20, "the same source, nearly the same cells")
	assert.InDelta(t, 2*r.Multipliers.OneGE, r.Multipliers.GE, 1e-6)

	ram, ok := r.Module("ram")
	require.True(t, ok)
	require.Len(t, ram.Memories, 1)
	assert.InDelta(t, 0.7*(8192+16384)/2, ram.Memories[0].GE, 1e-6)
	ram.Memories[0].GE = 0
	assert.Equal(t, area.Memory{Name: "mem", Words: 256, Width: 32, Reads: 1, Writes: 1, Macro: true}, ram.Memories[0])

	fifo, ok := r.Module("fifo8")
	require.True(t, ok)
	assert.False(t, fifo.Memories[0].Macro, "256 bits are flip-flops")
	assert.Zero(t, fifo.MemoryGE)
	assert.Greater(t, fifo.LogicGE, 256*4.0)

	assert.Equal(t, 8192, r.MemoryBits)
	assert.InDelta(t, r.GE, r.LogicGE+r.MemoryGE, 1e-6)
	assert.InDelta(t, r.AreaUm2, r.GE*24, 1e-3)
}

func TestModels(t *testing.T) {
	bank := area.Memory{Words: 1024, Width: 32, Reads: 1, Writes: 1}
	assert.InDelta(t, 0.7*32768, area.Dense.GE(bank), 1e-6)
	assert.InDelta(t, 3.84*32768, area.Open.GE(bank), 300)

	two := bank
	two.Reads = 3
	assert.InDelta(t, 2*area.Dense.GE(bank), area.Dense.GE(two), 1e-6)

	small := area.Memory{Words: 128, Width: 32, Reads: 1, Writes: 1}
	assert.InDelta(t, 7.95*4096, area.Open.GE(small), 1, "never more than flip-flops")
	assert.Less(t, area.Dense.GE(small), area.Open.GE(small))

	_, err := area.ParseModel("sparse")
	require.EqualError(t, err, `memory model "sparse" is not known: use dense or open`)
}

func TestBadInput(t *testing.T) {
	p := process(t)
	_, err := area.LoadProcess("7nm")
	require.EqualError(t, err, `process "7nm" is not known: use osu018, or the path of a liberty file`)

	broken := filepath.Join(t.TempDir(), "broken.sv")
	require.NoError(t, os.WriteFile(broken, []byte("module broken\nendmodule\n"), 0o644))
	_, err = area.Measure(t.Context(), p, "broken", []string{broken}, area.Options{})
	require.ErrorContains(t, err, "yosys: exit status 1: "+broken+":2: ERROR: syntax error")
}

func TestYosysMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := area.Measure(t.Context(), &area.Process{}, "top", nil, area.Options{})
	require.EqualError(t, err, "yosys is not installed (needed for: area, checks of emitted files): install it with: apt-get install yosys")
}
