package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
)

// A Result is one measured figure.
type Result struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Goal  string  `json:"goal,omitempty"` // such as ">= 10"; "" is for information
	Met   *bool   `json:"met,omitempty"`
}

// results collects figures in the order they are measured.
type results struct{ list []Result }

// add records a figure; goal is "", or one of >=, <=, == and a number.
func (r *results) add(name string, value float64, unit, goal string) {
	x := Result{Name: name, Value: math.Round(value*1e4) / 1e4, Unit: unit, Goal: goal}
	if goal != "" {
		met := meets(value, goal)
		x.Met = &met
	}
	r.list = append(r.list, x)
}

func meets(value float64, goal string) bool {
	op, number, _ := strings.Cut(goal, " ")
	want, err := strconv.ParseFloat(number, 64)
	if err != nil {
		panic("bench: goal " + goal)
	}
	switch op {
	case ">=":
		return value >= want
	case "<=":
		return value <= want
	}
	return value == want
}

// missed counts the goals that are not met.
func (r *results) missed() int {
	n := 0
	for _, x := range r.list {
		if x.Met != nil && !*x.Met {
			n++
		}
	}
	return n
}

func (r *results) print(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, x := range r.list {
		mark := ""
		if x.Met != nil {
			mark = map[bool]string{true: "met", false: "MISSED"}[*x.Met]
		}
		fmt.Fprintf(t, "%s\t%g\t%s\t%s\t%s\n", x.Name, x.Value, x.Unit, x.Goal, mark)
	}
	t.Flush()
}

// write replaces a file by a document, as a whole.
func write(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
