package model_test

import (
	"context"
	"testing"
	"os"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/model"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/verify/golden"
)

func TestRTL(t *testing.T) {
	eng := os.Getenv("ENG")
	if eng == "" { t.Skip() }
	for _, name := range []string{"tiny", "default"} {
		tt := load(t, name)
		e, err := run.NewEngine(eng, tt)
		if err != nil { t.Fatal(err) }
		for _, c := range []struct{ m, k, n int; d, cv, db float64; o compile.Options }{
			{1, 1, 1, 1, 0, 1, compile.Options{}},
			{8, 8, 8, .5, 0, 1, compile.Options{}},
			{40, 32, 24, .3, .4, 1, compile.Options{}},
			{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Pairs}},
			{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Bitmap}},
			{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Bitmap, Group: 2}},
			{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Pairs, Group: 2, TileK: 10}},
			{40, 32, 24, .3, .4, .4, compile.Options{BFormat: compile.Dense, Output: compile.Int8, Requant: golden.Requant{Mult: 3, Shift: 9}}},
			{60, 64, 40, .3, 1, .4, compile.Options{BFormat: compile.Bitmap, Output: compile.Int8, Requant: golden.Requant{Mult: 3, Shift: 9}, TileK: 20, TileN: 16}},
			{64, 64, 64, .4, .2, 1, compile.Options{}},
			{64, 128, 64, .2, .2, .4, compile.Options{}},
		} {
			a := golden.SkewedCSR(1, c.m, c.k, c.d, c.cv)
			b := golden.RandomCSR(2, c.k, c.n, c.db)
			p, err := compile.Compile(tt, a, b, c.o)
			if err != nil { t.Error(name, c, err); continue }
			r, err := e.Run(context.Background(), p, run.Bench{MaxCycles: 200000})
			if err != nil { t.Error(name, c, err); continue }
			m, err := model.Run(tt, p.Image, p.Prog, model.Options{})
			if err != nil { t.Error(name, c, err); continue }
			ok := string(r.Mem) == string(m.Memory)
			t.Logf("%s %v: rtl %d model %d  mem equal %v   counters %+v model waits %d beats %d written %d est %.0f", name, c, r.Cycles, m.Cycles.Total, ok, r.Counters, m.Cycles.Waits, m.Cycles.Beats, m.Cycles.Written, p.Stats.EstimatedCycles)
		}
	}
}
