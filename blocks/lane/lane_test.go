package lane_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/stretchr/testify/require"
)

func TestLaneBuilds(t *testing.T) {
	for _, p := range []lane.Params{
		{AddrBits: 14, AccColumns: 128, AccWord: 4, Queue: 8, Prefetch: 4},
		{AddrBits: 10, AccColumns: 16, AccWord: 2, Queue: 4, Prefetch: 4},
	} {
		d, err := hdl.Build(lane.New(p))
		require.NoError(t, err)
		require.Empty(t, d.Warnings())
	}
}
