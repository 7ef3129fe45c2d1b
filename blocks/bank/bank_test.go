package bank_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/bank"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// random is a word of the given width.
func random(rng *rand.Rand, width int) *big.Int {
	v := new(big.Int)
	for range (width + 63) / 64 {
		v.Or(v.Lsh(v, 64), new(big.Int).SetUint64(rng.Uint64()))
	}
	return v.And(v, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(width)), big.NewInt(1)))
}

// The model is an array and the word read last. Addresses come from a short range, so that many reads meet a write.
func TestBankEqualsAnArray(t *testing.T) {
	for _, p := range []bank.Params{{Depth: 2, Width: 1}, {Depth: 64, Width: 32}, {Depth: 100, Width: 8}, {Depth: 1024, Width: 128}} {
		t.Run(fmt.Sprintf("%d x %d", p.Depth, p.Width), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(uint64(p.Depth), uint64(p.Width)))
			s := sim.New[bank.IO](t, bank.New(p))
			words := make([]*big.Int, p.Depth)
			for i := range words {
				words[i] = new(big.Int)
			}
			last, collisions := new(big.Int), 0
			for range 1000 {
				ren, wen := rng.IntN(3) > 0, rng.IntN(2) > 0
				near := min(p.Depth, 8)
				raddr, waddr := p.Depth-1-rng.IntN(near), p.Depth-1-rng.IntN(near)
				data := random(rng, p.Width)
				s.Poke(s.IO.REn, ren)
				s.Poke(s.IO.RAddr, raddr)
				s.Poke(s.IO.WEn, wen)
				s.Poke(s.IO.WAddr, waddr)
				s.Poke(s.IO.WData, data)
				s.Step(1)
				if ren {
					last = words[raddr] // before the write: a collision gives the old word
				}
				if ren && wen && raddr == waddr {
					collisions++
				}
				if wen {
					words[waddr] = data
				}
				s.Expect(s.IO.RData, last)
			}
			require.Greater(t, collisions, 20)
		})
	}
}

func TestBankCollisionGivesTheOldWord(t *testing.T) {
	s := sim.New[bank.IO](t, bank.New(bank.Params{Depth: 16, Width: 32}))
	s.WriteMem("mem", 5, 111)
	s.Poke(s.IO.REn, 1)
	s.Poke(s.IO.RAddr, 5)
	s.Poke(s.IO.WEn, 1)
	s.Poke(s.IO.WAddr, 5)
	s.Poke(s.IO.WData, 222)
	s.Step(1)
	s.Expect(s.IO.RData, 111)
	s.Poke(s.IO.WEn, 0)
	s.Step(1)
	s.Expect(s.IO.RData, 222)
}

func TestBankKeepsTheWordReadLast(t *testing.T) {
	s := sim.New[bank.IO](t, bank.New(bank.Params{Depth: 16, Width: 32}))
	s.WriteMem("mem", 3, 77)
	s.Poke(s.IO.REn, 1)
	s.Poke(s.IO.RAddr, 3)
	s.Step(1)
	s.Poke(s.IO.REn, 0)
	s.Poke(s.IO.WEn, 1)
	s.Poke(s.IO.WAddr, 3)
	for i := range 4 {
		s.Poke(s.IO.RAddr, i)
		s.Poke(s.IO.WData, i)
		s.Step(1)
		s.Expect(s.IO.RData, 77)
	}
}

func TestBankWave(t *testing.T) {
	s := sim.New[bank.IO](t, bank.New(bank.Params{Depth: 16, Width: 32}))
	for _, c := range []struct{ ren, raddr, wen, waddr, wdata int }{
		{0, 0, 1, 5, 10}, {1, 5, 0, 0, 0}, {1, 5, 1, 5, 20}, {1, 5, 0, 0, 0}, {0, 0, 1, 5, 30}, {0, 0, 0, 0, 0},
	} {
		s.Poke(s.IO.REn, c.ren)
		s.Poke(s.IO.RAddr, c.raddr)
		s.Poke(s.IO.WEn, c.wen)
		s.Poke(s.IO.WAddr, c.waddr)
		s.Poke(s.IO.WData, c.wdata)
		s.Step(1)
	}
	sim.ExpectWave(t, s, "testdata/bank.wave")
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	wave, err := os.ReadFile("testdata/bank.wave")
	require.NoError(t, err)
	require.Contains(t, string(page), string(wave))
}
