package diag_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

func at(file string, line int) diag.Position {
	return diag.Position{File: file, Line: line, Func: "pkg.f"}
}

// TestListsAreSorted by file, line as a number, code and message; what is the same at the same place stands once.
func TestListsAreSorted(t *testing.T) {
	list := diag.List{
		{Code: "W001", Pos: at("/x/p/b.go", 2), Msg: "m"},
		{Code: "W001", Pos: at("/x/p/a.go", 100), Msg: "m"},
		{Code: "W002", Pos: at("/x/p/a.go", 9), Msg: "m"},
		{Code: "W001", Pos: at("/x/p/a.go", 9), Msg: "n"},
		{Code: "W001", Pos: at("/x/p/a.go", 9), Msg: "m", Via: []diag.Position{at("/x/p/c.go", 1)}},
		{Code: "W001", Pos: at("/x/p/a.go", 9), Msg: "m"},
		{Code: "U001", Pos: at("/x/p/a.go", 1), Msg: "m", Severity: diag.Warning},
	}
	require.EqualError(t, list.Sorted(), `p/a.go:1: warning: m [U001]
p/a.go:9: m [W001]
	via p/c.go:1 (pkg.f)
p/a.go:9: n [W001]
p/a.go:9: m [W002]
p/a.go:100: m [W001]
p/b.go:2: m [W001]`)
	require.Equal(t, 100, list[1].Pos.Line, "the list itself stays as it was")
	require.Len(t, list.Errors(), 6)
	require.Empty(t, diag.List(nil).Sorted())
}

// TestTheFormOfADiagnostic: one line, then callers, notes with and without a place, and the fix.
func TestTheFormOfADiagnostic(t *testing.T) {
	d := diag.Diagnostic{
		Code: "D003", Msg: "w is not set", Fix: "set it", Pos: at("/home/me/spmm/pe.go", 41),
		Via:   []diag.Position{at("/home/me/spmm/top.go", 7)},
		Notes: []diag.Note{{Pos: at("/home/me/spmm/pe.go", 37), Msg: "w declared here"}, {Msg: "seen twice"}},
	}
	require.EqualError(t, d, `spmm/pe.go:41: w is not set [D003]
	via spmm/top.go:7 (pkg.f)
	spmm/pe.go:37: note: w declared here
	note: seen twice
	fix: set it`)
}

// TestUnknownPositions: a missing location is said, not guessed.
func TestUnknownPositions(t *testing.T) {
	require.Equal(t, "(unknown position)", diag.Position{}.String())
	for _, l := range []ir.Loc{-1, 0, 5} {
		pos, via := diag.At(&ir.Module{Locs: make([]ir.Frames, 2)}, l)
		require.Empty(t, pos)
		require.Empty(t, via)
	}
	pos, _ := diag.At(nil, 1)
	require.Empty(t, pos)
}

// TestWhoseFramesCount: those of the kit and of the runtime are left out of positions.
func TestWhoseFramesCount(t *testing.T) {
	for fn, kit := range map[string]bool{
		"github.com/sparsegen/sparsegen/hdl.New[...]":            true,
		"github.com/sparsegen/sparsegen/hdl.(*M).If":             true,
		"github.com/sparsegen/sparsegen/hdl/internal/flat.Lower": true,
		"reflect.Value.Call":                                     true,
		"runtime.goexit":                                         true,
		"github.com/sparsegen/sparsegen/hdl/stream.FIFO[...]":    false,
		"github.com/sparsegen/sparsegen/hdl_test.TestX":          false,
		"github.com/sparsegen/sparsegen/blocks/lane.New":         false,
		"main.main": false,
	} {
		require.Equal(t, kit, diag.IsKit(fn), fn)
	}
}
