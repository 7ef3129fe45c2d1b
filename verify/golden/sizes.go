package golden

import "math/bits"

// The sizes of the formats that have parameters, one search for each. The definitions stand at the Format constants.

func bestBitmap2(p Pattern, v int64) (Layout, int64) {
	var best least
	for shift := 2; shift <= 10; shift++ {
		block := int64(1) << shift
		used, last := int64(0), int64(-1)
		for r := range p.Rows {
			base := int64(r) * int64(p.Cols)
			for _, c := range p.Row(r) {
				if b := (base + int64(c)) >> shift; b != last {
					used, last = used+1, b
				}
			}
		}
		size := ceilDiv(p.Area(), block) + used*block + int64(p.NNZ())*v
		best.offer(Layout{FormatBitmap2, int(block), 0}, size)
	}
	return best.layout, best.size
}

func bestRLE(p Pattern, v int64) (Layout, int64) {
	gap, longest := p.gaps()
	var best least
	for w := 1; w <= max(1, bits.Len64(uint64(longest))); w++ {
		pairs := int64(len(gap))
		for _, g := range gap {
			pairs += g >> w
		}
		best.offer(Layout{FormatRLE, w, 0}, pairs*(int64(w)+v))
	}
	return best.layout, best.size
}

func bestDelta(p Pattern, v int64) (Layout, int64) {
	gap, longest := p.gaps()
	var byLen [65]int64 // how many gaps have this bit length
	for _, g := range gap {
		byLen[bits.Len64(uint64(g))]++
	}
	var best least
	for k := 1; k <= max(1, bits.Len64(uint64(longest))); k++ {
		chunks := byLen[0]
		for n := 1; n < len(byLen); n++ {
			chunks += byLen[n] * ceilDiv(int64(n), int64(k))
		}
		best.offer(Layout{FormatDelta, k, 0}, chunks*int64(k+1)+int64(len(gap))*v)
	}
	return best.layout, best.size
}

func bestBCSR(p Pattern, v int64) (Layout, int64) {
	var best least
	seen := make([]int, p.Cols) // 1 + the last block row with a block here
	for hs := range 5 {
		for ws := range 5 {
			if hs+ws == 0 {
				continue // 1 x 1 is CSR
			}
			clear(seen)
			used := 0
			for r := range p.Rows {
				mark := r>>hs + 1
				for _, c := range p.Row(r) {
					if b := c >> ws; seen[b] != mark {
						seen[b], used = mark, used+1
					}
				}
			}
			h, w := 1<<hs, 1<<ws
			ptrs := int64(ceilDiv(p.Rows, h) + 1)
			size := ptrs*clog2(used+1) + int64(used)*(clog2(ceilDiv(p.Cols, w))+int64(h*w)*v)
			best.offer(Layout{FormatBCSR, h, w}, size)
		}
	}
	return best.layout, best.size
}

func bestKN(p Pattern, v int64) (Layout, int64) {
	var best least
	for shift := 1; shift <= 5; shift++ {
		k := 0
		for r := range p.Rows {
			group, in := int32(-1), 0
			for _, c := range p.Row(r) {
				if g := c >> shift; g != group {
					group, in = g, 0
				}
				in++
				k = max(k, in)
			}
		}
		n := 1 << shift
		groups := int64(p.Rows) * int64(ceilDiv(p.Cols, n))
		best.offer(Layout{FormatKN, k, n}, groups*int64(k)*(clog2(n)+v))
	}
	return best.layout, best.size
}

func ceilDiv[T int | int64](a, b T) T { return (a + b - 1) / b }
