package crossbar_test

import (
	"math/rand/v2"
	"testing"

	"github.com/sparsegen/sparsegen/blocks/crossbar"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// A bench is a crossbar with its banks played in Go: bank b holds content(w) at its address w / Banks for each word w
// with w mod Banks = b.
type bench struct {
	*sim.Sim[crossbar.IO]
	p           crossbar.Params
	valid, addr []*sim.Port
	grant, data []*sim.Port
	ren, raddr  []*sim.Port
	rdata       []*sim.Port
}

func newBench(t *testing.T, p crossbar.Params) *bench {
	t.Helper()
	s := sim.New[crossbar.IO](t, crossbar.New(p))
	b := &bench{Sim: s, p: p}
	for _, q := range s.IO.Port {
		b.valid, b.addr = append(b.valid, s.Port(q.Valid)), append(b.addr, s.Port(q.Addr))
		b.grant, b.data = append(b.grant, s.Port(q.Grant)), append(b.data, s.Port(q.Data))
	}
	for _, k := range s.IO.Bank {
		b.ren, b.raddr, b.rdata = append(b.ren, s.Port(k.REn)), append(b.raddr, s.Port(k.RAddr)), append(b.rdata, s.Port(k.RData))
	}
	return b
}

// content is the word at an address; all of them differ.
func (b *bench) content(w uint64) uint64 { return w ^ 0x5a }

// request sets what requester i asks for.
func (b *bench) request(i int, valid bool, addr uint64) {
	b.addr[i].Set(addr)
	if valid {
		b.valid[i].Set(1)
	} else {
		b.valid[i].Set(0)
	}
}

// step ends the cycle: banks that are read show their word in the next one, others something else.
func (b *bench) step(rng *rand.Rand) {
	words := make([]uint64, b.p.Banks)
	for k := range words {
		if words[k] = b.content(rng.Uint64() & 0xffff); b.ren[k].Get() == 1 {
			words[k] = b.content(b.raddr[k].Get()*uint64(b.p.Banks) + uint64(k))
		}
	}
	b.Step(1)
	for k, w := range words {
		b.rdata[k].Set(w)
	}
}
