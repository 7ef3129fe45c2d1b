package hdl_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

type memoryIO struct {
	C     hdl.In  `hdl:"1"`
	WEn   hdl.In  `hdl:"1"`
	WAddr hdl.In  `hdl:"2"`
	WData hdl.In  `hdl:"8"`
	Mask  hdl.In  `hdl:"2"`
	REn   hdl.In  `hdl:"1"`
	RAddr hdl.In  `hdl:"2"`
	Q     hdl.Out `hdl:"8"`
}

// TestReadsDuringWrites compares the declared behaviours, with read enable, write mask and a write inside If, with arrays.
func TestReadsDuringWrites(t *testing.T) {
	tests := map[string]struct {
		build  func(m *hdl.M, io *memoryIO)
		word   func(old, data, mask uint64) uint64 // what a write leaves
		write  func(c uint64) bool                 // does the write happen
		bypass bool
		async  bool
	}{
		"old data": {build: func(m *hdl.M, io *memoryIO) {
			mem := m.Mem("mem", 4, 8).Init(7, -1)
			io.Q.Set(mem.ReadSync("rd", io.REn, io.RAddr, hdl.OldData))
			mem.Write(io.WEn, io.WAddr, io.WData)
		}},
		"new data": {bypass: true, build: func(m *hdl.M, io *memoryIO) {
			mem := m.Mem("mem", 4, 8).Init(7, -1)
			mem.Write(io.WEn, io.WAddr, io.WData)
			io.Q.Set(mem.ReadSync("rd", io.REn, io.RAddr, hdl.NewData))
		}},
		"new data, read inside If": {bypass: true, build: func(m *hdl.M, io *memoryIO) {
			mem := m.Mem("mem", 4, 8).Init(7, -1)
			mem.Write(io.WEn, io.WAddr, io.WData)
			w := m.Wire("w", 8)
			m.If(io.C, func() {
				w.Set(mem.ReadSync("rd", io.REn, io.RAddr, hdl.NewData))
			}).Else(func() {
				w.Set(hdl.K(0))
			})
			io.Q.Set(w)
		}},
		"new data of two writes": {bypass: true, build: func(m *hdl.M, io *memoryIO) {
			mem := m.Mem("mem", 4, 8).Init(7, -1)
			mem.Write(io.WEn, io.WAddr, io.WData.Not())
			mem.Write(io.WEn, io.WAddr, io.WData) // the last wins
			io.Q.Set(mem.ReadSync("rd", io.REn, io.RAddr, hdl.NewData))
		}},
		"asynchronous": {async: true, build: func(m *hdl.M, io *memoryIO) {
			mem := m.Mem("mem", 4, 8).Init(7, -1)
			mem.Write(io.WEn, io.WAddr, io.WData)
			io.Q.Set(mem.ReadAsync(io.RAddr))
		}},
		"masked": {
			word: func(old, data, mask uint64) uint64 {
				keep := ^(mask&1*0x0f | mask>>1*0xf0)
				return old&keep | data&^keep
			},
			build: func(m *hdl.M, io *memoryIO) {
				mem := m.Mem("mem", 4, 8).Init(7, -1)
				mem.WriteMask(io.WEn, io.WAddr, io.WData, io.Mask)
				io.Q.Set(mem.ReadSync("rd", io.REn, io.RAddr, hdl.OldData))
			},
		},
		"write inside If": {write: func(c uint64) bool { return c == 1 }, build: func(m *hdl.M, io *memoryIO) {
			mem := m.Mem("mem", 4, 8).Init(7, -1)
			m.If(io.C.Not(), func() {}).Else(func() {
				m.Switch(io.C, hdl.Case(hdl.K(0), func() {}), hdl.Default(func() { mem.Write(io.WEn, io.WAddr, io.WData) }))
			})
			io.Q.Set(mem.ReadSync("rd", io.REn, io.RAddr, hdl.OldData))
		}},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			x := start(t, hdl.New("memory", nil, c.build))
			r := rand.New(rand.NewPCG(5, 6))
			words, q := [4]uint64{7, 255}, uint64(0)
			for cycle := range 300 {
				v := map[string]uint64{"c": r.Uint64N(2), "w_en": r.Uint64N(2), "w_addr": r.Uint64N(4), "w_data": r.Uint64N(256), "mask": r.Uint64N(4), "r_en": r.Uint64N(2), "r_addr": r.Uint64N(4)}
				if name == "new data, read inside If" && cycle%3 > 0 {
					v["c"] = 0 // what happens meanwhile counts
				}
				for n, u := range v {
					x.set(n, u)
				}
				want := q
				if c.async {
					want = words[v["r_addr"]]
				}
				if name == "new data, read inside If" && v["c"] == 0 {
					want = 0
				}
				require.Equal(t, want, x.get("q"), "cycle %d", cycle)
				if v["r_en"] == 1 && !c.bypass {
					q = words[v["r_addr"]]
				}
				if v["w_en"] == 1 && (c.write == nil || c.write(v["c"])) {
					word := v["w_data"]
					if c.word != nil {
						word = c.word(words[v["w_addr"]], word, v["mask"])
					}
					words[v["w_addr"]] = word
				}
				if v["r_en"] == 1 && c.bypass {
					q = words[v["r_addr"]]
				}
				x.step()
			}
		})
	}
}

// TestMemoriesOfPayloads: MemOf keeps the words packed, and a FIFO built on it keeps their order.
func TestMemoriesOfPayloads(t *testing.T) {
	x := start(t, FIFO[Nonzero](4))
	var queue []uint64
	r := rand.New(rand.NewPCG(8, 9))
	for range 400 {
		v := r.Uint64N(1 << 16)
		valid, ready := r.Uint64N(2), r.Uint64N(2)
		x.set("in_valid", valid)
		x.set("in_row", v&1023)
		x.set("in_col", v&1023^5)
		x.set("in_val", v)
		x.set("out_ready", ready)
		require.Equal(t, bit(len(queue) < 4), x.get("in_ready"))
		require.Equal(t, bit(len(queue) > 0), x.get("out_valid"))
		if len(queue) > 0 {
			require.Equal(t, []uint64{queue[0] & 1023, queue[0]&1023 ^ 5, queue[0]}, []uint64{x.get("out_row"), x.get("out_col"), x.get("out_val")})
		}
		push, pop := valid == 1 && len(queue) < 4, ready == 1 && len(queue) > 0
		if pop {
			queue = queue[1:]
		}
		if push {
			queue = append(queue, v)
		}
		x.step()
	}
}
