package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// edited is the source file that gets a changed line: everything of a lane depends on its package.
const edited = "blocks/lane/lane.go"

// editToResult measures the time from a changed line of the library to the result of a short test of the default
// machine. What comes before simulation, compiling Go and building the design, counts for both sides.
func editToResult(ctx context.Context, r *results) error {
	dir, err := os.MkdirTemp("", "sparsegen-edit-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of ours in the temporary folder
	binary := filepath.Join(dir, "editrun")
	if err := buildEdited(ctx, dir, binary); err != nil { // what does not change is compiled before the watch starts
		return err
	}
	const rounds = 3 // of which the fastest counts: what disturbs a run only adds to it
	compiled, seconds := math.Inf(1), map[string]float64{}
	for i := range rounds {
		begin := time.Now()
		if err := buildEdited(ctx, dir, binary); err != nil {
			return err
		}
		compiled = min(compiled, time.Since(begin).Seconds())
		for _, engine := range []string{"interp", "verilator"} {
			begin := time.Now()
			out, err := exec.CommandContext(ctx, binary, engine, filepath.Join(dir, fmt.Sprint("cache", i))).CombinedOutput()
			if err != nil {
				return fmt.Errorf("%s: %w: %s", engine, err, out)
			}
			s := time.Since(begin).Seconds()
			if i > 0 {
				s = min(s, seconds[engine])
			}
			seconds[engine] = s
		}
	}
	for engine := range seconds {
		seconds[engine] += compiled
	}
	r.add("edit/go-build", compiled, "s", "")
	r.add("edit/interp/default500", seconds["interp"], "s", "")
	r.add("edit/verilator-cold/default500", seconds["verilator"], "s", "")
	r.add("edit/interp-vs-verilator/default500", seconds["verilator"]/seconds["interp"], "ratio", ">= 10")
	return nil
}

// buildEdited builds the test with a line of the library changed, in an overlay that leaves the file as it is. It is linked
// as go run and go test link, without debugging information.
func buildEdited(ctx context.Context, dir, binary string) error {
	text, err := os.ReadFile(edited)
	if err != nil {
		return fmt.Errorf("%w; run in the root of the repository", err)
	}
	path, err := filepath.Abs(edited)
	if err != nil {
		return err
	}
	changed := filepath.Join(dir, "changed.go")
	line := fmt.Sprintf("\n// Changed is %[1]d.\nconst Changed = %[1]d\n", time.Now().UnixNano())
	if err := os.WriteFile(changed, append(text, line...), 0o644); err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o644); err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, "go", "build", "-ldflags=-s -w", "-overlay", file, "-o", binary, "./gen/bench/editrun").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	return nil
}
