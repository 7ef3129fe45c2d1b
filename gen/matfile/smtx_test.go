package matfile

import "testing"

func TestSMTX(t *testing.T) {
	runGood(t, "a.smtx", Options{Seed: 5}, []good{
		{"as published", "3, 4, 4\n0 2 2 4 \n0 3 1 2 \n", true, []int8{1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0}, 3},
		{"without commas, with CRLF", "1 2 1\r\n0 1\r\n1\r\n", true, []int8{0, 1}, 1},
		{"no non-zeros", "2, 2, 0\n0 0 0\n\n", true, []int8{0, 0, 0, 0}, 2},
		{"no non-zeros, no third line", "2, 2, 0\n0 0 0", true, []int8{0, 0, 0, 0}, 2},
	})
}

func TestSMTXErrors(t *testing.T) {
	runBad(t, "a.smtx", []bad{
		{"garbage", "\x00\x01\x02", "a.smtx:1: the first line has 1 fields, not 3; write `rows, cols, nnz`"},
		{"words", "two, 3, 1\n0 1 1\n0\n", `a.smtx:1: rows "two" is not a whole number; correct or remove it`},
		{
			"huge number", "1, 99999999999999999999, 1\n0 1\n0\n",
			`a.smtx:1: cols "99999999999999999999" is not a whole number; correct or remove it`,
		},
		{"negative size", "-2, 3, 1\n0 1 1\n0\n", "a.smtx:1: rows is -2; a size is 1 or more"},
		{"no size", "2, 0, 0\n0 0 0\n\n", "a.smtx:1: cols is 0; a size is 1 or more"},
		{"negative count", "2, 3, -1\n0 1 1\n0\n", "a.smtx:1: entry count is -1; a count is 0 or more"},
		{
			"size the file cannot hold", "1000000000000, 3, 1\n0\n",
			"a.smtx:1: rows is 1000000000000, the most for a file of this length is 1048576; correct it or split the matrix",
		},
		{"truncated after line 1", "2, 3, 2\n", "a.smtx:2: the row offsets are missing; the file is cut short, fetch it again"},
		{
			"truncated in line 2", "2, 3, 2\n0 1",
			"a.smtx:2: found 2 row offsets, 2 rows have 3; the file may be cut short, fetch it again or correct the count",
		},
		{
			"truncated in line 3", "2, 3, 2\n0 1 2\n2",
			"a.smtx:3: found 1 column indices, line 1 says 2; the file may be cut short, fetch it again or correct the count",
		},
		{
			"count disagrees", "2, 3, 3\n0 1 2\n2 0 1\n",
			"a.smtx:2: the last row offset is 2, line 1 says 3 non-zeros; correct the one that is wrong",
		},
		{
			"too many columns", "2, 3, 2\n0 1 2\n2 0 1\n",
			"a.smtx:3: found 3 column indices, line 1 says 2; the file may be cut short, fetch it again or correct the count",
		},
		{"first offset", "2, 3, 2\n1 1 2\n2 0\n", "a.smtx:2: the first row offset is 1; start with 0"},
		{
			"offsets decrease", "3, 3, 2\n0 2 1 2\n0 1\n",
			"a.smtx:2: row offset 1 follows 2; offsets never decrease, correct them",
		},
		{"offset is a word", "2, 3, 2\n0 x 2\n2 0\n", `a.smtx:2: row offset "x" is not a whole number; correct or remove it`},
		{"index out of range", "2, 3, 2\n0 1 2\n2 3\n", "a.smtx:3: column index 3 of row 1 is outside 0..2; correct it or line 1"},
		{"negative index", "2, 3, 2\n0 1 2\n2 -1\n", "a.smtx:3: column index -1 of row 1 is outside 0..2; correct it or line 1"},
		{
			"index is a number with a point", "2, 3, 2\n0 1 2\n2 1.5\n",
			`a.smtx:3: column index "1.5" is not a whole number; correct or remove it`,
		},
		{"unsorted", "2, 3, 2\n0 2 2\n2 0\n", "a.smtx:3: row 0 is unsorted, column 0 follows 2; sort the columns of each row"},
		{"twice", "2, 3, 2\n0 2 2\n1 1\n", "a.smtx:3: column index 1 of row 0 is given twice; keep one"},
		{"more text", "2, 3, 2\n0 1 2\n2 0\n\n7\n", "a.smtx:5: text after the column indices; remove it"},
	})
}

func FuzzReadSMTX(f *testing.F) {
	fuzz(f, (*reader).smtx, []string{
		tiny, "2, 2, 0\n0 0 0\n\n", "1 2 1\r\n0 1\r\n1\r\n", "3, 4, 4\n0 2 2 4 \n0 3 1 2 \n",
		"-1, 1, 1", "1, 1000000, 1\n0 1\n999999", "1, 1, 9999999999999999999",
	})
}
