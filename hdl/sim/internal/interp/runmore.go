package interp

import "math/bits"

// runMore is the second half of run: shifts, cuts, choices and what reads tables.
func (m *Machine) runMore(o op, code []instr) (x uint64) {
	s := m.slots
	switch o {
	case opShl:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]<<s[in.b]&in.imm)
		}
	case opShlK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]<<(in.sh&63)&in.imm)
		}
	case opShr:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]>>s[in.b])
		}
	case opShrS:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, uint64(int64(signed(s[in.a], in.sh))>>s[in.b])&in.imm)
		}
	case opSlice:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]>>(in.sh&63)&in.imm)
		}
	case opSlice2:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, (s[in.a]>>(in.sh&63)|s[in.a+1]<<(-in.sh&63))&in.imm)
		}
	case opSext:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, signed(s[in.a], in.sh)&in.imm)
		}
	case opCat2:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]<<(in.sh&63)|s[in.b])
		}
	case opCat3:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]<<(in.sh&63)|s[in.b]<<(in.sh2&63)|s[in.c])
		}
	case opCatK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]<<(in.sh&63)|in.imm)
		}
	case opParity:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, parity(s[in.a]))
		}
	case opMux:
		for i := range code {
			in := &code[i]
			v := s[in.c]
			if b := s[in.b]; s[in.a] != 0 {
				v = b
			}
			x |= put(s, in.dst, v)
		}
	case opMuxK:
		for i := range code {
			in := &code[i]
			v := s[in.c]
			if s[in.a] != 0 {
				v = in.imm
			}
			x |= put(s, in.dst, v)
		}
	case opMux0:
		for i := range code {
			in := &code[i]
			v := in.imm
			if b := s[in.b]; s[in.a] != 0 {
				v = b
			}
			x |= put(s, in.dst, v)
		}
	case opMuxKK:
		for i := range code {
			in := &code[i]
			v := uint64(in.c)
			if s[in.a] != 0 {
				v = in.imm
			}
			x |= put(s, in.dst, v)
		}
	case opMuxBit:
		for i := range code {
			in := &code[i]
			v := s[in.c]
			if b := s[in.b]; s[in.a]>>(in.sh&63)&1 != 0 {
				v = b
			}
			x |= put(s, in.dst, v)
		}
	case opMuxEqK:
		for i := range code {
			in := &code[i]
			v := s[in.c]
			if b := s[in.b]; s[in.a] == in.imm {
				v = b
			}
			x |= put(s, in.dst, v)
		}
	case opMuxAddK:
		for i := range code {
			in := &code[i]
			v := s[in.c]
			if b := (s[in.b] + in.imm) << (in.sh & 63) >> (in.sh & 63); s[in.a] != 0 {
				v = b
			}
			x |= put(s, in.dst, v)
		}
	case opSelect:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[m.tables[in.b+uint32(min(s[in.a], uint64(in.c)))]])
		}
	case opTable:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, m.values[in.b+uint32(min(s[in.a], uint64(in.c)))])
		}
	case opRead:
		for i := range code {
			in := &code[i]
			var v uint64
			if mem := &m.mems[in.c]; s[in.a] < mem.depth {
				v = mem.words[s[in.a]]
			}
			x |= put(s, in.dst, v)
		}
	case opCatN:
		for i := range code {
			in := &code[i]
			var v uint64
			for _, p := range m.parts[in.b : in.b+in.c] {
				v |= s[p.slot] >> (p.shr & 63) & p.mask << (p.shl & 63)
			}
			x |= put(s, in.dst, v)
		}
	case opCount:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, uint64(bits.OnesCount64(s[in.a]&in.imm)))
		}
	case opAny:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a]&in.imm != 0))
		}
	case opAll:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a]&in.imm == in.imm))
		}
	case opPick:
		for i := range code {
			in := &code[i]
			var v uint64
			table := m.tables[in.b : in.b+in.c+1]
			for set := s[in.a] & in.imm; set != 0; set &= set - 1 {
				v |= s[table[bits.TrailingZeros64(set)-int(in.sh)]]
			}
			x |= put(s, in.dst, v)
		}
	case opGeneric:
		for i := range code {
			if m.wide[code[i].a].run(&m.scratch) {
				x = 1
			}
		}
	}
	return x
}
