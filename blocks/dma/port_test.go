package dma_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/dma"
	"github.com/sparsegen/sparsegen/hdl/sim"
)

// Clients in order of priority.
const (
	drain = iota
	load
	instr
	clients
)

// A request of a client.
type request struct {
	write bool
	addr  int64
	data  int64
	mask  int64
}

// A portBench is a memory port with its clients and memory played in Go.
type portBench struct {
	*sim.Sim[dma.PortIO]
	rng     *rand.Rand
	ask     [clients]float64 // chances of a new request
	ready   float64
	answer  float64
	pending [clients]*request
	taken   []request // by the port, in order
	owners  []int     // of the reads among them
	seen    []request // by memory, in order
	rsp     int       // reads answered
	reads   int       // reads that memory has seen
	refused *request  // offered to memory and not taken
	answers [clients]int
}

func newPort(t *testing.T, p dma.Params, seed uint64) *portBench {
	t.Helper()
	return &portBench{
		Sim: sim.New[dma.PortIO](t, dma.Port(p)), rng: rand.New(rand.NewPCG(seed, 6)),
		ask: [clients]float64{0.5, 0.5, 0.5}, ready: 1, answer: 1,
	}
}

// offer drives the clients. The output stage may change its mind: what it asks for is not held by anyone.
func (b *portBench) offer() {
	io := b.IO
	b.Poke(io.Drain.Valid, b.pending[drain] != nil)
	if r := b.pending[drain]; r != nil {
		b.Poke(io.Drain.Data.Write, r.write)
		b.Poke(io.Drain.Data.Addr, r.addr)
		b.Poke(io.Drain.Data.Data, r.data)
		b.Poke(io.Drain.Data.Mask, r.mask)
	}
	for c, s := range map[int]struct{ valid, addr sim.Handle }{load: {io.Load.Valid, io.Load.Data.Addr}, instr: {io.Instr.Valid, io.Instr.Data.Addr}} {
		b.Poke(s.valid, b.pending[c] != nil)
		if r := b.pending[c]; r != nil {
			b.Poke(s.addr, r.addr)
		}
	}
}

// step plays one cycle.
func (b *portBench) step(t *testing.T) {
	t.Helper()
	io := b.IO
	for c := range clients {
		if b.pending[c] == nil && flip(b.rng, b.ask[c]) {
			b.pending[c] = &request{addr: b.rng.Int64N(1 << 32)}
			if c == drain && flip(b.rng, 0.7) {
				*b.pending[c] = request{true, b.rng.Int64N(1 << 32), b.rng.Int64(), b.rng.Int64N(1 << 8)}
			}
		}
	}
	b.offer()
	b.Poke(io.Req.Ready, flip(b.rng, b.ready))
	arrives := b.rsp < b.reads && flip(b.rng, b.answer)
	b.Poke(io.RspValid, arrives)
	for c, rsp := range []sim.Handle{io.DrainRsp, io.LoadRsp, io.InstrRsp} {
		mine := arrives && b.owners[b.rsp] == c
		b.Expect(rsp, mine)
		if mine {
			b.answers[c]++
		}
	}
	took := b.take(t)
	b.memory(t)
	if arrives {
		b.rsp++
	}
	if took >= 0 {
		r := *b.pending[took]
		b.taken = append(b.taken, r)
		if !r.write {
			b.owners = append(b.owners, took)
		}
		b.pending[took] = nil
	}
	b.Step(1)
}

// take finds whose request is taken, which is at most one, and that of the first who asks.
func (b *portBench) take(t *testing.T) int {
	t.Helper()
	took := -1
	for c, ready := range []sim.Handle{b.IO.Drain.Ready, b.IO.Load.Ready, b.IO.Instr.Ready} {
		if b.pending[c] == nil || b.Peek(ready) == 0 {
			continue
		}
		require.Equal(t, -1, took, "two requests in one cycle")
		took = c
		for before := range c {
			full := len(b.owners)-b.rsp == 32
			require.True(t, b.pending[before] == nil || full && !b.pending[before].write, "client %d is passed over", before)
		}
	}
	return took
}

// memory notes what memory takes and checks that it is stable until then.
func (b *portBench) memory(t *testing.T) {
	t.Helper()
	q := b.IO.Req
	if b.Peek(q.Valid) == 0 {
		require.Nil(t, b.refused, "request withdrawn")
		return
	}
	r := request{b.Peek(q.Data.Write) == 1, int64(b.Peek(q.Data.Addr)), 0, 0}
	if r.write {
		low := new(big.Int).And(b.PeekBig(q.Data.Data), new(big.Int).SetUint64(1<<63-1))
		r.data, r.mask = low.Int64(), int64(b.Peek(q.Data.Mask))
	}
	if b.refused != nil {
		require.Equal(t, *b.refused, r, "request changed while it waited")
	}
	if b.refused = &r; b.Peek(q.Ready) == 0 {
		return
	}
	b.refused = nil
	b.seen = append(b.seen, r)
	if !r.write {
		b.reads++
	}
}

// All requests reach memory in the order in which the port took them, each answer goes to the client that asked, and
// the request at memory stays as it is while memory makes it wait. step checks the rest.
func TestPortServesItsClients(t *testing.T) {
	for i, p := range settings {
		for _, c := range []struct{ ready, answer float64 }{{1, 1}, {0.3, 1}, {1, 0.1}, {0.6, 0.4}} {
			t.Run(fmt.Sprintf("%d bytes, %v", p.PortBytes, c), func(t *testing.T) {
				b := newPort(t, p, uint64(i))
				b.ready, b.answer = c.ready, c.answer
				for range 1500 {
					b.step(t)
				}
				b.ask, b.ready, b.answer = [clients]float64{}, 1, 1
				for range 200 {
					b.step(t)
				}
				require.Equal(t, b.taken, b.seen)
				require.Equal(t, len(b.owners), b.rsp)
				writes := 0
				for _, r := range b.taken {
					if r.write {
						writes++
					}
				}
				b.Expect(b.IO.Beats, len(b.taken))
				b.Expect(b.IO.Written, writes)
				b.Expect(b.IO.Quiet, 1)
				for c := range clients {
					require.Positive(t, b.answers[c], "answers to client %d", c)
				}
			})
		}
	}
}

// The output stage goes first, then loads, then instructions: who asks all the time gets all of it.
func TestPortPriority(t *testing.T) {
	for first := range clients {
		b := newPort(t, settings[0], 9)
		b.ask = [clients]float64{}
		for c := first; c < clients; c++ {
			b.ask[c] = 1
		}
		for range 50 {
			b.step(t)
		}
		require.Len(t, b.taken, 50)
		for c := first + 1; c < clients; c++ {
			require.NotNil(t, b.pending[c])
			require.NotContains(t, b.owners, c)
		}
	}
}

// 32 reads may wait for their answers. Then reads wait, and writes still pass.
func TestPortBoundsTheReadsUnderWay(t *testing.T) {
	b := newPort(t, settings[1], 10)
	b.ask, b.answer = [clients]float64{load: 1}, 0
	for range 60 {
		b.step(t)
	}
	require.Len(t, b.taken, 32)
	b.pending[drain] = &request{true, 77, 88, 1}
	b.step(t)
	require.Len(t, b.taken, 33)
	b.answer = 1
	b.step(t)
	b.step(t)
	require.Len(t, b.taken, 34)
}

// Quiet waits for the request on its way to memory, and for the answer if it is a read.
func TestPortQuiet(t *testing.T) {
	for _, write := range []bool{false, true} {
		b := newPort(t, settings[1], 11)
		b.Expect(b.IO.Quiet, 1)
		b.ask, b.ready, b.answer = [clients]float64{}, 0, 0
		b.pending[drain] = &request{write: write}
		b.step(t)
		for range 5 {
			b.Expect(b.IO.Quiet, 0)
			b.step(t)
		}
		b.ready = 1
		b.step(t)
		for range 5 {
			b.Expect(b.IO.Quiet, write)
			b.step(t)
		}
		b.answer = 1
		b.step(t)
		b.Expect(b.IO.Quiet, 1)
	}
}

func TestPortCountersStartAgain(t *testing.T) {
	b := newPort(t, settings[1], 12)
	for range 50 {
		b.step(t)
	}
	require.Positive(t, b.Peek(b.IO.Written))
	b.ask = [clients]float64{}
	for range 20 {
		b.step(t)
	}
	b.Poke(b.IO.Start, 1)
	b.step(t)
	b.Expect(b.IO.Beats, 0)
	b.Expect(b.IO.Written, 0)
}

func TestPortWave(t *testing.T) {
	b := newPort(t, settings[0], 13)
	b.ask = [clients]float64{}
	b.answer = 0
	for cycle := range 9 {
		switch cycle {
		case 0:
			b.pending[load], b.pending[instr] = &request{addr: 20}, &request{addr: 30}
		case 1:
			b.pending[drain] = &request{true, 10, 7, 255}
			b.ready = 0
		case 3:
			b.ready = 1
		case 6:
			b.answer = 1
		}
		b.step(t)
	}
	io := b.IO
	sim.ExpectWave(t, b, "testdata/port.wave", io.Drain.Valid, io.Drain.Ready, io.Load.Valid, io.Load.Ready, io.Instr.Valid, io.Instr.Ready,
		io.Req.Valid, io.Req.Ready, io.Req.Data.Write, io.Req.Data.Addr, io.RspValid, io.LoadRsp, io.InstrRsp, io.Quiet)
	expectShown(t, "testdata/port.wave")
}
