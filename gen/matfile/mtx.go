package matfile

import (
	"github.com/sparsegen/sparsegen/verify/golden"
)

// mtx reads Matrix Market files (Boisvert, Pozo, Remington, "The Matrix Market exchange formats", NISTIR 5935, 1996):
// coordinate or array; real, integer or pattern; general, symmetric or skew-symmetric. Indices count from 1. Lines that
// start with % are comments.
//
// Without a banner the file is coordinate and general. Its entries then have a value in the third column, or are a
// pattern; if any of them has no value the whole file is a pattern, whatever the third column of the others holds.
func (rd *reader) mtx(data []byte) (*golden.CSR, error) {
	ls := &lines{rest: data}
	h, err := rd.mtxBanner(data)
	if err != nil {
		return nil, err
	}
	line, ok := ls.nextData("%")
	if !ok {
		return nil, rd.fail(ls.num, "the file is cut short, fetch it again", "the size line is missing")
	}
	size, want := fields(line), 3
	form := "`rows columns entries`"
	if h.array {
		want, form = 2, "`rows columns`"
	}
	if len(size) != want {
		return nil, rd.fail(ls.num, "write "+form, "the size line has %d fields, not %d", len(size), want)
	}
	l := list{mirror: h.mirror, pattern: h.pattern}
	if l.rows, err = rd.size(ls.num, "rows", size[0]); err != nil {
		return nil, err
	}
	if l.cols, err = rd.size(ls.num, "columns", size[1]); err != nil {
		return nil, err
	}
	if h.mirror != 0 && l.rows != l.cols {
		return nil, rd.fail(ls.num, "correct the sizes or the banner", "a %s matrix of %d x %d is not square", h.symmetry,
			l.rows, l.cols)
	}
	if h.array {
		err = rd.mtxArray(ls, h, &l)
	} else {
		var nnz int
		if nnz, err = rd.count(ls.num, size[2]); err == nil {
			err = rd.mtxEntries(ls, h, &l, nnz)
		}
	}
	if err != nil {
		return nil, err
	}
	return rd.build(l)
}

// mtxEntries reads the entry lines of a coordinate file.
func (rd *reader) mtxEntries(ls *lines, h mtxHead, l *list, nnz int) error {
	l.entries = make([]entry, 0, min(nnz, len(ls.rest)/4+1)) // "1 1\n" is the shortest entry
	for {
		line, ok := ls.nextData("%")
		if !ok {
			break
		}
		toks := fields(line)
		switch {
		case h.banner && h.pattern && len(toks) != 2:
			return rd.fail(ls.num, "write `row column`", "a pattern entry has %d fields, not 2", len(toks))
		case h.banner && !h.pattern && len(toks) != 3:
			return rd.fail(ls.num, "write `row column value`", "an entry has %d fields, not 3", len(toks))
		case !h.banner && len(toks) != 2 && len(toks) != 3:
			return rd.fail(ls.num, "write `row column` or `row column value`", "an entry has %d fields", len(toks))
		case len(l.entries) == nnz:
			return rd.fail(ls.num, "correct the size line or remove the rest", "more entries than the %d of the size line", nnz)
		}
		e := entry{v: 1}
		var err error
		if e.r, err = rd.index(ls.num, "row", toks[0], l.rows); err != nil {
			return err
		}
		if e.c, err = rd.index(ls.num, "column", toks[1], l.cols); err != nil {
			return err
		}
		if len(toks) == 3 {
			if e.v, err = rd.value(ls.num, toks[2]); err != nil {
				return err
			}
		} else {
			l.pattern = true
		}
		if h.mirror < 0 && e.r == e.c {
			return rd.fail(ls.num, "remove it", "a skew-symmetric matrix has no entry on the diagonal")
		}
		l.entries = append(l.entries, e)
	}
	if len(l.entries) != nnz {
		return rd.fail(ls.num, fixCut, "found %d entries, the size line says %d", len(l.entries), nnz)
	}
	if l.pattern {
		for k := range l.entries {
			l.entries[k].v = 1
		}
	}
	return nil
}

// index reads a row or column number counted from 1 and gives it counted from 0.
func (rd *reader) index(line int, what string, tok []byte, size int) (int32, error) {
	n, err := rd.integer(line, what, tok)
	if err == nil && (n < 1 || n > size) {
		err = rd.fail(line, "correct it or the size line", "%s %d is outside 1..%d", what, n, size)
	}
	return int32(n - 1), err
}

// mtxArray reads the values of an array file: all elements column by column, of a symmetric matrix those on and below
// the diagonal, of a skew-symmetric one those below it.
func (rd *reader) mtxArray(ls *lines, h mtxHead, l *list) error {
	top := func(c int) int { // first row stored of a column
		switch {
		case h.mirror > 0:
			return c
		case h.mirror < 0:
			return c + 1
		}
		return 0
	}
	want := l.rows * l.cols
	switch {
	case h.mirror > 0:
		want = l.rows * (l.rows + 1) / 2
	case h.mirror < 0:
		want = l.rows * (l.rows - 1) / 2
	}
	r, c, found := top(0), 0, 0
	for {
		line, ok := ls.nextData("%")
		if !ok {
			break
		}
		for _, tok := range fields(line) {
			if found == want {
				return rd.fail(ls.num, "correct the size line or remove the rest", "more values than the %d of the matrix", want)
			}
			v, err := rd.value(ls.num, tok)
			if err != nil {
				return err
			}
			if v != 0 {
				l.entries = append(l.entries, entry{int32(r), int32(c), v})
			}
			found++
			if r++; r == l.rows {
				c++
				r = top(c)
			}
		}
	}
	if found != want {
		return rd.fail(ls.num, fixCut, "found %d values, the size line needs %d", found, want)
	}
	return nil
}
