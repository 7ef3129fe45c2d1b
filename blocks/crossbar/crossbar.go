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

		bankOf := make([]hdl.Sig, p.Ports)
		for i, q := range io.Port {
			bankOf[i] = q.Addr.Slice(p.BankBits()-1, 0)
		}
		grants := make([][]hdl.Value, p.Ports) // by requester, over banks
		for b, bank := range io.Bank {
			req := make([]hdl.Value, p.Ports)
			for i, q := range io.Port {
				req[p.Ports-1-i] = q.Valid.And(bankOf[i].Eq(hdl.K(b)))
			}
			want := hdl.Cat(req...).Named(fmt.Sprintf("want_%d", b))
			won := hdl.Lowest(hdl.Cat(want, want.And(prio)))
			grant := won.Slice(2*p.Ports-1, p.Ports).Or(won.Slice(p.Ports-1, 0)).Named(fmt.Sprintf("grant_%d", b))
			rows := make([]hdl.Value, p.Ports)
			for i, q := range io.Port {
				rows[i] = q.Addr.Slice(p.AddrBits-1, p.BankBits())
				grants[i] = append(grants[i], grant.Bit(i))
			}
			bank.REn.Set(want.Any())
			bank.RAddr.Set(hdl.OneHot(grant, rows...))
		}
		words := make([]hdl.Value, p.Banks)
		for b, bank := range io.Bank {
			words[b] = bank.RData
		}
		for i, q := range io.Port {
			q.Grant.Set(hdl.Cat(grants[i]...).Any())
			from := m.RegNext(fmt.Sprintf("from_%d", i), bankOf[i], hdl.NoReset())
			q.Data.Set(hdl.Select(from, words...))
		}
	})
}
