package area

import (
	"fmt"
	"os"
	"regexp"
	"strconv"

	"github.com/sparsegen/sparsegen/flows/tool"
)

// A Process is a cell library.
type Process struct {
	Name    string
	Liberty string             // file
	Gate    string             // cell that is one gate equivalent
	areas   map[string]float64 // um2, by cell
}

// DefaultProcess is the one that `make test` installs: 180 nm, 32 cells.
const DefaultProcess = "osu018"

// gates are names of a two-input NAND of unit drive, tried in this order.
var gates = []string{"NAND2X1", "NAND2_X1", "sky130_fd_sc_hd__nand2_1"}

// LoadProcess finds a process by name, or reads a liberty file.
func LoadProcess(name string) (*Process, error) {
	p := &Process{Name: name, Liberty: name}
	if name == "" || name == DefaultProcess {
		path, err := tool.Find("osu018 cells")
		if err != nil {
			return nil, err
		}
		p = &Process{Name: DefaultProcess, Liberty: path}
	}
	text, err := os.ReadFile(p.Liberty)
	if err != nil {
		return nil, fmt.Errorf("process %q is not known: use %s, or the path of a liberty file", name, DefaultProcess)
	}
	p.areas = cellAreas(string(text))
	for _, g := range gates {
		if p.areas[g] > 0 {
			p.Gate = g
			return p, nil
		}
	}
	return nil, fmt.Errorf("%s: no two-input NAND cell found to count gates by (looked for %v)", p.Liberty, gates)
}

var (
	cellLine = regexp.MustCompile(`(?m)^\s*cell\s*\(\s*"?(\w+)"?\s*\)`)
	areaLine = regexp.MustCompile(`(?m)^\s*area\s*:\s*([0-9.eE+-]+)\s*;`)
)

// cellAreas reads the area of each cell: the first area attribute after the cell's opening line.
func cellAreas(liberty string) map[string]float64 {
	areas := map[string]float64{}
	at := cellLine.FindAllStringSubmatchIndex(liberty, -1)
	for i, m := range at {
		end := len(liberty)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if a := areaLine.FindStringSubmatch(liberty[m[1]:end]); a != nil {
			areas[liberty[m[2]:m[3]]], _ = strconv.ParseFloat(a[1], 64)
		}
	}
	return areas
}

// GateArea is the area of one gate equivalent in um2.
func (p *Process) GateArea() float64 { return p.areas[p.Gate] }
