package golden

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDecodeEncodeIsIdentity(t *testing.T) {
	for name, m := range zoo() {
		for _, f := range Formats() {
			l, size := Best(f, m.Pattern(), 8)
			e := Encode(l, m)
			assert.Equal(t, size, e.Bits, "%s %s: encoded length and stated size", name, l)
			got, err := e.Decode()
			if assert.NoError(t, err, "%s %s", name, l) {
				assert.Equal(t, m.Dense(), got.Dense(), "%s %s", name, l)
				assert.Equal(t, m.RowPtr, got.RowPtr, "%s %s", name, l)
			}
		}
	}
}

// TestBits pins the order of the bits: least significant first, in the order the formats state.
func TestBits(t *testing.T) {
	m := &CSR{Rows: 1, Cols: 8, RowPtr: []int{0, 2}, ColIdx: []int32{1, 6}, Val: []int8{0x11, -1}}
	for _, c := range []struct {
		l    Layout
		want uint64
	}{
		{Layout{Format: FormatBitmap}, 0b0100_0010 | 0x11<<8 | 0xff<<16},
		{Layout{Format: FormatCOO}, 1 | 0x11<<3 | 6<<11 | 0xff<<14},
		{Layout{Format: FormatCSR}, 0 | 2<<2 | 1<<4 | 0x11<<7 | 6<<15 | 0xff<<18},
		{Layout{FormatRLE, 2, 0}, 1 | 0x11<<2 | 3<<10 | 0<<12 | 0<<20 | 0xff<<22},
		{Layout{FormatDelta, 2, 0}, 1 | 0<<2 | 0x11<<3 | 0<<11 | 1<<13 | 1<<14 | 0<<16 | 0xff<<17},
		{Layout{FormatBitmap2, 4, 0}, 0b11 | 0b0010<<2 | 0b0100<<6 | 0x11<<10 | 0xff<<18},
		{Layout{FormatKN, 1, 4}, 1 | 0x11<<2 | 2<<10 | 0xff<<12},
	} {
		assert.Equal(t, []uint64{c.want}, Encode(c.l, m).Words, c.l.String())
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, c := range []struct {
		name, want string
		spoil      func(*Encoded)
	}{
		{"short", "decode: the stream ends early", func(e *Encoded) { e.Bits-- }},
		{"long", "decode: 1 bits are left over", func(e *Encoded) { e.Bits++ }},
		{
			"words missing", "decode: 4 x 8 with 5 non-zeros in 70 bits, of which 64 are here",
			func(e *Encoded) { e.Words = e.Words[:1] },
		},
		{"pointers", "decode: row pointers do not run from 0 to the count", func(e *Encoded) { e.Words[0] |= 1 }},
		{"order", "csr: row 0 has column 0 after 0, want strictly increasing", func(e *Encoded) { e.Words[0] &^= 1 << 26 }},
		{"parameters", "decode: layout rle 0 has parameters out of range", func(e *Encoded) { e.Layout.Format = FormatRLE }},
		{"format", "decode: unknown format zip", func(e *Encoded) { e.Layout.Format = "zip" }},
	} {
		e := Encode(Layout{Format: FormatCSR}, small())
		c.spoil(e)
		_, err := e.Decode()
		assert.EqualError(t, err, c.want, c.name)
	}
	assert.PanicsWithValue(t, "golden.Encode: row 0 has 2 non-zeros in a group, 1:4 holds 1",
		func() { Encode(Layout{FormatKN, 1, 4}, small()) })
}

func TestBitmapAndPairsRoundTrip(t *testing.T) {
	for name, m := range zoo() {
		got, err := m.Bitmap().CSR()
		require.NoError(t, err, name)
		assert.Equal(t, m.Dense(), got.Dense(), name)

		rows := make([][]Pair, m.Rows)
		for r := range rows {
			rows[r] = m.Pairs(r)
		}
		got, err = FromPairs(m.Cols, rows)
		require.NoError(t, err, name)
		assert.Equal(t, m.Dense(), got.Dense(), name)
	}
}

func TestBitmapErrors(t *testing.T) {
	b := small().Bitmap()
	assert.Equal(t, uint64(0b1000_0100), b.Row(3)[0])
	b.Val = b.Val[1:]
	_, err := b.CSR()
	assert.EqualError(t, err, "bitmap: more bits set than the 4 values")
	b.Val = make([]int8, 6)
	_, err = b.CSR()
	assert.EqualError(t, err, "bitmap: 5 bits set, 6 values")
	b = small().Bitmap()
	b.Bits[0] = 1<<0 | 1<<8
	_, err = b.CSR()
	assert.EqualError(t, err, "csr: row 0 has column 8, outside 0..7")
	b.Bits = b.Bits[1:]
	_, err = b.CSR()
	assert.EqualError(t, err, "bitmap: 3 words for 4 x 8")
}

// FuzzDecode feeds arbitrary streams to every decoder: it may refuse them, and what it accepts is a valid matrix.
func FuzzDecode(f *testing.F) {
	for i, format := range Formats() {
		l, _ := Best(format, small().Pattern(), 8)
		e := Encode(l, small())
		var data []byte
		for _, w := range e.Words {
			data = binary.LittleEndian.AppendUint64(data, w)
		}
		f.Add(uint8(i), uint8(l.X), uint8(l.Y), uint8(e.Rows), uint8(e.Cols), uint8(e.NNZ), uint16(e.Bits), data)
	}
	f.Fuzz(func(t *testing.T, format, x, y, rows, cols, nnz uint8, bits uint16, data []byte) {
		all := Formats()
		e := &Encoded{
			Layout: Layout{all[int(format)%len(all)], int(x), int(y)}, Rows: int(rows), Cols: int(cols),
			NNZ: int(nnz), Bits: int64(bits),
		}
		for len(data) >= 8 {
			e.Words = append(e.Words, binary.LittleEndian.Uint64(data))
			data = data[8:]
		}
		if m, err := e.Decode(); err == nil {
			require.NoError(t, m.Validate())
			require.Equal(t, e.NNZ, m.NNZ())
		}
	})
}
