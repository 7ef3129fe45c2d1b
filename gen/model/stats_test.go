package model_test

import (
	"testing"
	"github.com/sparsegen/sparsegen/verify/golden"
	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/model"
	"time"
)

func TestX(t *testing.T) {
	tt := load(t, "default")
	for _, c := range []struct{m,k,n int; d, cv, db float64}{{512,512,64,.4,.14,1},{512,512,64,.2,.14,1},{512,2048,64,.1,.2,1},{2048,512,64,.05,.46,1},{512,512,64,.02,.5,1},{512,512,64,.05,.2,1},{2048,512,64,.01,2,1},{512,4608,64,.02,.23,1},{64,256,64,.5,.1,.4},{64,576,64,.3,.24,.4},{512,512,64,.2,.14,.4},{512,512,64,.2,.14,.03},{10000,10000,64,.001,1,1}} {
		a := golden.SkewedCSR(1, c.m, c.k, c.d, c.cv)
		b := golden.RandomCSR(2, c.k, c.n, c.db)
		t0 := time.Now()
		p, err := compile.Compile(tt, a, b, compile.Options{})
		if err != nil { t.Fatal(err) }
		t1 := time.Now()
		agree(t, tt, p, a, b, compile.Options{}, model.Options{})
		t.Logf("%v nnz %d %v %v\n   %s", c, a.NNZ(), t1.Sub(t0), time.Since(t1), p.Explanation)
	}
}
