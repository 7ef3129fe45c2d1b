// Package diag holds diagnostics as data: a stable code, a message, the user's position and call chain, notes
// and a fix to try. Passes collect them in a List; nothing is printed before all of a build are known.
package diag

import (
	"fmt"
	"path/filepath"
	"runtime"
	"sort"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// Severity of a diagnostic.
type Severity uint8

// The severities. Only errors make a build fail.
const (
	Error Severity = iota
	Warning
)

func (s Severity) String() string { return [...]string{"error", "warning"}[s] }

// A Position is a place in the user's Go source.
type Position struct {
	File string // as compiled
	Line int
	Func string
}

func (p Position) String() string {
	if p.File == "" {
		return "(unknown position)"
	}
	return fmt.Sprintf("%s:%d", shortFile(p.File), p.Line)
}

// shortFile keeps the folder and the name, so that messages do not depend on where the project lies.
func shortFile(f string) string {
	dir, name := filepath.Split(f)
	return filepath.Base(filepath.Clean(dir)) + "/" + name
}

// A Note adds a second place to a diagnostic, such as where a signal was declared.
type Note struct {
	Pos Position
	Msg string
}

// A Diagnostic is one finding.
type Diagnostic struct {
	Code     string // stable, such as "W001"; the catalogue is in hdl/diag.go
	Severity Severity
	Module   string // the module being built
	Pos      Position
	Via      []Position // callers of Pos, innermost first
	Msg      string
	Notes    []Note
	Fix      string // what to try
}

// Error formats the diagnostic: one line, then notes and the fix, indented.
func (d Diagnostic) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: ", d.Pos)
	if d.Severity == Warning {
		b.WriteString("warning: ")
	}
	fmt.Fprintf(&b, "%s [%s]", d.Msg, d.Code)
	for _, v := range d.Via {
		fmt.Fprintf(&b, "\n\tvia %s (%s)", v, v.Func)
	}
	for _, n := range d.Notes {
		if n.Pos.File == "" {
			fmt.Fprintf(&b, "\n\tnote: %s", n.Msg)
		} else {
			fmt.Fprintf(&b, "\n\t%s: note: %s", n.Pos, n.Msg)
		}
	}
	if d.Fix != "" {
		fmt.Fprintf(&b, "\n\tfix: %s", d.Fix)
	}
	return b.String()
}

// List is a collection of diagnostics; as an error it prints all of them.
type List []Diagnostic

// Sorted returns the diagnostics in order of position, code and message, without duplicates.
func (l List) Sorted() List {
	out := append(List(nil), l...)
	key := func(d Diagnostic) string {
		return fmt.Sprintf("%s\x00%08d\x00%s\x00%s", d.Pos.File, d.Pos.Line, d.Code, d.Msg)
	}
	sort.SliceStable(out, func(i, j int) bool { return key(out[i]) < key(out[j]) })
	n := 0
	for i := range out {
		if i == 0 || key(out[i]) != key(out[n-1]) {
			out[n] = out[i]
			n++
		}
	}
	return out[:n]
}

// Errors returns those that make a build fail.
func (l List) Errors() List {
	var out List
	for _, d := range l {
		if d.Severity == Error {
			out = append(out, d)
		}
	}
	return out
}

func (l List) Error() string {
	parts := make([]string, len(l))
	for i, d := range l {
		parts[i] = d.Error()
	}
	return strings.Join(parts, "\n")
}

// kit lists the packages whose frames are not the user's.
var kit = []string{
	"github.com/sparsegen/sparsegen/hdl.",
	"github.com/sparsegen/sparsegen/hdl/internal/",
}

// IsKit tells whether a function belongs to the kit itself; reflect and runtime count as the kit.
func IsKit(fn string) bool {
	for _, k := range kit {
		if strings.HasPrefix(fn, k) {
			return true
		}
	}
	return strings.HasPrefix(fn, "runtime.") || strings.HasPrefix(fn, "reflect.")
}

// IsKitFrame tells whether a program counter is in the kit itself; its tests are users.
func IsKitFrame(pc uintptr) bool {
	fr, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	return fr.File == "" || (IsKit(fr.Function) && !strings.HasSuffix(fr.File, "_test.go"))
}

// Resolve turns raw program counters into the user's position and its call chain. Frames of the kit are left
// out, and so is what called the outermost module function (the test or main).
func Resolve(f ir.Frames) (Position, []Position) {
	n := 0
	for n < len(f) && f[n] != 0 {
		n++
	}
	if n == 0 {
		return Position{}, nil
	}
	var out []Position
	frames := runtime.CallersFrames(f[:n])
	for {
		fr, more := frames.Next()
		if fr.File != "" && !(IsKit(fr.Function) && !strings.HasSuffix(fr.File, "_test.go")) {
			out = append(out, Position{File: fr.File, Line: fr.Line, Func: shortFunc(fr.Function)})
		}
		if !more {
			break
		}
	}
	if len(out) == 0 {
		return Position{}, nil
	}
	via := out[1:]
	for i, p := range via {
		if strings.HasPrefix(p.Func, "testing.") || p.Func == "main.main" {
			via = via[:i]
			break
		}
	}
	return out[0], via
}

func shortFunc(fn string) string {
	if i := strings.LastIndexByte(fn, '/'); i >= 0 {
		fn = fn[i+1:]
	}
	return fn
}

// At resolves a location of a module.
func At(m *ir.Module, l ir.Loc) (Position, []Position) {
	if m == nil || l <= 0 || int(l) >= len(m.Locs) {
		return Position{}, nil
	}
	return Resolve(m.Locs[l])
}
