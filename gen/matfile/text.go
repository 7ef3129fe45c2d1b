package matfile

import (
	"bytes"
	"strings"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// text reads a .txt file, whose first line that is neither blank nor a comment (# or %) tells what it is:
//
//   - one field, or four or more: mask text, rows of 0 and 1 with or without separators;
//   - two or three fields: an edge list, `source target` or `source target weight`;
//   - a Matrix Market banner: that.
//
// A mask of two or three columns must therefore be written without separators.
func (rd *reader) text(data []byte) (*golden.CSR, error) {
	if len(data) >= len(mtxMagic) && strings.EqualFold(string(data[:len(mtxMagic)]), mtxMagic) {
		return rd.mtx(data)
	}
	ls := &lines{rest: data}
	line, ok := ls.nextData("#%")
	if !ok {
		return nil, rd.fail(ls.num, "the file is cut short, fetch it again", "there is nothing but comments")
	}
	toks := fields(line)
	switch len(toks) {
	case 2, 3:
		return rd.edges(data)
	case 0: // nothing but commas
	default:
		if len(bytes.Trim(bytes.Join(toks, nil), "01")) == 0 || len(toks) == 1 && isBit(toks[0][0]) {
			return rd.mask(data)
		}
	}
	return nil, rd.fail(ls.num, "write edges as `source target` or mask rows as 0 and 1",
		"%s is neither an edge nor a row of a mask", quoted(line))
}

func isBit(b byte) bool { return b == '0' || b == '1' }
