package area

import (
	"context"
	_ "embed"
	"os"
	"path/filepath"
)

// A Multipliers is the area of multipliers with their accumulators and nothing else: no memory, no control.
type Multipliers struct {
	Count   int     `json:"count"`
	OneGE   float64 `json:"one_ge"`
	GE      float64 `json:"gate_equivalents"`
	AreaUm2 float64 `json:"area_um2"`
}

// mac is a signed 8 x 8 multiplier that adds into 32 bits, written the way that synthesises smallest: the product
// of operands of natural width, widened afterwards.
//
//go:embed mac.sv
var mac []byte

// MultipliersAlone measures n multiplier-accumulators.
func MultipliersAlone(ctx context.Context, p *Process, n int) (*Multipliers, error) {
	dir, err := os.MkdirTemp("", "sparsegen-area-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of ours in the temporary folder
	file := filepath.Join(dir, "mac.sv")
	if err := os.WriteFile(file, mac, 0o644); err != nil {
		return nil, err
	}
	words, cells, err := synthesise(ctx, dir, p, "mac", []string{file})
	if err != nil {
		return nil, err
	}
	r, err := assemble(p, Dense, "mac", words, cells)
	if err != nil {
		return nil, err
	}
	return &Multipliers{Count: n, OneGE: r.GE, GE: r.GE * float64(n), AreaUm2: r.AreaUm2 * float64(n)}, nil
}
