package matfile

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strconv"
	"strings"
)

// npyHead is the header of an array file.
type npyHead struct {
	kind    byte // b, i, u or f
	size    int  // bytes of an element
	order   binary.ByteOrder
	fortran bool
	shape   [2]int
}

// The header is a Python dictionary of three known keys; these find their values.
var (
	npyDescr   = regexp.MustCompile(`'descr': *'([^']*)'`)
	npyFortran = regexp.MustCompile(`'fortran_order': *(True|False)`)
	npyShape   = regexp.MustCompile(`'shape': *\(([0-9L, ]*)\)`)
)

const npyMagic = "\x93NUMPY"

// npyHeader reads magic, version, length and dictionary, and gives the data behind them.
func (rd *reader) npyHeader(data []byte) (h npyHead, rest []byte, err error) {
	const fixWrite = "write it with numpy.save"
	cut := rd.fail(0, "fetch the file again", "the header is cut short")
	if !bytes.HasPrefix(data, []byte(npyMagic)) {
		return h, nil, rd.fail(0, fixWrite, "this is not a NumPy array, the first bytes are %s", quoted(data[:min(6, len(data))]))
	}
	data = data[len(npyMagic):]
	if len(data) < 2 {
		return h, nil, cut
	}
	version, lenBytes := data[0], 4
	switch version {
	case 1:
		lenBytes = 2
	case 2, 3:
	default:
		return h, nil, rd.fail(0, fixWrite, "NumPy format %d.%d is not known", data[0], data[1])
	}
	data = data[2:]
	if len(data) < lenBytes {
		return h, nil, cut
	}
	n := int(binary.LittleEndian.Uint16(data))
	if lenBytes == 4 {
		n = int(binary.LittleEndian.Uint32(data))
	}
	data = data[lenBytes:]
	if n > len(data) {
		return h, nil, cut
	}
	dict, rest := string(data[:n]), data[n:]

	descr, fortran, shape := npyDescr.FindStringSubmatch(dict), npyFortran.FindStringSubmatch(dict),
		npyShape.FindStringSubmatch(dict)
	for _, key := range []struct {
		name  string
		found []string
	}{{"descr", descr}, {"fortran_order", fortran}, {"shape", shape}} {
		if key.found == nil {
			return h, nil, rd.fail(0, "write a plain numeric array with numpy.save", "the header has no readable %s", key.name)
		}
	}
	h.fortran = fortran[1] == "True"
	if err := rd.npyType(&h, descr[1]); err != nil {
		return h, nil, err
	}
	return h, rest, rd.npyDims(&h, shape[1])
}

// npyType reads a type like <f4: byte order, kind, bytes.
func (rd *reader) npyType(h *npyHead, descr string) error {
	unknown := rd.fail(0, "convert it with astype to int8 or float32", "element type %s is not read", quoted([]byte(descr)))
	if len(descr) != 3 {
		return unknown
	}
	h.order = binary.LittleEndian
	switch descr[0] {
	case '<', '|', '=':
	case '>':
		h.order = binary.BigEndian
	default:
		return unknown
	}
	h.kind, h.size = descr[1], int(descr[2]-'0')
	sizes, known := map[byte]string{'b': "1", 'i': "1248", 'u': "1248", 'f': "248"}[h.kind]
	if !known || !strings.Contains(sizes, descr[2:]) {
		return unknown
	}
	return nil
}

// npyDims reads the shape: (n,) or (rows, cols).
func (rd *reader) npyDims(h *npyHead, text string) error {
	var dims []int
	for _, tok := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == 'L' }) {
		n, err := strconv.Atoi(tok)
		if err != nil {
			return rd.fail(0, "write it again with numpy.save", "size %s of the shape is not a whole number", quoted([]byte(tok)))
		}
		dims = append(dims, n)
	}
	switch len(dims) {
	case 1:
		h.shape = [2]int{1, dims[0]}
	case 2:
		h.shape = [2]int{dims[0], dims[1]}
	default:
		return rd.fail(0, "reshape it to two dimensions", "an array of %d dimensions is not a matrix", len(dims))
	}
	for d, what := range []string{"rows", "columns"} {
		if h.shape[d] < 1 {
			return rd.fail(0, "a size is 1 or more", "%s is %d", what, h.shape[d])
		}
	}
	return nil
}
