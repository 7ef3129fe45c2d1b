package golden

import (
	"fmt"
	"math/bits"
)

// Encoded is a matrix as the bits of one format; values take 8 bits. Bit i of the stream is bit i%64 of Words[i/64].
type Encoded struct {
	Layout          Layout
	Rows, Cols, NNZ int
	Bits            int64 // length of the stream
	Words           []uint64
}

// Encode writes m in layout l, as [Best] or [SmallestLayout] gives it. The stream has exactly the size they state. It
// panics on a layout that cannot hold m, such as a k:n whose k is too small.
func Encode(l Layout, m *CSR) *Encoded {
	w := &bitWriter{}
	switch l.Format {
	case FormatDense:
		for _, v := range m.Dense().Data {
			w.put(uint64(uint8(v)), 8)
		}
	case FormatBitmap:
		encodeBitmap(w, m, 1)
	case FormatBitmap2:
		encodeBitmap(w, m, int64(l.X))
	case FormatRLE:
		encodeRLE(w, m, int64(l.X))
	case FormatDelta:
		encodeDelta(w, m, int64(l.X))
	case FormatCOO:
		encodeCOO(w, m)
	case FormatCSR:
		encodeCSR(w, m)
	case FormatCSC:
		encodeCSR(w, m.Transpose())
	case FormatBCSR:
		encodeBCSR(w, m, l.X, l.Y)
	case FormatKN:
		encodeKN(w, m, l.X, l.Y)
	default:
		panic(fmt.Sprintf("golden.Encode: %q is not a format", string(l.Format)))
	}
	return &Encoded{Layout: l, Rows: m.Rows, Cols: m.Cols, NNZ: m.NNZ(), Bits: w.n, Words: w.words}
}

// encodeBitmap writes one bit a block, for blocks larger than one position the bits of the used blocks, then the values.
func encodeBitmap(w *bitWriter, m *CSR, block int64) {
	p := m.Pattern()
	blocks := ceilDiv(p.Area(), block)
	used := make([]bool, blocks)
	inside := make([]bool, blocks*block)
	eachPosition(p, func(pos int64) {
		used[pos/block], inside[pos] = true, true
	})
	putBools(w, used)
	if block > 1 {
		for b, u := range used {
			if u {
				putBools(w, inside[int64(b)*block:int64(b+1)*block])
			}
		}
	}
	for _, v := range m.Val {
		w.put(uint64(uint8(v)), 8)
	}
}

func putBools(w *bitWriter, bs []bool) {
	for _, b := range bs {
		v := uint64(0)
		if b {
			v = 1
		}
		w.put(v, 1)
	}
}

func eachPosition(p Pattern, do func(pos int64)) {
	for r := range p.Rows {
		for _, c := range p.Row(r) {
			do(int64(r)*int64(p.Cols) + int64(c))
		}
	}
}

func encodeRLE(w *bitWriter, m *CSR, width int64) {
	gap, _ := m.Pattern().gaps()
	full := int64(1) << width
	for k, g := range gap {
		for ; g >= full; g -= full {
			w.put(uint64(full-1), width)
			w.put(0, 8)
		}
		w.put(uint64(g), width)
		w.put(uint64(uint8(m.Val[k])), 8)
	}
}

func encodeDelta(w *bitWriter, m *CSR, width int64) {
	gap, _ := m.Pattern().gaps()
	for k, g := range gap {
		for {
			w.put(uint64(g), width)
			g >>= width
			if g == 0 {
				break
			}
			w.put(1, 1)
		}
		w.put(0, 1)
		w.put(uint64(uint8(m.Val[k])), 8)
	}
}

func encodeCOO(w *bitWriter, m *CSR) {
	for r := range m.Rows {
		cols, vals := m.Row(r)
		for k, c := range cols {
			w.put(uint64(r), clog2(m.Rows))
			w.put(uint64(c), clog2(m.Cols))
			w.put(uint64(uint8(vals[k])), 8)
		}
	}
}

func encodeCSR(w *bitWriter, m *CSR) {
	for _, p := range m.RowPtr {
		w.put(uint64(p), clog2(m.NNZ()+1))
	}
	for k, c := range m.ColIdx {
		w.put(uint64(c), clog2(m.Cols))
		w.put(uint64(uint8(m.Val[k])), 8)
	}
}

func encodeBCSR(w *bitWriter, m *CSR, h, width int) {
	blockRows, blockCols := ceilDiv(m.Rows, h), ceilDiv(m.Cols, width)
	slot := make([]int, blockCols) // number of the block of this block row at each block column
	ptr := make([]int, 1, blockRows+1)
	var col []int // block column of each block, in order
	var data [][]int8
	for br := range blockRows {
		for bc := range usedBlocks(m, br, h, width) {
			slot[bc] = len(col)
			col, data = append(col, bc), append(data, make([]int8, h*width))
		}
		for r := br * h; r < min((br+1)*h, m.Rows); r++ {
			cols, vals := m.Row(r)
			for k, c := range cols {
				data[slot[int(c)/width]][r%h*width+int(c)%width] = vals[k]
			}
		}
		ptr = append(ptr, len(col))
	}
	for _, p := range ptr {
		w.put(uint64(p), clog2(len(col)+1))
	}
	for b, bc := range col {
		w.put(uint64(bc), clog2(blockCols))
		for _, v := range data[b] {
			w.put(uint64(uint8(v)), 8)
		}
	}
}

// usedBlocks gives the block columns of block row br that are not empty, in increasing order.
func usedBlocks(m *CSR, br, h, width int) func(func(int) bool) {
	words := make([]uint64, ceilDiv(ceilDiv(m.Cols, width), 64))
	for r := br * h; r < min((br+1)*h, m.Rows); r++ {
		cols, _ := m.Row(r)
		for _, c := range cols {
			b := int(c) / width
			words[b/64] |= 1 << (b % 64)
		}
	}
	return func(yield func(int) bool) {
		for i, word := range words {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

func encodeKN(w *bitWriter, m *CSR, k, n int) {
	for r := range m.Rows {
		cols, vals := m.Row(r)
		at := 0
		for g := range ceilDiv(m.Cols, n) {
			slots := 0
			for ; at < len(cols) && int(cols[at])/n == g; at++ {
				w.put(uint64(int(cols[at])%n), clog2(n))
				w.put(uint64(uint8(vals[at])), 8)
				slots++
			}
			if slots > k {
				panic(fmt.Sprintf("golden.Encode: row %d has %d non-zeros in a group, %d:%d holds %d", r, slots, k, n, k))
			}
			for ; slots < k; slots++ {
				w.put(0, clog2(n)+8)
			}
		}
	}
}
