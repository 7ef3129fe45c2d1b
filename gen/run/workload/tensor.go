package workload

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/sparsegen/sparsegen/gen/matfile"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// MaxMade is how many non-zeros a made-up operand may have.
const MaxMade = 100_000_000

// tensor makes the operand that a key of the layer describes.
func (t table) tensor(key string, seed uint64) (*golden.CSR, error) {
	v, given := t.values[key]
	if !given {
		return nil, t.err(key, "missing key", key+` = { shape = [rows, columns], density = 0.1 }, or { mask = "FILE" }`)
	}
	values, ok := v.(map[string]any)
	if !ok {
		return nil, t.err(key, fmt.Sprintf("got %v, want a table", v), key+` = { shape = [rows, columns], density = 0.1 }`)
	}
	lines := map[string]int{"": t.lines[key]}
	if t.lines[key] == 0 {
		lines[""] = t.lines[""]
	}
	s := table{file: t.file, name: key, values: values, lines: lines}
	if err := s.only("shape", "mask", "mask_layout", "file", "name", "density", "pattern", "row_cv"); err != nil {
		return nil, err
	}
	sources := 0
	for _, k := range []string{"mask", "file", "density"} {
		if _, given := values[k]; given {
			sources++
		}
	}
	if sources != 1 {
		return nil, s.err("", fmt.Sprintf("%d of mask, file and density are given", sources), "give exactly one of them")
	}
	if _, given := values["density"]; given {
		return s.made(seed)
	}
	return s.read(seed)
}

// read takes the operand from a file.
func (t table) read(seed uint64) (*golden.CSR, error) {
	if _, given := t.values["name"]; given {
		return nil, t.err("name", "files with several tensors can not be read yet", "remove it, and give a file with one matrix")
	}
	for _, k := range []string{"pattern", "row_cv"} {
		if _, given := t.values[k]; given {
			return nil, t.err(k, "has no meaning beside a file", "remove it, or give density instead of the file")
		}
	}
	rows, cols, err := t.shape()
	if err != nil {
		return nil, err
	}
	layout, err := t.text("mask_layout", "MC")
	if err != nil {
		return nil, err
	}
	key := "file"
	if _, given := t.values["mask"]; given {
		key = "mask"
	}
	name, err := t.text(key, "")
	if err != nil {
		return nil, err
	}
	switch layout {
	case "MC":
		return matfile.Read(t.beside(name), matfile.Options{Seed: seed, Rows: rows, Cols: cols})
	case "CM":
		m, err := matfile.Read(t.beside(name), matfile.Options{Seed: seed, Rows: cols, Cols: rows})
		if err != nil {
			return nil, err
		}
		return m.Transpose(), nil
	}
	return nil, t.err("mask_layout", fmt.Sprintf("%q is not known", layout), `use "MC" (rows are outputs) or "CM" (rows are inputs)`)
}

var (
	kn    = regexp.MustCompile(`^(\d{1,4}):(\d{1,4})$`)
	block = regexp.MustCompile(`^block (\d{1,4})x(\d{1,4})$`)
)

// made makes the operand up.
func (t table) made(seed uint64) (*golden.CSR, error) {
	rows, cols, err := t.shape()
	if err != nil {
		return nil, err
	}
	if rows == 0 {
		return nil, t.err("shape", "missing key", "write shape = [rows, columns]")
	}
	if _, given := t.values["mask_layout"]; given {
		return nil, t.err("mask_layout", "has no meaning without a mask", "remove it")
	}
	density, err := t.real("density", 0, 1, 1)
	if err != nil {
		return nil, err
	}
	if n := density * float64(rows) * float64(cols); n > MaxMade {
		return nil, t.err("shape", fmt.Sprintf("%.0f non-zeros are more than the %d that are made up here", n, MaxMade), "use a smaller shape or density")
	}
	pattern, err := t.text("pattern", "random")
	if err != nil {
		return nil, err
	}
	cv, err := t.real("row_cv", 0, 100, -1)
	if err != nil {
		return nil, err
	}
	if cv >= 0 && pattern != "random" {
		return nil, t.err("row_cv", "has a meaning for random patterns only", "remove it")
	}
	switch {
	case pattern == "random" && cv >= 0:
		return golden.SkewedCSR(seed, rows, cols, density, cv), nil
	case pattern == "random":
		return golden.RandomCSR(seed, rows, cols, density), nil
	}
	if k, n, ok := pair(kn, pattern); ok && k <= n {
		if want := float64(k) / float64(n); density != want {
			return nil, t.err("density", fmt.Sprintf("%g does not agree with pattern %s", density, pattern), fmt.Sprintf("write density = %g", want))
		}
		return golden.RandomKN(seed, rows, cols, k, n), nil
	}
	if h, w, ok := pair(block, pattern); ok {
		return golden.RandomBlocks(seed, rows, cols, h, w, density), nil
	}
	return nil, t.err("pattern", fmt.Sprintf("%q is not known", pattern), `use "random", "2:4", "k:n" with k up to n, or "block RxC"`)
}

// pair reads two numbers of at least 1.
func pair(form *regexp.Regexp, s string) (a, b int, ok bool) {
	m := form.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	a, _ = strconv.Atoi(m[1])
	b, _ = strconv.Atoi(m[2])
	return a, b, a > 0 && b > 0
}
