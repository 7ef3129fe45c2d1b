package crossbar

import "github.com/sparsegen/sparsegen/hdl"

// ArbiterIO is the interface of the arbiter of one bank. It sees all requesters as vectors, requester 0 in the low bits,
// so that one module serves every bank and the crossbar's text stays linear in banks.
type ArbiterIO struct {
	Bank  hdl.In  `hdl:"BankBits" doc:"number of this arbiter's bank"`
	Valid hdl.In  `hdl:"Ports"    doc:"requests"`
	Banks hdl.In  `hdl:"AllBanks" doc:"bank of each request"`
	Rows  hdl.In  `hdl:"AllRows"  doc:"address within the bank of each request"`
	First hdl.In  `hdl:"Ports"    doc:"requesters that go before the others"`
	Grant hdl.Out `hdl:"Ports"    doc:"the request granted, one-hot"`
	REn   hdl.Out `hdl:"1"        doc:"read enable of the bank"`
	RAddr hdl.Out `hdl:"RowBits"  doc:"address within the bank"`
}

// AllBanks is the width of the bank numbers of all requesters.
func (p Params) AllBanks() int { return p.Ports * p.BankBits() }

// AllRows is the width of the addresses of all requesters.
func (p Params) AllRows() int { return p.Ports * p.RowBits() }

// Arbiter grants one request for its bank: the lowest-numbered of those that go first, or else of the others.
func Arbiter(p Params) *hdl.Module {
	return hdl.New("bank_arbiter", p, func(m *hdl.M, io *ArbiterIO) {
		m.Doc("Arbiter of one bank: the lowest-numbered request among those that go first, else among the others.")
		wants, rows := make([]hdl.Value, p.Ports), make([]hdl.Value, p.Ports)
		for i := range p.Ports {
			bank := io.Banks.Slice((i+1)*p.BankBits()-1, i*p.BankBits())
			wants[p.Ports-1-i] = io.Valid.Bit(i).And(bank.Eq(io.Bank))
			rows[i] = io.Rows.Slice((i+1)*p.RowBits()-1, i*p.RowBits())
		}
		want := hdl.Cat(wants...).Named("want")
		won := hdl.Lowest(hdl.Cat(want, want.And(io.First)))
		grant := won.Slice(2*p.Ports-1, p.Ports).Or(won.Slice(p.Ports-1, 0)).Named("winner")
		io.Grant.Set(grant)
		io.REn.Set(want.Any())
		io.RAddr.Set(hdl.OneHot(grant, rows...))
	})
}
