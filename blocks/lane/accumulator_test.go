package lane_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// accBench is an accumulator beside its model: two rows of int32.
type accBench struct {
	*sim.Sim[lane.AccumulatorIO]
	p    lane.Params
	sums [2][]int32
}

func newAcc(t *testing.T, p lane.Params) *accBench {
	t.Helper()
	b := &accBench{Sim: sim.New[lane.AccumulatorIO](t, lane.Accumulator(p)), p: p}
	for h := range b.sums {
		b.sums[h] = make([]int32, p.AccColumns)
	}
	require.NoError(t, b.StepUntil(b.IO.Cleared, 1, 300))
	return b
}

// hit gives a product for the present cycle.
func (b *accBench) hit(half, col int, x, y int8) {
	b.Poke(b.IO.HitValid, 1)
	b.Poke(b.IO.Half, half)
	b.Poke(b.IO.Col, col)
	b.Poke(b.IO.A, x)
	b.Poke(b.IO.B, y)
	b.sums[half][col] += int32(x) * int32(y)
}

// read asks for a word of a half that drains.
func (b *accBench) read(half, idx int) {
	b.Poke(b.IO.DrainRead, 1)
	b.Poke(b.IO.DrainHalf, half)
	b.Poke(b.IO.DrainIdx, idx)
}

// step ends the cycle; without a new call there is neither product nor read in the next.
func (b *accBench) step() {
	b.Step(1)
	b.Poke(b.IO.HitValid, 0)
	b.Poke(b.IO.DrainRead, 0)
}

// word is what the model has at a word, which is cleared.
func (b *accBench) word(half, idx int) *big.Int {
	v := new(big.Int)
	cols := b.sums[half][idx*b.p.AccWord : (idx+1)*b.p.AccWord]
	for i := len(cols) - 1; i >= 0; i-- {
		v.Or(v.Lsh(v, 32), big.NewInt(int64(uint32(cols[i]))))
	}
	clear(cols)
	return v
}

// drain reads a whole half and compares it.
func (b *accBench) drain(half int) {
	for idx := range b.p.AccDepth() {
		b.read(half, idx)
		b.step()
		b.Expect(b.IO.DrainData, b.word(half, idx))
	}
}

// Products come in bursts at few columns, so that most meet a sum that is still on its way, while the other half drains
// at a random pace; then the halves change places.
func TestAccumulatorAddsWhileTheOtherHalfDrains(t *testing.T) {
	for i, p := range settings {
		for _, c := range []struct {
			name      string
			near      int // columns that products fall on
			hit, read float64
		}{{"every cycle at one column", 1, 1, 0.5}, {"two columns", 2, 0.9, 1}, {"few columns", 4, 0.5, 0.3}, {"all columns", p.AccColumns, 1, 0.7}} {
			t.Run(fmt.Sprintf("%d columns, %s", p.AccColumns, c.name), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(uint64(i), 3))
				b := newAcc(t, p)
				for round := range 8 {
					half, base, idx := round%2, rng.IntN(p.AccColumns), 0
					for n := 0; n < 60 || idx < p.AccDepth(); n++ {
						if rng.Float64() < c.hit {
							b.hit(half, (base+rng.IntN(c.near))%p.AccColumns, nonzero(rng), nonzero(rng))
						}
						reads := idx < p.AccDepth() && rng.Float64() < c.read
						if reads {
							b.read(1-half, idx)
						}
						b.step()
						if reads {
							b.Expect(b.IO.DrainData, b.word(1-half, idx))
							idx++
						}
					}
					b.Step(2) // the last sum is written
				}
				b.drain(0)
				b.drain(1)
			})
		}
	}
}

// Two products for one column, n cycles apart, with one for another column in between.
func TestAccumulatorForwardsSums(t *testing.T) {
	for _, p := range settings {
		for gap := 1; gap <= 4; gap++ {
			for half := range 2 {
				b := newAcc(t, p)
				b.hit(half, 1, 3, 5)
				for n := range gap {
					if b.step(); n < gap-1 {
						b.hit(half, 2, 7, 7)
					}
				}
				b.hit(half, 1, 10, 10)
				b.step()
				b.Step(2)
				b.drain(half)
				b.drain(1 - half)
			}
		}
	}
}

// The same column of the other half is another column: nothing is forwarded from it.
func TestAccumulatorKeepsHalvesApart(t *testing.T) {
	b := newAcc(t, settings[1])
	for n := range 6 {
		b.hit(n%2, 3, 1, int8(10+n))
		b.step()
	}
	b.Step(2)
	b.drain(0)
	b.drain(1)
}

// Sums wrap modulo 2^32, as int32 does; the largest product is 128 * 128.
func TestAccumulatorExtremes(t *testing.T) {
	b := newAcc(t, settings[1])
	for _, v := range [][2]int8{{-128, -128}, {-128, 127}, {127, 127}, {127, -128}, {-128, -1}, {0, -128}} {
		for col := range 4 {
			b.hit(0, col, v[0], v[1])
			b.step()
		}
	}
	for range 1 << 17 { // 2^17 * 2^14 = 2^31
		b.hit(0, 0, -128, -128)
		b.step()
	}
	require.Negative(t, b.sums[0][0])
	b.Step(2)
	b.drain(0)
}

// A word is zero after it was read, and is shown until the next read.
func TestAccumulatorDrainClears(t *testing.T) {
	for _, p := range settings {
		b := newAcc(t, p)
		for col := range p.AccColumns {
			b.hit(1, col, 1, int8(col%100+1))
			b.step()
		}
		b.Step(2)
		b.read(1, 0)
		b.step()
		want := b.word(1, 0)
		for n := range 5 {
			b.Poke(b.IO.DrainHalf, n%2) // which half drains next does not matter
			b.Expect(b.IO.DrainData, want)
			b.step()
		}
		b.drain(1)
		b.drain(1)
	}
}

// Memories hold anything after power-up: reset clears both halves, a word a cycle, and cleared tells when.
func TestAccumulatorClearsAfterReset(t *testing.T) {
	for _, p := range settings {
		b := newAcc(t, p)
		for idx := range p.AccDepth() {
			for h := range 2 {
				b.WriteMem(fmt.Sprintf("half_%d", h), idx, 12345)
			}
		}
		b.Reset(1)
		b.Expect(b.IO.Cleared, 0)
		start := b.Cycle()
		require.NoError(t, b.StepUntil(b.IO.Cleared, 1, 300))
		require.Equal(t, p.AccDepth(), b.Cycle()-start)
		b.drain(0)
		b.drain(1)
	}
}

func TestAccumulatorWave(t *testing.T) {
	s := sim.New[lane.AccumulatorIO](t, lane.Accumulator(lane.Params{AddrBits: 8, AccColumns: 2, AccWord: 1, Queue: 1, Prefetch: 3}))
	s.Step(2)
	w := &accBench{Sim: s, p: lane.Params{AccColumns: 2, AccWord: 1}, sums: [2][]int32{make([]int32, 2), make([]int32, 2)}}
	w.hit(0, 1, 2, 3)
	w.step()
	w.hit(0, 1, 4, 5)
	w.step()
	w.step()
	w.step()
	w.read(0, 1)
	w.step()
	w.step()
	sim.ExpectWave(t, w, "testdata/accumulator.wave")
	expectShown(t, "testdata/accumulator.wave")
}
