package matfile

import (
	"bytes"
	"compress/gzip"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// write puts content into a file of that name in a fresh current directory, so that messages start with the bare name.
func write(t *testing.T, name, content string) {
	t.Helper()
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile(name, []byte(content), 0o644))
}

// zipped is content as gzip.
func zipped(t *testing.T, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(content))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

// good is a file and the matrix in it. A pattern is compared without its values.
type good struct {
	what, content string
	pattern       bool
	want          []int8 // row major
	rows          int
}

func runGood(t *testing.T, name string, o Options, cases []good) {
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			write(t, name, c.content)
			m, err := Read(name, o)
			require.NoError(t, err)
			require.NoError(t, m.Validate())
			want := (&golden.Dense{Rows: c.rows, Cols: len(c.want) / c.rows, Data: c.want}).CSR()
			if c.pattern {
				assert.Equal(t, want.Pattern(), m.Pattern())
				assert.Equal(t, golden.Values(o.Seed, m.NNZ()), m.Val)
			} else {
				assert.Equal(t, want.Dense(), m.Dense())
			}
		})
	}
}

// bad is a file and the whole text of its error.
type bad struct{ what, content, want string }

func runBad(t *testing.T, name string, cases []bad) {
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			write(t, name, c.content)
			m, err := Read(name, Options{})
			assert.Nil(t, m)
			assert.EqualError(t, err, c.want)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, name, e.File)
		})
	}
}

// fuzz checks what holds for any input: no panic, and either a valid matrix or one line that says what to try.
func fuzz(f *testing.F, parse func(*reader, []byte) (*golden.CSR, error), seeds []string) {
	for _, s := range seeds {
		f.Add([]byte(s), uint8(0), uint8(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, rows, cols uint8) {
		rd := &reader{file: "f", o: Options{Seed: 1, Bits: 8, Rows: int(rows), Cols: int(cols)}}
		m, err := rd.finish(parse, data)
		if err == nil {
			require.NoError(t, m.Validate())
			require.True(t, m.Rows > 0 && m.Cols > 0)
			return
		}
		var e *Error
		require.ErrorAs(t, err, &e)
		require.NotEmpty(t, e.Msg)
		require.NotEmpty(t, e.Fix)
		require.NotContains(t, err.Error(), "\n")
	})
}
