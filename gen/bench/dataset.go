package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sparsegen/sparsegen/gen/matfile"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// columns of the operand B that a published matrix is multiplied with.
const columns = 64

// A matrix is one published matrix.
type matrix struct {
	name string
	*golden.CSR
}

// published reads the matrices of a folder of SPARSEGEN_DATA with at most so many rows; none where that is not set.
func published(folder string, maxRows int) ([]matrix, error) {
	root := os.Getenv("SPARSEGEN_DATA")
	if root == "" {
		return nil, nil
	}
	files, err := filepath.Glob(filepath.Join(root, folder, "*.*"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var list []matrix
	for _, f := range files {
		m, err := matfile.Read(f, matfile.Options{Seed: 1})
		if err != nil {
			return nil, err
		}
		if m.Rows > maxRows {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(f), ".gz")
		list = append(list, matrix{strings.TrimSuffix(name, filepath.Ext(name)), m})
	}
	return list, nil
}

// operand makes a B for m.
func operand(m matrix, density float64) *golden.CSR {
	return golden.RandomCSR(2, m.Cols, columns, density)
}

// denseEnough tells whether a layer is one that must keep the multipliers busy: 512 x 512 or more, at most 95 % zeros.
func denseEnough(m matrix) bool {
	area := float64(m.Rows) * float64(m.Cols)
	return m.Rows >= 512 && m.Cols >= 512 && float64(m.NNZ()) >= 0.05*area-1
}

// made are layers with the sizes, densities and row variation of published ones, for machines without those.
func made() []matrix {
	var list []matrix
	for i, l := range []struct {
		name       string
		rows, cols int
		density    float64
		cv         float64 // standard deviation of the non-zeros of the rows, over their mean
	}{
		{"attention-60", 512, 512, 0.4, 0.14},
		{"attention-80", 512, 512, 0.2, 0.14},
		{"ffn-90", 512, 2048, 0.1, 0.19},
		{"ffn-95", 2048, 512, 0.05, 0.46},
		{"projection-95", 1024, 512, 0.05, 0.55},
		{"conv-50", 64, 256, 0.5, 0.11},
		{"conv-98", 512, 4608, 0.02, 0.23},
		{"mostly-empty-rows", 2048, 512, 0.002, 3.76},
	} {
		list = append(list, matrix{"made-" + l.name, golden.SkewedCSR(uint64(i+1), l.rows, l.cols, l.density, l.cv)})
	}
	return list
}
