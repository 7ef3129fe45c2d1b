package sim

import (
	"io"

	"github.com/sparsegen/sparsegen/hdl/internal/flat"
	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// A VCDWriter writes waves as a value change dump (IEEE 1364-2005, section 18). One cycle is ten time units:
// cycle c begins at time 10c with the rising edge of clk_i. Signals that are one node share one code.
type VCDWriter struct {
	b     *Bench
	w     io.Writer
	err   error // the first of w
	names bool  // enumerated signals as strings
	count int   // of codes
	bits  []vcdBits
	vars  []vcdVar
	lazy  func()
	begun bool
	reset bool
	buf   []byte // not written yet
	room  int    // bytes that one sample takes at most
}

// vcdBuffer is how much is collected before it is written.
const vcdBuffer = 1 << 16

// A vcdBits is a variable of up to 64 bits: nearly all are, so they are small and looked at in one sweep.
type vcdBits struct {
	last uint64
	tail uint64
	slot uint32
	vcdShape
}

// A vcdVar is a variable that is wider, or written by name.
type vcdVar struct {
	v, last []uint64
	enum    *ir.Enum // written by name
	width   int32
	tail    uint64
	vcdShape
}

// A vcdShape tells how a change is written: a single digit or not, and the length of its tail. The tail ends
// each change, such as " !\n": up to eight bytes in one store.
type vcdShape struct {
	single  bool
	tailLen uint8
}

// A VCDOption changes what is written.
type VCDOption func(*VCDWriter)

// EnumNames writes enumerated signals as strings, an extension that GTKWave and Surfer read.
func EnumNames() VCDOption { return func(v *VCDWriter) { v.names = true } }

// DumpVCD writes the waves of all named signals to w, from the present cycle on.
func (b *Bench) DumpVCD(w io.Writer, opts ...VCDOption) *VCDWriter {
	v := &VCDWriter{b: b, w: w}
	for _, o := range opts {
		o(v)
	}
	v.header()
	b.waves = append(b.waves, v)
	return v
}

// Stop ends the dump at the present cycle.
func (v *VCDWriter) Stop() error {
	for i, w := range v.b.waves {
		if w == v {
			v.b.waves = append(v.b.waves[:i:i], v.b.waves[i+1:]...)
		}
	}
	return v.Flush()
}

// Flush writes out what is buffered and returns the first error of the writer.
func (v *VCDWriter) Flush() error {
	if v.err == nil && len(v.buf) > 0 {
		_, v.err = v.w.Write(v.buf)
	}
	v.buf = v.buf[:0]
	return v.err
}

// code is the short name of variable n: digits of base 94 from the printable characters.
func vcdCode(n int) string {
	var c []byte
	for {
		c = append(c, byte('!'+n%94))
		if n /= 94; n == 0 {
			return string(c)
		}
		n--
	}
}

// Codes of the two signals every design has.
const (
	clockCode = 0
	resetCode = 1
)

// header writes the scopes and their signals, and binds each code to its slots.
func (v *VCDWriter) header() {
	b := v.b
	v.put("$timescale 1ns $end\n")
	var missing []flat.ID
	for i := range b.nl.Signals {
		if _, ok := b.engine.Slot(b.nl.Signals[i].Node); !ok {
			missing = append(missing, b.nl.Signals[i].Node)
		}
	}
	if len(missing) > 0 {
		v.lazy = b.engine.Lazily(missing...)
	}
	inScope := make([][]int, max(len(b.nl.Scopes), 1))
	for i := range b.nl.Signals {
		s := b.nl.Signals[i].Scope
		inScope[s] = append(inScope[s], i)
	}
	codes := map[vcdKey]string{}
	v.eachScope(func(i int32) {
		if i == 0 {
			v.put("$var wire 1 " + vcdCode(clockCode) + " clk_i $end\n$var wire 1 " + vcdCode(resetCode) + " rst_ni $end\n")
		}
		for _, s := range inScope[i] {
			v.variable(&b.nl.Signals[s], codes)
		}
	})
	v.put("$enddefinitions $end\n")
}

// eachScope opens and closes the scopes as a tree and calls f within each.
func (v *VCDWriter) eachScope(f func(scope int32)) {
	scopes := v.b.nl.Scopes
	children := make([][]int32, max(len(scopes), 1))
	for i := 1; i < len(scopes); i++ {
		p := scopes[i].Parent
		children[p] = append(children[p], int32(i))
	}
	type frame struct {
		scope int32
		next  int
	}
	open := func(i int32) frame {
		name := v.b.top()
		if i > 0 {
			name = scopes[i].Name
		}
		v.put("$scope module " + name + " $end\n")
		f(i)
		return frame{scope: i}
	}
	stack := []frame{open(0)}
	for len(stack) > 0 {
		t := &stack[len(stack)-1]
		if c := children[t.scope]; t.next < len(c) {
			t.next++
			stack = append(stack, open(c[t.next-1]))
			continue
		}
		v.put("$upscope $end\n")
		stack = stack[:len(stack)-1]
	}
}

type vcdKey struct {
	slot  int
	width int32 // a zero extension lies where its operand does
	enum  *ir.Enum
}

func (v *VCDWriter) variable(s *flat.Signal, codes map[vcdKey]string) {
	slot, _ := v.b.engine.Slot(s.Node)
	width := v.b.nl.Nodes[s.Node].Width
	key := vcdKey{slot, width, nil}
	kind := "wire"
	if s.Kind == flat.RegSignal {
		kind = "reg"
	}
	if v.names && s.Enum != nil {
		key.enum, kind = s.Enum, "string"
	}
	code, ok := codes[key]
	if !ok {
		code = vcdCode(v.count + 2)
		v.count++
		codes[key] = code
		v.bind(code, uint32(slot), width, key.enum)
	}
	bits := itoa(int(width))
	if kind == "string" {
		bits = "1"
	}
	v.put("$var " + kind + " " + bits + " " + code + " " + s.Name + " $end\n")
}
