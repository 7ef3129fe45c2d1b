package matfile

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// array is an array file of format 1 with the given dictionary values and data.
func array(descr, fortran, shape, data string) string {
	return arrayOf(1, fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n", descr, fortran, shape), data)
}

func arrayOf(version byte, dict, data string) string {
	size := binary.LittleEndian.AppendUint16(nil, uint16(len(dict)))
	if version > 1 {
		size = binary.LittleEndian.AppendUint32(nil, uint32(len(dict)))
	}
	return npyMagic + string([]byte{version, 0}) + string(size) + dict + data
}

func TestNPY(t *testing.T) {
	f32 := func(order binary.AppendByteOrder, vs ...float32) (s string) {
		for _, v := range vs {
			s += string(order.AppendUint32(nil, math.Float32bits(v)))
		}
		return s
	}
	f64 := string(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, math.Float64bits(-2)),
		math.Float64bits(1e-300)))
	runGood(t, "a.npy", Options{Seed: 5}, []good{
		{"int8", array("|i1", "False", "2, 3", "\x7f\x00\x81\x00\x01\x00"), false, []int8{127, 0, -127, 0, 1, 0}, 2},
		{"int8 with -128", array("|i1", "False", "1, 2", "\x80\x40"), false, []int8{-127, 64}, 1},
		{"uint8", array("|u1", "False", "1, 2", "\xff\x01"), false, []int8{127, 1}, 1},
		{"Fortran order", array("|i1", "True", "2, 3", "\x7f\x00\x00\x01\x81\x00"), false, []int8{127, 0, -127, 0, 1, 0}, 2},
		{"one dimension", array("|i1", "False", "3,", "\x01\x00\x02"), false, []int8{64, 0, 127}, 1},
		{"version 2", arrayOf(2, "{'descr': '|i1', 'fortran_order': False, 'shape': (1, 1)}", "\x05"), false, []int8{127}, 1},
		{"version 3, keys in another order", arrayOf(3, "{'shape': (1L, 1L), 'fortran_order': False, 'descr':'|i1'}", "\x05"), false, []int8{127}, 1},
		{"int16", array("<i2", "False", "1, 2", "\xff\xff\x02\x00"), false, []int8{-64, 127}, 1},
		{"int32, big end first", array(">i4", "False", "1, 2", "\xff\xff\xff\xff\x00\x00\x00\x02"), false, []int8{-64, 127}, 1},
		{"int64", array("<i8", "False", "1, 1", "\xff\xff\xff\xff\xff\xff\xff\xff"), false, []int8{-127}, 1},
		{"uint64", array("<u8", "False", "1, 1", "\xff\xff\xff\xff\xff\xff\xff\xff"), false, []int8{127}, 1},
		{"float16", array("<f2", "False", "1, 4", "\x00\x3c\x00\xb8\x01\x00\x00\x80"), false, []int8{127, -64, 1, 0}, 1},
		{"float32", array("<f4", "False", "1, 3", f32(binary.LittleEndian, 1, -0.5, 0)), false, []int8{127, -64, 0}, 1},
		{"float32, big end first", array(">f4", "False", "1, 3", f32(binary.BigEndian, 1, -0.5, 0)), false, []int8{127, -64, 0}, 1},
		{"float64", array("<f8", "False", "1, 2", f64), false, []int8{-127, 1}, 1},
		{"boolean", array("|b1", "False", "2, 2", "\x01\x00\x00\x01"), true, []int8{1, 0, 0, 1}, 2},
	})
}

func TestHalf(t *testing.T) {
	for bits, want := range map[uint16]float64{
		0x3c00: 1, 0xc000: -2, 0x7bff: 65504, 0x0400: 0x1p-14, 0x0001: 0x1p-24,
		0x3555: 0.333251953125, 0x7c00: math.Inf(1), 0xfc00: math.Inf(-1),
	} {
		assert.Equal(t, math.Float64bits(want), math.Float64bits(half(bits)), "%04x: %g, want %g", bits, half(bits), want)
	}
	assert.True(t, math.IsNaN(half(0x7e00)))
	assert.True(t, math.Signbit(half(0x8000)))
}

func TestNPYErrors(t *testing.T) {
	plain := array("|i1", "False", "1, 1", "\x05")
	runBad(t, "a.npy", []bad{
		{"garbage", "PK\x03\x04 zip", `a.npy: this is not a NumPy array, the first bytes are "PK\x03\x04 z"; write it with numpy.save`},
		{"version", npyMagic + "\x09\x01", "a.npy: NumPy format 9.1 is not known; write it with numpy.save"},
		{"cut in the version", plain[:7], "a.npy: the header is cut short; fetch the file again"},
		{"cut in the length", plain[:9], "a.npy: the header is cut short; fetch the file again"},
		{"cut in the header", plain[:40], "a.npy: the header is cut short; fetch the file again"},
		{"header length past the file", npyMagic + "\x02\x00\xff\xff\xff\xff{}", "a.npy: the header is cut short; fetch the file again"},
		{
			"cut in the data", plain[:len(plain)-1],
			"a.npy: found 0 bytes of data, 1 x 1 elements of 1 bytes are stated; the file may be cut short, fetch it or write it again",
		},
		{
			"more data", plain + "x",
			"a.npy: found 2 bytes of data, 1 x 1 elements of 1 bytes are stated; the file may be cut short, fetch it or write it again",
		},
		{
			"shape whose product overflows", array("|i1", "False", "4294967296, 4294967296", ""),
			"a.npy: found 0 bytes of data, 4294967296 x 4294967296 elements of 1 bytes are stated; the file may be cut short, fetch it or write it again",
		},
		{
			"half an element", array("<i2", "False", "1, 1", "\x01"),
			"a.npy: found 1 bytes of data, 1 x 1 elements of 2 bytes are stated; the file may be cut short, fetch it or write it again",
		},
		{
			"no descr", arrayOf(1, "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1, 1)}", ""),
			"a.npy: the header has no readable descr; write a plain numeric array with numpy.save",
		},
		{
			"negative size", array("|i1", "False", "-1, 1", "\x05"),
			"a.npy: the header has no readable shape; write a plain numeric array with numpy.save",
		},
		{"size of zero", array("|i1", "False", "0, 3", ""), "a.npy: rows is 0; a size is 1 or more"},
		{
			"size too large", array("|i1", "False", "99999999999999999999, 3", ""),
			`a.npy: size "99999999999999999999" of the shape is not a whole number; write it again with numpy.save`,
		},
		{"no dimension", array("|i1", "False", "", "\x05"), "a.npy: an array of 0 dimensions is not a matrix; reshape it to two dimensions"},
		{
			"four dimensions", array("|i1", "False", "1, 1, 1, 1", "\x05"),
			"a.npy: an array of 4 dimensions is not a matrix; reshape it to two dimensions",
		},
		{"complex", array("<c8", "False", "1, 1", ""), `a.npy: element type "<c8" is not read; convert it with astype to int8 or float32`},
		{"text", array("<U12", "False", "1, 1", ""), `a.npy: element type "<U12" is not read; convert it with astype to int8 or float32`},
		{"byte order", array("!i4", "False", "1, 1", ""), `a.npy: element type "!i4" is not read; convert it with astype to int8 or float32`},
		{
			"NaN", array("<f4", "False", "1, 2", "\x00\x00\x00\x00\x00\x00\xc0\x7f"),
			"a.npy: value NaN of element [0, 1] is not finite; replace it by a number",
		},
		{"Inf", array("<f2", "False", "1, 1", "\x00\xfc"), "a.npy: value -Inf of element [0, 0] is not finite; replace it by a number"},
	})
}

func FuzzReadNPY(f *testing.F) {
	fuzz(f, (*reader).npy, []string{
		array("|i1", "False", "2, 3", "\x7f\x00\x81\x00\x01\x00"), array("<f2", "True", "1, 2", "\x00\x3c\x00\xb8"),
		array(">f8", "False", "1,", "\x7f\xf0\x00\x00\x00\x00\x00\x00"), array("|b1", "False", "2, 2", "\x01\x00\x00\x02"),
		arrayOf(2, "{'descr': '<u4', 'fortran_order': False, 'shape': (1, 1)}", "\x05\x00\x00\x00"),
		array("|i1", "False", "4294967296, 4294967296", ""), npyMagic + "\x02\x00\xff\xff\xff\xff{}", npyMagic,
	})
}
