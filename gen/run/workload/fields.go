package workload

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/gen/target"
)

// A table is one table of the file.
type table struct {
	file   string
	name   string         // key of this table in the one around it, "" for a layer
	values map[string]any // by key
	lines  map[string]int // by key; "" is the table's first line
}

// err makes an error about a key.
func (t table) err(key, what, fix string) error {
	line := t.lines[key]
	if line == 0 {
		line = t.lines[""]
	}
	if t.name != "" {
		key = strings.TrimSuffix(t.name+"."+key, ".")
	}
	return &target.Error{File: t.file, Line: line, Key: key, What: what, Fix: fix}
}

// only reports the first key, in the order of the file, that is not known.
func (t table) only(known ...string) error {
	keys := slices.SortedFunc(maps.Keys(t.values), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.lines[a], t.lines[b]), cmp.Compare(a, b))
	})
	for _, k := range keys {
		if !slices.Contains(known, k) {
			return t.err(k, "unknown key", target.Suggest(k, known))
		}
	}
	return nil
}

func (t table) text(key, otherwise string) (string, error) {
	v, given := t.values[key]
	if !given {
		return otherwise, nil
	}
	s, ok := v.(string)
	if !ok {
		return "", t.err(key, fmt.Sprintf("got %v, want text", v), "put it in quotes")
	}
	return s, nil
}

func (t table) whole(key string, otherwise int64) (int64, error) {
	v, given := t.values[key]
	if !given {
		return otherwise, nil
	}
	n, ok := v.(int64)
	if !ok || n < 0 {
		return 0, t.err(key, fmt.Sprintf("got %v, want a whole number of at least 0", v), fmt.Sprintf("write for example %s = %d", key, otherwise))
	}
	return n, nil
}

// real reads a number from lo to hi.
func (t table) real(key string, lo, hi, otherwise float64) (float64, error) {
	v, given := t.values[key]
	if !given {
		return otherwise, nil
	}
	x, ok := v.(float64)
	if n, isInt := v.(int64); isInt {
		x, ok = float64(n), true
	}
	if !ok || !(x >= lo && x <= hi) { // not a number is in no range
		return 0, t.err(key, fmt.Sprintf("got %v, want a number from %g to %g", v, lo, hi), fmt.Sprintf("write for example %s = 0.1", key))
	}
	return x, nil
}

// shape reads a list of two sizes.
func (t table) shape() (rows, cols int, err error) {
	v, given := t.values["shape"]
	if !given {
		return 0, 0, nil
	}
	list, _ := v.([]any)
	var sizes []int
	for _, x := range list {
		if n, ok := x.(int64); ok && n > 0 && n <= 1<<20 {
			sizes = append(sizes, int(n))
		}
	}
	if len(list) != 2 || len(sizes) != 2 {
		return 0, 0, t.err("shape", fmt.Sprintf("got %v, want two sizes from 1 to %d", v, 1<<20), "write shape = [rows, columns]")
	}
	return sizes[0], sizes[1], nil
}

// linesOf finds the line of each key of the layer with that index, -1 for what comes before the first. Keys of an
// inline table have the line of the key that holds it.
func linesOf(text string, index int) map[string]int {
	lines, at := map[string]int{}, -1
	for i, l := range strings.Split(text, "\n") {
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "[") {
			header := strings.Trim(strings.SplitN(l, "#", 2)[0], "[] \t")
			if header == "layer" {
				at++
			}
			if at == index {
				lines[""] = i + 1
			}
			if index < 0 && lines[header] == 0 {
				lines[header] = i + 1
			}
			continue
		}
		key, _, found := strings.Cut(l, "=")
		key = strings.Trim(strings.TrimSpace(key), `"'`)
		if found && at == index && !strings.HasPrefix(key, "#") && lines[key] == 0 {
			lines[key] = i + 1
		}
	}
	return lines
}
