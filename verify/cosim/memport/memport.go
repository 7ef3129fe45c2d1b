// Package memport is the memory that a test bench puts behind a machine's memory port, in Go: the same
// behaviour, cycle for cycle, as testbenches/cpp/machine.cpp, so that engines agree on every cycle of a run.
//
// The contract is "Ports" in docs/machine.md. The package imports nothing of this project.
package memport

import "fmt"

// DefaultLatency is the number of cycles from an accepted read to its response.
const DefaultLatency = 8

// Stalls makes the memory not ready in some cycles, the same ones for the same seed.
type Stalls struct {
	Rate uint8 // of 256 cycles, how many are not ready on average; 0 never stalls
	Seed uint64
}

// Ready tells whether the memory takes a request in a cycle; cycle 0 is that of the start pulse.
func (s Stalls) Ready(cycle uint64) bool { return splitmix64(s.Seed+cycle)>>56 >= uint64(s.Rate) }

// splitmix64 is the finaliser of Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014.
func splitmix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Memory is a byte array read and written in beats. It does not allocate after New.
type Memory struct {
	bytes []byte
	p     uint64 // bytes of a beat
	due   []bool // responses by cycle of acceptance, modulo the latency
	data  []byte // of the slots
}

// New makes a memory that holds a copy of image, filled up to whole beats of portBytes.
func New(image []byte, portBytes, latency int) *Memory {
	p := uint64(portBytes)
	beats := (uint64(len(image)) + p - 1) / p
	m := &Memory{bytes: make([]byte, beats*p), p: p, due: make([]bool, latency), data: make([]byte, latency*portBytes)}
	copy(m.bytes, image)
	return m
}

// Bytes is the memory's content; the slice aliases it.
func (m *Memory) Bytes() []byte { return m.bytes }

// Response gives the beat that answers the read accepted latency cycles before this one, nil when there was
// none. It is called once in each cycle, before Read; the slice holds until then.
func (m *Memory) Response(cycle uint64) []byte {
	i := cycle % uint64(len(m.due))
	if !m.due[i] {
		return nil
	}
	m.due[i] = false
	return m.data[i*m.p : (i+1)*m.p]
}

// Read accepts a read of a beat.
func (m *Memory) Read(cycle, beat uint64) error {
	b, err := m.beat(cycle, beat)
	if err != nil {
		return err
	}
	i := cycle % uint64(len(m.due))
	m.due[i] = true
	copy(m.data[i*m.p:(i+1)*m.p], b)
	return nil
}

// Write accepts a write of the bytes of data whose mask bit is set.
func (m *Memory) Write(cycle, beat uint64, data []byte, mask uint32) error {
	b, err := m.beat(cycle, beat)
	if err != nil {
		return err
	}
	for i := range b {
		if mask>>i&1 != 0 {
			b[i] = data[i]
		}
	}
	return nil
}

func (m *Memory) beat(cycle, beat uint64) ([]byte, error) {
	if beat >= uint64(len(m.bytes))/m.p {
		return nil, fmt.Errorf("cycle %d: request for beat %d is outside the memory of %d beats", cycle, beat, uint64(len(m.bytes))/m.p)
	}
	return m.bytes[beat*m.p : (beat+1)*m.p], nil
}
