package area

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"os"
	"slices"
	"strings"
)

// A netlist is what yosys writes with write_json, as far as areas need it.
type netlist struct {
	Modules map[string]struct {
		Cells map[string]struct {
			Type       string         `json:"type"`
			Parameters map[string]any `json:"parameters"`
		} `json:"cells"`
	} `json:"modules"`
}

func readNetlist(name string) (*netlist, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	n := &netlist{}
	if err := json.Unmarshal(text, n); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

// A Memory is one memory of a module, as synthesis sees it.
type Memory struct {
	Name   string  `json:"name"`
	Words  int     `json:"words"`
	Width  int     `json:"width"`
	Reads  int     `json:"read_ports"`
	Writes int     `json:"write_ports"`
	Macro  bool    `json:"macro"` // counted by the model; otherwise flip-flops, counted as logic
	GE     float64 `json:"gate_equivalents"`
}

// Bits is the memory's capacity.
func (m Memory) Bits() int { return m.Words * m.Width }

// memories lists the memories of a module by name.
func (n *netlist) memories(module string) []Memory {
	var list []Memory
	cells := n.Modules[module].Cells
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		c := cells[name]
		if c.Type != "$mem_v2" {
			continue
		}
		m := Memory{
			Name: name, Words: number(c.Parameters["SIZE"]), Width: number(c.Parameters["WIDTH"]),
			Reads: number(c.Parameters["RD_PORTS"]), Writes: number(c.Parameters["WR_PORTS"]),
		}
		m.Macro = m.Bits() >= macroBits && m.Writes > 0
		list = append(list, m)
	}
	return list
}

// smallMemories lists what is built of flip-flops, as yosys selections.
func (n *netlist) smallMemories() []string {
	var list []string
	for _, module := range slices.Sorted(maps.Keys(n.Modules)) {
		for _, m := range n.memories(module) {
			if !m.Macro {
				list = append(list, module+"/"+m.Name)
			}
		}
	}
	return list
}

// number reads a parameter: yosys writes them as binary digits, the highest first.
func number(v any) int {
	switch v := v.(type) {
	case float64:
		return int(v)
	case string:
		if i, ok := new(big.Int).SetString(v, 2); ok {
			return int(i.Int64())
		}
	}
	return 0
}

// logic sums the cells of a module, its submodules not included, and counts those.
func (n *netlist) logic(p *Process, module string) (um2 float64, children map[string]int, err error) {
	children = map[string]int{}
	for name, c := range n.Modules[module].Cells {
		_, isModule := n.Modules[c.Type]
		area, isCell := p.areas[c.Type]
		switch {
		case isModule:
			children[c.Type]++
		case isCell:
			um2 += area
		case c.Type == "$mem_v2" || strings.HasPrefix(c.Type, "$assert") || c.Type == "$scopeinfo":
		default:
			return 0, nil, fmt.Errorf("%s: cell %s of type %s was not mapped to the library", module, name, c.Type)
		}
	}
	return um2, children, nil
}
