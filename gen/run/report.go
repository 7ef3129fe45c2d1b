package run

import "github.com/sparsegen/sparsegen/gen/target"

// A Report is the JSON document of `sparsegen run`.
type Report struct {
	Target        string  `json:"target"`
	Engine        string  `json:"engine"`
	Multipliers   int     `json:"multipliers"`
	BytesPerCycle int     `json:"bytes_per_cycle"`
	Layers        []Layer `json:"layers"`
	Total         Figures `json:"total"`
}

// A Layer is one product of a report.
type Layer struct {
	Name string `json:"name"`
	Op   string `json:"op"`
	Figures
	Formats   Formats `json:"formats"`  // as the machine stores them
	Smallest  Formats `json:"smallest"` // as Bytes counts them
	Workgroup int     `json:"workgroup"`
	Shape     [3]int  `json:"shape"` // M, K, N
	Plan      string  `json:"plan"`  // what the compiler chose
}

// Formats of the operands and the result.
type Formats struct {
	A string `json:"a"`
	B string `json:"b"`
	C string `json:"c"`
}

// NewReport puts layers together.
func NewReport(t *target.Target, engine string, layers []Layer) *Report {
	return &Report{
		Target: t.Name, Engine: engine, Multipliers: t.Lanes, BytesPerCycle: t.PortBytes,
		Layers: layers, Total: total(t, layers),
	}
}
