package tool

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A Tool is one outside program, or a file that a package installs.
type Tool struct {
	Name    string   // the command, or the name of the file's package
	File    string   // path to look for instead of a command; "" for commands
	Version []string // arguments that print the version
	Use     string   // what needs it
	Package string   // Debian package
	Tests   bool     // make test needs it
}

// Liberty is the cell library of the area flow.
const Liberty = "/usr/share/qflow/tech/osu018/osu018_stdcells.lib"

// All lists every tool, in the order a report prints them.
func All() []Tool {
	return []Tool{
		{Name: "verilator", Version: []string{"--version"}, Use: "engine verilator, lint of emitted files", Package: "verilator", Tests: true},
		{Name: "g++", Version: []string{"--version"}, Use: "builds what verilator writes", Package: "g++", Tests: true},
		{Name: "make", Version: []string{"--version"}, Use: "builds what verilator writes", Package: "make", Tests: true},
		{Name: "ccache", Version: []string{"--version"}, Use: "repeated verilator builds in less time", Package: "ccache"},
		{Name: "yosys", Version: []string{"-V"}, Use: "area, checks of emitted files", Package: "yosys", Tests: true},
		{Name: "berkeley-abc", Use: "area (yosys maps to cells with it)", Package: "berkeley-abc", Tests: true},
		{Name: "osu018 cells", File: Liberty, Use: "area", Package: "qflow-tech-osu018", Tests: true},
		{Name: "iverilog", Version: []string{"-V"}, Use: "checks of emitted files", Package: "iverilog", Tests: true},
	}
}

// MissingError says that a tool is not installed, and how to install it.
type MissingError struct{ Tool Tool }

func (e *MissingError) Error() string {
	return fmt.Sprintf("%s is not installed (needed for: %s): install it with: apt-get install %s",
		e.Tool.Name, e.Tool.Use, e.Tool.Package)
}

// Find gives the path of a tool of [All], or a *[MissingError].
func Find(name string) (string, error) {
	for _, t := range All() {
		if t.Name == name {
			return t.Find()
		}
	}
	return "", fmt.Errorf("tool %q is not known", name)
}

// Find gives the tool's path, or a *[MissingError].
func (t Tool) Find() (string, error) {
	if t.File != "" {
		if _, err := os.Stat(t.File); err != nil {
			return "", &MissingError{t}
		}
		return t.File, nil
	}
	path, err := exec.LookPath(t.Name)
	if err != nil {
		return "", &MissingError{t}
	}
	return path, nil
}

// VersionLine is the first line of what the tool says about its version, "" when it says nothing.
func (t Tool) VersionLine(ctx context.Context) string {
	if t.Version == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, t.Name, t.Version...).CombinedOutput()
	if err != nil && len(out) == 0 {
		return ""
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}
