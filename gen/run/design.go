package run

import (
	"fmt"

	"github.com/sparsegen/sparsegen/gen/machine"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/verilog"
	"github.com/sparsegen/sparsegen/verify/cosim"
)

// build makes the machine of a target.
func build(t *target.Target) (*hdl.Design, error) {
	d, err := hdl.Build(machine.New(t))
	if err != nil {
		return nil, fmt.Errorf("building the machine of target %s: %w", t.Name, err)
	}
	return d, nil
}

// Emitted is the machine of a target as SystemVerilog, ready for cosim.
func Emitted(t *target.Target) (cosim.Design, error) {
	d, err := build(t)
	if err != nil {
		return cosim.Design{}, err
	}
	out, err := verilog.Emit(d)
	if err != nil {
		return cosim.Design{}, err
	}
	e := cosim.Design{Top: out.Top}
	for _, name := range out.Sources() {
		e.Files = append(e.Files, cosim.File{Name: name, Text: out.File(name)})
	}
	return e, nil
}
