package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/sparsegen/sparsegen/gen/target"
)

// shown is the run of the README: weights as pruning leaves them, with rows of very different weight, and activations
// with the zeros of a ReLU.
var shown = layer{M: 512, K: 512, N: 64, Density: 0.05, RowCV: 1, BDensity: 0.4, Seed: 1}

func main() {
	path := flag.String("target", "targets/default.toml", "target to draw and to run on")
	dir := flag.String("o", "docs", "folder to write machine.svg and run.svg to, and .png of both where rsvg-convert is installed")
	flag.Parse()
	if err := draw(context.Background(), *path, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

// draw writes both pictures.
func draw(ctx context.Context, path, dir string) error {
	t, err := target.Load(path)
	if err != nil {
		return err
	}
	r, err := record(ctx, t, shown)
	if err != nil {
		return err
	}
	return errors.Join(
		write(ctx, filepath.Join(dir, "machine"), drawMachine(t).bytes()),
		write(ctx, filepath.Join(dir, "run"), drawRun(r).bytes()))
}

// write writes base.svg and base.png.
func write(ctx context.Context, base string, svg []byte) error {
	if err := os.WriteFile(base+".svg", svg, 0o644); err != nil {
		return err
	}
	png, err := render(ctx, svg)
	if errors.Is(err, exec.ErrNotFound) {
		fmt.Fprintf(os.Stderr, "picture: %s.png is as it was: rsvg-convert (package librsvg2-bin) is not installed\n", base)
		return nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(base+".png", png, 0o644)
}
