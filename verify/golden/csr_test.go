package golden

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// small is the 4 x 8 matrix of the hand-computed sizes: positions 0, 1, 21, 26, 31.
func small() *CSR {
	return &CSR{Rows: 4, Cols: 8, RowPtr: []int{0, 2, 2, 3, 5}, ColIdx: []int32{0, 1, 5, 2, 7}, Val: []int8{1, -2, 3, -4, 5}}
}

// zoo is a set of matrices that between them hit the edges: empty rows, full rows, odd widths, one row, one column, nothing.
func zoo() map[string]*CSR {
	return map[string]*CSR{
		"small":      small(),
		"zero":       newBuilder(5, 7, 0).done(),
		"one":        RandomDense(1, 1, 1).CSR(),
		"no rows":    newBuilder(0, 4, 0).done(),
		"no columns": newBuilder(4, 0, 0).done(),
		"full":       RandomDense(2, 9, 13).CSR(),
		"row":        RandomCSR(3, 1, 200, 0.1),
		"column":     RandomCSR(4, 200, 1, 0.1),
		"odd":        RandomCSR(5, 33, 65, 0.07),
		"half":       RandomCSR(6, 40, 50, 0.5),
		"hyper":      RandomCSR(7, 300, 500, 0.0005),
		"skewed":     SkewedCSR(8, 128, 96, 0.02, 4),
		"power law":  PowerLaw(9, 200, 900),
		"banded":     Banded(10, 70, 3, 0.6),
		"2:4":        RandomKN(11, 16, 30, 2, 4),
		"blocks":     RandomBlocks(12, 30, 45, 4, 4, 0.2),
	}
}

func TestZooIsValid(t *testing.T) {
	for name, m := range zoo() {
		assert.NoError(t, m.Validate(), name)
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		name, want string
		spoil      func(*CSR)
	}{
		{"values", "csr: 4 values for 5 column indices", func(m *CSR) { m.Val = m.Val[1:] }},
		{"size", "csr: negative size -1 x 8", func(m *CSR) { m.Rows = -1 }},
		{"pointers", "csr: 4 row pointers for 4 rows, want rows + 1", func(m *CSR) { m.RowPtr = m.RowPtr[:4] }},
		{"first", "csr: the first row pointer is 1, want 0", func(m *CSR) { m.RowPtr[0] = 1 }},
		{"last", "csr: the last row pointer is 4, want the 5 non-zeros", func(m *CSR) { m.RowPtr[4] = 4 }},
		{"decreasing", "csr: row pointers of row 1 run from 2 to 1", func(m *CSR) { m.RowPtr[2] = 1 }},
		{"past the end", "csr: row pointers of row 1 run from 2 to 9", func(m *CSR) { m.RowPtr[2] = 9 }},
		{"range", "csr: row 2 has column 8, outside 0..7", func(m *CSR) { m.ColIdx[2] = 8 }},
		{"negative", "csr: row 2 has column -1, outside 0..7", func(m *CSR) { m.ColIdx[2] = -1 }},
		{"order", "csr: row 3 has column 2 after 2, want strictly increasing", func(m *CSR) { m.ColIdx[4] = 2 }},
		{"zero", "csr: the value of non-zero 3 is zero", func(m *CSR) { m.Val[3] = 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := small()
			c.spoil(m)
			assert.EqualError(t, m.Validate(), c.want)
		})
	}
}

func TestDenseRoundTrip(t *testing.T) {
	for name, m := range zoo() {
		assert.Equal(t, m, m.Dense().CSR(), name)
	}
}

func TestTranspose(t *testing.T) {
	for name, m := range zoo() {
		tr := m.Transpose()
		require.NoError(t, tr.Validate(), name)
		assert.Equal(t, m, tr.Transpose(), name)
		d, td := m.Dense(), tr.Dense()
		for r := range m.Rows {
			for c := range m.Cols {
				require.Equal(t, d.At(r, c), td.At(c, r), "%s (%d, %d)", name, r, c)
			}
		}
	}
}

func TestPatternsAgree(t *testing.T) {
	for name, m := range zoo() {
		assert.Equal(t, m.Pattern(), m.Dense().Pattern(), name)
		wide := NewInt32(m.Rows, m.Cols)
		for i, v := range m.Dense().Data {
			wide.Data[i] = int32(v) << 20
		}
		assert.Equal(t, m.Pattern(), wide.Pattern(), name)
	}
}
