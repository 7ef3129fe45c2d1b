package golden

import "math"

// SkewedCSR makes a matrix with exactly round(rows * cols * density) non-zeros whose counts in the rows have the given
// coefficient of variation (standard deviation / mean), as rows of pruned layers do: 0.1 for magnitude pruning, 2 to 5
// for variational dropout and L0 regularisation, where most rows are empty. Columns are uniform in each row.
//
// The row counts follow u^a over rows ranked u in 0..1, a law with a closed form, cv^2 = a^2 / (2a + 1), and a heaviest
// row of about a + 1 times the mean; a is then searched so that whole counts, limited to cols, have the cv asked for. When
// they cannot (a cv past what cols allows), the most uneven matrix is made.
func SkewedCSR(seed uint64, rows, cols int, density, cv float64) *CSR {
	total := share(int64(rows)*int64(cols), density)
	counts := powerCounts(rows, int64(cols), total, 0)
	if rows > 0 && total > 0 && cv > 0 {
		lo, hi := 0.0, 16.0
		for hi < 1<<20 && cvOf(powerCounts(rows, int64(cols), total, hi)) < cv {
			hi *= 2
		}
		for range 50 {
			mid := (lo + hi) / 2
			if counts = powerCounts(rows, int64(cols), total, mid); cvOf(counts) < cv {
				lo = mid
			} else {
				hi = mid
			}
		}
	}
	g := &rng{seed}
	shuffle(g, counts)
	positions := make([]int64, 0, total)
	for r, n := range counts {
		for _, c := range g.sample(int64(cols), n) {
			positions = append(positions, int64(r)*int64(cols)+c)
		}
	}
	return fromPositions(g, rows, cols, positions)
}

// powerCounts deals total out to rows in proportion to u^a, none above limit, lightest row first. total <= rows * limit.
func powerCounts(rows int, limit, total int64, a float64) []int64 {
	counts := make([]int64, rows)
	weight := make([]float64, rows)
	sum := 0.0
	for r := range weight {
		weight[r] = math.Pow((float64(r)+0.5)/float64(rows), a)
		sum += weight[r]
	}
	// From the heaviest row down: a row at the limit leaves its surplus to the lighter ones.
	left := total
	for r := rows - 1; r >= 0; r-- {
		ideal := float64(left)
		if sum > 0 {
			ideal = float64(left) * (weight[r] / sum)
		}
		n := min(int64(ideal+0.5), limit, left)
		n = max(n, left-int64(r)*limit) // what the lighter rows cannot take
		counts[r] = n
		left -= n
		sum -= weight[r]
	}
	return counts
}

// cvOf is the coefficient of variation of counts.
func cvOf(counts []int64) float64 {
	sum, squares := 0.0, 0.0
	for _, n := range counts {
		sum += float64(n)
		squares += float64(float64(n) * float64(n)) // the conversion forbids fusing, so every machine agrees
	}
	mean := sum / float64(len(counts))
	if mean == 0 {
		return 0
	}
	return math.Sqrt(max(squares/float64(len(counts))-float64(mean*mean), 0)) / mean
}

// RowCV is the coefficient of variation of the number of non-zeros in the rows of p: 0 when all rows are alike.
func (p Pattern) RowCV() float64 {
	counts := make([]int64, p.Rows)
	for r := range counts {
		counts[r] = int64(len(p.Row(r)))
	}
	if len(counts) == 0 {
		return 0
	}
	return cvOf(counts)
}
