package cosim

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/sparsegen/sparsegen/flows/tool"
	"github.com/sparsegen/sparsegen/testbenches"
)

// A File is one file of a design, or of a harness.
type File struct {
	Name string // base name
	Text []byte
}

// A Design is the SystemVerilog of one machine.
type Design struct {
	Top   string
	Files []File // in the order of the file list
}

// Options of a build.
type Options struct {
	Cache string // folder of the cache; "" is sparsegen/verilator in the user's cache folder
	Trace bool   // able to write waves; slower
	Force bool   // build again even if the cache has it; for measurements
}

// A Bench is a built program.
type Bench struct {
	design  Design
	options Options
	path    string
}

// Build builds the harness of a machine around a design, or takes it from the cache.
//
// The settings were measured: -O3 of Verilator with -O1 of the compiler starts soonest for all but the longest
// runs, while threads and public signals make it several times slower.
func Build(ctx context.Context, d Design, o Options) (*Bench, error) {
	verilator, err := tool.Find("verilator")
	if err != nil {
		return nil, err
	}
	for _, t := range []string{"make", "g++"} {
		if _, err := tool.Find(t); err != nil {
			return nil, err
		}
	}
	c, err := openCache(o.Cache)
	if err != nil {
		return nil, err
	}
	version, err := exec.CommandContext(ctx, verilator, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("verilator --version: %w", err)
	}
	flags := []string{
		"--cc", "--exe", "--build", "-j", "2", "-O3", "--x-assign", "fast", "--x-initial", "fast", "--noassert",
		"--prefix", "Vmachine", "--top-module", d.Top, "-Wno-fatal", "-CFLAGS", "-std=c++17",
		"-MAKEFLAGS", "OPT_FAST=-O1 OPT_SLOW=-O0 OPT_GLOBAL=-O1", "--Mdir", ".", "-o", program,
	}
	if o.Trace {
		flags = append(flags, "--trace", "-CFLAGS", "-DTRACE")
	}
	files := append([]File{{"machine.cpp", testbenches.Machine}}, d.Files...)
	parts := append([]string{string(version)}, flags...)
	for _, f := range files {
		parts = append(parts, f.Name, string(f.Text))
	}
	if o.Force {
		parts = append(parts, fmt.Sprint(os.Getpid()))
	}
	dir, err := c.entry(key(parts...), func(dir string) error { return verilate(ctx, verilator, dir, flags, files, o) })
	if err != nil {
		return nil, err
	}
	return &Bench{d, o, filepath.Join(dir, program)}, nil
}

const program = "machine"

// verilate builds in dir and leaves only the program there.
func verilate(ctx context.Context, verilator, dir string, flags []string, files []File, o Options) error {
	work := filepath.Join(dir, "work")
	if err := os.Mkdir(work, 0o755); err != nil {
		return err
	}
	args := flags
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(work, f.Name), f.Text, 0o644); err != nil {
			return err
		}
		args = append(args, f.Name)
	}
	cmd := exec.CommandContext(ctx, verilator, args...)
	cmd.Dir = work
	cmd.Env = os.Environ()
	if ccache, err := tool.Find("ccache"); err == nil && !o.Force {
		cmd.Env = append(cmd.Env, "OBJCACHE="+ccache)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("verilator: %w: %s", err, firstError(out.String()))
	}
	if err := os.Rename(filepath.Join(work, program), filepath.Join(dir, program)); err != nil {
		return err
	}
	return os.RemoveAll(work)
}

// firstError picks the line of a tool's output that says what went wrong.
func firstError(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, l := range lines {
		if strings.HasPrefix(l, "%Error") || strings.Contains(l, "error:") {
			return l
		}
	}
	return lines[len(lines)-1]
}
