package compile

import "encoding/binary"

// image writes every section.
func (l *layout) image() []byte {
	w := &writer{mem: make([]byte, l.beats*l.t.PortBytes), port: l.t.PortBytes}
	for i, in := range l.instructions {
		for j, word := range in {
			w.put(i*l.t.InstructionBeats(), j, word)
		}
	}
	for i, t := range l.tiles {
		for c := range len(t.chunks) - 1 {
			l.writeChunk(w, t, c, l.chunkAt[i][c])
		}
	}
	for k := range l.bAt {
		if l.p.format == Dense {
			l.writeDense(w, k)
		} else {
			l.writeCompressed(w, k)
		}
	}
	return w.mem
}

// writer puts words at word offsets from a beat.
type writer struct {
	mem  []byte
	port int
}

func (w *writer) put(beat, word int, v uint32) {
	binary.LittleEndian.PutUint32(w.mem[beat*w.port+4*word:], v)
}

// writeChunk writes the job table, then the jobs.
func (l *layout) writeChunk(w *writer, t *tile, c, at int) {
	jobs := t.jobs[t.chunks[c]:t.chunks[c+1]]
	base := l.p.split.bounds[t.k]
	scale := 1 // from a position to its task field
	if l.p.format == Dense {
		scale = l.p.rowWords
	}
	word := len(jobs)
	for i := range jobs {
		j := &jobs[i]
		length := int(j.hi-j.lo) + 1
		w.put(at, i, uint32(word)|uint32(length)<<16)
		for k := j.lo; k < j.hi; k++ {
			w.put(at, word, task(t.o.val[k], (int(t.o.pos[k])-base)*scale))
			word++
		}
		out := uint32(l.outBeat(int(j.row), t.n))
		w.put(at, word, endWord(out, j.add, l.int8() && j.last))
		word++
	}
}

func (l *layout) int8() bool { return l.p.out == Int8 }

// writeDense writes the tiles of B of one tile of K: slice s, row r at word s x stride + r x rowWords.
func (l *layout) writeDense(w *writer, k int) {
	p, lo := l.p, l.p.split.bounds[k]
	for pos := lo; pos < p.split.bounds[k+1]; pos++ {
		cols, vals := l.o.b.Row(int(l.o.bRow[pos]))
		eachRun(cols, vals, p.ncols, func(r run) {
			at := l.bAt[k][r.slice/p.group]*w.port + 4*(r.slice%p.group*l.stride+(pos-lo)*p.rowWords)
			first := int32(r.slice * p.ncols)
			for i, c := range r.cols {
				w.mem[at+int(c-first)] = byte(r.vals[i])
			}
		})
	}
}

// writeCompressed writes the row tables, slice s at word s x stride, and after the last of them the rows in the order of
// positions, the slices of a row side by side.
func (l *layout) writeCompressed(w *writer, k int) {
	p, lo, hi := l.p, l.p.split.bounds[k], l.p.split.bounds[k+1]
	next := make([]int, p.nTiles)
	for n := range next {
		next[n] = (p.group-1)*l.stride + hi - lo
	}
	var row []uint32
	for pos := lo; pos < hi; pos++ {
		cols, vals := l.o.b.Row(int(l.o.bRow[pos]))
		eachRun(cols, vals, p.ncols, func(r run) {
			if row = row[:0]; p.format == Pairs {
				row = r.appendPairs(row, p.ncols)
			} else {
				row = r.appendBitmap(row, p.ncols)
			}
			n := r.slice / p.group
			entry := r.slice%p.group*l.stride + pos - lo
			w.put(l.bAt[k][n], entry, uint32(uint16(next[n]-entry))|uint32(len(row))<<16)
			for _, v := range row {
				w.put(l.bAt[k][n], next[n], v)
				next[n]++
			}
		})
	}
}
