// Command editrun runs one short product on the default machine: the test whose time from edit to result is measured.
// Usage: editrun interp|verilator CACHE, in the root of the repository.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/sparsegen/sparsegen/gen/compile"
	"github.com/sparsegen/sparsegen/gen/run"
	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: editrun interp|verilator CACHE")
		os.Exit(2)
	}
	if err := test(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// test runs a product of about 500 cycles.
func test(ctx context.Context, engine, cache string) error {
	t, err := target.Load("targets/default.toml")
	if err != nil {
		return err
	}
	a, b := golden.RandomCSR(1, 48, 48, 0.1), golden.RandomDense(2, 48, 16).CSR()
	job, err := run.Prepare(t, run.Product{Name: "test", Op: "matmul", A: a, B: b}, compile.Options{})
	if err != nil {
		return err
	}
	e, err := run.NewEngine(engine, t)
	if err != nil {
		return err
	}
	if c, ok := e.(run.Cold); ok {
		c.Cold(cache)
	}
	l, _, err := job.Run(ctx, t, e, run.Bench{})
	if err != nil {
		return err
	}
	if l.Mismatches > 0 {
		return fmt.Errorf("%d elements are wrong", l.Mismatches)
	}
	fmt.Printf("%d cycles\n", l.Cycles)
	return nil
}
