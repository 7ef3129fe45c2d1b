package model_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/matfile"
	"github.com/sparsegen/sparsegen/gen/model"
	"github.com/sparsegen/sparsegen/verify/golden"
)

func TestAdhoc(t *testing.T) {
	root := os.Getenv("SPARSEGEN_DATA")
	if root == "" || os.Getenv("ADHOC") == "" { t.Skip() }
	tt := load(t, "default")
	files, _ := filepath.Glob(filepath.Join(root, os.Getenv("ADHOC")))
	for _, d := range []float64{1, .4} {
		if os.Getenv("DB") == "1" && d < 1 { continue }
		for _, f := range files {
			a, err := matfile.Read(f, matfile.Options{Seed: 1})
			if err != nil { t.Log(f, err); continue }
			b := golden.RandomCSR(7, a.Cols, 64, d)
			t0 := time.Now()
			p, err := compile.Compile(tt, a, b, compile.Options{})
			if err != nil { t.Error(f, err); continue }
			t1 := time.Now()
			r, err := model.Run(tt, p.Image, p.Prog, model.Options{})
			if err != nil { t.Error(f, err); continue }
			t2 := time.Since(t1)
			name := strings.TrimSuffix(filepath.Base(f), ".gz")
			if len(name) > 60 { name = name[:60] }
			t.Logf("%-60s %dx%d nnz %d B %.1f: cycles %d est %.0f util %.3f  compile %dms model %dms %.1fMc/s\n      %v g%d ncols %d n%d k%d aslots %dx%d bslots %d waits/cy %.2f beats %d\n%s", name, a.Rows, a.Cols, a.NNZ(), d, r.Cycles.Total, p.Stats.EstimatedCycles, p.Utilisation(tt, float64(r.Cycles.Total)),
				t1.Sub(t0).Milliseconds(), t2.Milliseconds(), float64(r.Cycles.Total)/1e6/t2.Seconds(), p.Format, p.Group, p.SliceCols, p.NTiles, p.KTiles, p.ASlots, p.ChunkWords, p.BSlots, float64(r.Cycles.Waits)/float64(r.Cycles.Total), r.Cycles.Beats, p.Explanation)
		}
	}
}
