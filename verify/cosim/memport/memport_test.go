package memport_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/verify/cosim/memport"
)

func TestReadIsAnsweredAfterTheLatency(t *testing.T) {
	m := memport.New([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}, 8, 3)
	require.Len(t, m.Bytes(), 16, "filled up to whole beats")

	assert.Nil(t, m.Response(10))
	require.NoError(t, m.Read(10, 1))
	assert.Nil(t, m.Response(11))
	require.NoError(t, m.Write(11, 1, []byte{99, 98, 0, 0, 0, 0, 0, 0}, 0b10), "a later write does not change the answer")
	assert.Nil(t, m.Response(12))
	assert.Equal(t, []byte{9, 0, 0, 0, 0, 0, 0, 0}, m.Response(13))
	assert.Nil(t, m.Response(16), "answered once")
	assert.Equal(t, []byte{9, 98}, m.Bytes()[8:10], "only masked bytes are written")
}

func TestRequestOutsideTheMemory(t *testing.T) {
	m := memport.New(make([]byte, 16), 16, 8)
	require.EqualError(t, m.Read(7, 1), "cycle 7: request for beat 1 is outside the memory of 1 beats")
}

func TestStallsAreThoseOfTheBenchInC(t *testing.T) {
	s := memport.Stalls{Rate: 128, Seed: 7}
	got := uint32(0)
	for c := range uint64(24) {
		got <<= 1
		if s.Ready(c) {
			got |= 1
		}
	}
	assert.Equal(t, uint32(0b011001101010100111111111), got)
	assert.True(t, memport.Stalls{}.Ready(3), "rate 0 never stalls")
}

func TestStallRate(t *testing.T) {
	s, n := memport.Stalls{Rate: 64, Seed: 1}, 0
	for c := range uint64(100_000) {
		if !s.Ready(c) {
			n++
		}
	}
	assert.InDelta(t, 25_000, n, 500)
}
