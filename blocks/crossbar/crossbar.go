// Package crossbar is the lookup crossbar: requesters read words of interleaved banks, one arbiter a bank.
// The package imports hdl alone; start reading at New.
package crossbar

import (
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
)

// Params sizes the crossbar: Ports requesters, Banks banks (a power of two), word addresses of AddrBits bits over all
// banks, words of Width bits. Word w is in bank w mod Banks.
type Params struct{ Ports, Banks, AddrBits, Width int }

// BankBits is the number of address bits that choose the bank.
func (p Params) BankBits() int { return hdl.Clog2(p.Banks) }

// RowBits is the width of an address within a bank.
func (p Params) RowBits() int { return p.AddrBits - p.BankBits() }

// Port is the interface of one requester.
type Port struct {
	Valid hdl.In  `hdl:"1"        doc:"request the word at addr"`
	Addr  hdl.In  `hdl:"AddrBits" doc:"word address"`
	Grant hdl.Out `hdl:"1"        doc:"the request is taken; data follows in the next cycle"`
	Data  hdl.Out `hdl:"Width"    doc:"word of the request granted in the cycle before"`
}

// BankPort is the interface to the read port of one bank.
type BankPort struct {
	REn   hdl.Out `hdl:"1"       doc:"read enable"`
	RAddr hdl.Out `hdl:"RowBits" doc:"address within the bank"`
	RData hdl.In  `hdl:"Width"   doc:"word read in the cycle before"`
}

// IO is the interface of the crossbar.
type IO struct {
	Port []Port     `len:"Ports"`
	Bank []BankPort `len:"Banks"`
}

// New makes a crossbar. Each bank grants one request a cycle; priority rotates over the requesters every cycle, for all
// banks alike, so none waits for more than Ports cycles. Answers come one cycle after the grant, in
// order.
func New(p Params) *hdl.Module {
	return hdl.New("crossbar", p, func(m *hdl.M, io *IO) {
		m.Doc("Lookup crossbar: each bank serves one requester a cycle under a rotating priority; data one cycle after the grant.")
		// prio is a thermometer that fills from the top: the requesters under its ones go first.
		prio := m.Reg("prio", p.Ports)
		m.If(prio.All(), func() { prio.Set(hdl.K(0)) }).
			Else(func() { prio.Set(hdl.Cat(m.Lit(1, 1), prio.Slice(p.Ports-1, 1))) })

		n := p.Ports
		valid, banks, rows, bankOf := make([]hdl.Value, n), make([]hdl.Value, n), make([]hdl.Value, n), make([]hdl.Sig, n)
		for i, q := range io.Port { // vectors have requester 0 in the low bits
			bankOf[i] = q.Addr.Slice(p.BankBits()-1, 0)
			valid[n-1-i], banks[n-1-i], rows[n-1-i] = q.Valid, bankOf[i], q.Addr.Slice(p.AddrBits-1, p.BankBits())
		}
		valids, allBanks, allRows := hdl.Cat(valid...).Named("valids"), hdl.Cat(banks...).Named("banks"), hdl.Cat(rows...).Named("rows")
		arbiter := Arbiter(p)
		var grants hdl.Sig // a requester asks one bank, so the grants of all banks can be or-ed
		for b, bank := range io.Bank {
			a := hdl.Inst[ArbiterIO](m, fmt.Sprintf("u_bank_%d", b), arbiter)
			hdl.Connect(a.Bank, hdl.K(b))
			hdl.Connect(a.Valid, valids)
			hdl.Connect(a.Banks, allBanks)
			hdl.Connect(a.Rows, allRows)
			hdl.Connect(a.First, prio)
			bank.REn.Set(a.REn)
			bank.RAddr.Set(a.RAddr)
			if b == 0 {
				grants = a.Grant.Sig
			} else {
				grants = grants.Or(a.Grant)
			}
		}
		grants = grants.Named("grants")
		words := make([]hdl.Value, p.Banks)
		for b, bank := range io.Bank {
			words[b] = bank.RData
		}
		for i, q := range io.Port {
			q.Grant.Set(grants.Bit(i))
			from := m.RegNext(fmt.Sprintf("from_%d", i), bankOf[i], hdl.NoReset())
			q.Data.Set(hdl.Select(from, words...))
		}
	})
}
