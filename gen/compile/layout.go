package compile

import (
	"fmt"

	"github.com/sparsegen/sparsegen/gen/target"
)

// layout places the sections of the image, all in beats. External memory holds, one after the other: the program, the
// chunks of A in the order of execution, the tiles of B (tile of K outermost), the outputs.
type layout struct {
	t      *target.Target
	p      *plan
	o      *operands
	tiles  []*tile
	stride int // words between slices of a tile of B

	instructions []instruction
	chunkAt      [][]int // tile, chunk
	bAt          [][]int // tile of K, tile of N; only where the tile is used
	bWords       [][]int
	outAt        int
	beats        int
}

// place measures all sections and writes the program.
func place(t *target.Target, p *plan, o *operands, tiles []*tile, opt *Options) (*layout, error) {
	l := &layout{t: t, p: p, o: o, tiles: tiles, stride: p.stride(t, p.split.maxRows)}
	l.measureB()
	at := (l.countInstructions() + spareInstructions) * t.InstructionBeats()
	for _, tile := range tiles {
		var row []int
		for c := range len(tile.chunks) - 1 {
			row = append(row, at)
			at += t.Beats(tile.chunkWords(c))
		}
		l.chunkAt = append(l.chunkAt, row)
	}
	for k := range l.bAt {
		for n := range l.bAt[k] {
			l.bAt[k][n] = at
			at += t.Beats(l.bWords[k][n])
		}
	}
	l.outAt = at
	at += o.rows * l.rowBeats()
	l.beats = at
	limit := opt.MaxImageBytes
	if limit == 0 {
		limit = defaultMaxImage
	}
	if size := int64(at) * int64(t.PortBytes); size > limit || at > maxBeat {
		return nil, fmt.Errorf("compile: a %d x %d result makes an image of %d MiB, more than %d MiB; raise MaxImageBytes or cut the product into parts",
			o.rows, o.cols, size>>20, min(limit, int64(maxBeat)*int64(t.PortBytes))>>20)
	}
	l.program(opt)
	return l, nil
}

// rowBeats is the beats of an output row over all tiles of N.
func (l *layout) rowBeats() int { return l.p.nTiles * l.p.group * l.p.sliceBeats }

// outBeat is where the output of a row in a tile of N starts.
func (l *layout) outBeat(row, n int) int {
	return l.outAt + row*l.rowBeats() + n*l.p.group*l.p.sliceBeats
}

// measureB finds the exact size of each tile of B: its slices (dense) or row tables, then its compressed rows.
func (l *layout) measureB() {
	p := l.p
	l.bAt, l.bWords = make([][]int, p.split.tiles()), make([][]int, p.split.tiles())
	for k := range l.bAt {
		l.bAt[k], l.bWords[k] = make([]int, p.nTiles), make([]int, p.nTiles)
		rows := p.split.bounds[k+1] - p.split.bounds[k]
		if rows == 0 {
			continue
		}
		perSlice := rows
		if p.format == Dense {
			perSlice = rows * p.rowWords
		}
		for n := range l.bWords[k] {
			l.bWords[k][n] = (p.group-1)*l.stride + perSlice
		}
		if p.format == Dense {
			continue
		}
		for pos := p.split.bounds[k]; pos < p.split.bounds[k+1]; pos++ {
			cols, vals := l.o.b.Row(int(l.o.bRow[pos]))
			eachRun(cols, vals, p.ncols, func(r run) { l.bWords[k][r.slice/p.group] += r.words(p.format, p.ncols) })
		}
	}
}

// bSlot and aSlot are local word addresses.
func (l *layout) bSlot(tile int) int { return tile % l.p.bSlots * l.p.bSlotWords }

func (l *layout) aSlot(phase int) int {
	return l.p.bSlots*l.p.bSlotWords + phase%l.p.aSlots*l.p.aSlotWords
}

// piece is a part of a tile of B that one LOAD brings.
type piece struct {
	tile, from, beats int
	retired           int
}

// pieces cuts the next tile of B into loads, by the chunk of this tile after which they stand. They are spread evenly so that chunks of A
// are not held up, and start where waiting for a chunk slot implies that the slot of B is free.
func (l *layout) pieces(i, phasesBefore int) [][]piece {
	n := len(l.tiles[i].chunks) - 1
	out := make([][]piece, n)
	if l.p.bSlots == 1 || i+1 >= len(l.tiles) {
		return out
	}
	beats := l.bBeats(i + 1)
	from := min(n-1, l.p.aSlots-1)
	done := 0
	for c := from; c < n; c++ {
		upTo := beats * (c - from + 1) / (n - from)
		if upTo > done {
			out[c] = append(out[c], piece{i + 1, done, upTo - done, phasesBefore})
		}
		done = upTo
	}
	return out
}

func (l *layout) bBeats(i int) int { return l.t.Beats(l.bWords[l.tiles[i].k][l.tiles[i].n]) }

// countInstructions counts what program will write.
func (l *layout) countInstructions() int {
	count, phases := 2, 0 // CONFIG, END
	for i, t := range l.tiles {
		if (i == 0 || l.p.bSlots == 1) && l.bBeats(i) > 0 {
			count++
		}
		for _, c := range l.pieces(i, phases) {
			count += len(c)
		}
		count += 2 * (len(t.chunks) - 1)
		phases += len(t.chunks) - 1
	}
	return count
}

// program writes the instructions. A phase stands right after the load of its chunk; a slot is loaded again only after the
// phases that use it are retired.
func (l *layout) program(opt *Options) {
	var q struct {
		mult  uint16
		shift uint8
	}
	if opt.Output == Int8 {
		q.mult, q.shift = opt.Requant.Mult, opt.Requant.Shift
	}
	emit := func(in instruction) { l.instructions = append(l.instructions, in) }
	emit(l.p.config(l.stride, q.mult, q.shift))
	loadB := func(pc piece) {
		t := l.tiles[pc.tile]
		emit(load(pc.beats, uint32(l.bAt[t.k][t.n]+pc.from), l.bSlot(pc.tile)+pc.from*l.t.PortWords(), pc.retired))
	}
	phases := 0
	for i, t := range l.tiles {
		before := phases
		pieces := l.pieces(i, before)
		for c := range len(t.chunks) - 1 {
			if b := l.bBeats(i); c == 0 && b > 0 && i == 0 {
				loadB(piece{tile: i, beats: b})
			}
			emit(load(l.t.Beats(t.chunkWords(c)), uint32(l.chunkAt[i][c]), l.aSlot(phases), phases-l.p.aSlots+1))
			if b := l.bBeats(i); c == 0 && b > 0 && i > 0 && l.p.bSlots == 1 {
				loadB(piece{tile: i, beats: b, retired: before})
			}
			emit(phase(t.chunks[c+1]-t.chunks[c], l.aSlot(phases), l.bSlot(i), t.barrier && c == 0))
			phases++
			for _, pc := range pieces[c] {
				loadB(pc)
			}
		}
	}
	emit(instruction{opEnd})
}
