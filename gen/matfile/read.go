package matfile

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// Options says how to turn a file into a matrix. The zero value reads 8-bit values with seed 0.
type Options struct {
	Seed uint64 // of the values of a pattern
	Bits int    // width of a value, 2 to 8; 0 means 8

	// Rows and Cols are the shape wanted; 0 means whatever the file has. Mask text without line breaks is cut into rows by
	// them (one of the two is enough). Any other file must have this shape.
	Rows, Cols int
}

const (
	maxBytes = 1 << 30 // a file, unpacked
	minLimit = 1 << 20 // sizes up to this are believed of a file of any length
)

// Read reads the matrix in the file at path. Every error is an [*Error].
func Read(path string, o Options) (*golden.CSR, error) {
	rd := &reader{file: path, o: o}
	if o.Bits == 0 {
		rd.o.Bits = 8
	}
	if rd.o.Bits < 2 || rd.o.Bits > 8 {
		return nil, rd.fail(0, "use 2 to 8", "values of %d bits are not supported", rd.o.Bits)
	}
	if o.Rows < 0 || o.Cols < 0 {
		return nil, rd.fail(0, "use 1 or more, or 0 for the file's own", "a shape of %d x %d is asked for", o.Rows, o.Cols)
	}
	ext := strings.ToLower(path)
	ext = filepath.Ext(strings.TrimSuffix(ext, ".gz"))
	parse, known := map[string]func(*reader, []byte) (*golden.CSR, error){
		".smtx": (*reader).smtx, ".mtx": (*reader).mtx, ".txt": (*reader).text, ".npy": (*reader).npy,
	}[ext]
	if !known {
		return nil, rd.fail(0, "use .smtx, .mtx, .txt or .npy, each also as .gz", "format %s is not known", quoted([]byte(ext)))
	}
	data, err := rd.load()
	if err != nil {
		return nil, err
	}
	return rd.finish(parse, data)
}

// reader reads one file.
type reader struct {
	file  string
	o     Options // Bits is set
	limit int     // no size in the file may be larger
}

// finish parses data and checks the shape.
func (rd *reader) finish(parse func(*reader, []byte) (*golden.CSR, error), data []byte) (*golden.CSR, error) {
	if len(data) == 0 {
		return nil, rd.fail(0, "fetch or write it again", "the file is empty")
	}
	rd.limit = max(minLimit, len(data))
	m, err := parse(rd, data)
	if err != nil {
		return nil, err
	}
	if r, c := rd.o.Rows, rd.o.Cols; r != 0 && r != m.Rows || c != 0 && c != m.Cols {
		return nil, rd.fail(0, "give the shape of the file, or another file",
			"the matrix is %d x %d, a shape of %s x %s is asked for", m.Rows, m.Cols, orAny(r), orAny(c))
	}
	return m, nil
}

// load reads the file and unpacks it. Packed data is known by its first bytes, whatever the name.
func (rd *reader) load() ([]byte, error) {
	info, err := os.Stat(rd.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, rd.fail(0, "check the path", "no such file")
	case err != nil:
		return nil, rd.fail(0, "check the path and the permissions", "cannot be read (%s)", reason(err))
	case info.IsDir():
		return nil, rd.fail(0, "name a file in it", "is a directory")
	case info.Size() > maxBytes:
		return nil, rd.fail(0, "use a smaller matrix", "%d bytes are more than the %d read here", info.Size(), maxBytes)
	}
	data, err := os.ReadFile(rd.file)
	if err != nil {
		return nil, rd.fail(0, "check the path and the permissions", "cannot be read (%s)", reason(err))
	}
	packed := bytes.HasPrefix(data, []byte{0x1f, 0x8b})
	if !packed {
		if len(data) > 0 && strings.HasSuffix(strings.ToLower(rd.file), ".gz") {
			return nil, rd.fail(0, "drop .gz from the name or fetch it again", "the file is not gzip data")
		}
		return data, nil
	}
	return rd.unpack(data)
}

func (rd *reader) unpack(data []byte) ([]byte, error) {
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(zr, maxBytes+1))
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return nil, rd.fail(0, "fetch the file again", "the gzip data is cut short")
	case err != nil:
		return nil, rd.fail(0, "fetch the file again", "the gzip data is damaged")
	case len(data) > maxBytes:
		return nil, rd.fail(0, "use a smaller matrix", "unpacks to more than the %d bytes read here", maxBytes)
	}
	return data, nil
}

// reason is the bare cause of a file system error, without the path it repeats.
func reason(err error) string {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}
