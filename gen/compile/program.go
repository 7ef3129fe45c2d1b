package compile

import (
	"encoding/binary"
	"fmt"

	"github.com/sparsegen/sparsegen/gen/target"
	"github.com/sparsegen/sparsegen/verify/golden"
)

// Program is a compiled product.
type Program struct {
	Image []byte // external memory at the start, outputs included; beat 0 first
	Prog  uint32 // beat address of the first instruction

	// What was chosen.
	Format     BFormat
	Output     Output
	Group      int // lanes of a group
	SliceCols  int // columns of a slice; a tile of N has Group x SliceCols
	NTiles     int
	KTiles     int
	TileRows   int // rows of the largest tile of B
	ChunkWords int // capacity of a slot for a chunk of A
	ASlots     int
	BSlots     int

	OutputRegions []Region // what a run may write

	Stats       Stats
	Explanation string // one line: what was chosen and what is expected to bound the run

	rows, cols int
	rowBeats   int
	sliceBeats int
	portBytes  int
}

// Region is a range of external memory in beats.
type Region struct{ Beat, Beats uint32 }

// Stats counts what a program does.
type Stats struct {
	EffectualMACs   int64 // products of two non-zeros
	Tasks           int64 // task words, over all tiles
	Jobs            int64
	Phases          int
	Instructions    int     // END included
	LoadBeats       int64   // A and B
	OutputBeats     int64   // written and, for partial sums, read
	EstimatedCycles float64 // by the job-level simulation
}

// Utilisation is the part of all multiplier cycles that does effectual work, for a run of so many cycles.
func (p *Program) Utilisation(t *target.Target, cycles float64) float64 {
	return float64(p.Stats.EffectualMACs) / (float64(t.Lanes) * cycles)
}

// Compile makes a program for A x B, M x K times K x N with M, K, N >= 1. It errs on operands that do not fit together, on
// options the target cannot follow and on images larger than allowed; the message is one line with the fix to try.
func Compile(t *target.Target, a, b *golden.CSR, o Options) (*Program, error) {
	if err := checkOperands(a, b); err != nil {
		return nil, err
	}
	if err := o.check(t); err != nil {
		return nil, err
	}
	pl := &planner{t: t, o: &o, splits: map[splitKey]*split{}}
	pl.orders[0] = reduce(a, b, false)
	pl.orders[1] = reduce(a, b, true)
	p, tiles, err := pl.best()
	if err != nil {
		return nil, err
	}
	l, err := place(t, p, pl.operands(p), tiles, &o)
	if err != nil {
		return nil, err
	}
	return l.result(), nil
}

func checkOperands(a, b *golden.CSR) error {
	for _, m := range []struct {
		name string
		m    *golden.CSR
	}{{"A", a}, {"B", b}} {
		if err := m.m.Validate(); err != nil {
			return fmt.Errorf("compile: %s: %w; build it with the constructors of verify/golden", m.name, err)
		}
		if m.m.Rows < 1 || m.m.Cols < 1 {
			return fmt.Errorf("compile: %s is %d x %d; give a matrix of at least 1 x 1", m.name, m.m.Rows, m.m.Cols)
		}
	}
	if a.Cols != b.Rows {
		return fmt.Errorf("compile: A is %d x %d and B %d x %d; the columns of A must be the rows of B", a.Rows, a.Cols, b.Rows, b.Cols)
	}
	return nil
}

func (l *layout) result() *Program {
	p := l.p
	r := &Program{
		Image: l.image(), Format: p.format, Output: p.out, Group: p.group, SliceCols: p.ncols, NTiles: p.nTiles,
		KTiles: p.split.tiles(), TileRows: p.split.maxRows, ChunkWords: p.aSlotWords, ASlots: p.aSlots, BSlots: p.bSlots,
		OutputRegions: []Region{{uint32(l.outAt), uint32(l.o.rows * l.rowBeats())}},
		rows:          l.o.rows, cols: l.o.cols, rowBeats: l.rowBeats(), sliceBeats: p.sliceBeats, portBytes: l.t.PortBytes,
	}
	s := &r.Stats
	s.EffectualMACs, s.Instructions, s.EstimatedCycles = l.o.macs, len(l.instructions), p.time.total
	for _, t := range l.tiles {
		s.Phases += len(t.chunks) - 1
		s.Jobs += int64(len(t.jobs))
		for i := range t.jobs {
			j := &t.jobs[i]
			s.Tasks += int64(j.hi - j.lo)
			written := p.drainWords
			if l.int8() && j.last {
				written = (p.drainWords + 3) / 4
			}
			if j.add {
				written += p.drainWords
			}
			s.OutputBeats += int64(written * p.group)
		}
	}
	for _, in := range l.instructions {
		if in[0]&15 == opLoad {
			s.LoadBeats += int64(in[0] >> 16)
		}
	}
	r.Explanation = p.explain(l, s)
	return r
}

func (p *plan) explain(l *layout, s *Stats) string {
	tm := p.time
	return fmt.Sprintf("B %v, groups of %d lanes x %d columns, %d x %d tiles of N x K (%d rows of B), %d slots of %d words for A, jobs %v; "+
		"expect %.0f cycles: start %.0f, multipliers %.0f, waiting for loads %.0f, drain %.0f, port %.0f; utilisation %.3f",
		p.format, p.group, p.ncols, p.nTiles, p.split.tiles(), p.split.maxRows, p.aSlots, p.aSlotWords, p.order,
		tm.total, tm.start, tm.busy, tm.waiting, tm.drain, tm.port, float64(s.EffectualMACs)/(float64(l.t.Lanes)*tm.total))
}

// Unpack reads an int32 result out of external memory after a run.
func (p *Program) Unpack(mem []byte) (*golden.Int32, error) {
	if p.Output != Int32 {
		return nil, fmt.Errorf("compile: the result is %v; use UnpackInt8", p.Output)
	}
	m := golden.NewInt32(p.rows, p.cols)
	err := p.each(mem, 4, func(i, at int) { m.Data[i] = int32(binary.LittleEndian.Uint32(mem[at:])) })
	return m, err
}

// UnpackInt8 is [Program.Unpack] for a requantised result.
func (p *Program) UnpackInt8(mem []byte) (*golden.Dense, error) {
	if p.Output != Int8 {
		return nil, fmt.Errorf("compile: the result is %v; use Unpack", p.Output)
	}
	m := golden.NewDense(p.rows, p.cols)
	err := p.each(mem, 1, func(i, at int) { m.Data[i] = int8(mem[at]) })
	return m, err
}

// each visits the elements of the result with their byte addresses.
func (p *Program) each(mem []byte, size int, visit func(i, at int)) error {
	if r := p.OutputRegions[0]; len(mem) < int(r.Beat+r.Beats)*p.portBytes {
		return fmt.Errorf("compile: memory of %d bytes ends before the outputs, which end at %d; pass the whole memory",
			len(mem), int(r.Beat+r.Beats)*p.portBytes)
	}
	for row := range p.rows {
		base := int(p.OutputRegions[0].Beat) + row*p.rowBeats
		for c := range p.cols {
			s := c / p.SliceCols
			visit(row*p.cols+c, (base+s*p.sliceBeats)*p.portBytes+size*(c%p.SliceCols))
		}
	}
	return nil
}
