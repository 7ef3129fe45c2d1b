package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

func main() {
	out := flag.String("o", "build/bench.json", "file to write")
	campaign := flag.Bool("campaign", false, "run the campaign instead of the benchmarks")
	only := flag.String("only", "", "benchmarks to run, comma separated: "+strings.Join(names(), ","))
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := measure(ctx, *out, *campaign, *only); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1) //nolint:gocritic // nothing is left to undo
	}
}

// benchmarks in the order they run.
var benchmarks = []struct {
	name string
	run  func(ctx context.Context, r *results) error
}{
	{"edit", editToResult},
	{"emit", emission},
	{"sim", simulation},
	{"pruned", prunedLayers},
}

func names() []string {
	var list []string
	for _, b := range benchmarks {
		list = append(list, b.name)
	}
	return list
}

func measure(ctx context.Context, out string, campaign bool, only string) error {
	r := &results{}
	if campaign {
		if err := runCampaign(ctx, r, out); err != nil {
			return err
		}
		r.print(os.Stdout)
	} else {
		for _, b := range benchmarks {
			if only != "" && !slices.Contains(strings.Split(only, ","), b.name) {
				continue
			}
			begin := time.Now()
			if err := b.run(ctx, r); err != nil {
				return fmt.Errorf("%s: %w", b.name, err)
			}
			fmt.Fprintf(os.Stderr, "%s: %.0f s\n", b.name, time.Since(begin).Seconds())
		}
		r.print(os.Stdout)
		if err := write(out, r.list); err != nil {
			return err
		}
	}
	if n := r.missed(); n > 0 {
		return fmt.Errorf("%d goals are missed", n)
	}
	return nil
}
