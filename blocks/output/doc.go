// Package output is the output stage: it drains finished accumulator halves, one row at a time, adds the partial sums
// of an earlier part of k, requantises to int8 or keeps int32, packs beats and writes them through the memory port.
//
// Start reading at New; the requantiser and the packer are modules of their own. The package imports hdl and blocks/bus.
package output

import "github.com/sparsegen/sparsegen/hdl"

// Params sizes the output stage.
type Params struct {
	Lanes     int
	AccWord   int // int32 columns in a beat: P/4
	AccDepth  int // words in a half
	PortBytes int // P
}

// IndexBits is the width of a word number within a half.
func (p Params) IndexBits() int { return hdl.Clog2(p.AccDepth) }

// CountBits is the width of a number of words of a half, 1 to AccDepth.
func (p Params) CountBits() int { return hdl.Clog2(p.AccDepth + 1) }

// AccWidth is the width of a word: AccWord int32 columns.
func (p Params) AccWidth() int { return 32 * p.AccWord }

// BeatBits is the width of a beat.
func (p Params) BeatBits() int { return 8 * p.PortBytes }

// LaneBits is the width of a lane number.
func (p Params) LaneBits() int { return hdl.Clog2(p.Lanes) }
