// Package bank is the unified memory bank: one macro of words that hold data and metadata alike.
// The package imports hdl alone; start reading at New.
package bank

import "github.com/sparsegen/sparsegen/hdl"

// Params sizes a bank: Depth words of Width bits.
type Params struct{ Depth, Width int }

// AddrBits is the width of a word address.
func (p Params) AddrBits() int { return hdl.Clog2(p.Depth) }

// IO is one read port with registered data and one write port.
type IO struct {
	REn   hdl.In  `hdl:"1"        doc:"read the word at raddr; rdata has it in the next cycle and keeps it"`
	RAddr hdl.In  `hdl:"AddrBits" doc:"read address in words"`
	RData hdl.Out `hdl:"Width"    doc:"word read last"`
	WEn   hdl.In  `hdl:"1"        doc:"write wdata at waddr"`
	WAddr hdl.In  `hdl:"AddrBits" doc:"write address in words"`
	WData hdl.In  `hdl:"Width"    doc:"word to write"`
}

// New makes a bank. A read of the word being written returns the old word.
func New(p Params) *hdl.Module {
	return hdl.New("bank", p, func(m *hdl.M, io *IO) {
		m.Doc("Unified memory bank: one read and one write a cycle; a colliding read returns the old word.")
		mem := m.Mem("mem", p.Depth, p.Width)
		mem.Write(io.WEn, io.WAddr, io.WData)
		io.RData.Set(mem.ReadSync("rdata", io.REn, io.RAddr, hdl.OldData))
	})
}
