package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/sparsegen/sparsegen/gen/machine"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/verilog"
)

// emission measures `sparsegen emit` on the widest target, and how its time grows when lanes double.
func emission(ctx context.Context, r *results) error {
	dir, err := os.MkdirTemp("", "sparsegen-emit-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of ours in the temporary folder
	begin := time.Now()
	cmd := exec.CommandContext(ctx, "bin/sparsegen", "emit", "--target", "targets/wide.toml", "-o", filepath.Join(dir, "wide"))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	r.add("emit/wide/seconds", time.Since(begin).Seconds(), "s", "")
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.add("emit/wide/peak-memory", float64(usage.Maxrss)/1024, "MB", "") // kilobytes on Linux
	}
	wide, err := target.Load("targets/wide.toml")
	if err != nil {
		return err
	}
	const rounds = 9 // of which the fastest counts: what disturbs a run only adds to it
	times, size := map[int][]float64{}, map[int]float64{}
	for range rounds {
		for lanes := wide.Lanes / 4; lanes <= wide.Lanes; lanes *= 2 {
			t := *wide
			t.Lanes, t.MemoryKB = lanes, wide.MemoryKB*lanes/wide.Lanes
			seconds, bytes, err := emitOnce(&t)
			if err != nil {
				return err
			}
			times[lanes], size[lanes] = append(times[lanes], seconds), float64(bytes)
		}
	}
	for lanes := wide.Lanes / 4; lanes < wide.Lanes; lanes *= 2 {
		name := fmt.Sprintf("emit/lanes-%d-to-%d", lanes, 2*lanes)
		r.add(name, slices.Min(times[2*lanes])/slices.Min(times[lanes]), "ratio", "<= 2.3")
		r.add(name+"/bytes", size[2*lanes]/size[lanes], "ratio", "")
	}
	return nil
}

// emitOnce goes from a target to SystemVerilog in memory.
func emitOnce(t *target.Target) (seconds float64, bytes int, err error) {
	begin := time.Now()
	d, err := hdl.Build(machine.New(t))
	if err != nil {
		return 0, 0, err
	}
	out, err := verilog.Emit(d)
	if err != nil {
		return 0, 0, err
	}
	seconds = time.Since(begin).Seconds()
	for _, f := range out.Files {
		bytes += len(f.Data)
	}
	return seconds, bytes, nil
}
