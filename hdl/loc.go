package hdl

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/sparsegen/sparsegen/hdl/internal/diag"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// This file keeps source locations: raw program counters per node, resolved only when something is printed.

// loc records the caller's chain and returns its index; the same chain is stored once.
func (m *M) loc() ir.Loc {
	if m.at != 0 {
		return m.at
	}
	return m.locOf(callers(3))
}

// kitFrame caches, by program counter, whether a frame is the kit's own.
var kitFrame sync.Map

// callers records the frames of the user, innermost first; skip counts as in runtime.Callers.
func callers(skip int) (f ir.Frames) {
	var raw [40]uintptr
	n := 0
	for _, pc := range raw[:runtime.Callers(skip, raw[:])] {
		kit, ok := kitFrame.Load(pc)
		if !ok {
			kit = diag.IsKitFrame(pc)
			kitFrame.Store(pc, kit)
		}
		if kit == false {
			if f[n] = pc; n == len(f)-1 {
				break
			}
			n++
		}
	}
	return f
}

func (m *M) locOf(f ir.Frames) ir.Loc {
	if l, ok := m.locs[f]; ok {
		return l
	}
	l := ir.Loc(len(m.ir.Locs))
	m.ir.Locs = append(m.ir.Locs, f)
	m.locs[f] = l
	return l
}

// report records a diagnostic at the caller's position.
func (m *M) report(code, fix, format string, args ...any) *diag.Diagnostic {
	return m.reportAt(m.loc(), code, fix, format, args...)
}

func (m *M) reportAt(l ir.Loc, code, fix, format string, args ...any) *diag.Diagnostic {
	pos, via := diag.At(m.ir, l)
	m.mod.diags = append(m.mod.diags, diag.Diagnostic{
		Code: code, Module: m.ir.Name, Pos: pos, Via: via, Msg: fmt.Sprintf(format, args...), Fix: fix,
	})
	return &m.mod.diags[len(m.mod.diags)-1]
}

// note adds where v was made.
func (m *M) note(d *diag.Diagnostic, id ir.NodeID, format string, args ...any) {
	if id == 0 {
		return
	}
	if pos, _ := diag.At(m.ir, m.ir.Nodes[id].Loc); pos.File != "" {
		d.Notes = append(d.Notes, diag.Note{Pos: pos, Msg: fmt.Sprintf(format, args...)})
	}
}
