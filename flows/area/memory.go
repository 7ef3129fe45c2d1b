package area

import "fmt"

// macroBits is the size from which a memory is counted as a macro; smaller ones are flip-flops or latches in any
// real flow, and are synthesised as such.
const macroBits = 4096

// A Model prices memory macros in gate equivalents of their own technology, so that it serves every process.
type Model string

// The models. Neither knows more than the number of bits and ports.
const (
	// Dense is the strict one for a comparison of logic: 0.7 GE a bit from 16 kbit on, the upper end of the CACTI-style
	// macros of NanGate 45 nm (fakeram45 512x64: 0.53 um2 a bit, NAND2 0.798 um2). Below 16 kbit the periphery weighs:
	// half of what a 16 kbit macro costs is taken as fixed (an assumption), which gives 1.75 GE a bit at 4 kbit.
	Dense Model = "dense"
	// Open is the line through the laid-out OpenRAM macros of sky130 (32 bits wide, 8 and 16 kbit): 11.45 um2 a bit and
	// 96,900 um2 fixed with a NAND2 of 3.75 um2; never more than the same bits in flip-flops.
	Open Model = "open"
)

// ParseModel reads a model's name.
func ParseModel(s string) (Model, error) {
	if m := Model(s); m == Dense || m == Open {
		return m, nil
	}
	return "", fmt.Errorf("memory model %q is not known: use dense or open", s)
}

const (
	denseBit   = 0.7
	denseFull  = 16384
	openBit    = 11.45 / 3.75
	openFixed  = 96_900 / 3.75
	flipFlop   = 190.8 / 24 // a bit of a register file on osu018, with its write enable and read multiplexer
	modelPorts = 2          // both families of macros have a read and a write port
)

// GE is the size of a memory under the model. Ports past one read and one write multiply it.
func (model Model) GE(m Memory) float64 {
	var ge float64
	bits := float64(m.Bits())
	switch {
	case model == Open:
		ge = min(openBit*bits+openFixed, flipFlop*bits)
	case bits >= denseFull:
		ge = denseBit * bits
	default:
		ge = denseBit * (bits + denseFull) / 2
	}
	return ge * max(1, float64(m.Reads+m.Writes)/modelPorts)
}
