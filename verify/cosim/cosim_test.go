package cosim_test

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/verify/cosim"
	"github.com/sparsegen/sparsegen/verify/cosim/memport"
)

//go:embed testdata/copy.sv
var copySV []byte

// copier wraps the test design in a top module for one width of the port.
func copier(p int) cosim.Design {
	top := fmt.Sprintf(`module top (
  input logic clk_i, rst_ni, start_i, req_ready_i, rsp_valid_i, input logic [31:0] prog_i, input logic [7:0] counter_sel_i,
  input logic [%[1]d:0] rsp_data_i, output logic busy_o, done_o, req_valid_o, req_write_o,
  output logic [31:0] req_addr_o, counter_o, output logic [%[1]d:0] req_data_o, output logic [%[2]d:0] req_mask_o
);
  copy #(.P(%[3]d)) u_copy (.*);
endmodule
`, 8*p-1, p-1, p)
	return cosim.Design{Top: "top", Files: []cosim.File{{Name: "copy.sv", Text: copySV}, {Name: "top.sv", Text: []byte(top)}}}
}

// image is a program at beat 1 that copies n beats from beat 4 on to beat 20 on.
func image(p, n int) []byte {
	m := make([]byte, 40*p)
	for i := range m {
		m[i] = byte(i * 7)
	}
	binary.LittleEndian.PutUint64(m[p:], uint64(n)|4<<16|20<<32)
	return m
}

func needVerilator(t *testing.T) {
	t.Helper()
	if _, err := tool.Find("verilator"); err != nil {
		t.Skip(err)
	}
}

func TestRunAtEachPortWidth(t *testing.T) {
	needVerilator(t)
	for _, p := range []int{8, 16, 32} {
		t.Run(fmt.Sprintf("%d bytes", p), func(t *testing.T) {
			b, err := cosim.Build(t.Context(), copier(p), cosim.Options{Cache: t.TempDir()})
			require.NoError(t, err)
			in := image(p, 3)
			want := append([]byte(nil), in...)
			copy(want[20*p:23*p], in[4*p:])
			r, err := b.Run(t.Context(), cosim.Job{Image: in, Prog: 1, Lanes: 2, Expect: want})
			require.NoError(t, err)
			assert.Nil(t, r.Mismatch)
			assert.Equal(t, want, r.Mem)
			// start, 1 + 8 + 3 x (1 + 8 + 1) cycles until the last write, and one more for done to show.
			assert.EqualValues(t, 1+9+3*10, r.Cycles)
			assert.Equal(t, cosim.Counters{Cycles: r.Cycles, PortBeats: 7, BeatsWritten: 3, Products: []uint64{64, 65}}, r.Counters)
		})
	}
}

func TestFailuresLeaveAWave(t *testing.T) {
	needVerilator(t)
	b, err := cosim.Build(t.Context(), copier(16), cosim.Options{})
	require.NoError(t, err)

	wave := filepath.Join(t.TempDir(), "fail.vcd")
	_, err = b.Run(t.Context(), cosim.Job{Image: image(16, 30), Prog: 1, Wave: wave})
	require.EqualError(t, err, "the machine stopped in cycle 219: request outside the memory, beat 40; wave in "+wave)
	vcd, err := os.ReadFile(wave)
	require.NoError(t, err)
	assert.Contains(t, string(vcd), "done_o")

	_, err = b.Run(t.Context(), cosim.Job{Image: image(16, 3), Prog: 1, MaxCycles: 20})
	require.EqualError(t, err, "the machine stopped in cycle 20: not done within the cycle limit")

	r, err := b.Run(t.Context(), cosim.Job{Image: image(16, 1), Prog: 1, Expect: []byte{1, 2}, ExpectAt: 20 * 16})
	require.NoError(t, err)
	assert.Equal(t, &cosim.Mismatch{Bytes: 2, At: 320, Got: 192, Want: 1, Cycle: 19}, r.Mismatch)
}

func TestStallsAreReproducible(t *testing.T) {
	needVerilator(t)
	b, err := cosim.Build(t.Context(), copier(16), cosim.Options{})
	require.NoError(t, err)
	stalls := memport.Stalls{Rate: 128, Seed: 7}
	r, err := b.Run(t.Context(), cosim.Job{Image: image(16, 3), Prog: 1, Latency: 5, Stalls: stalls})
	require.NoError(t, err)

	// The same machine by hand: each request waits until the memory is ready, each read takes the latency.
	c := uint64(1)
	request := func() {
		for !stalls.Ready(c) {
			c++
		}
	}
	request()
	c += 5 + 1
	for range 3 {
		request()
		c += 5 + 1
		request()
		c++
	}
	assert.Equal(t, c, r.Cycles)
}

func TestBuildsOnceForManyAtATime(t *testing.T) {
	needVerilator(t)
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			_, err := cosim.Build(t.Context(), copier(8), cosim.Options{Cache: dir})
			assert.NoError(t, err)
		})
	}
	wg.Wait()
	entries, err := filepath.Glob(filepath.Join(dir, "*", "machine"))
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

func TestBadDesignIsOneLine(t *testing.T) {
	needVerilator(t)
	dir := t.TempDir()
	d := cosim.Design{Top: "top", Files: []cosim.File{{Name: "top.sv", Text: []byte("module top;\n  nonsense\nendmodule\n")}}}
	_, err := cosim.Build(t.Context(), d, cosim.Options{Cache: dir})
	require.ErrorContains(t, err, "verilator: exit status 1: %Error: top.sv:3")
	left, err := filepath.Glob(filepath.Join(dir, "build-*"))
	require.NoError(t, err)
	assert.Empty(t, left, "nothing is left of a failed build")
}

func TestVerilatorMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := cosim.Build(t.Context(), copier(8), cosim.Options{})
	require.EqualError(t, err, "verilator is not installed (needed for: engine verilator, lint of emitted files): "+
		"install it with: apt-get install verilator")
}
