package dma_test

import (
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// instruction is the four words of one instruction.
type instruction [4]uint32

// A memory answers reads of a program, in order and some cycles later.
type memory struct {
	portBytes int
	programs  map[uint32][]instruction // by beat address
	latency   int
	asked     []uint32
	at        []int // cycle of each read
	done      int
}

// beat is what stands at a beat address: a part of an instruction, a whole one, or one and padding.
func (m *memory) beat(addr uint32) *big.Int {
	data := make([]byte, m.portBytes)
	for i := range data {
		data[i] = 0xa5
	}
	for base, program := range m.programs {
		at := int(addr-base) * m.portBytes
		if m.portBytes > 16 {
			at = int(addr-base) * 16
		}
		if at < 0 || at >= 16*len(program) {
			continue
		}
		for i := range min(m.portBytes, 16) {
			w := program[(at+i)/16][(at+i)%16/4]
			data[i] = byte(w >> ((at + i) % 4 * 8))
		}
	}
	v := new(big.Int)
	for i := len(data) - 1; i >= 0; i-- {
		v.Or(v.Lsh(v, 8), big.NewInt(int64(data[i])))
	}
	return v
}

// ask notes a read in a cycle.
func (m *memory) ask(addr uint32, cycle int) {
	m.asked, m.at = append(m.asked, addr), append(m.at, cycle)
}

// answer is the beat that arrives in a cycle, nil for none.
func (m *memory) answer(cycle int) *big.Int {
	if m.done == len(m.asked) || cycle < m.at[m.done]+m.latency {
		return nil
	}
	m.done++
	return m.beat(m.asked[m.done-1])
}

func (m *memory) quiet() bool { return m.done == len(m.asked) }

func randomProgram(rng *rand.Rand, n int) (program []instruction) {
	for range n {
		program = append(program, instruction{rng.Uint32(), rng.Uint32(), rng.Uint32(), rng.Uint32()})
	}
	return program
}

// expectShown holds the waves in the page to the golden files that the tests check.
func expectShown(t *testing.T, wave string) {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	want, err := os.ReadFile(wave)
	require.NoError(t, err)
	require.Contains(t, string(text), string(want), "README.md shows another wave than %s", wave)
}
