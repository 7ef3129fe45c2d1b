package interp

func truth(b bool) (v uint64) {
	if b {
		v = 1
	}
	return v
}

// run executes code, and the generic operations in it.
func (m *Machine) run(code []instr) {
	for {
		n := m.runNarrow(code)
		if n == len(code) {
			return
		}
		if in := &code[n]; m.wide[in.a].run(&m.scratch) {
			m.touch(in.fan)
		}
		code = code[n+1:]
	}
}

// runNarrow executes code up to its end or the first generic operation, and returns where it stopped. The
// readers of a result beyond its block are marked only if the result has changed. The loop calls nothing,
// so that all it works with stays in registers.
func (m *Machine) runNarrow(code []instr) int {
	s := m.slots
	for i := range code {
		in := &code[i]
		var v uint64
		switch in.op {
		case opCopy:
			v = s[in.a]
		case opNeg:
			v = -s[in.a] & in.imm
		case opAnd:
			v = s[in.a] & s[in.b]
		case opAndK:
			v = s[in.a] & in.imm
		case opAndNot:
			v = s[in.a] &^ s[in.b]
		case opOr:
			v = s[in.a] | s[in.b]
		case opOrK:
			v = s[in.a] | in.imm
		case opXor:
			v = s[in.a] ^ s[in.b]
		case opXorK:
			v = s[in.a] ^ in.imm
		case opAdd:
			v = (s[in.a] + s[in.b]) & in.imm
		case opAddK:
			v = (s[in.a] + in.imm) << (in.sh & 63) >> (in.sh & 63)
		case opSub:
			v = (s[in.a] - s[in.b]) & in.imm
		case opMul:
			v = s[in.a] * s[in.b] & in.imm
		case opMulK:
			v = s[in.a] * in.imm << (in.sh & 63) >> (in.sh & 63)
		case opMulS:
			v = signed(s[in.a], in.sh) * signed(s[in.b], in.sh2) & in.imm
		case opMulAdd:
			v = (s[in.a]*s[in.b] + s[in.c]) & in.imm
		case opMulAddS:
			v = (signed(s[in.a], in.sh)*signed(s[in.b], in.sh2) + s[in.c]) & in.imm
		case opEq:
			v = truth(s[in.a] == s[in.b])
		case opEqK:
			v = truth(s[in.a] == in.imm)
		case opNe:
			v = truth(s[in.a] != s[in.b])
		case opNeK:
			v = truth(s[in.a] != in.imm)
		case opFieldEqK:
			v = truth(s[in.a]>>(in.sh&63)&in.imm == uint64(in.c))
		case opLt:
			v = truth(s[in.a] < s[in.b])
		case opLtK:
			v = truth(s[in.a] < in.imm)
		case opLe:
			v = truth(s[in.a] <= s[in.b])
		case opLeK:
			v = truth(s[in.a] <= in.imm)
		case opGeK:
			v = truth(s[in.a] >= in.imm)
		case opLtS:
			v = truth(int64(s[in.a]<<(in.sh&63)) < int64(s[in.b]<<(in.sh&63)))
		case opLeS:
			v = truth(int64(s[in.a]<<(in.sh&63)) <= int64(s[in.b]<<(in.sh&63)))
		case opShl:
			v = s[in.a] << s[in.b] & in.imm
		case opShlK:
			v = s[in.a] << (in.sh & 63) & in.imm
		case opShr:
			v = s[in.a] >> s[in.b]
		case opShrS:
			v = uint64(int64(signed(s[in.a], in.sh))>>s[in.b]) & in.imm
		case opSlice:
			v = s[in.a] >> (in.sh & 63) & in.imm
		case opSlice2:
			v = (s[in.a]>>(in.sh&63) | s[in.a+1]<<(-in.sh&63)) & in.imm
		case opSext:
			v = signed(s[in.a], in.sh) & in.imm
		case opCat2:
			v = s[in.a]<<(in.sh&63) | s[in.b]
		case opCat3:
			v = s[in.a]<<(in.sh&63) | s[in.b]<<(in.sh2&63) | s[in.c]
		case opCatK:
			v = s[in.a]<<(in.sh&63) | in.imm
		case opParity:
			v = parity(s[in.a])
		case opMux:
			v = s[in.c]
			if b := s[in.b]; s[in.a] != 0 {
				v = b
			}
		case opMuxK:
			v = s[in.c]
			if s[in.a] != 0 {
				v = in.imm
			}
		case opMux0:
			v = in.imm
			if b := s[in.b]; s[in.a] != 0 {
				v = b
			}
		case opMuxKK:
			v = uint64(in.c)
			if s[in.a] != 0 {
				v = in.imm
			}
		case opMuxBit:
			v = s[in.c]
			if b := s[in.b]; s[in.a]>>(in.sh&63)&1 != 0 {
				v = b
			}
		case opMuxEqK:
			v = s[in.c]
			if b := s[in.b]; s[in.a] == in.imm {
				v = b
			}
		case opSelect:
			v = s[m.tables[in.b+uint32(min(s[in.a], uint64(in.c)))]]
		case opTable:
			v = m.values[in.b+uint32(min(s[in.a], uint64(in.c)))]
		case opRead:
			if mem := &m.mems[in.c]; s[in.a] < mem.depth {
				v = mem.words[s[in.a]]
			}
		case opGeneric:
			return i
		}
		if in.fan == 0 {
			s[in.dst] = v
		} else if s[in.dst] != v {
			s[in.dst] = v
			for _, k := range m.marks[m.fans[in.fan].lo:m.fans[in.fan].hi] {
				m.mark(k)
			}
		}
	}
	return len(code)
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
