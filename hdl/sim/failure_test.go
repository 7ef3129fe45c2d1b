package sim_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/sim"
)

// message is what a simulation reported, with line numbers taken out.
func message(s interface{ Err() error }) string {
	if s.Err() == nil {
		return ""
	}
	return regexp.MustCompile(`\.go:\d+`).ReplaceAllString(s.Err().Error(), ".go:N") + "\n"
}

func TestExpectFailure(t *testing.T) {
	s := open[CounterIO](t, Counter(CounterParams{Width: 5, Limit: 10}))
	s.Poke(s.IO.En, 1)
	s.Step(12)
	s.Peek("count")
	s.Step(2)
	s.Expect("count", 3)
	golden(t, "testdata/expect.failure", message(s))
}

func TestEnumFailure(t *testing.T) {
	s := open[ControlIO](t, Control())
	s.Peek("state")
	s.Step(3)
	s.Expect("state", run)
	golden(t, "testdata/enum.failure", message(s))
}

func TestAssertFailure(t *testing.T) {
	s := open[FIFOIO](t, FIFO(4, 2, false))
	sim.Send(s, s.IO.In, sim.Item{1, 1}, sim.Item{2, 2}, sim.Item{3, 3}, sim.Item{4, 4})
	s.Step(6)
	golden(t, "testdata/assert.failure", message(s))
}

func TestProtocolFailure(t *testing.T) {
	s := open[FIFOIO](t, FIFO(4, 4, true))
	sim.Send(s, s.IO.In, sim.Item{1, -1}, sim.Item{2, 2})
	sim.Collect(s, s.IO.Out, 2).With(sim.Stall(1, 1))
	s.Step(9)
	golden(t, "testdata/protocol.failure", message(s))
}

func TestCollisionFailure(t *testing.T) {
	s := open[BufferIO](t, Buffer())
	for _, h := range []any{s.IO.WEn, s.IO.REn} {
		s.Poke(h, 1)
	}
	s.Reset(1)
	require.NoError(t, s.Err())
	s.Step(2)
	golden(t, "testdata/collision.failure", message(s))
}

func TestMistakes(t *testing.T) {
	for want, do := range map[string]func(*sim.Sim[CounterIO]){
		`no signal "nope" in counter`:                                  func(s *sim.Sim[CounterIO]) { s.Peek("nope") },
		`q_o is no input of the top module and cannot be driven`:       func(s *sim.Sim[CounterIO]) { s.Poke(s.IO.Q, 1) },
		`2 does not fit en_i, which is 1 bits unsigned`:                func(s *sim.Sim[CounterIO]) { s.Poke(s.IO.En, 2) },
		`-1 does not fit en_i, which is 1 bits unsigned`:               func(s *sim.Sim[CounterIO]) { s.Poke(s.IO.En, -1) },
		`0x2 does not fit en_i, which is 1 bits`:                       func(s *sim.Sim[CounterIO]) { s.Port("en").Set(2) },
		`int is no signal: use a handle of the top module`:             func(s *sim.Sim[CounterIO]) { s.Peek(3) },
		`[]int is no signal`:                                           func(s *sim.Sim[CounterIO]) { s.Peek([]int{1}) },
		`float64 is no value of a signal`:                              func(s *sim.Sim[CounterIO]) { s.Poke(s.IO.En, 1.0) },
		`q_o has no value named "run"`:                                 func(s *sim.Sim[CounterIO]) { s.Expect(s.IO.Q, "run") },
		`no memory "mem" in counter`:                                   func(s *sim.Sim[CounterIO]) { s.ReadMem("mem", 0) },
		`the signal belongs to control, not to the top module counter`: func(s *sim.Sim[CounterIO]) { s.Peek(open[ControlIO](t, Control()).IO.Busy) },
	} {
		s := open[CounterIO](t, Counter(CounterParams{Width: 4, Limit: 10}))
		do(s)
		require.ErrorContains(t, s.Err(), want)
	}
	s := open[BufferIO](t, Buffer())
	s.ReadMem("mem", 8)
	require.ErrorContains(t, s.Err(), "address 8 is outside memory mem of 8 words")
	require.ErrorContains(t, s.StepUntil(s.IO.RData, 1, 3), "r_data_o is not 0x1 after 3 cycles, at cycle 3")
}

// A failing test is played by a TB that only notes what it is told.
type fakeTB struct {
	testing.TB
	failed   bool
	cleanups []func()
}

func (f *fakeTB) Helper()               {}
func (f *fakeTB) Name() string          { return "TestX/sub case" }
func (f *fakeTB) Failed() bool          { return f.failed }
func (f *fakeTB) Errorf(string, ...any) { f.failed = true }
func (f *fakeTB) FailNow()              {}
func (f *fakeTB) Logf(string, ...any)   {}
func (f *fakeTB) Cleanup(c func())      { f.cleanups = append(f.cleanups, c) }

func TestWavesOfFailingTestsAreKept(t *testing.T) {
	for _, want := range []int{0, 1} {
		folder := t.TempDir()
		t.Setenv(sim.WavesEnv, folder)
		f := &fakeTB{}
		s := sim.New[CounterIO](f, Counter(CounterParams{Width: 4, Limit: 10}))
		s.Step(3)
		s.Expect(s.IO.Q, want)
		f.cleanups[0]()
		text, err := os.ReadFile(filepath.Join(folder, "TestX_sub_case.vcd"))
		if want == 0 {
			require.ErrorIs(t, err, os.ErrNotExist)
		} else {
			require.NoError(t, err)
			require.Contains(t, string(text), "$scope module counter $end")
		}
	}
}
