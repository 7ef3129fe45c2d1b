package verilog

import (
	"bytes"
	"encoding/json"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A Manifest tells other tools what was printed, so that none of them has to parse it.
type Manifest struct {
	Top       string        `json:"top"`
	Package   string        `json:"package,omitempty"`
	Ports     []PortFacts   `json:"ports"`      // of the top module
	Params    []ParamFacts  `json:"parameters"` // of the top module
	Registers []DesignReg   `json:"registers"`  // of the whole design
	Modules   []ModuleFacts `json:"modules"`
	Memories  []MemoryFacts `json:"memories"`
	Names     []NamePair    `json:"names"`
}

// A DesignReg is one register of the design, under the path that the Go code gives it and the emitted hierarchical name.
type DesignReg struct {
	Path    string `json:"path"`
	Emitted string `json:"emitted"`
	Width   int    `json:"width"`
	Reset   bool   `json:"reset"`
}

// ModuleFacts describe one module kind; Ports leave out the clock and the reset, which Clocked implies.
type ModuleFacts struct {
	Name      string         `json:"name"`
	File      string         `json:"file"`
	Doc       string         `json:"doc,omitempty"`
	Clocked   bool           `json:"clocked"`
	Params    []ParamFacts   `json:"params"`
	Ports     []PortFacts    `json:"ports"`
	Registers []RegFacts     `json:"registers"`
	Instances []InstanceFact `json:"instances"`
}

// ParamFacts are one generator parameter.
type ParamFacts struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// PortFacts are one port; Field is the Go path of the port.
type PortFacts struct {
	Name   string `json:"name"`
	Field  string `json:"field"`
	Dir    string `json:"dir"`
	Width  int    `json:"width"`
	Signed bool   `json:"signed"`
	Doc    string `json:"doc,omitempty"`
}

// RegFacts are one register, under its emitted and its given name. Synchronous reads have one too.
type RegFacts struct {
	Name  string `json:"name"`
	Given string `json:"given"`
	Width int    `json:"width"`
	Reset bool   `json:"reset"`
	Enum  string `json:"enum,omitempty"`
}

// InstanceFact names a child.
type InstanceFact struct {
	Name   string `json:"name"`
	Module string `json:"module"`
}

// MemoryFacts are what the area of a memory depends on, once for each module kind that holds it; Count is how
// many of it the whole design has.
type MemoryFacts struct {
	Module     string `json:"module"`
	Name       string `json:"name"`
	Depth      int    `json:"depth"`
	Width      int    `json:"width"`
	WritePorts int    `json:"write_ports"`
	ReadPorts  int    `json:"read_ports"`
	SyncReads  int    `json:"sync_reads"` // how many of the read ports are registered
	MaskBits   int    `json:"mask_bits"`  // of the widest mask, 0: whole words
	Init       bool   `json:"init"`
	Count      int    `json:"count"`
}

// A NamePair maps the path of a port, register, wire, memory or named expression, as the Go code names it, to
// the emitted hierarchical name, both from inside the top module.
type NamePair struct {
	Path    string `json:"path"`
	Emitted string `json:"emitted"`
}

func newManifest(d *ir.Design, namer moduleNamer, built map[*ir.Module]*builder) *Manifest {
	man := &Manifest{Top: namer[d.Top], Modules: []ModuleFacts{}, Memories: []MemoryFacts{}}
	if _, ok := packageFile(d, namer); ok {
		man.Package = man.Top + "_pkg"
	}
	counts := instanceCounts(d)
	for _, m := range d.Modules {
		n := built[m].p.names
		man.Modules = append(man.Modules, moduleFacts(m, n, namer, built[m].p.enums))
		for i := range m.Mems {
			f := memoryFacts(m, i)
			f.Module, f.Name, f.Count = namer[m], n.mems[i], counts[m]
			man.Memories = append(man.Memories, f)
		}
	}
	top := man.Modules[len(man.Modules)-1]
	man.Ports, man.Params, man.Registers = top.Ports, top.Params, []DesignReg{}
	man.names(d.Top, built, "", "")
	return man
}

// instanceCounts counts how often each module is in the design; parents come after children.
func instanceCounts(d *ir.Design) map[*ir.Module]int {
	counts := map[*ir.Module]int{d.Top: 1}
	for i := len(d.Modules) - 1; i >= 0; i-- {
		m := d.Modules[i]
		for j := range m.Insts {
			counts[m.Insts[j].Module] += counts[m]
		}
	}
	return counts
}

func moduleFacts(m *ir.Module, n *names, namer moduleNamer, enums *enumTable) ModuleFacts {
	f := ModuleFacts{
		Name: namer[m], File: namer[m] + ".sv", Doc: m.Doc, Clocked: m.Clocked,
		Params: []ParamFacts{}, Ports: []PortFacts{}, Registers: []RegFacts{}, Instances: []InstanceFact{},
	}
	for _, p := range m.Params {
		f.Params = append(f.Params, ParamFacts(p))
	}
	for i := range m.Ports {
		p := &m.Ports[i]
		dir := "in"
		if p.Dir == ir.Out {
			dir = "out"
		}
		f.Ports = append(f.Ports, PortFacts{n.ports[i], p.Field, dir, int(p.Width), p.Signed, p.Doc})
	}
	for i := range m.Regs {
		r := &m.Regs[i]
		rf := RegFacts{Name: n.regs[i], Given: r.Name, Width: int(m.Nodes[r.Node].Width), Reset: r.HasReset}
		if t := enums.typed[i]; t != nil {
			rf.Enum = t.name
		}
		f.Registers = append(f.Registers, rf)
	}
	for i := range m.Reads {
		if r := &m.Reads[i]; r.Sync {
			f.Registers = append(f.Registers, RegFacts{Name: n.reads[i], Given: r.Name, Width: int(m.Nodes[r.Node].Width)})
		}
	}
	for i := range m.Insts {
		f.Instances = append(f.Instances, InstanceFact{n.insts[i], namer[m.Insts[i].Module]})
	}
	return f
}

func memoryFacts(m *ir.Module, i int) MemoryFacts {
	mem := &m.Mems[i]
	f := MemoryFacts{Depth: int(mem.Depth), Width: int(mem.Width), WritePorts: len(mem.Writes), Init: mem.Init != nil}
	for j := range mem.Writes {
		if mask := mem.Writes[j].Mask; mask != 0 {
			f.MaskBits = max(f.MaskBits, int(m.Nodes[mask].Width))
		}
	}
	for j := range m.Reads {
		if r := &m.Reads[j]; int(r.Mem) == i {
			f.ReadPorts++
			if r.Sync {
				f.SyncReads++
			}
		}
	}
	return f
}

// names walks the hierarchy.
func (man *Manifest) names(m *ir.Module, built map[*ir.Module]*builder, path, emitted string) {
	n := built[m].p.names
	add := func(given, name string) {
		man.Names = append(man.Names, NamePair{path + given, emitted + name})
	}
	for i := range m.Ports {
		add(m.Ports[i].Name, n.ports[i])
	}
	for i := range m.Regs {
		r := &m.Regs[i]
		add(r.Name, n.regs[i])
		man.Registers = append(man.Registers, DesignReg{path + r.Name, emitted + n.regs[i], int(m.Nodes[r.Node].Width), r.HasReset})
	}
	for i := range m.Wires {
		if m.Wires[i].Kind == ir.PlainWire {
			add(m.Wires[i].Name, n.wires[i])
		}
	}
	for i := range m.Reads {
		if m.Reads[i].Sync {
			add(m.Reads[i].Name, n.reads[i])
		}
	}
	for i := range m.Mems {
		add(m.Mems[i].Name, n.mems[i])
	}
	for i := range m.Nodes {
		if id := ir.NodeID(i); built[m].p.f.named(id) {
			add(m.Named[id], n.named[id])
		}
	}
	for i := range m.Insts {
		man.names(m.Insts[i].Module, built, path+m.Insts[i].Name+".", emitted+n.insts[i]+".")
	}
}

func (man *Manifest) json() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if man.Names == nil {
		man.Names = []NamePair{}
	}
	err := e.Encode(man)
	return b.Bytes(), err
}
