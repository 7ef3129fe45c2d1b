package interp

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// lfsr adds a shift register of w bits with feedback, whose value changes in every cycle.
func (m *maker) lfsr(w int32) flat.ID {
	q := m.reg(w, 0xace1, true)
	fb := m.bin(ir.Xor, m.slice(q, w-1, w-1), m.slice(q, w-4, w-4))
	m.Regs[m.Nodes[q].X].D = m.cat(m.slice(q, w-2, 0), fb)
	return q
}

// macGrid is an n by n grid of cells that multiply 8 bits and accumulate 32, fed by one lfsr: every node
// is active in every cycle.
func macGrid(n int) *flat.Netlist {
	m := newMaker(nil, 0)
	q := m.lfsr(16)
	down := make([]flat.ID, n)
	for i := range down {
		r := int32(i % 9)
		down[i] = m.slice(q, r+7, r)
	}
	var sum flat.ID
	for i := range n {
		r := int32(8 - i%9)
		right := m.slice(q, r+7, r)
		for j := range n {
			a, b, acc := m.reg(8, 0, true), m.reg(8, 0, true), m.reg(32, 0, true)
			m.Regs[m.Nodes[a].X].D = right
			m.Regs[m.Nodes[b].X].D = down[j]
			m.Regs[m.Nodes[acc].X].D = m.bin(ir.Add, acc, m.zext(m.bin(ir.Mul, a, b), 32))
			right, down[j] = a, b
			if sum == 0 {
				sum = acc
			} else {
				sum = m.bin(ir.Xor, sum, acc)
			}
		}
	}
	m.output(sum)
	return m.Netlist
}

// lanes is a row of small state machines with counters, address arithmetic and data paths, of which a
// changing group of share percent works while the others hold.
func lanes(n int, share int64) *flat.Netlist {
	m := newMaker(nil, 0)
	tick := m.reg(10, 0, true)
	m.Regs[0].D = m.bin(ir.Add, tick, m.k(1, 10))
	data := m.lfsr(16)
	start := m.reg(8, 0, true) // the first lane of the group, moved now and then
	m.Regs[m.Nodes[start].X].D = m.mux(m.bin(ir.Eq, m.slice(tick, 5, 0), m.k(63, 6)), m.bin(ir.Add, start, m.k(7, 8)), start)
	set := func(q, d flat.ID) { m.Regs[m.Nodes[q].X].D = d }
	for i := range n {
		pos := m.bin(ir.Sub, m.k(int64(i)*256/int64(n), 8), start)
		en := m.reg(1, 0, true)
		set(en, m.bin(ir.Lt, pos, m.k(256*share/100, 8)))
		state := m.reg(2, 0, true)
		in := m.reg(16, 0, true)
		set(in, m.mux(en, data, in))
		var acc flat.ID
		for k := range int32(6) {
			cnt := m.reg(12, int64(k), true)
			go1 := m.bin(ir.And, en, m.bin(ir.Eq, state, m.k(int64(k%4), 2)))
			last := m.bin(ir.Eq, cnt, m.k(int64(100+k), 12))
			set(cnt, m.mux(go1, m.mux(last, m.k(0, 12), m.bin(ir.Add, cnt, m.k(1, 12))), cnt))
			addr := m.bin(ir.Add, m.cat(cnt, m.slice(in, 3, 0)), m.zext(m.slice(in, 9, k), 16))
			hit := m.bin(ir.Lt, m.slice(addr, 11, 0), cnt)
			x := m.mux(hit, m.bin(ir.Xor, in, addr), m.bin(ir.Add, in, addr))
			y := m.reg(16, 0, true)
			set(y, m.mux(go1, x, y))
			if acc == 0 {
				acc = y
			} else {
				acc = m.bin(ir.Xor, acc, y)
			}
		}
		out := m.reg(16, 0, true)
		set(out, m.mux(en, acc, out))
		next := m.bin(ir.Add, state, m.k(1, 2))
		set(state, m.mux(en, m.mux(m.slice(in, 0, 0), next, state), state))
		m.output(out)
	}
	return m.Netlist
}

func run(b *testing.B, nl *flat.Netlist) {
	m := Load(nl)
	ran, cycles := 0, 0
	for range 100 {
		if err := m.Settle(); err != nil {
			b.Fatal(err)
		}
		for w, set := range m.changed {
			for i := range 64 {
				if set>>i&1 != 0 {
					ran += int(m.blocks[w*64+i].hi - m.blocks[w*64+i].lo)
				}
			}
		}
		cycles++
		m.Edge(false)
	}
	b.ResetTimer()
	for range b.N {
		if err := m.Settle(); err != nil {
			b.Fatal(err)
		}
		m.Edge(false)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcycles/s")
	b.ReportMetric(float64(m.Stats().Nodes), "nodes")
	b.ReportMetric(float64(m.Stats().Instructions), "instr")
	b.ReportMetric(float64(ran/cycles), "changed/cycle")
}

func BenchmarkGrid16(b *testing.B)  { run(b, macGrid(16)) }
func BenchmarkLanes5(b *testing.B)  { run(b, lanes(100, 5)) }
func BenchmarkLanes20(b *testing.B) { run(b, lanes(100, 20)) }
func BenchmarkLanes99(b *testing.B) { run(b, lanes(100, 99)) }

func BenchmarkLoadLanes(b *testing.B) {
	nl := lanes(400, 20)
	for range b.N {
		Load(nl)
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/float64(len(nl.Nodes))*1e9, "ns/node")
}
