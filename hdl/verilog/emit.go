package verilog

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// An Output is the printed design.
type Output struct {
	Top      string // the emitted name of the top module
	Files    []File // the package, the modules (children first), memory images, files.f, manifest.json
	Manifest *Manifest
}

// A File of the output, by its name inside the output directory.
type File struct {
	Name string
	Data []byte
}

// File returns the contents of the file of that name, or nil.
func (o *Output) File(name string) []byte {
	for _, f := range o.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// Sources lists the SystemVerilog files in the order in which to read them.
func (o *Output) Sources() []string {
	var list []string
	for _, f := range o.Files {
		if strings.HasSuffix(f.Name, ".sv") {
			list = append(list, f.Name)
		}
	}
	return list
}

// WriteDir writes all files into dir, which is made if need be.
func (o *Output) WriteDir(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range o.Files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Emit prints a built design.
func Emit(d *hdl.Design) (*Output, error) {
	if d == nil {
		return nil, errors.New("verilog: no design")
	}
	return Print(d.IR())
}

// Print prints a checked hierarchy.
func Print(d *ir.Design) (*Output, error) {
	if d == nil || d.Top == nil {
		return nil, errors.New("verilog: no design")
	}
	namer := nameModules(d)
	o := &Output{Top: namer[d.Top]}
	var sources, images []File
	built := map[*ir.Module]*builder{}
	for _, m := range d.Modules {
		b, err := buildModule(m, namer)
		if err != nil {
			return nil, err
		}
		built[m] = b
		sources = append(sources, File{namer[m] + ".sv", []byte(printModule(b.mod))})
		images = append(images, b.data...)
	}
	if built[d.Top] == nil {
		return nil, fmt.Errorf("verilog: the top %s is not among the modules", d.Top.Name)
	}
	if pkg, ok := packageFile(d, namer); ok {
		o.Files = append(o.Files, pkg)
	}
	o.Files = append(append(o.Files, sources...), images...)
	o.Files = append(o.Files, File{"files.f", []byte(strings.Join(o.Sources(), "\n") + "\n")})
	o.Manifest = newManifest(d, namer, built)
	text, err := o.Manifest.json()
	if err != nil {
		return nil, err
	}
	o.Files = append(o.Files, File{"manifest.json", text})
	return o, nil
}

// moduleNamer gives the emitted name of each module.
type moduleNamer map[*ir.Module]string

func nameModules(d *ir.Design) moduleNamer {
	s := newScope()
	top := d.Top.EmitName
	if top == "" {
		top = d.Top.Name
	}
	names := moduleNamer{d.Top: s.unique(top, "_top")}
	s.claim(names[d.Top] + "_pkg")
	for _, m := range d.Modules {
		if m == d.Top {
			continue
		}
		name := m.EmitName
		if name == "" {
			name = m.Name
		}
		names[m] = s.unique(name, "_mod")
	}
	return names
}
