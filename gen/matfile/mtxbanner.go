package matfile

import (
	"bytes"
	"strings"
)

// mtxHead is what the banner of a Matrix Market file says.
type mtxHead struct {
	banner   bool // there is one
	array    bool
	pattern  bool
	symmetry string
	mirror   float64 // as in list
}

const mtxMagic = "%%matrixmarket"

// mtxBanner reads the first line: %%MatrixMarket matrix FORMAT FIELD SYMMETRY, in any case.
func (rd *reader) mtxBanner(data []byte) (mtxHead, error) {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	words := strings.Fields(strings.ToLower(string(line)))
	if len(words) == 0 || words[0] != mtxMagic {
		return mtxHead{}, nil
	}
	if len(words) != 5 {
		return mtxHead{}, rd.fail(1, "write `%%MatrixMarket matrix coordinate real general`", "the banner has %d words, not 5",
			len(words))
	}
	h := mtxHead{banner: true, symmetry: words[4]}
	unknown := func(what, word, fix string) (mtxHead, error) {
		return h, rd.fail(1, fix, "%s %s is not read", what, quoted([]byte(word)))
	}
	if words[1] != "matrix" {
		return unknown("object", words[1], "use matrix")
	}
	switch words[2] {
	case "coordinate":
	case "array":
		h.array = true
	default:
		return unknown("format", words[2], "use coordinate or array")
	}
	switch words[3] {
	case "real", "double", "integer":
	case "pattern":
		h.pattern = true
		if h.array {
			return unknown("array field", words[3], "use real or integer")
		}
	case "complex":
		return unknown("field", words[3], "keep the real part or the magnitude and use real")
	default:
		return unknown("field", words[3], "use real, integer or pattern")
	}
	switch words[4] {
	case "general":
	case "symmetric":
		h.mirror = 1
	case "skew-symmetric":
		h.mirror = -1
	default:
		return unknown("symmetry", words[4], "use general, symmetric or skew-symmetric")
	}
	return h, nil
}
