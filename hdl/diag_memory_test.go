package hdl_test

import (
	"testing"

	"github.com/sparsegen/sparsegen/hdl"
)

// TestMemoryDiagnostics shows memories that cannot be, P004.
func TestMemoryDiagnostics(t *testing.T) {
	examples{
		"dimensions": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				mem := m.Mem("a", 0, 8) // ERROR "memory a of 0 words of 8 bits" [P004]
				m.Mem("b", 8, 0)        // ERROR "memory b of 8 words of 0 bits" [P004]
				m.Mem("c", -1, -1)      // ERROR "memory c of -1 words of -1 bits" [P004]
				m.Mem("d", 1<<40, 8)    // ERROR "memory d of 1099511627776 words of 8 bits" [P004]
				m.Mem("e", 8, 1<<33)    // ERROR "memory e of 8 words of 8589934592 bits" [P004]
				mem.Init(1).Write(io.En, io.A9, io.S8)
				m.RegNext("q", mem.ReadSync("rd", io.En, io.A9, hdl.OldData).Slice(100, 0))
				mem.AddrWidth()
			})
		},
		"ports that do not fit": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				a4 := io.A8.Trunc(4)
				mem := m.Mem("mem", 16, 8)
				mem.Write(io.En, io.A8, io.A8)                   // ERROR "address a8 of mem has 8 bits; 16 words need 4" [P004]
				mem.Write(io.En, io.S8.Trunc(4), io.A8)          // ERROR "address cast(s8) of mem is signed" [P004]
				mem.ReadAsync(io.A9)                             // ERROR "address a9 of mem has 9 bits; 16 words need 4" [P004]
				mem.ReadAsync(hdl.K(16))                         // ERROR "constant 16 does not fit 4 bits unsigned" [W003]
				mem.Write(io.En, a4, io.A9)                      // ERROR "width mismatch in write to mem: word is 8 bits, a9 is 9 bits" [W001]
				mem.WriteMask(io.En, a4, io.A8, a4.Slice(2, 0))  // ERROR "mask of 3 bits for words of 8 bits in mem" [P004]
				mem.WriteMask(io.En, a4, io.A8, io.A8.Repeat(2)) // ERROR "mask of 16 bits for words of 8 bits in mem" [P004]
				mem.WriteMask(io.En, a4, io.A8, nil)             // ERROR "signal that was never made" [M002]
				mem.ReadSync("old", io.En, a4, hdl.OldData)
				mem.ReadSync("old", io.En, a4, hdl.OldData) // ERROR `name "old" is taken in module ex` [N001]
			})
		},
		"initial words": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				m.Mem("a", 2, 8).Init(1, 2, 3)    // ERROR "3 initial words for a of 2 words" [P004]
				m.Mem("b", 2, 8).Init(255, 256)   // ERROR "initial word 256 of b does not fit 8 bits" [W003]
				m.Mem("c", 2, 8).Init(-128, -129) // ERROR "initial word -129 of c does not fit 8 bits" [W003]
			})
		},
		"new data": func() *hdl.Module {
			return ex(func(m *hdl.M, io *pins) {
				a4 := io.A8.Trunc(4)
				early := m.Mem("early", 16, 8)
				early.ReadSync("rd", io.En, a4, hdl.NewData) // ERROR "NewData read of early before any Write" [P004]
				masked := m.Mem("masked", 16, 8)
				masked.WriteMask(io.En, a4, io.A8, a4.Trunc(2))
				masked.ReadSync("rd2", io.En, a4, hdl.NewData) // ERROR "NewData read of masked, which has masked writes" [P004]
			})
		},
	}.check(t)
}
