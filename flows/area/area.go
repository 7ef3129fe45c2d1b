package area

import (
	"context"
	"os"
	"path/filepath"

	"github.com/sparsegen/sparsegen/flows/tool"
)

// Options of a measurement.
type Options struct {
	Memory      Model // "" is Dense
	Multipliers int   // measure that many multipliers alone as well; 0 does not
}

// Measure synthesises the design in files, whose top module is top.
func Measure(ctx context.Context, p *Process, top string, files []string, o Options) (*Report, error) {
	for _, t := range []string{"yosys", "berkeley-abc"} {
		if _, err := tool.Find(t); err != nil {
			return nil, err
		}
	}
	if o.Memory == "" {
		o.Memory = Dense
	}
	abs := make([]string, len(files))
	for i, f := range files {
		var err error
		if abs[i], err = filepath.Abs(f); err != nil {
			return nil, err
		}
	}
	dir, err := os.MkdirTemp("", "sparsegen-area-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of ours in the temporary folder
	words, cells, err := synthesise(ctx, dir, p, top, abs)
	if err != nil {
		return nil, err
	}
	r, err := assemble(p, o.Memory, top, words, cells)
	if err != nil || o.Multipliers == 0 {
		return r, err
	}
	r.Multipliers, err = MultipliersAlone(ctx, p, o.Multipliers)
	return r, err
}
