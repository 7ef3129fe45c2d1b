package lane

import "github.com/sparsegen/sparsegen/hdl"

// SerialiserIO is the interface of the word serialiser.
type SerialiserIO struct {
	Desc   hdl.Sink[Desc] `doc:"rows and job ends, in order"`
	Word   hdl.Sink[Word] `doc:"words of the rows, in order"`
	Format hdl.In         `hdl:"2"         doc:"format of B: 0 dense, 1 pairs, 2 bitmap"`
	NCols  hdl.In         `hdl:"NColsBits" doc:"columns of a slice"`
	Go     hdl.In         `hdl:"1"         doc:"the accumulators take products"`
	EndOK  hdl.In         `hdl:"1"         doc:"the other accumulator half is free"`

	HitValid hdl.Out `hdl:"1"        doc:"a product this cycle"`
	Col      hdl.Out `hdl:"ColBits"  doc:"its column"`
	A        hdl.Out `hdl:"8,signed" doc:"its value of A"`
	B        hdl.Out `hdl:"8,signed" doc:"its value of B"`
	End      hdl.Out `hdl:"1"        doc:"a job ends"`
	EndBody  hdl.Out `hdl:"31"       doc:"its end word"`
	EndTag   hdl.Out `hdl:"2"        doc:"its phase, modulo 4"`
}

// Serialiser turns words of rows into products, one a cycle. Stage A takes a word a cycle from the queue, and the
// mask word of the next bitmap segment while stage B is still busy; stage B emits the non-zeros of its word.
func Serialiser(p Params) *hdl.Module {
	return hdl.New("serialiser", p, func(m *hdl.M, io *SerialiserIO) {
		m.Doc("Word serialiser: one (column, value) a cycle from words that are dense, pairs or bitmap values.")
		b := newStageB(m, io, p)
		a := newStageA(m, io, p, b)
		b.step(io, a)
	})
}

// stageB holds the word being serialised.
type stageB struct {
	valid, end         hdl.Reg
	word, mask         hdl.Reg
	index              hdl.Reg // values of the word emitted
	col                hdl.Reg // dense: column of the next value
	seg                hdl.Reg // bitmap: segment of the mask
	a, tag             hdl.Reg
	dense, pairs, bits hdl.Sig
	hit, restMask      hdl.Sig
	take               hdl.Sig // the stage can take a new word at this edge
	p                  Params
}

// segBits is the width of a segment number: a segment is 32 columns.
func (p Params) segBits() int { return max(1, p.ColBits()-5) }

func newStageB(m *hdl.M, io *SerialiserIO, p Params) *stageB {
	b := &stageB{
		valid: m.Reg("b_valid", 1), end: m.Reg("b_end", 1),
		word: m.Reg("b_word", 32, hdl.NoReset()), mask: m.Reg("b_mask", 32, hdl.NoReset()),
		index: m.Reg("b_index", 2, hdl.NoReset()), col: m.Reg("b_col", p.ColBits(), hdl.NoReset()),
		seg: m.Reg("b_seg", p.segBits(), hdl.NoReset()),
		a:   m.Reg("b_a", 8, hdl.NoReset()), tag: m.Reg("b_tag", 2, hdl.NoReset()),
		dense: io.Format.Eq(hdl.K(Dense)).Named("is_dense"), pairs: io.Format.Eq(hdl.K(Pairs)).Named("is_pairs"),
		bits: io.Format.Eq(hdl.K(Bitmap)).Named("is_bitmap"), p: p,
	}
	low := hdl.Lowest(b.mask).Named("lowest")
	b.restMask = b.mask.And(low.Not()).Named("rest_mask")
	bitCol := hdl.Cat(b.seg, hdl.Encode(low)).Resize(p.ColBits())
	pairCol := b.word.Slice(7, 0).Resize(p.ColBits())
	io.Col.Set(hdl.Mux(b.pairs, pairCol, hdl.Mux(b.bits, bitCol, b.col)))
	io.B.Set(hdl.Mux(b.pairs, b.word.Slice(15, 8), b.word.Slice(7, 0)).AsSigned())
	io.A.Set(b.a.AsSigned())
	io.EndBody.Set(b.word.Slice(30, 0))
	io.EndTag.Set(b.tag)

	lastCol := b.col.Resize(p.NColsBits()).Add(hdl.K(1)).Eq(io.NCols)
	lastOfFour := b.index.Eq(hdl.K(3))
	wordDone := hdl.Mux(b.pairs, b.index.Bit(0).Or(b.word.Slice(31, 24).Any().Not()),
		lastOfFour.Or(hdl.Mux(b.bits, b.restMask.Any().Not(), lastCol))).Named("word_done")
	b.hit = b.valid.And(b.end.Not()).And(io.Go).Named("hit")
	endNow := b.valid.And(b.end).And(io.EndOK).Named("end_now")
	io.HitValid.Set(b.hit)
	io.End.Set(endNow)
	b.take = b.valid.Not().Or(endNow).Or(b.hit.And(wordDone)).Named("b_take")
	return b
}

// stageA is what the queues offer this cycle.
type stageA struct {
	mask, word, end   hdl.Sig // a mask word, a word of values, a job end is taken
	held              hdl.Reg // the mask of the next segment is held
	heldMask, heldSeg hdl.Reg
	col               hdl.Sig
}

func newStageA(m *hdl.M, io *SerialiserIO, p Params, b *stageB) *stageA {
	a := &stageA{
		held: m.Reg("held", 1), heldMask: m.Reg("held_mask", 32, hdl.NoReset()), heldSeg: m.Reg("held_seg", p.segBits(), hdl.NoReset()),
	}
	count := m.Reg("count", 7)            // words of the row taken
	valueWords := m.Reg("value_words", 4) // words of values left in the segment whose mask was taken
	segNext := m.Reg("seg_next", p.segBits())

	d := io.Desc.Data
	row := io.Desc.Valid.And(d.End.Not()).Named("row")
	expectMask := b.bits.And(valueWords.Any().Not()).Named("expect_mask")
	maskOK := row.And(expectMask).And(a.held.Not())
	wordOK := row.And(expectMask.Not()).And(b.take)
	io.Word.Ready.Set(maskOK.Or(wordOK))
	a.mask = maskOK.And(io.Word.Valid).Named("take_mask")
	a.word = wordOK.And(io.Word.Valid).Named("take_word")
	a.end = io.Desc.Valid.And(d.End).And(b.take).Named("take_end")
	a.col = hdl.Cat(count, m.Lit(2, 0)).Resize(p.ColBits())

	lastWord := count.Add(hdl.K(1)).Eq(d.Body.Slice(14, 8)).Named("last_word")
	rowDone := a.word.And(lastWord).Named("row_done")
	io.Desc.Ready.Set(a.end.Or(rowDone))
	m.If(rowDone, func() {
		count.Set(hdl.K(0))
		segNext.Set(hdl.K(0))
	}).ElseIf(a.word.Or(a.mask), func() { count.Set(count.Add(hdl.K(1))) })

	w := io.Word.Data.Data
	m.If(a.word, func() { a.held.Set(hdl.K(0)) })
	m.If(a.word.And(b.bits), func() { valueWords.Set(valueWords.Sub(hdl.K(1))) })
	m.If(a.mask, func() {
		a.held.Set(w.Any())
		a.heldMask.Set(w)
		a.heldSeg.Set(segNext)
		segNext.Set(segNext.Add(hdl.K(1)))
		valueWords.Set(hdl.PopCount(w).Add(hdl.K(3)).Slice(5, 2))
	})
	return a
}

// step moves stage B.
func (b *stageB) step(io *SerialiserIO, a *stageA) {
	m := a.held.Sig.Module()
	m.If(b.take, func() { b.valid.Set(a.word.Or(a.end)) })
	m.If(b.hit, func() {
		b.word.Set(hdl.Mux(b.pairs, b.word.Shr(hdl.K(16)), b.word.Shr(hdl.K(8))))
		b.index.Set(b.index.Add(hdl.K(1)))
		b.col.Set(b.col.Add(hdl.K(1)))
		b.mask.Set(b.restMask)
	})
	m.If(b.take, func() { b.end.Set(a.end) })
	m.If(a.word, func() {
		b.word.Set(io.Word.Data.Data)
		b.index.Set(hdl.K(0))
		b.col.Set(a.col)
		b.a.Set(io.Desc.Data.Body.Slice(7, 0))
		m.If(a.held, func() {
			b.mask.Set(a.heldMask)
			b.seg.Set(a.heldSeg)
		})
	})
	m.If(a.end, func() {
		b.word.Set(hdl.Cat(m.Lit(1, 0), io.Desc.Data.Body))
		b.tag.Set(io.Desc.Data.Tag)
	})
}
