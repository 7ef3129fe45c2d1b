package golden

// bitWriter packs fields into 64-bit words, least significant bit first: bit i of the stream is bit i%64 of word i/64.
type bitWriter struct {
	words []uint64
	n     int64
}

// put appends the low `width` bits of v, 0 <= width <= 64.
func (w *bitWriter) put(v uint64, width int64) {
	if width == 0 {
		return
	}
	if width < 64 {
		v &= 1<<width - 1
	}
	at := w.n % 64
	if at == 0 {
		w.words = append(w.words, v)
	} else {
		w.words[len(w.words)-1] |= v << at
		if at+width > 64 {
			w.words = append(w.words, v>>(64-at))
		}
	}
	w.n += width
}

// bitReader takes fields off a stream of n bits. Past the end it gives zeros and sets short.
type bitReader struct {
	words []uint64
	n, at int64
	short bool
}

func (r *bitReader) get(width int64) uint64 {
	if width == 0 {
		return 0
	}
	if r.at+width > r.n {
		r.short, r.at = true, r.n
		return 0
	}
	word, bit := r.at/64, r.at%64
	v := r.words[word] >> bit
	if bit+width > 64 {
		v |= r.words[word+1] << (64 - bit)
	}
	r.at += width
	if width < 64 {
		v &= 1<<width - 1
	}
	return v
}

func (r *bitReader) value() int8 { return int8(r.get(8)) }

func (r *bitReader) left() int64 { return r.n - r.at }
