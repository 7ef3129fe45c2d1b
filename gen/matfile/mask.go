package matfile

import (
	"github.com/sparsegen/sparsegen/verify/golden"
)

// mask reads mask text: a line of 0 and 1 for each row, with or without separators. Published masks often come as one
// line without any break; Options.Rows and Options.Cols cut it into rows, and without them it is one row.
func (rd *reader) mask(data []byte) (*golden.CSR, error) {
	var bits []byte
	l, first := list{pattern: true}, 0
	ls := &lines{rest: data}
	for {
		line, ok := ls.nextData("#%")
		if !ok {
			break
		}
		before := len(bits)
		for at, b := range line {
			switch {
			case isBit(b):
				bits = append(bits, b)
			case b != ' ' && b != '\t' && b != ',':
				return nil, rd.fail(ls.num, "use 0 and 1 only", "%s at place %d of a mask row", quoted(line[at:at+1]), at+1)
			}
		}
		l.rows++
		if width := len(bits) - before; l.rows == 1 {
			l.cols, first = width, ls.num
		} else if width != l.cols {
			return nil, rd.fail(ls.num, "make all rows as long", "a row of %d positions, line %d has %d", width, first, l.cols)
		}
	}
	if err := rd.cut(&l, len(bits)); err != nil {
		return nil, err
	}
	for at, b := range bits {
		if b == '1' {
			l.entries = append(l.entries, entry{int32(at / l.cols), int32(at % l.cols), 1})
		}
	}
	return rd.build(l)
}

// cut shapes a mask of one line into the rows asked for.
func (rd *reader) cut(l *list, n int) error {
	rows, cols := rd.o.Rows, rd.o.Cols
	if l.rows != 1 || rows == 0 && cols == 0 {
		return nil
	}
	switch {
	case rows == 0 && n%cols == 0:
		rows = n / cols
	case cols == 0 && n%rows == 0:
		cols = n / rows
	}
	if rows == 0 || cols == 0 || n%rows != 0 || n/rows != cols {
		return rd.fail(0, "give the shape of the tensor as rows and columns",
			"the mask has %d positions, a shape of %s x %s is asked for", n, orAny(rows), orAny(cols))
	}
	l.rows, l.cols = rows, cols
	return nil
}
