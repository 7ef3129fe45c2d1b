package golden

import (
	"errors"
	"fmt"
)

// Decode reads the matrix back: Encode(l, m).Decode() is m. It reports a stream that is too short or long, positions
// outside the matrix or out of order, and a count that differs from NNZ.
func (e *Encoded) Decode() (*CSR, error) {
	if e.Rows < 0 || e.Cols < 0 || e.NNZ < 0 || e.Bits < 0 || e.Bits > int64(len(e.Words))*64 {
		return nil, fmt.Errorf("decode: %d x %d with %d non-zeros in %d bits, of which %d are here",
			e.Rows, e.Cols, e.NNZ, e.Bits, len(e.Words)*64)
	}
	if err := e.Layout.check(); err != nil {
		return nil, err
	}
	d := &decoder{bitReader: bitReader{words: e.Words, n: e.Bits}, e: e, b: newBuilder(e.Rows, e.Cols, 0)}
	m := d.run()
	switch {
	case d.err != nil:
		return nil, d.err
	case d.short:
		return nil, errors.New("decode: the stream ends early")
	case d.left() != 0:
		return nil, fmt.Errorf("decode: %d bits are left over", d.left())
	case m.NNZ() != e.NNZ:
		return nil, fmt.Errorf("decode: %d non-zeros, want %d", m.NNZ(), e.NNZ)
	}
	return m, m.Validate()
}

// check tells whether the parameters are ones an encoder could have used.
func (l Layout) check() error {
	ok := true
	switch l.Format {
	case FormatBitmap2:
		ok = l.X >= 1
	case FormatRLE, FormatDelta:
		ok = l.X >= 1 && l.X <= 62
	case FormatBCSR:
		ok = l.X >= 1 && l.Y >= 1 && l.X <= 1024 && l.Y <= 1024
	case FormatKN:
		ok = l.X >= 0 && l.Y >= 1 && l.X <= l.Y && l.Y <= 1<<30
	}
	if !ok {
		return fmt.Errorf("decode: layout %s has parameters out of range", l)
	}
	return nil
}

type decoder struct {
	bitReader
	e   *Encoded
	b   *csrBuilder
	err error
}

func (d *decoder) run() *CSR {
	switch l := d.e.Layout; l.Format {
	case FormatDense:
		for pos := int64(0); pos < d.area() && !d.stop(); pos++ {
			d.at(pos, d.value())
		}
	case FormatBitmap:
		d.bitmap(1)
	case FormatBitmap2:
		d.bitmap(int64(l.X))
	case FormatRLE:
		d.rle(int64(l.X))
	case FormatDelta:
		d.delta(int64(l.X))
	case FormatCOO:
		for range d.e.NNZ {
			r, c := d.get(clog2(d.e.Rows)), d.get(clog2(d.e.Cols))
			if d.rc(int(r), int(c), d.value()); d.stop() {
				break
			}
		}
	case FormatCSR:
		d.csr()
	case FormatCSC:
		d.b = newBuilder(d.e.Cols, d.e.Rows, 0)
		d.csr()
		t := d.b.done()
		if d.stop() || t.Validate() != nil {
			d.fail("columns out of order")
			return t
		}
		return t.Transpose()
	case FormatBCSR:
		return d.bcsr(l.X, l.Y)
	case FormatKN:
		d.kn(l.X, l.Y)
	default:
		d.fail("unknown format " + string(l.Format))
	}
	return d.b.done()
}

func (d *decoder) stop() bool { return d.short || d.err != nil }

func (d *decoder) fail(what string) {
	if d.err == nil && !d.short {
		d.err = errors.New("decode: " + what)
	}
}

func (d *decoder) area() int64 { return int64(d.e.Rows) * int64(d.e.Cols) }

// rc adds a value at (r, c) of the matrix under construction; zeros are skipped.
func (d *decoder) rc(r, c int, v int8) {
	switch {
	case r >= d.b.m.Rows || c >= d.b.m.Cols || r < d.b.row:
		d.fail(fmt.Sprintf("position (%d, %d) is outside the matrix or out of order", r, c))
	case v != 0 && !d.stop():
		d.b.add(r, c, v)
	}
}

// at adds a value at a row-major position.
func (d *decoder) at(pos int64, v int8) {
	if pos < 0 || pos >= d.area() {
		d.fail(fmt.Sprintf("position %d is outside the matrix", pos))
		return
	}
	d.rc(int(pos/int64(d.e.Cols)), int(pos%int64(d.e.Cols)), v)
}

func (d *decoder) bitmap(block int64) {
	blocks := ceilDiv(d.area(), block)
	var used, hit []int64
	for b := int64(0); b < blocks && !d.stop(); b++ {
		if d.get(1) == 1 {
			used = append(used, b)
		}
	}
	if block == 1 {
		hit = used
	} else {
		for _, b := range used {
			for i := int64(0); i < block && !d.stop(); i++ {
				if d.get(1) == 1 {
					hit = append(hit, b*block+i)
				}
			}
		}
	}
	for _, pos := range hit {
		d.at(pos, d.value())
	}
}

func (d *decoder) rle(width int64) {
	for pos := int64(0); d.left() > 0 && !d.stop(); pos++ {
		pos += int64(d.get(width))
		d.at(pos, d.value())
	}
}

func (d *decoder) delta(width int64) {
	pos := int64(0)
	for range d.e.NNZ {
		g := uint64(0)
		for shift := int64(0); ; shift += width {
			g |= d.get(width) << shift
			if d.get(1) == 0 {
				break
			}
			if shift+width > 62 {
				d.fail("a gap is too long")
				return
			}
		}
		pos += int64(g & (1<<62 - 1))
		if d.at(pos, d.value()); d.stop() {
			return
		}
		pos++
	}
}

// csr reads pointers and pairs into the matrix under construction, whatever its orientation.
func (d *decoder) csr() {
	m := d.b.m
	ptr := d.pointers(m.Rows, d.e.NNZ)
	for r := 0; r+1 < len(ptr) && !d.stop(); r++ {
		for k := ptr[r]; k < ptr[r+1] && !d.stop(); k++ {
			d.rc(r, int(d.get(clog2(m.Cols))), d.value())
		}
	}
}

// pointers reads rows+1 pointers to a list of n things.
func (d *decoder) pointers(rows, n int) []uint64 {
	ptr := []uint64{d.get(clog2(n + 1))}
	for r := 0; r < rows && !d.stop(); r++ {
		p := d.get(clog2(n + 1))
		if p < ptr[r] {
			d.fail("row pointers decrease")
		}
		ptr = append(ptr, p)
	}
	if !d.stop() && (ptr[0] != 0 || ptr[rows] != uint64(n)) {
		d.fail("row pointers do not run from 0 to the count")
	}
	return ptr
}

func (d *decoder) bcsr(h, w int) *CSR {
	blockRows, blockCols := ceilDiv(d.e.Rows, h), ceilDiv(d.e.Cols, w)
	// The number of blocks is not stored: it is the one that makes the stream's length come out.
	blocks := 0
	size := func(u int) int64 {
		return int64(blockRows+1)*clog2(u+1) + int64(u)*(clog2(blockCols)+int64(h)*int64(w)*8)
	}
	for size(blocks) < d.e.Bits {
		blocks++
	}
	ptr := d.pointers(blockRows, blocks)
	return d.blocks(ptr, h, w, blockCols)
}

func (d *decoder) blocks(ptr []uint64, h, w, blockCols int) *CSR {
	for br := 0; br+1 < len(ptr) && !d.stop(); br++ {
		type cell struct {
			c int
			v int8
		}
		rows := make([][]cell, min(h, d.e.Rows-br*h))
		for b := ptr[br]; b < ptr[br+1] && !d.stop(); b++ {
			bc := int(d.get(clog2(blockCols)))
			for i := 0; i < h*w && !d.stop(); i++ {
				v := d.value()
				switch r, c := i/w, bc*w+i%w; {
				case v == 0:
				case r >= len(rows):
					d.fail("a block has a value below the last row")
				default:
					rows[r] = append(rows[r], cell{c, v})
				}
			}
		}
		for r, cells := range rows {
			for _, x := range cells {
				d.rc(br*h+r, x.c, x.v)
			}
		}
	}
	return d.b.done()
}

func (d *decoder) kn(k, n int) {
	for r := range d.e.Rows {
		for g := range ceilDiv(d.e.Cols, n) {
			for range k {
				c := g*n + int(d.get(clog2(n)))
				v := d.value()
				if v != 0 { // an empty slot names no position
					d.rc(r, c, v)
				}
				if d.stop() {
					return
				}
			}
		}
	}
}
