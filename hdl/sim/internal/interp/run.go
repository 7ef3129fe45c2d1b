package interp

func truth(b bool) (v uint64) {
	if b {
		v = 1
	}
	return v
}

// put stores the value of a slot and returns what changed in it.
func put(s []uint64, slot uint32, v uint64) uint64 {
	p := &s[slot]
	x := *p ^ v
	*p = v
	return x
}

// run executes instructions of one op that do not depend on each other. The result has a bit set if any
// value changed: one test for all of them, as the machine would often guess wrong for each.
func (m *Machine) run(o op, code []instr) (x uint64) {
	s := m.slots
	switch o {
	case opCopy:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a])
		}
	case opNeg:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, -s[in.a]&in.imm)
		}
	case opAnd:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]&s[in.b])
		}
	case opAndK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]&in.imm)
		}
	case opAndNot:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]&^s[in.b])
		}
	case opAndEqK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.b]&truth(s[in.a] == in.imm))
		}
	case opAndNeK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.b]&truth(s[in.a] != in.imm))
		}
	case opOr:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]|s[in.b])
		}
	case opOrK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]|in.imm)
		}
	case opXor:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]^s[in.b])
		}
	case opXorK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]^in.imm)
		}
	case opAdd:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, (s[in.a]+s[in.b])&in.imm)
		}
	case opAddK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, (s[in.a]+in.imm)<<(in.sh&63)>>(in.sh&63))
		}
	case opSub:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, (s[in.a]-s[in.b])&in.imm)
		}
	case opMul:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]*s[in.b]&in.imm)
		}
	case opMulK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, s[in.a]*in.imm<<(in.sh&63)>>(in.sh&63))
		}
	case opMulS:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, signed(s[in.a], in.sh)*signed(s[in.b], in.sh2)&in.imm)
		}
	case opMulAdd:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, (s[in.a]*s[in.b]+s[in.c])&in.imm)
		}
	case opMulAddS:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, (signed(s[in.a], in.sh)*signed(s[in.b], in.sh2)+s[in.c])&in.imm)
		}
	case opEq:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] == s[in.b]))
		}
	case opEqK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] == in.imm))
		}
	case opNe:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] != s[in.b]))
		}
	case opNeK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] != in.imm))
		}
	case opFieldEqK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a]>>(in.sh&63)&in.imm == uint64(in.c)))
		}
	case opLt:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] < s[in.b]))
		}
	case opLtK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] < in.imm))
		}
	case opLe:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] <= s[in.b]))
		}
	case opLeK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] <= in.imm))
		}
	case opGeK:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(s[in.a] >= in.imm))
		}
	case opLtS:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(int64(s[in.a]<<(in.sh&63)) < int64(s[in.b]<<(in.sh&63))))
		}
	case opLeS:
		for i := range code {
			in := &code[i]
			x |= put(s, in.dst, truth(int64(s[in.a]<<(in.sh&63)) <= int64(s[in.b]<<(in.sh&63))))
		}
	default:
		return m.runMore(o, code)
	}
	return x
}

func parity(v uint64) uint64 {
	v ^= v >> 32
	v ^= v >> 16
	v ^= v >> 8
	v ^= v >> 4
	return 0x6996 >> (v & 15) & 1
}

// signed spreads the sign of a value whose top bit is at 63-sh.
func signed(v uint64, sh uint8) uint64 { return uint64(int64(v<<(sh&63)) >> (sh & 63)) }
