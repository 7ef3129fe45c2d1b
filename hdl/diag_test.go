package hdl_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

// The diag_*_test.go files show what each diagnostic looks like, as the tests of go/types do: the expected report
// stands as a comment on the very line where it must be made,
//
//	io.A8.Add(io.A9) // ERROR "width mismatch in add: a8 is 8 bits, a9 is 9 bits" [W001]
//
// and nothing else may be reported: one mistake gives one report. More reports of one line follow on comment lines below
// it. WARNING marks what does not fail a build.

// pins is the IO of most examples; unused inputs are fine beside an error.
type pins struct {
	En hdl.In `hdl:"1"`
	A8 hdl.In `hdl:"8"`
	B8 hdl.In `hdl:"8"`
	A9 hdl.In `hdl:"9"`
	S8 hdl.In `hdl:"8,signed"`
}

// ex makes a module named ex on pins.
func ex(build func(m *hdl.M, io *pins)) *hdl.Module { return hdl.New("ex", nil, build) }

// examples are modules by what is wrong with them.
type examples map[string]func() *hdl.Module

// check builds each example and compares all reports with the markers of the calling function.
func (ex examples) check(t *testing.T) {
	t.Helper()
	_, file, last, _ := runtime.Caller(1)
	first := functionAt(t, file, last)
	var got []string
	for name, module := range ex {
		d, err := hdl.Build(module())
		list := hdl.Diagnostics{}
		if err == nil {
			list = d.Warnings()
			require.NotEmptyf(t, list, "example %q is not reported", name)
		} else {
			require.ErrorAsf(t, err, &list, "example %q: %v", name, err)
		}
		for _, d := range list {
			require.NotEmpty(t, d.Fix, "a fix to try: %v", d)
			require.Equal(t, file, d.Pos.File, "%v", d)
			got = append(got, marker{d.Pos.Line, strings.ToUpper(d.Severity.String()), d.Msg, d.Code}.String())
		}
	}
	reported := map[string]bool{}
	for _, g := range got {
		reported[g] = true
	}
	for _, m := range markersIn(t, file) {
		if m.line < first || m.line > last {
			continue
		}
		if !reported[m.String()] {
			t.Errorf("not reported: %s", m)
		}
		delete(reported, m.String())
	}
	sort.Strings(got)
	for _, g := range got {
		if reported[g] {
			t.Errorf("reported without a marker: %s", g)
		}
	}
}

// functionAt is the first line of the function around a line.
func functionAt(t *testing.T, file string, line int) int {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, 0)
	require.NoError(t, err)
	for _, d := range f.Decls {
		from, to := fset.Position(d.Pos()).Line, fset.Position(d.End()).Line
		if from <= line && line <= to {
			return from
		}
	}
	return 1
}

// A marker is an expected report.
type marker struct {
	line            int
	kind, msg, code string
}

func (m marker) String() string {
	return fmt.Sprintf("line %3d: %s %q [%s]", m.line, m.kind, m.msg, m.code)
}

var (
	markerStart = regexp.MustCompile(`// (ERROR|WARNING) ("|` + "`" + `)`)
	markerCode  = regexp.MustCompile(`^ \[([A-Z]\d{3})\] ?`)
)

func markersIn(t *testing.T, file string) []marker {
	t.Helper()
	src, err := os.ReadFile(file)
	require.NoError(t, err)
	var out []marker
	codeLine := 0
	for i, line := range strings.Split(string(src), "\n") {
		at := markerStart.FindStringSubmatchIndex(line)
		if at == nil || strings.HasPrefix(line, "//") {
			continue
		}
		if code := strings.TrimSpace(line[:at[0]]); code != "" {
			codeLine = i + 1
		}
		kind := line[at[2]:at[3]]
		for rest := line[at[4]:]; rest != ""; {
			q, err := strconv.QuotedPrefix(rest)
			require.NoErrorf(t, err, "%s:%d: %s", file, i+1, rest)
			msg, err := strconv.Unquote(q)
			require.NoError(t, err)
			code := markerCode.FindStringSubmatch(rest[len(q):])
			require.NotNilf(t, code, "%s:%d: no [code] after %s", file, i+1, q)
			out = append(out, marker{codeLine, kind, msg, code[1]})
			rest = rest[len(q)+len(code[0]):]
		}
	}
	return out
}

func allMarkers(t *testing.T) []marker {
	t.Helper()
	files, err := filepath.Glob("diag_*_test.go")
	require.NoError(t, err)
	var out []marker
	for _, f := range files {
		out = append(out, markersIn(t, f)...)
	}
	return out
}

// TestEveryCodeHasAnExample reads the catalogue in diag.go.
func TestEveryCodeHasAnExample(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range allMarkers(t) {
		seen[m.code] = true
	}
	f, err := parser.ParseFile(token.NewFileSet(), "diag.go", nil, 0)
	require.NoError(t, err)
	codes := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Code") {
			return true
		}
		code := unquote(spec.Values[0])
		require.NotContains(t, codes, code, "a code stands for one rule")
		codes[code] = spec.Names[0].Name
		require.Truef(t, seen[code], "%s [%s] has no example", spec.Names[0].Name, code)
		return true
	})
	require.GreaterOrEqual(t, len(codes), 20)
	for code := range seen {
		require.Contains(t, codes, code, "an example of a code that is not in diag.go")
	}
}

// TestEveryMessageHasAnExample finds the messages in the sources of the package and its checks.
func TestEveryMessageHasAnExample(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	checks, err := filepath.Glob("internal/check/*.go")
	require.NoError(t, err)
	all := allMarkers(t)
	n := 0
	for _, file := range append(files, checks...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(f, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			format, ok := messageOf(call)
			if !ok {
				return true
			}
			n++
			pattern := regexp.MustCompile(regexp.MustCompile(`%[a-zA-Z]`).ReplaceAllString(regexp.QuoteMeta(format), ".*") + "$")
			for _, m := range all {
				if pattern.MatchString(m.msg) {
					return true
				}
			}
			t.Errorf("%s: message %q has no example", fset.Position(call.Pos()), format)
			return true
		})
	}
	require.Greater(t, n, 50, "messages found")
}

// messageOf is the format of a call that reports: the first argument that is text with a space and a verb or that
// follows a code and a fix.
func messageOf(call *ast.CallExpr) (string, bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	at, ok := map[string]int{"report": 2, "reportAt": 3, "errorf": 0, "warn": 1}[name]
	if ok && name == "report" && len(call.Args) > 3 {
		if _, code := call.Args[1].(*ast.Ident); code { // check.report: location, code, severity, fix, message
			at = 4
		}
	}
	if !ok || at >= len(call.Args) {
		return "", false
	}
	if _, lit := call.Args[at].(*ast.BasicLit); !lit {
		return "", false
	}
	return unquote(call.Args[at]), true
}

func unquote(e ast.Expr) string {
	s, _ := strconv.Unquote(e.(*ast.BasicLit).Value)
	return s
}
