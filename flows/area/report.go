package area

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// A Module is one kind of module: its own figures for one instance, without those below it.
type Module struct {
	Name      string         `json:"name"`
	Instances int            `json:"instances"` // in the whole design
	LogicGE   float64        `json:"logic_ge"`
	MemoryGE  float64        `json:"memory_ge"`
	TotalGE   float64        `json:"total_ge"` // of all its instances, without those below it
	Memories  []Memory       `json:"memories,omitempty"`
	Children  map[string]int `json:"children,omitempty"` // instances in one instance, by kind
}

// A Report is the area of a design.
type Report struct {
	Design      string            `json:"design"`
	Process     string            `json:"process"`
	Gate        string            `json:"gate"` // the cell that is one gate equivalent
	AreaUm2     float64           `json:"area_um2"`
	GE          float64           `json:"gate_equivalents"`
	LogicGE     float64           `json:"logic_ge"`
	MemoryGE    float64           `json:"memory_ge"`
	MemoryBits  int               `json:"memory_bits"` // counted by the model
	MemoryModel Model             `json:"memory_model"`
	MemoryGEs   map[Model]float64 `json:"memory_ge_by_model"`
	Modules     []Module          `json:"modules"` // largest share first
	Multipliers *Multipliers      `json:"multipliers_alone,omitempty"`
}

// Module finds a kind of module.
func (r *Report) Module(name string) (Module, bool) {
	i := slices.IndexFunc(r.Modules, func(m Module) bool { return m.Name == name })
	if i < 0 {
		return Module{}, false
	}
	return r.Modules[i], true
}

// assemble turns netlists into figures.
func assemble(p *Process, model Model, top string, words, cells *netlist) (*Report, error) {
	if _, ok := cells.Modules[top]; !ok {
		return nil, fmt.Errorf("top module %s is not in the netlist", top)
	}
	r := &Report{
		Design: top, Process: p.Name, Gate: p.Gate, MemoryModel: model, MemoryGEs: map[Model]float64{Dense: 0, Open: 0},
	}
	kinds := map[string]*Module{}
	for _, name := range slices.Sorted(maps.Keys(cells.Modules)) {
		um2, children, err := cells.logic(p, name)
		if err != nil {
			return nil, err
		}
		m := &Module{Name: name, LogicGE: um2 / p.GateArea(), Children: children, Memories: words.memories(name)}
		for i, mem := range m.Memories {
			if mem.Macro {
				m.Memories[i].GE = model.GE(mem)
				m.MemoryGE += model.GE(mem)
			}
		}
		kinds[name] = m
	}
	count(kinds, top, 1)
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		m := kinds[name]
		n := float64(m.Instances)
		m.TotalGE = n * (m.LogicGE + m.MemoryGE)
		r.LogicGE += n * m.LogicGE
		r.MemoryGE += n * m.MemoryGE
		for _, mem := range m.Memories {
			if mem.Macro {
				r.MemoryBits += m.Instances * mem.Bits()
				r.MemoryGEs[Dense] += n * Dense.GE(mem)
				r.MemoryGEs[Open] += n * Open.GE(mem)
			}
		}
		r.Modules = append(r.Modules, *m)
	}
	slices.SortStableFunc(r.Modules, func(a, b Module) int { return cmp.Compare(b.TotalGE, a.TotalGE) })
	r.GE = r.LogicGE + r.MemoryGE
	r.AreaUm2 = r.GE * p.GateArea()
	return r, nil
}

// count adds n instances of a kind and of all below it.
func count(kinds map[string]*Module, name string, n int) {
	kinds[name].Instances += n
	for child, k := range kinds[name].Children {
		count(kinds, child, n*k)
	}
}
