// Package dma holds what moves data through the memory port: the port itself with its arbiter, the loader that fills
// the unified memory, and the controller that fetches and executes the program. docs/machine.md has the layouts.
//
// Start reading at Controller. The package imports hdl, hdl/stream and blocks/bus.
package dma

import "github.com/sparsegen/sparsegen/hdl"

// Params sizes the blocks of this package.
type Params struct {
	Lanes      int
	AddrBits   int // of a local word address
	AccColumns int
	AccDepth   int
	PortBytes  int // P
}

// BeatBits is the width of a beat.
func (p Params) BeatBits() int { return 8 * p.PortBytes }

// NColsBits is the width of a number of columns.
func (p Params) NColsBits() int { return hdl.Clog2(p.AccColumns + 1) }

// CountBits is the width of a number of words of an accumulator half.
func (p Params) CountBits() int { return hdl.Clog2(p.AccDepth + 1) }

// LaneBits is the width of a lane number.
func (p Params) LaneBits() int { return hdl.Clog2(p.Lanes) }

// WordsPerBeat is the number of local words in a beat.
func (p Params) WordsPerBeat() int { return p.PortBytes / 4 }

// Read is a read request on the memory port.
type Read struct {
	Addr hdl.Sig `hdl:"32" doc:"beat address"`
}
