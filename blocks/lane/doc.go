// Package lane is the compute lane: task fetcher, task queue, row reader, word serialiser, multiplier and
// double-buffered accumulators. docs/machine.md has the layouts of tasks and rows.
//
// Start reading at New; each part is a module and a file of its own. The package imports hdl, hdl/stream and blocks/bus.
package lane

import "github.com/sparsegen/sparsegen/hdl"

// Params sizes a lane.
type Params struct {
	AddrBits   int // of a local word address
	AccColumns int // accumulators in each half
	AccWord    int // accumulators in one word of the accumulator memory: P/4
	Queue      int // tasks
	Prefetch   int // words of B
}

// ColBits is the width of a column number.
func (p Params) ColBits() int { return hdl.Clog2(p.AccColumns) }

// NColsBits is the width of a number of columns, 1 to AccColumns.
func (p Params) NColsBits() int { return hdl.Clog2(p.AccColumns + 1) }

// AccDepth is the number of words in an accumulator memory.
func (p Params) AccDepth() int { return p.AccColumns / p.AccWord }

// AccIndexBits is the width of an address of an accumulator memory.
func (p Params) AccIndexBits() int { return hdl.Clog2(p.AccDepth()) }

// AccWidth is the width of a word of an accumulator memory.
func (p Params) AccWidth() int { return 32 * p.AccWord }

// Formats of B in a lane's configuration.
const (
	Dense  = 0
	Pairs  = 1
	Bitmap = 2
)

// A Desc describes a row on its way from the row reader to the serialiser, or the end of a job.
type Desc struct {
	Body hdl.Sig `hdl:"31" doc:"row: value of A in 7:0, words in 14:8; end: the end word's 30:0"`
	Tag  hdl.Sig `hdl:"2"  doc:"phase, modulo 4"`
	End  hdl.Sig `hdl:"1"  doc:"end of a job"`
}

// A Word is one word of a row of B.
type Word struct {
	Data hdl.Sig `hdl:"32" doc:"word of a row of B"`
}

// A Hit is one product to accumulate.
type Hit struct {
	Valid hdl.Sig `hdl:"1"        doc:"a product this cycle"`
	Half  hdl.Sig `hdl:"1"        doc:"accumulator half"`
	Col   hdl.Sig `hdl:"ColBits"  doc:"column of the slice"`
	A     hdl.Sig `hdl:"8,signed" doc:"value of A"`
	B     hdl.Sig `hdl:"8,signed" doc:"value of B"`
}
