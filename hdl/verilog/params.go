package verilog

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// packageFile is the package of the generator parameters, one constant for each that is a number or a truth
// value. Testbenches and wrappers read it; the modules do not. It holds no types: Icarus takes none from a
// package. There is no file when there is no such parameter.
func packageFile(d *ir.Design, namer moduleNamer) (File, bool) {
	name := namer[d.Top] + "_pkg"
	s := newScope()
	var b strings.Builder
	fmt.Fprintf(&b, "// %s: the parameters with which each module of %s was generated.\n\npackage %s;\n",
		name, namer[d.Top], name)
	found := false
	for _, m := range d.Modules {
		for _, p := range m.Params {
			typ, value, ok := constant(p.Value)
			if !ok {
				continue
			}
			found = true
			fmt.Fprintf(&b, "  localparam %s %s = %s;\n", typ, s.unique(namer[m]+"_"+snake(p.Name)), value)
		}
	}
	b.WriteString("endpackage\n")
	return File{name + ".sv", []byte(b.String())}, found
}

// constant reads a parameter value as a typed constant.
func constant(v string) (typ, value string, ok bool) {
	switch v {
	case "true":
		return "logic", "1'b1", true
	case "false":
		return "logic", "1'b0", true
	}
	n, ok := new(big.Int).SetString(v, 10)
	switch {
	case !ok || n.BitLen() > 63:
		return "", "", false
	case n.BitLen() <= 31:
		return "int", n.Text(10), true
	}
	w := n.BitLen() + 1
	return fmt.Sprintf("logic signed [%d:0]", w-1), text(number(new(big.Int).And(n, ones(w)), w, true)), true
}
