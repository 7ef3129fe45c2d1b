package matfile

import "testing"

const general = "%%MatrixMarket matrix coordinate real general\n"

func TestMTX(t *testing.T) {
	runGood(t, "a.mtx", Options{Seed: 5}, []good{
		{
			what: "real general, any order", content: general + "% note\n\n2 3 3\n2 1 -0.5\n1 3 1e0\n1 1 .25\n", rows: 2,
			want: []int8{32, 0, 127, -64, 0, 0},
		},
		{
			what: "integer, upper case, CRLF", content: "%%MATRIXMARKET MATRIX COORDINATE INTEGER GENERAL\r\n1 2 1\r\n1 2 9\r\n",
			rows: 1, want: []int8{0, 127},
		},
		{
			what: "symmetric", content: "%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 2\n2 1 -4\n", rows: 2,
			want: []int8{64, -127, -127, 0},
		},
		{
			what: "symmetric with both triangles stored", rows: 2, want: []int8{0, 64, 127, 0},
			content: "%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 2 1\n2 1 2\n",
		},
		{
			what: "skew-symmetric", content: "%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 3\n", rows: 2,
			want: []int8{0, -127, 127, 0},
		},
		{
			what: "small values stay non-zero, explicit zeros go", content: general + "1 5 4\n1 1 1e9\n1 2 1e-9\n1 3 -1e-400\n1 4 0.0\n",
			rows: 1, want: []int8{127, 1, -1, 0, 0},
		},
		{
			what: "entries given twice add up", content: general + "1 3 5\n1 1 1\n1 2 4\n1 1 1\n1 3 5\n1 3 -5\n", rows: 1,
			want: []int8{64, 127, 0},
		},
		{what: "only zeros", content: general + "1 2 1\n1 1 0\n", rows: 1, want: []int8{0, 0}},
		{what: "no entries", content: general + "1 2 0\n", rows: 1, want: []int8{0, 0}},
		{what: "Fortran exponents", content: general + "1 2 2\n1 1 1.0D+03\n1 2 -1.0d3\n", rows: 1, want: []int8{127, -127}},
		{
			what: "pattern", content: "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 3\n2 1\n2 1\n3 3\n", rows: 3,
			pattern: true, want: []int8{0, 1, 0, 1, 0, 0, 0, 0, 1},
		},
		{what: "no banner, values", content: "2 2 2\n1 1 5\n2 2 -5\n", rows: 2, want: []int8{127, 0, 0, -127}},
		{what: "no banner, pattern", content: "2 2 2\n1 1\n2 2\n", rows: 2, pattern: true, want: []int8{1, 0, 0, 1}},
		{what: "no banner, some values", content: "2 2 2\n1 1 0\n2 2\n", rows: 2, pattern: true, want: []int8{1, 0, 0, 1}},
		{
			what: "array", content: "%%MatrixMarket matrix array real general\n2 2\n1\n0\n-1\n0.5\n", rows: 2,
			want: []int8{127, -127, 0, 64},
		},
		{
			what: "symmetric array", content: "%%MatrixMarket matrix array integer symmetric\n2 2\n1 2\n0\n", rows: 2,
			want: []int8{64, 127, 127, 0},
		},
		{
			what: "skew-symmetric array", content: "%%MatrixMarket matrix array integer skew-symmetric\n3 3\n1 0 2\n", rows: 3,
			want: []int8{0, -64, 0, 64, 0, -127, 0, 127, 0},
		},
	})
	runGood(t, "a.mtx", Options{Bits: 4}, []good{
		{what: "4 bits", content: general + "1 3 3\n1 1 1\n1 2 -0.5\n1 3 0.001\n", rows: 1, want: []int8{7, -4, 1}},
	})
}

func TestMTXErrors(t *testing.T) {
	symmetric := "%%MatrixMarket matrix coordinate real symmetric\n"
	runBad(t, "a.mtx", []bad{
		{"garbage", "\x89PNG", "a.mtx:1: the size line has 1 fields, not 3; write `rows columns entries`"},
		{"short banner", "%%MatrixMarket matrix\n", "a.mtx:1: the banner has 2 words, not 5; write `%%MatrixMarket matrix coordinate real general`"},
		{"object", "%%MatrixMarket vector coordinate real general\n", `a.mtx:1: object "vector" is not read; use matrix`},
		{"format", "%%MatrixMarket matrix list real general\n", `a.mtx:1: format "list" is not read; use coordinate or array`},
		{
			"complex", "%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 0\n",
			`a.mtx:1: field "complex" is not read; keep the real part or the magnitude and use real`,
		},
		{"field", "%%MatrixMarket matrix coordinate bool general\n", `a.mtx:1: field "bool" is not read; use real, integer or pattern`},
		{"array pattern", "%%MatrixMarket matrix array pattern general\n", `a.mtx:1: array field "pattern" is not read; use real or integer`},
		{
			"hermitian", "%%MatrixMarket matrix coordinate real hermitian\n",
			`a.mtx:1: symmetry "hermitian" is not read; use general, symmetric or skew-symmetric`,
		},
		{"only comments", general + "% nothing\n", "a.mtx:2: the size line is missing; the file is cut short, fetch it again"},
		{"size line", general + "2 2\n", "a.mtx:2: the size line has 2 fields, not 3; write `rows columns entries`"},
		{"array size line", "%%MatrixMarket matrix array real general\n2 2 2\n", "a.mtx:2: the size line has 3 fields, not 2; write `rows columns`"},
		{"negative size", general + "2 -2 1\n1 1 1\n", "a.mtx:2: columns is -2; a size is 1 or more"},
		{"negative count", general + "2 2 -1\n", "a.mtx:2: entry count is -1; a count is 0 or more"},
		{
			"size the file cannot hold", general + "2 2000000000 1\n1 1 1\n",
			"a.mtx:2: columns is 2000000000, the most for a file of this length is 1048576; correct it or split the matrix",
		},
		{"not square", symmetric + "2 3 0\n", "a.mtx:2: a symmetric matrix of 2 x 3 is not square; correct the sizes or the banner"},
		{"row out of range", general + "2 2 1\n3 1 1\n", "a.mtx:3: row 3 is outside 1..2; correct it or the size line"},
		{"column counted from 0", general + "2 2 1\n1 0 1\n", "a.mtx:3: column 0 is outside 1..2; correct it or the size line"},
		{"row is a word", general + "2 2 1\na 1 1\n", `a.mtx:3: row "a" is not a whole number; correct or remove it`},
		{"value is a word", general + "2 2 1\n1 1 one\n", `a.mtx:3: value "one" is not a number; correct or remove it`},
		{"NaN", general + "2 2 1\n1 1 nan\n", `a.mtx:3: value "nan" is not finite; replace it by a number`},
		{"Inf", general + "2 2 1\n1 1 -Inf\n", `a.mtx:3: value "-Inf" is not finite; replace it by a number`},
		{"too large", general + "2 2 1\n1 1 1e999\n", `a.mtx:3: value "1e999" is not finite; replace it by a number`},
		{
			"sum too large", general + "2 2 2\n1 2 1e308\n1 2 1e308\n",
			"a.mtx: the values given for row 1, column 2 add up to no finite number; keep one of them",
		},
		{"value missing", general + "2 2 1\n1 1\n", "a.mtx:3: an entry has 2 fields, not 3; write `row column value`"},
		{
			"value in a pattern", "%%MatrixMarket matrix coordinate pattern general\n2 2 1\n1 1 1\n",
			"a.mtx:3: a pattern entry has 3 fields, not 2; write `row column`",
		},
		{"no banner", "2 2 1\n1 1 1 1\n", "a.mtx:2: an entry has 4 fields; write `row column` or `row column value`"},
		{
			"truncated", general + "2 2 3\n1 1 1\n2 2 1\n",
			"a.mtx:4: found 2 entries, the size line says 3; the file may be cut short, fetch it again or correct the count",
		},
		{
			"impossible count", general + "2 2 9000000000000000000\n1 1 1\n",
			"a.mtx:3: found 1 entries, the size line says 9000000000000000000; the file may be cut short, fetch it again or correct the count",
		},
		{
			"too many", general + "2 2 1\n1 1 1\n2 2 1\n",
			"a.mtx:4: more entries than the 1 of the size line; correct the size line or remove the rest",
		},
		{
			"skew diagonal", "%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 2 1\n",
			"a.mtx:3: a skew-symmetric matrix has no entry on the diagonal; remove it",
		},
		{
			"array truncated", "%%MatrixMarket matrix array real general\n2 2\n1\n2\n",
			"a.mtx:4: found 2 values, the size line needs 4; the file may be cut short, fetch it again or correct the count",
		},
		{
			"array too long", "%%MatrixMarket matrix array real general\n1 1\n1\n2\n",
			"a.mtx:4: more values than the 1 of the matrix; correct the size line or remove the rest",
		},
	})
}

func FuzzReadMTX(f *testing.F) {
	fuzz(f, (*reader).mtx, []string{
		general + "2 3 3\n2 1 -0.5\n1 3 1e0\n1 1 .25\n",
		"%%MatrixMarket matrix coordinate pattern symmetric\n3 3 3\n2 1\n2 1\n3 3\n",
		"%%MatrixMarket matrix coordinate integer skew-symmetric\n2 2 1\n2 1 3\n",
		"%%MatrixMarket matrix array real symmetric\n2 2\n1 2 3\n",
		"%%MatrixMarket matrix array real skew-symmetric\n3 3\n1 2 3\n",
		"2 2 2\n1 1 0\n2 2\n", general + "1048576 1048576 1\n1048576 1048576 1e-400\n", "1 1 99999999\n",
	})
}
