package workload

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// A Layer is a product: the non-zeros of A, the weight, times those of B, the input.
type Layer struct {
	Name, Op string
	A, B     *golden.CSR
}

// products are the operators that are a product as they stand.
var products = []string{"matmul", "spmm", "spgemm"}

// operators are all that a workload may name.
var operators = append([]string{
	"conv2d", "depthwise", "transposed_conv2d", "fully_connected", "lstm", "attention",
}, products...)

// Load reads a workload file and makes the operands of its layers.
func Load(path string) ([]Layer, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, &target.Error{File: path, What: err.Error(), Fix: "give the path of a workload such as gen/sparsegen/examples/demo.toml"}
	}
	return Parse(path, string(text))
}

// Parse is Load on the text of a file; path is for messages, and files named in it are relative to its folder.
func Parse(path, text string) ([]Layer, error) {
	var doc map[string]any
	if _, err := toml.Decode(text, &doc); err != nil {
		var pe toml.ParseError
		if errors.As(err, &pe) {
			return nil, &target.Error{File: path, Line: pe.Position.Line, What: strings.Join(strings.Fields(pe.Message), " "), Fix: "write each field as key = value"}
		}
		return nil, &target.Error{File: path, What: err.Error(), Fix: "write each field as key = value"}
	}
	top := table{file: path, values: doc, lines: linesOf(text, -1)}
	if err := top.only("layer"); err != nil {
		return nil, err
	}
	list, ok := doc["layer"].([]map[string]any)
	if !ok {
		return nil, &target.Error{File: path, Key: "layer", What: "no layers", Fix: "start each layer with [[layer]]"}
	}
	layers := make([]Layer, 0, len(list))
	for i, values := range list {
		l, err := layer(table{file: path, values: values, lines: linesOf(text, i)}, i)
		if err != nil {
			return nil, err
		}
		layers = append(layers, *l)
	}
	return layers, nil
}

func layer(t table, index int) (*Layer, error) {
	if err := t.only("name", "op", "input", "weight", "stride", "padding", "dilation", "seed"); err != nil {
		return nil, err
	}
	name, err := t.text("name", fmt.Sprintf("layer %d", index+1))
	if err != nil {
		return nil, err
	}
	op, err := t.text("op", "")
	switch {
	case err != nil:
		return nil, err
	case op == "":
		return nil, t.err("op", "missing key", `add for example op = "matmul"`)
	case !slices.Contains(operators, op):
		return nil, t.err("op", fmt.Sprintf("%q is not known", op), target.Suggest(op, operators))
	case !slices.Contains(products, op):
		return nil, t.err("op", fmt.Sprintf("%q can not be run yet", op), "use "+strings.Join(products, ", "))
	}
	for _, key := range []string{"stride", "padding", "dilation"} {
		if _, given := t.values[key]; given {
			return nil, t.err(key, "has no meaning for op "+op, "remove it")
		}
	}
	seed, err := t.whole("seed", 1)
	if err != nil {
		return nil, err
	}
	l := &Layer{Name: name, Op: op}
	if l.A, err = t.tensor("weight", uint64(seed)); err != nil {
		return nil, err
	}
	if _, given := t.values["input"]; !given && op == "spgemm" {
		l.B = l.A
	} else if l.B, err = t.tensor("input", uint64(seed)+1); err != nil {
		return nil, err
	}
	if l.A.Cols != l.B.Rows {
		return nil, t.err("input", fmt.Sprintf("is %d x %d, and the weight %d x %d", l.B.Rows, l.B.Cols, l.A.Rows, l.A.Cols),
			fmt.Sprintf("give it %d rows", l.A.Cols))
	}
	return l, nil
}

// beside gives the path of a file named in the workload.
func (t table) beside(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(t.file), name)
}
