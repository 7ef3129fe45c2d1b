package target

import "math/bits"

// Target holds the parameters of one accelerator. docs/machine.md says what each means to a program.
type Target struct {
	Name       string // file name without .toml
	Lanes      int    // lanes of one multiplier; as many banks of local memory; a power of two, 2 ... 64
	MemoryKB   int    // local memory over all banks, in units of 1024 bytes; a power of two, at most 256
	PortBytes  int    // bytes of one beat of the memory port: 8, 16 or 32
	AccColumns int    // int32 accumulators in each of the two halves of a lane; a power of two, PortBytes/4 ... 256
	TaskQueue  int    // tasks a lane may run ahead of its lookups
	Prefetch   int    // words of a row of B a lane holds ahead of its serialiser
}

// WordBytes is the width of a word of local memory.
const WordBytes = 4

// InstructionBytes is the size of an instruction before it is padded to whole beats.
const InstructionBytes = 16

// Banks is the number of banks of local memory: one for each lane. Word w is in bank w mod Banks.
func (t *Target) Banks() int { return t.Lanes }

// LocalWords is the size of local memory in 32-bit words.
func (t *Target) LocalWords() int { return t.MemoryKB * 1024 / WordBytes }

// BankWords is the size of one bank in words.
func (t *Target) BankWords() int { return t.LocalWords() / t.Banks() }

// WordAddrBits is the width of a local word address.
func (t *Target) WordAddrBits() int { return log2(t.LocalWords()) }

// BankAddrBits is the width of an address inside one bank.
func (t *Target) BankAddrBits() int { return log2(t.BankWords()) }

// LaneBits is the width of a lane or bank number.
func (t *Target) LaneBits() int { return log2(t.Lanes) }

// PortWords is the number of words in a beat, which is also the number of accumulators drained in a cycle.
func (t *Target) PortWords() int { return t.PortBytes / WordBytes }

// InstructionBeats is the number of beats from one instruction to the next.
func (t *Target) InstructionBeats() int { return max(1, InstructionBytes/t.PortBytes) }

// Align rounds a number of words up to whole beats.
func (t *Target) Align(words int) int {
	p := t.PortWords()
	return (words + p - 1) / p * p
}

// Beats is the number of beats that hold so many words.
func (t *Target) Beats(words int) int { return t.Align(words) / t.PortWords() }

// log2 is the logarithm of a power of two.
func log2(n int) int { return bits.Len(uint(n)) - 1 }
