package matfile

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMask(t *testing.T) {
	want := []int8{1, 0, 1, 0, 0, 1}
	runGood(t, "a.txt", Options{Seed: 5}, []good{
		{"no separators", "101\n001\n", true, want, 2},
		{"comments and blank lines", "# mask\n101\n\n% more\n001", true, want, 2},
		{"separators", "1 0 1 1\n0,0,1,0\n", true, []int8{1, 0, 1, 1, 0, 0, 1, 0}, 2},
		{"one column", "1\n0\n1\n", true, []int8{1, 0, 1}, 3},
		{"one row", "101001", true, want, 1},
	})
	runGood(t, "a.txt", Options{Rows: 2, Cols: 3}, []good{{"one line cut to a shape", "101001", true, want, 2}})
	runGood(t, "a.txt", Options{Rows: 2}, []good{{"cut to rows", "101001", true, want, 2}})
	runGood(t, "a.txt", Options{Cols: 3}, []good{{"cut to columns", "101001", true, want, 2}})
}

func TestMaskErrors(t *testing.T) {
	runBad(t, "a.txt", []bad{
		{"not 0 or 1", "10\n12\n", `a.txt:2: "2" at place 2 of a mask row; use 0 and 1 only`},
		{"first row", "0x1\n", `a.txt:1: "x" at place 2 of a mask row; use 0 and 1 only`},
		{"uneven", "# m\n101\n01\n", "a.txt:3: a row of 2 positions, line 2 has 3; make all rows as long"},
		{"neither", "hello\n", `a.txt:1: "hello" is neither an edge nor a row of a mask; write edges as ` + "`source target` or mask rows as 0 and 1"},
		{"four fields", "1 2 3 4\n", `a.txt:1: "1 2 3 4" is neither an edge nor a row of a mask; write edges as ` + "`source target` or mask rows as 0 and 1"},
		{"only commas", ",,\n", `a.txt:1: ",," is neither an edge nor a row of a mask; write edges as ` + "`source target` or mask rows as 0 and 1"},
		{"only comments", "# one\n# two\n", "a.txt:2: there is nothing but comments; the file is cut short, fetch it again"},
	})
	write(t, "a.txt", "101001")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Rows: 4}, "4 x any"}, {Options{Cols: 4}, "any x 4"}, {Options{Rows: 2, Cols: 2}, "2 x 2"}, {Options{Rows: 7}, "7 x any"},
	} {
		_, err := Read("a.txt", c.o)
		assert.EqualError(t, err, "a.txt: the mask has 6 positions, a shape of "+c.want+
			" is asked for; give the shape of the tensor as rows and columns")
	}
}

func TestEdges(t *testing.T) {
	runGood(t, "a.txt", Options{Seed: 5}, []good{
		{"both directions stored", "0 1\n1 0\n", true, []int8{0, 1, 1, 0}, 2},
		{"one side only is undirected", "0\t1\n0\t2\n", true, []int8{0, 1, 1, 1, 0, 0, 1, 0, 0}, 3},
		{"unless it says directed", "# Directed graph\n0 1\n0 2\n", true, []int8{0, 1, 1, 0, 0, 0, 0, 0, 0}, 3},
		{"loops do not matter", "1 1\n0 1\n", true, []int8{0, 1, 1, 1}, 2},
		{
			"undirected, saved once", "# Undirected graph (each pair of nodes is saved once)\n1 0\n1 2\n", true,
			[]int8{0, 1, 0, 1, 0, 1, 0, 1, 0},
			3,
		},
		{"undirected, saved twice", "# Undirected graph (each pair of nodes is saved twice)\n0 1\n1 1\n", true, []int8{0, 1, 0, 1}, 2},
		{"directed, saved once", "# Directed graph (each unordered pair of nodes is saved once)\n1 0\n", true, []int8{0, 0, 1, 0}, 2},
		{"numbers are compacted", "64601,7\n7,300\n", true, []int8{0, 1, 0, 0, 0, 0, 1, 0, 0}, 3},
		{"nodes stated", "# Nodes: 3 Edges: 2\n1 0\n0 1\n", true, []int8{0, 1, 0, 1, 0, 0, 0, 0, 0}, 3},
		{"nodes stated, from 1", "# Nodes:\t3\n1 3\n3 1\n", true, []int8{0, 0, 1, 0, 0, 0, 1, 0, 0}, 3},
		{"nodes stated, numbers sparse", "# Nodes: 2\n1 9\n9 1\n", true, []int8{0, 1, 1, 0}, 2},
		{"header", "3 2\r\n0 1\r\n1 0\r\n", true, []int8{0, 1, 0, 1, 0, 0, 0, 0, 0}, 3},
		{"header, from 1", "3 2\n1 3\n3 1\n", true, []int8{0, 0, 1, 0, 0, 0, 1, 0, 0}, 3},
		{"no header", "2 3\n2 0\n0 2\n", true, []int8{0, 1, 0, 1, 0, 1, 0, 0, 0}, 3},
		{"twice", "0 1\n0 1\n1 0\n", true, []int8{0, 1, 1, 0}, 2},
		{"weights", "0 1 2.0\n1 0 -1\n1 1 0\n", false, []int8{0, 127, -64, 0}, 2},
		{"weights and header", "3 2\n0 1 2\n1 0 -2\n", false, []int8{0, 127, 0, -127, 0, 0, 0, 0, 0}, 3},
		{"a first line with a weight is no header", "2 1 5\n0 1 5\n", false, []int8{0, 127, 0, 0, 0, 0, 0, 127, 0}, 3},
		{"weights given twice add up", "0 1 1\n1 0 4\n0 1 1\n", false, []int8{0, 64, 127, 0}, 2},
		{"a Matrix Market file by another name", general + "1 2 1\n1 2 3\n", false, []int8{0, 127}, 1},
	})
}

func TestEdgesErrors(t *testing.T) {
	runBad(t, "a.txt", []bad{
		{"word", "0 b\n", `a.txt:1: vertex "b" is not a whole number; correct or remove it`},
		{"negative", "0 1\n-1 0\n", "a.txt:2: vertex -1 is negative; number vertices from 0 or 1"},
		{"one field", "0 1\n2\n", "a.txt:2: an edge has 1 fields; write `source target` or `source target weight`"},
		{"weight missing", "0 1 1\n1 0\n", "a.txt:2: an edge has 2 fields, those before have 3; give all edges a weight or none"},
		{"weight too many", "0 1\n1 0\n1 1 5\n", "a.txt:3: an edge has 3 fields, those before have 2; give all edges a weight or none"},
		{"NaN", "0 1 1\n1 0 NaN\n", `a.txt:2: value "NaN" is not finite; replace it by a number`},
		{
			"header disagrees", "9 5\n0 1 1\n1 0 1\n",
			"a.txt:1: the header says 9 nodes and 5 edges, found numbers up to 1 and 2 edges; the file may be cut short, fetch it again or correct the count",
		},
		{
			"long list cut short", "100 400\n" + strings.Repeat("3 4\n4 3\n", 10),
			"a.txt:1: the header says 100 nodes and 400 edges, found numbers up to 4 and 20 edges; the file may be cut short, fetch it again or correct the count",
		},
	})
}

func TestHugeVertexNumbersTakeNoMemory(t *testing.T) {
	write(t, "a.txt", "# Nodes: 9000000000000000000\n0 9000000000000000000\n9000000000000000000 0\n")
	m, err := Read("a.txt", Options{})
	require.NoError(t, err)
	assert.Equal(t, 2, m.Rows)
}

func FuzzReadText(f *testing.F) {
	fuzz(f, (*reader).text, []string{
		"101\n001\n", "1 0 1 1\n0,0,1,0\n", "# Nodes: 3 Edges: 2\n1 0\n0 1\n", "3 2\n0 1 2\n1 0 -2\n", "64601,7\n7,300\n",
		"# Undirected graph: saved once\n0 1 1\n", general + "1 2 1\n1 2 3\n", "9999999999 1\n0 1\n", ",,", "1\n,\n",
	})
}
