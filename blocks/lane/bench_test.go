package lane_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl"
)

// settings are the sizes at which every part is tested: the smallest ones, those of a default machine, the widest.
var settings = []lane.Params{
	{AddrBits: 8, AccColumns: 4, AccWord: 2, Queue: 1, Prefetch: 3},
	{AddrBits: 10, AccColumns: 16, AccWord: 2, Queue: 4, Prefetch: 4},
	{AddrBits: 14, AccColumns: 128, AccWord: 4, Queue: 8, Prefetch: 4},
	{AddrBits: 16, AccColumns: 256, AccWord: 8, Queue: 64, Prefetch: 9},
}

// junk is what a read port shows in a cycle that follows no grant.
const junk = 999

// serve connects a memory to a read port: a request is granted in the cycles in which permit is 1, its word follows in
// the next cycle and in that one alone.
func serve(m *hdl.M, name string, mem hdl.Mem, port bus.ReadPort, permit hdl.Value) {
	grant := port.Valid.And(permit).Named(name + "_grant")
	word := mem.ReadSync(name+"_word", grant, port.Addr, hdl.OldData)
	granted := m.RegNext(name+"_granted", grant)
	hdl.Connect(port.Grant, grant)
	hdl.Connect(port.Data, hdl.Mux(granted, word, hdl.K(junk)))
}

// flip is 1 with probability p.
func flip(rng *rand.Rand, p float64) uint64 {
	if rng.Float64() < p {
		return 1
	}
	return 0
}

// randomWords fills a model of the unified memory.
func randomWords(rng *rand.Rand, p lane.Params) []uint32 {
	mem := make([]uint32, 1<<p.AddrBits)
	for i := range mem {
		mem[i] = rng.Uint32()
	}
	return mem
}

// expectShown holds the waves in the page to the golden files that the tests check.
func expectShown(t *testing.T, wave string) {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	want, err := os.ReadFile(wave)
	require.NoError(t, err)
	require.Contains(t, string(text), string(want), "README.md shows another wave than %s", wave)
}
