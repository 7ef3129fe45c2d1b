package golden

import (
	"fmt"
	"math"
	"math/bits"
)

// Format names a way of storing a matrix. What every format leaves to the descriptor beside the data, and no size
// counts: the shape, the number of non-zeros, the value width and the parameters of the [Layout].
//
// Below, R x C is the shape, N the number of non-zeros, V the value width, clog2(n) the bits that tell n things apart
// (0 for n <= 1), and a position is r*C + c. Bits of a field go least significant first.
type Format string

// The storage formats, with the exact order and width of their fields.
const (
	// FormatDense: all values in row-major order. R*C*V bits.
	FormatDense Format = "dense"
	// FormatBitmap: one bit for each position, then the non-zero values packed. R*C + N*V bits.
	FormatBitmap Format = "bitmap"
	// FormatBitmap2: positions in blocks of B, over row ends, the last block filled up with zeros. One bit for each block,
	// then B bits for each block that is not empty (U of them), then the values. ceil(R*C/B) + U*B + N*V bits.
	FormatBitmap2 Format = "bitmap2"
	// FormatRLE: pairs (zero run of W bits, value), over row ends; zeros after the last non-zero are not stored. A gap
	// of 2^W zeros or more takes fillers: a run of 2^W - 1 with the value zero stands for 2^W zeros.
	// (N + sum floor(gap / 2^W)) * (W + V) bits.
	FormatRLE Format = "rle"
	// FormatCOO: triples (row, column, value). N * (clog2(R) + clog2(C) + V) bits.
	FormatCOO Format = "coo"
	// FormatCSR: R+1 row pointers, then pairs (column, value). (R+1)*clog2(N+1) + N*(clog2(C) + V) bits.
	FormatCSR Format = "csr"
	// FormatCSC: FormatCSR of the transpose. (C+1)*clog2(N+1) + N*(clog2(R) + V) bits.
	FormatCSC Format = "csc"
	// FormatDelta: pairs (gap, value) with the gap (zeros since the non-zero before, over row ends) in chunks of K bits,
	// low chunk first, each followed by one bit that tells whether another chunk comes. A gap g takes
	// max(1, ceil(bitlen(g) / K)) chunks. sum chunks*(K+1) + N*V bits.
	FormatDelta Format = "delta"
	// FormatBCSR: the matrix in blocks of H x W, filled up with zeros at the edges; U blocks are not empty.
	// ceil(R/H)+1 pointers, then for each such block its block column and its H*W values in row-major order.
	// (ceil(R/H)+1)*clog2(U+1) + U*(clog2(ceil(C/W)) + H*W*V) bits.
	FormatBCSR Format = "bcsr"
	// FormatKN: each row in groups of n positions, the last filled up; each group has exactly k slots (place in the
	// group, value), slots without a non-zero hold zeros. R*ceil(C/n) * k * (clog2(n) + V) bits.
	FormatKN Format = "kn"
)

// Formats lists all formats, plainest first. Ties for the smallest go to the earlier one.
func Formats() []Format {
	return []Format{
		FormatDense, FormatBitmap, FormatBitmap2, FormatRLE, FormatCOO, FormatCSR, FormatCSC, FormatDelta,
		FormatBCSR, FormatKN,
	}
}

// Layout is a format with its parameters. X and Y mean:
//
//	bitmap2  X = block size B        rle    X = run width W       delta  X = chunk width K
//	bcsr     X x Y = block H x W     kn     X of Y = k : n        others unused, zero
type Layout struct {
	Format Format
	X, Y   int
}

// String is the format with its parameters, for reports: "bcsr 4x4", "kn 2:4", "rle 5".
func (l Layout) String() string {
	switch l.Format {
	case FormatBCSR:
		return fmt.Sprintf("%s %dx%d", l.Format, l.X, l.Y)
	case FormatKN:
		return fmt.Sprintf("%s %d:%d", l.Format, l.X, l.Y)
	case FormatBitmap2, FormatRLE, FormatDelta:
		return fmt.Sprintf("%s %d", l.Format, l.X)
	}
	return string(l.Format)
}

// SizeBits is the exact size of p in format f, in bits, with values of valueBits bits and the parameters that make it
// smallest (see [Best]). It panics on a format that is not listed by [Formats].
func SizeBits(f Format, p Pattern, valueBits int) int64 {
	_, size := Best(f, p, valueBits)
	return size
}

// Best finds the parameters of f that store p in the fewest bits. It tries for bitmap2 blocks of 4, 8 ... 1024; for rle
// and delta every width up to that of the longest gap; for bcsr blocks of 1, 2, 4, 8, 16 rows by as many columns except
// 1 x 1; for kn groups of 2, 4 ... 32 with k the fullest group. Time is linear in NNZ + Rows for each trial.
func Best(f Format, p Pattern, valueBits int) (Layout, int64) {
	n, v := int64(p.NNZ()), int64(valueBits)
	plain := Layout{Format: f}
	switch f {
	case FormatDense:
		return plain, p.Area() * v
	case FormatBitmap:
		return plain, p.Area() + n*v
	case FormatBitmap2:
		return bestBitmap2(p, v)
	case FormatRLE:
		return bestRLE(p, v)
	case FormatCOO:
		return plain, n * (clog2(p.Rows) + clog2(p.Cols) + v)
	case FormatCSR:
		return plain, int64(p.Rows+1)*clog2(p.NNZ()+1) + n*(clog2(p.Cols)+v)
	case FormatCSC:
		return plain, int64(p.Cols+1)*clog2(p.NNZ()+1) + n*(clog2(p.Rows)+v)
	case FormatDelta:
		return bestDelta(p, v)
	case FormatBCSR:
		return bestBCSR(p, v)
	case FormatKN:
		return bestKN(p, v)
	}
	panic(fmt.Sprintf("golden.Best: %q is not a format", string(f)))
}

// Smallest is the format that stores p in the fewest bits, and that size in bits.
func Smallest(p Pattern, valueBits int) (Format, int64) {
	l, size := SmallestLayout(p, valueBits)
	return l.Format, size
}

// SmallestLayout is [Smallest] with the parameters.
func SmallestLayout(p Pattern, valueBits int) (Layout, int64) {
	best, least := Layout{}, int64(math.MaxInt64)
	for _, f := range Formats() {
		if l, size := Best(f, p, valueBits); size < least {
			best, least = l, size
		}
	}
	return best, least
}

// SmallestBytes is the size of [Smallest] in whole bytes, rounded up.
func SmallestBytes(p Pattern, valueBits int) int64 {
	_, size := Smallest(p, valueBits)
	return (size + 7) / 8
}

// clog2 is the number of bits that tell n things apart: ceil(log2(n)), 0 for n <= 1.
func clog2(n int) int64 {
	if n <= 1 {
		return 0
	}
	return int64(bits.Len64(uint64(n - 1)))
}

// least keeps the smallest of the layouts offered to it; the first wins a tie.
type least struct {
	layout Layout
	size   int64
}

func (b *least) offer(l Layout, size int64) {
	if b.layout.Format == "" || size < b.size {
		b.layout, b.size = l, size
	}
}
