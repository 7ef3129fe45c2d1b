package sim

import "math/rand/v2"

// A StreamOption changes how a stream driver behaves.
type StreamOption func(*pace)

// A pace decides in which cycles a driver holds back.
type pace struct {
	rng  *rand.Rand
	prob float64
}

// Stall makes a driver hold back in a cycle with the given probability; equal seeds give equal patterns.
func Stall(seed uint64, probability float64) StreamOption {
	return func(p *pace) {
		p.rng, p.prob = rand.New(rand.NewPCG(seed, 0)), probability
	}
}

func (p *pace) stalls() bool { return p.rng != nil && p.rng.Float64() < p.prob }
