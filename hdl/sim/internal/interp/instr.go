package interp

// An op is what one instruction does. s[x] below is the slot of operand x.
type op uint8

const (
	opCopy     op = iota // s[a]
	opNeg                // -s[a] & imm
	opAnd                // s[a] & s[b]
	opAndK               // s[a] & imm
	opAndNot             // s[a] &^ s[b]
	opAndEqK             // s[b] & (s[a] == imm)
	opAndNeK             // s[b] & (s[a] != imm)
	opOr                 // s[a] | s[b]
	opOrK                // s[a] | imm
	opXor                // s[a] ^ s[b]
	opXorK               // s[a] ^ imm; also Not
	opAdd                // (s[a] + s[b]) & imm
	opAddK               // s[a] + imm, kept to 64-sh bits
	opSub                // (s[a] - s[b]) & imm
	opMul                // s[a] * s[b] & imm
	opMulK               // s[a] * imm, kept to 64-sh bits; also Repeat
	opMulS               // signed s[a] of 64-sh bits times s[b] of 64-sh2 bits, & imm
	opMulAdd             // (s[a]*s[b] + s[c]) & imm
	opMulAddS            // the same with signed factors
	opEq                 // s[a] == s[b]
	opEqK                // s[a] == imm
	opNe                 // s[a] != s[b]
	opNeK                // s[a] != imm
	opFieldEqK           // s[a]>>sh & imm == c, for c of up to 32 bits
	opLt                 // s[a] < s[b]
	opLtK                // s[a] < imm
	opLe                 // s[a] <= s[b]
	opLeK                // s[a] <= imm
	opGeK                // s[a] >= imm
	opLtS                // the signed comparisons, of values of 64-sh bits
	opLeS
	opShl     // s[a] << s[b] & imm
	opShlK    // s[a] << sh & imm
	opShr     // s[a] >> s[b]
	opShrS    // arithmetic, value of 64-sh bits
	opSlice   // s[a] >> sh & imm
	opSlice2  // the same across two slots a and a+1
	opSext    // s[a] of 64-sh bits, copies of its top bit above, & imm
	opCat2    // s[a]<<sh | s[b]
	opCat3    // s[a]<<sh | s[b]<<sh2 | s[c]
	opCatK    // s[a]<<sh | imm
	opCatN    // the or of parts[b:b+c]
	opCount   // the number of ones in s[a] & imm
	opAny     // s[a] & imm != 0
	opAll     // s[a] & imm == imm
	opPick    // the or of slots[tables[b+i-sh]] for each bit i of s[a] & imm; the table has c+1 entries
	opParity  // the exclusive or of the bits of s[a]
	opMux     // s[a] != 0 ? s[b] : s[c]
	opMuxK    // s[a] != 0 ? imm : s[c]
	opMux0    // s[a] != 0 ? s[b] : imm
	opMuxKK   // s[a] != 0 ? imm : c, for c of up to 32 bits
	opMuxBit  // s[a]>>sh & 1 != 0 ? s[b] : s[c]
	opMuxEqK  // s[a] == imm ? s[b] : s[c]
	opMuxAddK // s[a] != 0 ? s[b] + imm, kept to 64-sh bits : s[c]
	opSelect  // slots[tables[b+min(s[a], c)]]
	opTable   // values[b+min(s[a], c)]
	opRead    // mems[c], asynchronous, at s[a]
	opGeneric
	numOps
)

// An instr is one operation; its result goes to slot dst. While instructions are being picked, operands are
// node ids.
type instr struct {
	imm          uint64
	dst, a, b, c uint32
	op           op
	sh, sh2      uint8
}

// A catPart is s[slot]>>shr & mask << shl.
type catPart struct {
	mask     uint64
	slot     uint32
	shr, shl uint8
}

// operands is how many of a, b and c are slots.
var operands = [numOps]uint8{
	opCopy: 1, opNeg: 1, opAnd: 2, opAndK: 1, opAndNot: 2, opAndEqK: 2, opAndNeK: 2, opOr: 2, opOrK: 1, opXor: 2, opXorK: 1,
	opAdd: 2, opAddK: 1, opSub: 2, opMul: 2, opMulK: 1, opMulS: 2, opMulAdd: 3, opMulAddS: 3,
	opEq: 2, opEqK: 1, opNe: 2, opNeK: 1, opFieldEqK: 1, opLt: 2, opLtK: 1, opLe: 2, opLeK: 1, opGeK: 1,
	opLtS: 2, opLeS: 2, opShl: 2, opShlK: 1, opShr: 2, opShrS: 2, opSlice: 1, opSlice2: 1, opSext: 1,
	opCat2: 2, opCat3: 3, opCatK: 1, opParity: 1, opCount: 1, opAny: 1, opAll: 1, opPick: 1, opMux: 3, opMux0: 2, opMuxKK: 1,
	opMuxBit: 3, opMuxEqK: 3, opMuxAddK: 3, opSelect: 1, opTable: 1, opRead: 1,
	opMuxK: 1, // and c, see eachOperand
}

// eachOperand calls f with each operand field that is a slot.
func (in *instr) eachOperand(f func(*uint32)) {
	n := operands[in.op]
	if n > 0 {
		f(&in.a)
	}
	if n > 1 {
		f(&in.b)
	}
	if n > 2 || in.op == opMuxK {
		f(&in.c)
	}
}
