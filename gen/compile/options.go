package compile

import (
	"fmt"

	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// BFormat is how tiles of B stand in memory.
type BFormat int

// The formats of B.
const (
	Auto   BFormat = iota // the format with the lowest estimate
	Dense                 // four values a word, zeros included
	Pairs                 // (column, value) pairs of non-zeros, two a word
	Bitmap                // masks of 32 columns, then the non-zeros four a word
)

func (f BFormat) String() string {
	return [...]string{"auto", "dense", "pairs", "bitmap"}[f]
}

// code is the value of the format field of a CONFIG instruction.
func (f BFormat) code() uint32 { return uint32(f - Dense) }

// Output is the type of the results in memory.
type Output int

// The types of results.
const (
	Int32 Output = iota
	Int8         // requantised with Options.Requant
)

func (o Output) String() string { return [...]string{"int32", "int8"}[o] }

// Options steer a compilation. The zero value lets the compiler choose everything and gives int32 results.
type Options struct {
	BFormat BFormat
	Group   int // lanes of a group: 0 (chosen) or a power of two up to the lanes of the target
	Output  Output
	Requant golden.Requant // for Output Int8

	// Overrides of what the compiler chooses, 0 to let it choose. Tests use them to force splits.
	TileN      int // columns of a tile of N, at most Group x acc_columns
	TileK      int // rows of a tile of B
	ChunkWords int // words of a chunk of A, job table included

	// MaxImageBytes bounds the image; 0 means 1 GiB.
	MaxImageBytes int64
}

const defaultMaxImage = 1 << 30

// check gives the first option the target cannot follow.
func (o *Options) check(t *target.Target) error {
	bad := func(name string, value any, want string) error {
		return fmt.Errorf("compile: option %s is %v; use %s", name, value, want)
	}
	switch {
	case o.BFormat < Auto || o.BFormat > Bitmap:
		return bad("BFormat", int(o.BFormat), "Auto, Dense, Pairs or Bitmap")
	case o.Output != Int32 && o.Output != Int8:
		return bad("Output", int(o.Output), "Int32 or Int8")
	case o.Group < 0 || o.Group > t.Lanes || o.Group&(o.Group-1) != 0:
		return bad("Group", o.Group, fmt.Sprintf("0 or a power of two up to %d", t.Lanes))
	case o.Requant.Shift > 47:
		return bad("Requant.Shift", o.Requant.Shift, "0 to 47")
	case o.TileN < 0:
		return bad("TileN", o.TileN, "0 or a number of columns")
	case o.TileK < 0:
		return bad("TileK", o.TileK, "0 or a number of rows of B")
	case o.ChunkWords < 0 || o.ChunkWords > t.LocalWords():
		return bad("ChunkWords", o.ChunkWords, fmt.Sprintf("0 to %d words", t.LocalWords()))
	case o.MaxImageBytes < 0:
		return bad("MaxImageBytes", o.MaxImageBytes, "0 or a number of bytes")
	}
	return nil
}
