// Package catalog lists the blocks of the library by name, with their knobs, so that each can be emitted alone.
//
// Start reading at List and Build. It imports every block and hdl.
package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/hdl"
)

// A Knob is one parameter of a block.
type Knob struct {
	Name    string `json:"name"`
	Doc     string `json:"doc"`
	Default int    `json:"default"`
	Min     int    `json:"min"`
	Max     int    `json:"max"`
	Power   bool   `json:"power_of_two"`
}

// An Entry is one block of the library.
type Entry struct {
	Name  string `json:"name"`
	Doc   string `json:"doc"`
	Knobs []Knob `json:"knobs"`

	build func(v map[string]int) *hdl.Module
	check func(v map[string]int) error // relations between knobs; may be nil
}

// List returns the blocks in order of name.
func List() []Entry {
	out := slices.Clone(entries)
	slices.SortFunc(out, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Build makes the block of the given name; knobs that values lacks have their defaults. The error names the block or
// the knob that is wrong and what to try.
func Build(name string, values map[string]int) (*hdl.Module, error) {
	i := slices.IndexFunc(entries, func(e Entry) bool { return e.Name == name })
	if i < 0 {
		var names []string
		for _, e := range List() {
			names = append(names, e.Name)
		}
		return nil, fmt.Errorf("block %s: there is no such block; the blocks are %s", name, strings.Join(names, ", "))
	}
	e := entries[i]
	all := map[string]int{}
	var knobs []string
	for _, k := range e.Knobs {
		all[k.Name] = k.Default
		knobs = append(knobs, k.Name)
		v, ok := values[k.Name]
		if !ok {
			continue
		}
		if v < k.Min || v > k.Max {
			return nil, fmt.Errorf("block %s: knob %s is %d; use %d to %d", name, k.Name, v, k.Min, k.Max)
		}
		if k.Power && v&(v-1) != 0 {
			return nil, fmt.Errorf("block %s: knob %s is %d; use a power of two", name, k.Name, v)
		}
		all[k.Name] = v
	}
	given := make([]string, 0, len(values))
	for k := range values {
		given = append(given, k)
	}
	slices.Sort(given)
	for _, k := range given {
		if !slices.Contains(knobs, k) {
			return nil, fmt.Errorf("block %s: there is no knob %s; its knobs are %s", name, k, strings.Join(knobs, ", "))
		}
	}
	if e.check != nil {
		if err := e.check(all); err != nil {
			return nil, fmt.Errorf("block %s: %w", name, err)
		}
	}
	return e.build(all), nil
}
