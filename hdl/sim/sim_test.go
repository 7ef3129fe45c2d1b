package sim_test

import (
	"bytes"
	"flag"
	"math/big"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// open is a simulation whose failures the test itself looks at.
func open[IO any](t *testing.T, m *hdl.Module, opts ...sim.Option) *sim.Sim[IO] {
	t.Helper()
	d, err := hdl.Build(m)
	require.NoError(t, err)
	s, err := sim.FromDesign[IO](d, opts...)
	require.NoError(t, err)
	return s
}

func TestCounter(t *testing.T) {
	s := sim.New[CounterIO](t, Counter(CounterParams{Width: 4, Limit: 10}))
	s.Expect(s.IO.Q, 0)
	s.Step(2)
	s.Poke(s.IO.En, 1)
	s.Step(9)
	s.Expect(s.IO.Q, 9)
	s.Expect(s.IO.Ovf, 1)
	require.Equal(t, uint64(9), s.PeekPath("count"))
	require.Equal(t, 11, s.Cycle())
	s.Step(1)
	s.Expect("q", 0)
	s.Expect("q_o", 0)
	sim.ExpectWave(t, s, "testdata/counter.wave")
	s.Step(3)
	s.Reset(1)
	s.Expect(s.IO.Q, 0)
}

func TestEnumsPrintByName(t *testing.T) {
	s := sim.New[ControlIO](t, Control())
	require.Equal(t, "idle", s.PeekName("state"))
	s.Expect(s.IO.Busy, false)
	s.Poke(s.IO.Start, true)
	s.Step(1)
	s.Expect("state", "load")
	s.Expect("state", load)
	require.NoError(t, s.StepUntil("state", run, 5))
	s.Poke(s.IO.Done, 1)
	s.Step(1)
	sim.ExpectWave(t, s, "testdata/control.wave", s.IO.Start, s.IO.Done, "state", s.IO.Busy)
}

func TestStreamsWithStalls(t *testing.T) {
	var items []sim.Item
	for i := range 50 {
		items = append(items, sim.Item{int64(i), int64(i%7 - 3)})
	}
	s := sim.New[FIFOIO](t, TwoFIFOs())
	in := sim.Send(s, s.IO.In, items...).With(sim.Stall(1, 0.4))
	out := sim.Collect(s, s.IO.Out, len(items)).With(sim.Stall(2, 0.5))
	require.NoError(t, s.StepUntilDone(500, in, out))
	require.Equal(t, items, out.Items())
	require.Equal(t, 50, in.Sent())
	require.Equal(t, uint64(50%8), s.PeekPath("u_first.wr"))
	fast := sim.New[FIFOIO](t, TwoFIFOs())
	sim.Send(fast, fast.IO.In, items...)
	out = sim.Collect(fast, fast.IO.Out, 0)
	fast.Step(53)
	require.Equal(t, items, out.Items()[:50])
}

func TestWideMemory(t *testing.T) {
	s := sim.New[BufferIO](t, Buffer())
	v := new(big.Int).Lsh(big.NewInt(5), 90)
	s.Poke(s.IO.WEn, 1)
	s.Poke(s.IO.WAddr, 3)
	s.Poke(s.IO.WData, v)
	s.Step(1)
	require.Equal(t, v, s.ReadMemBig("mem", 3))
	s.Poke(s.IO.WEn, 0)
	s.WriteMem("mem", 4, 77)
	require.Equal(t, uint64(77), s.ReadMem("mem", 4))
	s.Poke(s.IO.REn, 1)
	s.Poke(s.IO.RAddr, 3)
	s.Expect(s.IO.Sum, -1)
	s.Step(1)
	s.Expect(s.IO.RData, v)
	require.Equal(t, v, s.PeekBig(s.IO.RData))
	p := s.Port(s.IO.RData)
	require.Equal(t, []uint64{0, 5 << 26}, p.GetLimbs())
	s.Poke(s.IO.REn, 0)
	s.Poke(s.IO.RAddr, 4)
	s.Step(1)
	s.Expect(s.IO.RData, v) // held
}

// The register of a synchronous read is a signal like any other: peeks, waves and dumps show it by its name.
func TestRegisterOfASynchronousRead(t *testing.T) {
	var w bytes.Buffer
	s := open[BufferIO](t, Buffer(), sim.VCD(&w))
	s.WriteMem("mem", 5, 0x2a)
	s.Poke(s.IO.REn, 1)
	s.Poke(s.IO.RAddr, 5)
	require.Zero(t, s.PeekPath("rdata_q"))
	s.Step(1)
	s.Expect("rdata_q", 0x2a)
	s.Step(1)
	sim.ExpectWave(t, s, "testdata/buffer.wave", s.IO.RAddr, "rdata_q")
	require.NoError(t, s.Err())
	require.NoError(t, s.Close())
	require.Regexp(t, `\$var \w+ 100 \S+ rdata_q `, w.String())
	require.Contains(t, w.String(), "b101010 ")
}

func TestPorts(t *testing.T) {
	s := sim.New[CounterIO](t, Counter(CounterParams{Width: 4, Limit: 10}))
	en, q := s.Port(s.IO.En), s.Port("q")
	en.Set(1)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		s.Step(1)
		en.Set(q.Get() & 1)
		en.Set(1)
	}))
	require.Equal(t, uint64(101%10), q.Get())
	require.Equal(t, 4, q.Width())
	require.Equal(t, "q_o", q.Path())
}

func TestVCD(t *testing.T) {
	var w bytes.Buffer
	s := open[FIFOIO](t, TwoFIFOs(), sim.VCD(&w))
	sim.Send(s, s.IO.In, sim.Item{1, -1}, sim.Item{2, -2})
	out := sim.Collect(s, s.IO.Out, 2)
	s.Reset(2)
	require.NoError(t, s.StepUntilDone(20, out))
	require.NoError(t, s.Close())
	golden(t, "testdata/fifos.vcd", w.String())
}

func TestVCDSwitchedOnLate(t *testing.T) {
	var w bytes.Buffer
	s := open[ControlIO](t, Control())
	s.Poke(s.IO.Start, 1)
	s.Step(1)
	v := s.DumpVCD(&w, sim.EnumNames())
	s.Step(2)
	require.NoError(t, v.Stop())
	s.Step(1)
	golden(t, "testdata/control.vcd", w.String())
}

func TestByNameAlone(t *testing.T) {
	d, err := hdl.Build(TwoFIFOs())
	require.NoError(t, err)
	b, err := sim.Open(d, sim.Keep(4))
	require.NoError(t, err)
	b.Poke("in_valid", 1)
	b.Poke("in_pos", 200)
	b.Port("in_val").SetInt(-100)
	b.Watch("u_second.wr")
	b.Step(6)
	require.Equal(t, int64(-100), b.PeekInt("out_val"))
	require.Equal(t, uint64(156), b.Peek("u_second.out_val_o"))
	require.NoError(t, b.Err())
	sim.ExpectWave(t, b, "testdata/fifos.wave", "in_valid", "u_second.wr", "out_val")
	_, err = sim.FromDesign[CounterIO](d)
	require.ErrorContains(t, err, "the top module has ports of type *sim_test.FIFOIO, not *sim_test.CounterIO")
}
