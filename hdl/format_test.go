package hdl_test

import (
	"errors"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

var lineNumber = regexp.MustCompile(`(_test\.go):\d+`)

// lines is the text of an error with the line numbers in test files left out, so that it does not move with them.
func lines(err error) string { return lineNumber.ReplaceAllString(err.Error(), "$1:L") }

// sumInto is a helper of a user's design: its mistake is reported where it is made, with the callers under via.
func sumInto(m *hdl.M, name string, a, b hdl.Value) hdl.Reg {
	q := m.Reg(name, 8)
	q.Set(hdl.Cat(a, b))
	return q
}

func summer() *hdl.Module {
	return ex(func(m *hdl.M, io *pins) {
		m.If(io.En, func() {
			sumInto(m, "sum", io.A8, io.B8)
		})
	})
}

// TestAReportInFull pins the form of a report: message and code, the call chain, notes and the fix to try.
func TestAReportInFull(t *testing.T) {
	_, err := hdl.Build(summer())
	require.EqualError(t, errors.New(lines(err)), text(`
hdl/format_test.go:L: width mismatch in assignment to sum: sum is 8 bits, cat(a8, b8) is 16 bits [W001]
	via hdl/format_test.go:L (hdl_test.summer.func1.1)
	via hdl/format_test.go:L (hdl_test.summer.func1)
	via hdl/diag_test.go:L (hdl_test.ex)
	via hdl/format_test.go:L (hdl_test.summer)
	via hdl/format_test.go:L (hdl_test.TestAReportInFull)
	hdl/format_test.go:L: note: sum made here
	hdl/format_test.go:L: note: cat(a8, b8) made here
	fix: extend the first to 16 bits or truncate the second to 8`))

	var list hdl.Diagnostics
	require.ErrorAs(t, err, &list)
	require.Len(t, list, 1)
	require.Equal(t, hdl.CodeWidth, list[0].Code)
	require.Equal(t, hdl.Error, list[0].Severity)
	require.Equal(t, "ex", list[0].Module)
}

// TestNotesPointToTheOtherPlace: a report that concerns two places names the second.
func TestNotesPointToTheOtherPlace(t *testing.T) {
	tests := map[string]struct {
		build func(m *hdl.M, io *pins)
		want  string
	}{
		"driven twice": {func(m *hdl.M, io *pins) {
			q := m.Reg("q", 8)
			q.Set(io.A8)
			q.Set(io.B8)
		}, "also driven here"},
		"latch": {func(m *hdl.M, io *pins) {
			w := m.Wire("w", 8)
			m.If(io.En, func() { w.Set(io.A8) })
		}, "w declared here"},
		"no target": {func(_ *hdl.M, io *pins) {
			hdl.Connect(io.A8.Add(io.B8), io.A8)
		}, "made here"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := hdl.Build(ex(c.build))
			var list hdl.Diagnostics
			require.ErrorAs(t, err, &list)
			require.Len(t, list, 1)
			require.Len(t, list[0].Notes, 1)
			require.Equal(t, c.want, list[0].Notes[0].Msg)
			require.LessOrEqual(t, list[0].Notes[0].Pos.Line, list[0].Pos.Line)
			require.Equal(t, list[0].Pos.File, list[0].Notes[0].Pos.File)
		})
	}
}

// TestAllReportsAtOnce: those of the builder and of the checks, of all modules, by position, each once however often its
// module is made.
func TestAllReportsAtOnce(t *testing.T) {
	part := func() *hdl.Module {
		return hdl.New("part", nil, func(m *hdl.M, io *pins) {
			m.Wire("w", 8)        // not driven
			io.A8.Add(io.A9)      // width
			io.A8.Add(hdl.K(999)) // constant
		})
	}
	_, err := hdl.Build(ex(func(m *hdl.M, io *pins) {
		for _, name := range []string{"u_a", "u_b", "u_c"} {
			u := hdl.Inst[pins](m, name, part())
			for _, c := range [][2]any{{u.En, io.En}, {u.A8, io.A8}, {u.B8, io.B8}, {u.A9, io.A9}, {u.S8, io.S8}} {
				hdl.Connect(c[0], c[1])
			}
		}
		m.If(io.A9, func() {}) // condition
	}))
	var list hdl.Diagnostics
	require.ErrorAs(t, err, &list)
	var codes []string
	for i, d := range list {
		codes = append(codes, d.Code)
		require.True(t, i == 0 || list[i-1].Pos.Line < d.Pos.Line)
	}
	require.Equal(t, []string{hdl.CodeUndriven, hdl.CodeWidth, hdl.CodeFit, hdl.CodeBool}, codes)
}

// TestAPanicThatFollowsFromAReport is noted there; any other panic is the caller's own.
func TestAPanicThatFollowsFromAReport(t *testing.T) {
	type io struct {
		In []hdl.In `hdl:"1" len:"Lanes"`
	}
	_, err := hdl.Build(hdl.New("lanes", nil, func(m *hdl.M, io *io) {
		w := m.Wire("w", 1)
		w.Set(io.In[3])
	}))
	require.EqualError(t, errors.New(lines(err)), text(`
hdl/format_test.go:L: lanes: slice field In needs a tag len with a positive number or a parameter [P001]
	note: module lanes was not read to its end: runtime error: index out of range [3] with length 0
	fix: see hdl.New for the form of IO structs`))

	require.PanicsWithValue(t, "mine", func() { ex(func(*hdl.M, *pins) { panic("mine") }) })
}

func TestBuildOfNothing(t *testing.T) {
	_, err := hdl.Build(nil)
	require.EqualError(t, err, "hdl: Build of no module")
}
