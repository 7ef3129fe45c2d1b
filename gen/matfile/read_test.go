package matfile

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const tiny = "2, 3, 2\n0 1 2\n2 0\n"

func TestReadErrors(t *testing.T) {
	for _, c := range []struct {
		name, content, want string
		o                   Options
	}{
		{name: "a.csv", content: "1", want: `a.csv: format ".csv" is not known; use .smtx, .mtx, .txt or .npy, each also as .gz`},
		{name: "a.csv.gz", content: "1", want: `a.csv.gz: format ".csv" is not known; use .smtx, .mtx, .txt or .npy, each also as .gz`},
		{name: "a", content: "1", want: `a: format "" is not known; use .smtx, .mtx, .txt or .npy, each also as .gz`},
		{name: "a.smtx", want: "a.smtx: the file is empty; fetch or write it again"},
		{name: "a.mtx.gz", want: "a.mtx.gz: the file is empty; fetch or write it again"},
		{name: "a.mtx.gz", content: zipped(t, ""), want: "a.mtx.gz: the file is empty; fetch or write it again"},
		{name: "a.smtx.gz", content: tiny, want: "a.smtx.gz: the file is not gzip data; drop .gz from the name or fetch it again"},
		{name: "a.smtx", content: tiny, o: Options{Bits: 9}, want: "a.smtx: values of 9 bits are not supported; use 2 to 8"},
		{name: "a.smtx", content: tiny, o: Options{Bits: 1}, want: "a.smtx: values of 1 bits are not supported; use 2 to 8"},
		{
			name: "a.smtx", content: tiny, o: Options{Rows: -1},
			want: "a.smtx: a shape of -1 x 0 is asked for; use 1 or more, or 0 for the file's own",
		},
		{
			name: "a.smtx", content: tiny, o: Options{Rows: 2, Cols: 2},
			want: "a.smtx: the matrix is 2 x 3, a shape of 2 x 2 is asked for; give the shape of the file, or another file",
		},
		{
			name: "a.smtx", content: tiny, o: Options{Rows: 3},
			want: "a.smtx: the matrix is 2 x 3, a shape of 3 x any is asked for; give the shape of the file, or another file",
		},
	} {
		write(t, c.name, c.content)
		_, err := Read(c.name, c.o)
		assert.EqualError(t, err, c.want)
	}
}

func TestMissingFile(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := Read("gone/a.smtx", Options{})
	assert.EqualError(t, err, "gone/a.smtx: no such file; check the path")
	require.NoError(t, os.Mkdir("dir.mtx", 0o755))
	_, err = Read("dir.mtx", Options{})
	assert.EqualError(t, err, "dir.mtx: is a directory; name a file in it")
	require.NoError(t, os.WriteFile("file.txt", []byte("01"), 0o644))
	_, err = Read("file.txt/b.txt", Options{})
	assert.EqualError(t, err, "file.txt/b.txt: cannot be read (not a directory); check the path and the permissions")
}

func TestGzip(t *testing.T) {
	packed := zipped(t, tiny)
	for _, name := range []string{"a.smtx.gz", "A.SMTX.GZ", "a.smtx"} { // packed data is recognised under any name
		write(t, name, packed)
		m, err := Read(name, Options{Seed: 3})
		require.NoError(t, err)
		assert.Equal(t, 2, m.NNZ())
	}
	for n := 2; n < len(packed); n++ {
		write(t, "a.smtx.gz", packed[:n])
		_, err := Read("a.smtx.gz", Options{})
		require.EqualError(t, err, "a.smtx.gz: the gzip data is cut short; fetch the file again", "after %d bytes", n)
	}
	broken := []byte(packed)
	broken[len(broken)-8] ^= 1 // the checksum
	write(t, "a.smtx.gz", string(broken))
	_, err := Read("a.smtx.gz", Options{})
	assert.EqualError(t, err, "a.smtx.gz: the gzip data is damaged; fetch the file again")
}

func TestErrorIsTyped(t *testing.T) {
	write(t, "a.smtx", "2, 3\n")
	_, err := Read("a.smtx", Options{})
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, Error{File: "a.smtx", Line: 1, Msg: "the first line has 2 fields, not 3", Fix: "write `rows, cols, nnz`"}, *e)
}

func TestLongTokensAreCut(t *testing.T) {
	write(t, "a.smtx", "1, 1, "+strings.Repeat("é", 1000)+"\n")
	_, err := Read("a.smtx", Options{})
	assert.EqualError(t, err, `a.smtx:1: entry count "`+strings.Repeat(`\u00e9`, 12)+`..." is not a whole number; correct or remove it`)
}

func TestSeedAndWidth(t *testing.T) {
	write(t, "a.smtx", "1, 8, 8\n0 8\n0 1 2 3 4 5 6 7\n")
	a, err := Read("a.smtx", Options{Seed: 1})
	require.NoError(t, err)
	b, err := Read("a.smtx", Options{Seed: 1})
	require.NoError(t, err)
	c, err := Read("a.smtx", Options{Seed: 2})
	require.NoError(t, err)
	assert.Equal(t, a, b)
	assert.NotEqual(t, a.Val, c.Val)
	d, err := Read("a.smtx", Options{Seed: 1, Bits: 2})
	require.NoError(t, err)
	for _, v := range d.Val {
		assert.Contains(t, []int8{-1, 1}, v)
	}
}
