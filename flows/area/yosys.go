package area

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/sparsegen/sparsegen/flows/tool"
)

// coarse brings a design to word level, hierarchy kept, memories as $mem_v2 cells with their registers merged in.
// Resource sharing is left out: it costs minutes in arbitration logic and finds nothing there.
func coarse(files []string, top string) string {
	return fmt.Sprintf(`read_verilog -sv %s
hierarchy -check -top %s
synth -noshare -run coarse:fine -top %s
write_rtlil coarse.il
write_json coarse.json
`, strings.Join(files, " "), top, top)
}

// fine maps the word level to cells. Memories stay as they are, except those in small ("module/cell").
func fine(p *Process, small []string) string {
	memoryMap := ""
	if len(small) > 0 {
		memoryMap = "memory_map " + strings.Join(small, " ") + "\n"
	}
	return fmt.Sprintf(`read_rtlil coarse.il
opt -fast -full
%sopt -full
techmap
opt -fast
dfflibmap -liberty %s
abc -liberty %s
opt_clean -purge
write_json fine.json
`, memoryMap, p.Liberty, p.Liberty)
}

// yosys runs a script in dir.
func yosys(ctx context.Context, dir, script string) error {
	path, err := tool.Find("yosys")
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, "-q", "-s", "-")
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(script)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("yosys: %w: %s", err, lastError(out.String()))
	}
	return nil
}

func lastError(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, l := range lines {
		if strings.Contains(l, "ERROR") {
			return l
		}
	}
	return lines[len(lines)-1]
}

// synthesise runs both steps in dir and returns the netlist at word level and the one in cells.
func synthesise(ctx context.Context, dir string, p *Process, top string, files []string) (words, cells *netlist, err error) {
	if err := yosys(ctx, dir, coarse(files, top)); err != nil {
		return nil, nil, err
	}
	if words, err = readNetlist(filepath.Join(dir, "coarse.json")); err != nil {
		return nil, nil, err
	}
	if err := yosys(ctx, dir, fine(p, words.smallMemories())); err != nil {
		return nil, nil, err
	}
	cells, err = readNetlist(filepath.Join(dir, "fine.json"))
	return words, cells, err
}
