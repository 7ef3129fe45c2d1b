package interp

import "unsafe"

// ld and st access a slot without a bounds check: verify has checked every operand once, at load, so that
// the loop below need not, which is worth a quarter of its time.
func ld(s unsafe.Pointer, i uint32) uint64 { return *(*uint64)(unsafe.Add(s, uintptr(i)*8)) }

func st(s unsafe.Pointer, i uint32, v uint64) { *(*uint64)(unsafe.Add(s, uintptr(i)*8)) = v }

func truth(b bool) (v uint64) {
	if b {
		v = 1
	}
	return v
}

// verify checks that no instruction and no register reaches outside the slots.
func (m *Machine) verify() {
	top := uint32(len(m.slots))
	for i := range m.code {
		in := &m.code[i]
		ok := in.dst < top
		in.eachOperand(func(a *uint32) { ok = ok && *a < top })
		if !ok || in.op == opSlice2 && in.a+1 >= top {
			panic("interp: operand outside the slots")
		}
	}
	for _, r := range m.regs {
		if r.q >= top || r.d >= top {
			panic("interp: register outside the slots")
		}
	}
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
	s := unsafe.Pointer(unsafe.SliceData(m.slots))
	for i := range code {
		in := &code[i]
		var v uint64
		switch in.op {
		case opCopy:
			v = ld(s, in.a)
		case opNeg:
			v = -ld(s, in.a) & in.imm
		case opAnd:
			v = ld(s, in.a) & ld(s, in.b)
		case opAndK:
			v = ld(s, in.a) & in.imm
		case opAndNot:
			v = ld(s, in.a) &^ ld(s, in.b)
		case opOr:
			v = ld(s, in.a) | ld(s, in.b)
		case opOrK:
			v = ld(s, in.a) | in.imm
		case opXor:
			v = ld(s, in.a) ^ ld(s, in.b)
		case opXorK:
			v = ld(s, in.a) ^ in.imm
		case opAdd:
			v = (ld(s, in.a) + ld(s, in.b)) & in.imm
		case opAddK:
			v = (ld(s, in.a) + in.imm) << (in.sh & 63) >> (in.sh & 63)
		case opSub:
			v = (ld(s, in.a) - ld(s, in.b)) & in.imm
		case opMul:
			v = ld(s, in.a) * ld(s, in.b) & in.imm
		case opMulK:
			v = ld(s, in.a) * in.imm << (in.sh & 63) >> (in.sh & 63)
		case opMulS:
			v = signed(ld(s, in.a), in.sh) * signed(ld(s, in.b), in.sh2) & in.imm
		case opMulAdd:
			v = (ld(s, in.a)*ld(s, in.b) + ld(s, in.c)) & in.imm
		case opMulAddS:
			v = (signed(ld(s, in.a), in.sh)*signed(ld(s, in.b), in.sh2) + ld(s, in.c)) & in.imm
		case opEq:
			v = truth(ld(s, in.a) == ld(s, in.b))
		case opEqK:
			v = truth(ld(s, in.a) == in.imm)
		case opNe:
			v = truth(ld(s, in.a) != ld(s, in.b))
		case opNeK:
			v = truth(ld(s, in.a) != in.imm)
		case opFieldEqK:
			v = truth(ld(s, in.a)>>(in.sh&63)&in.imm == uint64(in.c))
		case opLt:
			v = truth(ld(s, in.a) < ld(s, in.b))
		case opLtK:
			v = truth(ld(s, in.a) < in.imm)
		case opLe:
			v = truth(ld(s, in.a) <= ld(s, in.b))
		case opLeK:
			v = truth(ld(s, in.a) <= in.imm)
		case opGeK:
			v = truth(ld(s, in.a) >= in.imm)
		case opLtS:
			v = truth(int64(ld(s, in.a)<<(in.sh&63)) < int64(ld(s, in.b)<<(in.sh&63)))
		case opLeS:
			v = truth(int64(ld(s, in.a)<<(in.sh&63)) <= int64(ld(s, in.b)<<(in.sh&63)))
		case opShl:
			v = ld(s, in.a) << ld(s, in.b) & in.imm
		case opShlK:
			v = ld(s, in.a) << (in.sh & 63) & in.imm
		case opShr:
			v = ld(s, in.a) >> ld(s, in.b)
		case opShrS:
			v = uint64(int64(signed(ld(s, in.a), in.sh))>>ld(s, in.b)) & in.imm
		case opSlice:
			v = ld(s, in.a) >> (in.sh & 63) & in.imm
		case opSlice2:
			v = (ld(s, in.a)>>(in.sh&63) | ld(s, in.a+1)<<(-in.sh&63)) & in.imm
		case opSext:
			v = signed(ld(s, in.a), in.sh) & in.imm
		case opCat2:
			v = ld(s, in.a)<<(in.sh&63) | ld(s, in.b)
		case opCat3:
			v = ld(s, in.a)<<(in.sh&63) | ld(s, in.b)<<(in.sh2&63) | ld(s, in.c)
		case opCatK:
			v = ld(s, in.a)<<(in.sh&63) | in.imm
		case opParity:
			v = parity(ld(s, in.a))
		case opMux:
			v = ld(s, in.c)
			if b := ld(s, in.b); ld(s, in.a) != 0 {
				v = b
			}
		case opMuxK:
			v = ld(s, in.c)
			if ld(s, in.a) != 0 {
				v = in.imm
			}
		case opMux0:
			v = in.imm
			if b := ld(s, in.b); ld(s, in.a) != 0 {
				v = b
			}
		case opMuxKK:
			v = uint64(in.c)
			if ld(s, in.a) != 0 {
				v = in.imm
			}
		case opMuxBit:
			v = ld(s, in.c)
			if b := ld(s, in.b); ld(s, in.a)>>(in.sh&63)&1 != 0 {
				v = b
			}
		case opMuxEqK:
			v = ld(s, in.c)
			if b := ld(s, in.b); ld(s, in.a) == in.imm {
				v = b
			}
		case opSelect:
			v = ld(s, m.tables[in.b+uint32(min(ld(s, in.a), uint64(in.c)))])
		case opTable:
			v = m.values[in.b+uint32(min(ld(s, in.a), uint64(in.c)))]
		case opRead:
			if mem := &m.mems[in.c]; ld(s, in.a) < mem.depth {
				v = mem.words[ld(s, in.a)]
			}
		case opGeneric:
			return i
		}
		if in.fan == 0 {
			st(s, in.dst, v)
		} else if ld(s, in.dst) != v {
			st(s, in.dst, v)
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
