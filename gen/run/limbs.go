package run

import "encoding/binary"

// words puts little-endian bytes into limbs.
func words(limbs []uint64, b []byte) []uint64 {
	for i := range limbs {
		limbs[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return limbs
}

// bytesOf is the inverse of words.
func bytesOf(b []byte, limbs []uint64) []byte {
	for i, l := range limbs {
		binary.LittleEndian.PutUint64(b[8*i:], l)
	}
	return b
}
