package matfile

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// lines walks over the lines of a text. Both \n and \r\n end a line.
type lines struct {
	rest []byte
	num  int // of the line last given, from 1
}

func (l *lines) next() (line []byte, ok bool) {
	if len(l.rest) == 0 {
		return nil, false
	}
	line, l.rest, _ = bytes.Cut(l.rest, []byte("\n"))
	l.num++
	return bytes.TrimSpace(line), true
}

// nextData skips blank lines and those that start with one of the comment characters.
func (l *lines) nextData(comment string) (line []byte, ok bool) {
	for {
		line, ok = l.next()
		if !ok || len(line) > 0 && strings.IndexByte(comment, line[0]) < 0 {
			return line, ok
		}
	}
}

// fields splits at spaces, tabs and commas.
func fields(line []byte) [][]byte {
	return bytes.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
}

// integer reads a whole number called what.
func (rd *reader) integer(line int, what string, tok []byte) (int, error) {
	n, err := strconv.Atoi(string(tok))
	if err != nil {
		return 0, rd.fail(line, fixNumber, "%s %s is not a whole number", what, quoted(tok))
	}
	return n, nil
}

// size reads a dimension: 1 up to what the file can sensibly describe, so that no header makes us reserve memory for
// things that are not there.
func (rd *reader) size(line int, what string, tok []byte) (int, error) {
	n, err := rd.integer(line, what, tok)
	if err != nil {
		return 0, err
	}
	return n, rd.checkSize(line, what, n)
}

func (rd *reader) checkSize(line int, what string, n int) error {
	switch {
	case n < 1:
		return rd.fail(line, "a size is 1 or more", "%s is %d", what, n)
	case n > rd.limit:
		return rd.fail(line, "correct it or split the matrix", "%s is %d, the most for a file of this length is %d",
			what, n, rd.limit)
	}
	return nil
}

// count reads the number of entries.
func (rd *reader) count(line int, tok []byte) (int, error) {
	n, err := rd.integer(line, "entry count", tok)
	if err == nil && n < 0 {
		err = rd.fail(line, "a count is 0 or more", "entry count is %d", n)
	}
	return n, err
}

// value reads a finite number. One that is too small for float64 still comes out non-zero.
func (rd *reader) value(line int, tok []byte) (float64, error) {
	s := string(tok)
	v, err := strconv.ParseFloat(s, 64)
	if err != nil && strings.ContainsAny(s, "dD") { // Fortran writes 1.0D+03
		v, err = strconv.ParseFloat(strings.NewReplacer("d", "e", "D", "e").Replace(s), 64)
	}
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return 0, rd.fail(line, "replace it by a number", "value %s is not finite", quoted(tok))
	case err != nil:
		return 0, rd.fail(line, fixNumber, "value %s is not a number", quoted(tok))
	case v == 0:
		mantissa, _, _ := strings.Cut(strings.ToLower(s), "e")
		if strings.ContainsAny(mantissa, "123456789") && !strings.ContainsAny(mantissa, "xp") {
			v = math.Copysign(math.SmallestNonzeroFloat64, v)
		}
	}
	return v, nil
}

func orAny(n int) string {
	if n == 0 {
		return "any"
	}
	return strconv.Itoa(n)
}
