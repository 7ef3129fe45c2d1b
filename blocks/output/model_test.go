package output_test

import (
	"encoding/binary"
	"math/big"

	"github.com/sparsegen/sparsegen/hdl/sim"
)

// bits are the bytes of a beat as a value, the first in the low bits.
func bits(data []byte) sim.Bits {
	v := make(sim.Bits, (len(data)+7)/8)
	for i, x := range data {
		v[i/8] |= uint64(x) << (i % 8 * 8)
	}
	return v
}

func bytesOf(v *big.Int, n int) []byte {
	data := make([]byte, n)
	v.FillBytes(data)
	for i := range n / 2 {
		data[i], data[n-1-i] = data[n-1-i], data[i]
	}
	return data
}

// written is the model: the beats that a row of a lane's slice is written in. partial are the int32 that stand at its
// address.
func (b *bench) written(r row, lane int, partial []int32) (beats []beat) {
	addr := r.addr + uint32(lane%b.group*b.beats)
	sums := make([]int32, len(r.sums))
	for i, s := range r.sums {
		if sums[i] = s; r.add {
			sums[i] += partial[i]
		}
	}
	perBeat := b.p.AccWord
	if r.int8 {
		perBeat *= 4
	}
	for at := 0; at < len(sums); at += perBeat {
		part := sums[at:min(at+perBeat, len(sums))]
		data := make([]byte, 0, b.p.PortBytes)
		for _, s := range part {
			if r.int8 {
				data = append(data, byte(b.scale.Apply(s)))
			} else {
				data = binary.LittleEndian.AppendUint32(data, uint32(s))
			}
		}
		mask := uint64(1)<<len(data) - 1
		beats = append(beats, beat{addr, append(data, make([]byte, b.p.PortBytes-len(data))...), mask})
		addr++
	}
	return beats
}

// partials puts random int32 where a row stands and returns them.
func (b *bench) partials(r row, lane int) (sums []int32) {
	addr := r.addr + uint32(lane%b.group*b.beats)
	for i := range uint32(b.words) {
		data := b.at(addr + i)
		for k := range b.p.AccWord {
			sums = append(sums, int32(binary.LittleEndian.Uint32(data[4*k:])))
		}
	}
	return sums
}
