package stream_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// Sample is a payload of several fields, one of them signed and one as wide as a parameter.
type Sample struct {
	Pos  hdl.Sig `hdl:"8"`
	Val  hdl.Sig `hdl:"8,signed"`
	Wide hdl.Sig `hdl:"WideBits"`
}

type sampleParams struct{ WideBits int }

// samples are n random payloads, as an Item holds them.
func samples(rng *rand.Rand, n int) []sim.Item {
	items := make([]sim.Item, n)
	for i := range items {
		items[i] = sim.Item{rng.Int64N(256), rng.Int64N(256) - 128, rng.Int64N(1 << 20)}
	}
	return items
}

// paces are the probabilities with which the two ends hold back.
var paces = []struct {
	name    string
	in, out float64
}{
	{"no stalls", 0, 0},
	{"slow sender", 0.6, 0},
	{"slow receiver", 0, 0.6},
	{"both slow", 0.4, 0.4},
	{"receiver nearly stopped", 0.1, 0.9},
}

// expectShown holds the wave in a page to the golden file that a test checks.
func expectShown(t *testing.T, page, wave string) {
	t.Helper()
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	want, err := os.ReadFile(wave)
	require.NoError(t, err)
	require.Contains(t, string(text), string(want), "%s shows another wave than %s", page, wave)
}
