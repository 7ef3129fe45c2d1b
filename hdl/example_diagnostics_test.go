package hdl_test

import (
	"errors"
	"fmt"

	"github.com/sparsegen/sparsegen/hdl"
)

type AccumulatorIO struct {
	In  hdl.In  `hdl:"8"`
	Sum hdl.Out `hdl:"12"`
	Top hdl.Out `hdl:"1"`
}

func Accumulator() *hdl.Module {
	return hdl.New("accumulator", nil, func(m *hdl.M, io *AccumulatorIO) {
		sum := m.Reg("sum", 12)
		sum.Set(sum.Add(io.In))
		io.Sum.Set(sum)
		m.If(sum.Bit(12), func() { io.Top.Set(hdl.K(1)) })
	})
}

// Nothing panics and nothing stops at the first mistake: Build returns all that is wrong, each with a stable code, the
// line where it was written, and a fix to try.
func ExampleBuild() {
	_, err := hdl.Build(Accumulator())
	var list hdl.Diagnostics
	if errors.As(err, &list) {
		for _, d := range list {
			fmt.Printf("%s at line %d: %s\n", d.Code, d.Pos.Line, d.Msg)
			fmt.Printf("     try: %s\n", d.Fix)
		}
	}
	// Output:
	// W001 at line 19: width mismatch in add: sum is 12 bits, in is 8 bits
	//      try: truncate the first to 8 bits or extend the second to 12
	// D003 at line 21: top is not set on every path, which would be a latch
	//      try: set it before the If, or in an Else or Default
	// W005 at line 21: bits 12 to 12 of sum, which has 12 bits
	//      try: use bits 11 to 0
}
