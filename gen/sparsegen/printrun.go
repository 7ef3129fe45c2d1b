package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/sparsegen/sparsegen/gen/run"
)

// printRun prints a report for people.
func printRun(c *console, r *run.Report) {
	cycles := "exact cycles"
	if r.Engine == "model" {
		cycles = "predicted cycles"
	}
	c.printf("target %s: %d multipliers, %d bytes a cycle; engine %s (%s)\n\n",
		c.bold(r.Target), r.Multipliers, r.BytesPerCycle, r.Engine, cycles)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "layer\tM x K x N\tMACs\tbound\tcycles\tbound/cycles\tutilisation\tspeed-up (of)\tB\tgroup\twrong\t\n")
	for i := range r.Layers {
		l := &r.Layers[i]
		s := l.Shape
		fmt.Fprintf(w, "%s\t%d x %d x %d\t%s\t%s\t%d\t%d\t\n", short(l.Name), s[0], s[1], s[2], numbers(&l.Figures), l.Formats.B, l.Workgroup, l.Mismatches)
	}
	if len(r.Layers) > 1 {
		fmt.Fprintf(w, "all\t\t%s\t\t\t%d\t\n", numbers(&r.Total), r.Total.Mismatches)
	}
	w.Flush()
	c.printf("\n")
	if len(r.Layers) == 1 {
		c.printf("plan: %s\n", r.Layers[0].Plan)
	}
	c.printf("simulated %d cycles in %.2f s, %.0f a second\n", r.Total.Cycles, r.Total.WallSeconds, r.Total.CyclesASecond)
	if n := r.Total.Mismatches; n > 0 {
		c.printf("%s\n", c.bad(fmt.Sprintf("%d elements differ from the golden model", n)))
		return
	}
	c.printf("%s\n", c.good("every element equals the golden model"))
}

// numbers are the columns that a layer and the total share.
func numbers(f *run.Figures) string {
	return fmt.Sprintf("%d\t%d\t%d\t%.3f\t%.3f\t%.1f (%.1f)",
		f.EffectualMACs, f.BoundCycles, f.Cycles, f.Achieved, f.Utilisation, f.Speedup, f.Achievable)
}

// short keeps the end of a long name, which tells layers apart.
func short(name string) string {
	const most = 32
	if len(name) <= most {
		return name
	}
	return ".." + name[len(name)-most+2:]
}
