package matfile

import (
	"cmp"
	"math"
	"slices"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// entry is one non-zero as a file gives it, counted from 0. v is 1 in a pattern.
type entry struct {
	r, c int32
	v    float64
}

// list is the content of a file that gives entries in any order.
type list struct {
	rows, cols int
	entries    []entry
	pattern    bool    // values are to be made from the seed
	mirror     float64 // 1: an entry also stands for its mirror image; -1: with the sign turned; 0: it does not
}

func byPosition(a, b entry) int {
	return cmp.Or(cmp.Compare(a.r, b.r), cmp.Compare(a.c, b.c))
}

// build sorts the entries, merges those given twice, mirrors them, drops zeros and quantises.
func (rd *reader) build(l list) (*golden.CSR, error) {
	es := merge(l.entries, l.pattern)
	if l.mirror != 0 {
		es = addMirror(es, l.mirror)
	}
	es = slices.DeleteFunc(es, func(e entry) bool { return e.v == 0 })
	m := &golden.CSR{Rows: l.rows, Cols: l.cols, RowPtr: make([]int, l.rows+1), ColIdx: make([]int32, len(es))}
	most := 0.0
	for k, e := range es {
		if math.IsInf(e.v, 0) || math.IsNaN(e.v) {
			return nil, rd.fail(0, "keep one of them", "the values given for row %d, column %d add up to no finite number",
				e.r+1, e.c+1)
		}
		most = max(most, math.Abs(e.v))
		m.RowPtr[e.r+1]++
		m.ColIdx[k] = e.c
	}
	for r := range l.rows {
		m.RowPtr[r+1] += m.RowPtr[r]
	}
	if l.pattern {
		m.Val = golden.ValuesOf(rd.o.Seed, len(es), rd.o.Bits)
		return m, nil
	}
	m.Val = make([]int8, len(es))
	for k, e := range es {
		m.Val[k] = quantise(e.v, most, rd.o.Bits)
	}
	return m, nil
}

// quantise scales v so that most becomes the largest value of the width, rounding halves away from zero; a v that is not
// zero does not become zero.
func quantise(v, most float64, bits int) int8 {
	q := math.Round(v / most * float64(int(1)<<(bits-1)-1))
	if q == 0 {
		q = math.Copysign(1, v)
	}
	return int8(q)
}

// merge sorts the entries and folds those of one position: values add up in the order of the file, a pattern counts once.
func merge(es []entry, pattern bool) []entry {
	if !slices.IsSortedFunc(es, byPosition) {
		slices.SortStableFunc(es, byPosition)
	}
	out := es[:0]
	for _, e := range es {
		if n := len(out); n > 0 && byPosition(out[n-1], e) == 0 {
			if !pattern {
				out[n-1].v += e.v
			}
			continue
		}
		out = append(out, e)
	}
	return out
}

// addMirror adds the mirror image of each entry where nothing is stored. es is sorted and without repetition.
func addMirror(es []entry, sign float64) []entry {
	flipped := make([]entry, len(es))
	for k, e := range es {
		flipped[k] = entry{e.c, e.r, sign * e.v}
	}
	slices.SortFunc(flipped, byPosition)
	out := make([]entry, 0, 2*len(es))
	for len(es) > 0 || len(flipped) > 0 {
		var order int
		switch {
		case len(es) == 0:
			order = 1
		case len(flipped) == 0:
			order = -1
		default:
			order = byPosition(es[0], flipped[0])
		}
		if order <= 0 {
			out = append(out, es[0])
			es = es[1:]
		} else {
			out = append(out, flipped[0])
		}
		if order >= 0 {
			flipped = flipped[1:]
		}
	}
	return out
}
