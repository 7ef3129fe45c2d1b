package stream

import "github.com/sparsegen/sparsegen/hdl"

// Bits is a payload of one plain word of the width that BitsParams gives.
type Bits struct {
	Bits hdl.Sig `hdl:"Width"`
}

// BitsParams gives the width of Bits where a stream's parameters name their payload's.
type BitsParams struct{ Width int }
