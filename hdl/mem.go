package hdl

import (
	"math/big"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A Mem is a memory of words. Reads and writes may be placed anywhere; a Write inside If happens only on that path.
type Mem struct {
	m  *M
	id int32
}

// Collision says what a synchronous read returns when its word is written at the same edge.
type Collision uint8

// The read-during-write behaviours.
const (
	OldData   Collision = iota // the word before the write
	NewData                    // the word after the write: a bypass is built
	Forbidden                  // must not happen; simulation reports it
)

// Mem makes a memory of depth words of the given width. Without Init its words are undefined in hardware until written
// (0 in simulation).
func (m *M) Mem(name string, depth, width int) Mem {
	if depth < 1 || width < 1 {
		m.report(CodeMemory, "use at least one word of one bit", "memory %s of %d words of %d bits", name, depth, width)
		return Mem{m, -1}
	}
	if depth > maxDepth || width > maxWidth {
		m.report(CodeMemory, sprintf("use at most %d words of %d bits", maxDepth, maxWidth), "memory %s of %d words of %d bits", name, depth, width)
		return Mem{m, -1}
	}
	if !m.claim(name) {
		return Mem{m, -1}
	}
	m.ir.Mems = append(m.ir.Mems, ir.Mem{Name: name, Depth: int32(depth), Width: int32(width), Loc: m.loc()})
	return Mem{m, int32(len(m.ir.Mems) - 1)}
}

const maxDepth = 1 << 28

func (x Mem) mem() *ir.Mem { return &x.m.ir.Mems[x.id] }

// bad tells whether there is no such memory; the zero Mem is reported if one of vs tells where.
func (x Mem) bad(vs ...Value) bool {
	if x.m != nil {
		return x.id < 0
	}
	if m := module(vs...); m != nil {
		m.report(CodeUnset, "make it with Mem or MemOf", "memory that was never made")
	}
	return true
}

// AddrWidth is the width of an address: Clog2 of the depth.
func (x Mem) AddrWidth() int {
	if x.bad() {
		return 1
	}
	return Clog2(int(x.mem().Depth))
}

// Init gives the first words their value at the start.
func (x Mem) Init(words ...int64) Mem {
	if x.bad() {
		return x
	}
	if len(words) > int(x.mem().Depth) {
		x.m.report(CodeMemory, "give at most one value a word", "%d initial words for %s of %d words", len(words), x.mem().Name, x.mem().Depth)
		return x
	}
	w := x.mem().Width
	init := make([]ir.Bits, x.mem().Depth)
	for i := range init {
		v := int64(0)
		if i < len(words) {
			v = words[i]
		}
		b := big.NewInt(v)
		if (v >= 0 && b.BitLen() > int(w)) || (v < 0 && new(big.Int).Not(b).BitLen() >= int(w)) {
			x.m.report(CodeFit, "widen the memory", "initial word %d of %s does not fit %d bits", v, x.mem().Name, w)
		}
		init[i] = toBits(b, w)
	}
	x.mem().Init = init
	return x
}

// Write writes data at addr at the clock edge where en is 1.
func (x Mem) Write(en, addr, data Value) { x.write(en, addr, data, nil) }

// WriteMask writes the parts of the word whose mask bit is 1; the mask's width divides the word's.
func (x Mem) WriteMask(en, addr, data, mask Value) {
	if mask == nil {
		mask = Sig{} // reported
	}
	x.write(en, addr, data, mask)
}

func (x Mem) write(en, addr, data, mask Value) {
	if x.bad(en, addr, data) {
		return
	}
	m := x.m
	e := m.cond(en)
	a, ok := x.addr(addr)
	d := m.resolve(data, x.mem().Width, false)
	if e.bad() || !ok || d.bad() {
		return
	}
	if d.Width() != int(x.mem().Width) {
		m.report(CodeWidth, "match the word", "width mismatch in write to %s: word is %d bits, %s is %d bits", x.mem().Name, x.mem().Width, m.describe(d.id), d.Width())
		return
	}
	w := ir.MemWrite{En: e.id, Addr: a.id, Data: d.AsUnsigned().id, Loc: m.loc()}
	if mask != nil {
		k := m.resolve(mask, 0, false)
		if k.bad() {
			return
		}
		if int(x.mem().Width)%k.Width() != 0 {
			m.report(CodeMemory, "use a mask whose width divides the word's", "mask of %d bits for words of %d bits in %s", k.Width(), x.mem().Width, x.mem().Name)
			return
		}
		w.Mask = k.id
	}
	if p := m.pathCond(); p != 0 {
		w.En = Sig{m, p}.And(e).id
	}
	x.mem().Writes = append(x.mem().Writes, w)
}

func (x Mem) addr(addr Value) (Sig, bool) {
	a := x.m.resolve(addr, int32(x.AddrWidth()), false)
	if a.bad() {
		return a, false
	}
	if a.Signed() {
		x.m.report(CodeMemory, "use AsUnsigned on it", "address %s of %s is signed", x.m.describe(a.id), x.mem().Name)
		return a, false
	}
	if a.Width() != x.AddrWidth() {
		x.m.report(CodeMemory, sprintf("use an unsigned address of %d bits", x.AddrWidth()), "address %s of %s has %d bits; %d words need %d",
			x.m.describe(a.id), x.mem().Name, a.Width(), x.mem().Depth, x.AddrWidth())
		return a, false
	}
	return a, true
}

// ReadAsync is the word at addr in the same cycle: flip-flops or distributed memory, not a macro.
func (x Mem) ReadAsync(addr Value) Sig { return x.read("", false, nil, addr, OldData) }

// ReadSync is the word at addr as it was at the last edge where en was 1; it holds otherwise. name names the register. On
// a collision with a write it returns what c says. Unlike a write, a read inside If is not gated by the If: en alone says
// when.
func (x Mem) ReadSync(name string, en, addr Value, c Collision) Sig {
	return x.read(name, true, en, addr, c)
}

func (x Mem) read(name string, sync bool, en, addr Value, c Collision) Sig {
	m := x.m
	if x.bad(en, addr) {
		if m == nil {
			m = module(en, addr)
		}
		if m == nil {
			return Sig{}
		}
		return m.poison()
	}
	a, ok := x.addr(addr)
	if !ok {
		return m.poison()
	}
	r := ir.Read{Mem: x.id, Addr: a.id, Sync: sync, Loc: m.loc()}
	if sync {
		e := m.cond(en)
		if e.bad() || !m.claim(name) {
			return m.poison()
		}
		r.Name, r.En = name, e.id
	}
	if c == Forbidden {
		r.Collision = ir.Forbidden
	}
	s := m.add(ir.Node{Op: ir.MemRead, Width: x.mem().Width, X: int32(len(m.ir.Reads))})
	r.Node = s.id
	m.ir.Reads = append(m.ir.Reads, r)
	if c == NewData && sync {
		return x.bypass(name, Sig{m, r.En}, a, s)
	}
	return s
}

// bypass keeps the data of a colliding write beside the read register. It covers the writes made so far, so
// NewData reads come after the writes; whole-word writes only.
func (x Mem) bypass(name string, en, addr, old Sig) Sig {
	m := x.m
	if len(x.mem().Writes) == 0 {
		m.report(CodeMemory, "write before the read", "NewData read of %s before any Write", x.mem().Name)
		return old
	}
	var hit, data Sig
	for _, w := range x.mem().Writes {
		if w.Mask != 0 {
			m.report(CodeMemory, "use OldData or a memory without masks", "NewData read of %s, which has masked writes", x.mem().Name)
			return old
		}
		h := Sig{m, w.En}.And(addr.Eq(Sig{m, w.Addr}))
		d := Sig{m, w.Data}
		if hit.m == nil {
			hit, data = h, d
		} else {
			hit, data = hit.Or(h), Mux(h, d, data)
		}
	}
	cur, path := m.cur, m.path // the memory's own read register follows no If
	m.cur, m.path = &m.always, nil
	defer func() { m.cur, m.path = cur, path }()
	h := m.RegNext(name+"_hit", hit, Enable(en))
	d := m.RegNext(name+"_new", data, NoReset(), Enable(en))
	return Mux(h, d, old)
}

// A MemT is a memory whose words are payloads of type T.
type MemT[T any] struct{ Mem }

// MemOf makes a memory of depth payloads T; widths in T's tags are numbers or names of the module's parameters.
func MemOf[T any](m *M, name string, depth int) MemT[T] {
	n := len(m.mod.diags)
	if w := PayloadWidth[T](m); w > 0 || len(m.mod.diags) == n {
		return MemT[T]{m.Mem(name, depth, w)}
	}
	return MemT[T]{Mem{m, -1}}
}

// Write writes the payload at addr at the clock edge where en is 1.
func (x MemT[T]) Write(en, addr Value, data T) { x.Mem.Write(en, addr, Pack(data)) }

// ReadAsync is the payload at addr in the same cycle.
func (x MemT[T]) ReadAsync(addr Value) T { return x.unpack(x.Mem.ReadAsync(addr)) }

// ReadSync is the payload at addr as it was at the last edge where en was 1.
func (x MemT[T]) ReadSync(name string, en, addr Value, c Collision) T {
	return x.unpack(x.Mem.ReadSync(name, en, addr, c))
}

func (x MemT[T]) unpack(word Sig) T {
	if word.m == nil { // the zero MemT read at the zero Sig
		var t T
		return t
	}
	return Unpack[T](word.m, word)
}
