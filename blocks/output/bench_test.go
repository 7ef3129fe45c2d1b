package output_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/output"
	"github.com/sparsegen/sparsegen/hdl/sim"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// A row is a finished half: its end word and its sums, words x AccWord of them.
type row struct {
	addr      uint32 // beat address of slice 0
	int8, add bool
	sums      []int32
}

func (r row) end() uint64 {
	e := uint64(r.addr)
	if r.int8 {
		e |= 1 << 29
	}
	if r.add {
		e |= 1 << 30
	}
	return e
}

// A beat is one write as the port saw it.
type beat struct {
	addr uint32
	data []byte // only bytes that are enabled; others are 0
	mask uint64
}

// A bench is an output stage with lanes, the memory port and a memory played in Go.
type bench struct {
	*sim.Sim[output.IO]
	p     output.Params
	rng   *rand.Rand
	words int
	group int
	beats int // between neighbouring slices
	scale golden.Requant

	ready, fill float64 // chances: the port takes a request; a lane has its next row
	latency     int

	queue   [][]row // by lane: rows that it will finish
	full    []*row  // by lane: the half that waits
	read    []int   // by lane: words of it read
	shown   []sim.Bits
	mem     map[uint32][]byte
	answers []answer // reads under way
	writes  []beat
	order   []int // lanes in the order in which they drained
	moved   []int // cycles of the writes
}

type answer struct {
	at   int
	addr uint32
}

func newBench(t *testing.T, p output.Params, words int, seed uint64) *bench {
	t.Helper()
	b := &bench{
		Sim: sim.New[output.IO](t, output.New(p)), p: p, rng: rand.New(rand.NewPCG(seed, 5)), words: words, group: 1,
		ready: 1, fill: 1, latency: 8, mem: map[uint32][]byte{},
		queue: make([][]row, p.Lanes), full: make([]*row, p.Lanes), read: make([]int, p.Lanes), shown: make([]sim.Bits, p.Lanes),
	}
	b.slices(1, 0)
	b.rescale(golden.Requant{Mult: 3, Shift: 5})
	b.Poke(b.IO.Words, words)
	for i := range b.shown {
		b.shown[i] = make(sim.Bits, (p.AccWidth()+63)/64)
	}
	return b
}

func (b *bench) slices(group, beats int) {
	b.group, b.beats = group, beats
	b.Poke(b.IO.GroupMask, group-1)
	b.Poke(b.IO.SliceBeats, beats)
}

func (b *bench) rescale(q golden.Requant) {
	b.scale = q
	b.Poke(b.IO.Mult, q.Mult)
	b.Poke(b.IO.Shift, q.Shift)
}

// randomRow has sums of all sizes.
func (b *bench) randomRow(addr uint32, int8s, add bool) row {
	r := row{addr: addr, int8: int8s, add: add}
	for range b.words * b.p.AccWord {
		r.sums = append(r.sums, int32(b.rng.Uint32())>>b.rng.IntN(32))
	}
	return r
}

// limbs are word idx of a row.
func (b *bench) limbs(r *row, idx int) sim.Bits {
	v := make(sim.Bits, (b.p.AccWidth()+63)/64)
	for i, s := range r.sums[idx*b.p.AccWord : (idx+1)*b.p.AccWord] {
		v[i/2] |= uint64(uint32(s)) << (i % 2 * 32)
	}
	return v
}

// step plays one cycle. The stage's outputs follow from its registers and from ready, so lanes and port can answer
// within the cycle.
func (b *bench) step(t *testing.T) {
	t.Helper()
	io := b.IO
	for i, l := range io.Lane {
		if b.full[i] == nil && len(b.queue[i]) > 0 && b.rng.Float64() < b.fill {
			b.full[i] = &b.queue[i][0]
			b.queue[i] = b.queue[i][1:]
		}
		b.Poke(l.Pending, b.full[i] != nil)
		if b.full[i] != nil {
			b.Poke(l.End, b.full[i].end())
		}
		b.Poke(l.Data, b.shown[i])
	}
	arrives := len(b.answers) > 0 && b.answers[0].at <= b.Cycle()
	b.Poke(io.RspValid, arrives)
	if arrives {
		b.Poke(io.RspData, bits(b.at(b.answers[0].addr)))
		b.answers = b.answers[1:]
	}
	b.Poke(io.Req.Ready, b.rng.Float64() < b.ready)
	if b.Peek(io.Req.Valid) == 1 && b.Peek(io.Req.Ready) == 1 {
		b.request()
	}
	for i, l := range io.Lane {
		read, done := b.Peek(l.Read) == 1, b.Peek(l.Done) == 1
		if read {
			require.NotNil(t, b.full[i], "lane %d has no row to read", i)
			require.EqualValues(t, b.read[i], b.Peek(l.Idx), "words are read in order")
			b.shown[i] = b.limbs(b.full[i], b.read[i])
			b.read[i]++
		}
		if done { // the half is free and may show anything
			require.False(t, read)
			require.Equal(t, b.words, b.read[i], "words read by the time the half is free")
			b.full[i], b.read[i] = nil, 0
			b.order = append(b.order, i)
			for k := range b.shown[i] {
				b.shown[i][k] ^= b.rng.Uint64() & (1<<min(b.p.AccWidth(), 63) - 1)
			}
		}
	}
	b.Step(1)
}

func (b *bench) request() {
	r, addr := b.IO.Req.Data, uint32(b.Peek(b.IO.Req.Data.Addr))
	if b.Peek(r.Write) == 0 {
		b.answers = append(b.answers, answer{b.Cycle() + b.latency, addr})
		return
	}
	data, mask := bytesOf(b.PeekBig(r.Data), b.p.PortBytes), b.Peek(r.Mask)
	mem := b.at(addr)
	for i := range data {
		if mask>>i&1 == 0 {
			data[i] = 0
			continue
		}
		mem[i] = data[i]
	}
	b.writes = append(b.writes, beat{addr, data, mask})
	b.moved = append(b.moved, b.Cycle())
}

// at is a beat of memory; one never written holds random bytes.
func (b *bench) at(addr uint32) []byte {
	if b.mem[addr] == nil {
		b.mem[addr] = make([]byte, b.p.PortBytes)
		for i := range b.mem[addr] {
			b.mem[addr][i] = byte(b.rng.Uint32())
		}
	}
	return b.mem[addr]
}

// drain steps until all rows are out.
func (b *bench) drain(t *testing.T, limit int) {
	t.Helper()
	busy := func() bool {
		for i := range b.queue {
			if len(b.queue[i]) > 0 || b.full[i] != nil {
				return true
			}
		}
		return b.Peek(b.IO.Idle) == 0
	}
	for busy() {
		require.Less(t, b.Cycle(), limit, "rows are left")
		b.step(t)
	}
}
