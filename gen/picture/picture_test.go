package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/gen/target"
)

const docs = "../../docs"

func load(t *testing.T, name string) *target.Target {
	t.Helper()
	tt, err := target.Load(filepath.Join("../../targets", name+".toml"))
	require.NoError(t, err)
	return tt
}

// The committed diagram is that of the default target.
func TestMachineIsUpToDate(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join(docs, "machine.svg"))
	require.NoError(t, err)
	assert.True(t, bytes.Equal(committed, drawMachine(load(t, "default")).bytes()), "docs/machine.svg is stale: run make picture")
}

func TestCommittedPictures(t *testing.T) {
	for _, name := range []string{"machine", "run"} {
		svg, err := os.ReadFile(filepath.Join(docs, name+".svg"))
		require.NoError(t, err)
		wellFormed(t, svg)
		data, err := os.ReadFile(filepath.Join(docs, name+".png"))
		require.NoError(t, err)
		_, err = png.Decode(bytes.NewReader(data))
		require.NoError(t, err, name)
		assert.Less(t, len(svg), 200<<10, name)
		assert.Less(t, len(data), 200<<10, name)
	}
}

func TestMachineOfEachTarget(t *testing.T) {
	for _, name := range []string{"tiny", "default", "wide"} {
		c := drawMachine(load(t, name))
		wellFormed(t, c.bytes())
		hasRoom(t, c)
	}
}

// A small run: what was seen cycle by cycle adds up to the machine's own counters, and its picture is always the same.
func TestRun(t *testing.T) {
	tiny := load(t, "tiny")
	l := layer{M: 24, K: 24, N: 12, Density: 0.3, RowCV: 1, BDensity: 0.5, Seed: 3}
	r, err := record(t.Context(), tiny, l)
	require.NoError(t, err)
	last := int(r.Cycles)
	require.Len(t, r.Beats, last+1, "one look a cycle, the one with done included")
	sum := 0.0
	for _, counter := range r.Products {
		sum += float64(counter[last])
	}
	assert.InDelta(t, (1-r.Idle)*float64(tiny.Lanes)*float64(r.Cycles), sum, 0.5)
	assert.Len(t, r.Phases, r.Program.Stats.Phases)
	for i, p := range r.Phases {
		assert.Equal(t, i%inFlight, p.Slot)
		assert.Less(t, p.From, p.To)
	}
	c := drawRun(r)
	wellFormed(t, c.bytes())
	hasRoom(t, c)

	again, err := record(t.Context(), tiny, l)
	require.NoError(t, err)
	assert.Equal(t, string(c.bytes()), string(drawRun(again).bytes()))
}

func TestNumbers(t *testing.T) {
	assert.Equal(t, "1,234,567", thousands(1234567))
	assert.Equal(t, "999", thousands(999))
	assert.Equal(t, "95 %", percent(0.95))
	assert.Equal(t, "89.3 %", percent(0.8934))
	assert.Equal(t, 5000, niceStep(23502))
	assert.Equal(t, 160, binOf(23502))
	assert.Equal(t, "0", num(-0.001))
	assert.Equal(t, "12.5", num(12.5))
}

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

// hasRoom checks that no text leaves the picture or meets another.
func hasRoom(t *testing.T, c *canvas) {
	t.Helper()
	for i, p := range c.texts {
		assert.True(t, p.x >= 4 && p.y >= 4 && p.right() <= c.w-4 && p.bottom() <= c.h-4, "%q leaves the picture", p.text)
		for _, q := range c.texts[:i] {
			apart := p.right() <= q.x || q.right() <= p.x || p.bottom() <= q.y || q.bottom() <= p.y
			assert.True(t, apart, "%q and %q overlap", p.text, q.text)
		}
	}
}
