package verilog

// The output syntax tree: exactly the SystemVerilog this package prints. Every expression form states
// whether its operands are self-determined, because the width and sign rules of the language hang on that.

type expr any

type (
	ident   struct{ name string }
	literal struct{ text string }
	unary   struct { // operand in the context of the whole, but for "!" and the reductions
		op string
		x  expr
	}
	binary struct { // shifts: y self-determined; && and ||: both
		op   string
		x, y expr
	}
	ternary   struct{ cond, then, els expr }
	concat    struct{ parts []expr } // parts self-determined
	replicate struct {               // operand self-determined
		n int
		x expr
	}
	slice struct { // name[hi:lo], or name[hi]
		name   string
		hi, lo int
	}
	call struct { // $signed or $unsigned; argument self-determined
		fn string
		x  expr
	}
	word struct { // mem[addr], the address self-determined
		mem  string
		addr expr
	}
	chunk struct { // x[v*width +: width] with a loop variable v
		x     expr
		v     string
		width int
	}
	bitAt struct { // x[v] with a loop variable v
		x expr
		v string
	}
)

type stmt any

type (
	assignStmt struct {
		lhs, rhs    expr
		nonblocking bool
	}
	ifStmt struct{ arms []ifArm }
	ifArm  struct { // cond nil: else
		cond expr
		body []stmt
	}
	caseStmt struct {
		subject expr
		arms    []caseArm
	}
	caseArm struct { // no labels: default
		labels []expr
		body   []stmt
	}
	forStmt struct { // for (int v = 0; v < n; v++)
		v    string
		n    int
		body []stmt
	}
	assertStmt  struct{ cond expr }
	readmemStmt struct{ file, mem string }
)

type item any

type (
	commentItem struct{ text string }
	blankItem   struct{}
	enumItem    struct {
		name    string
		width   int
		members []string
		values  []string
	}
	declItem struct { // logic, or the enumeration typ
		name   string
		typ    string
		width  int
		signed bool
	}
	wireItem struct { // a net and its only driver
		name   string
		width  int
		signed bool
		value  expr
	}
	memItem struct {
		name         string
		width, depth int
	}
	assignItem struct {
		name  string
		value expr
	}
	combItem   struct{ body []stmt }
	ffItem     struct{ body []stmt }
	assertItem struct { // checked in simulation only
		label   string
		clocked bool
		body    []stmt
	}
	initialItem  struct{ body []stmt }
	instanceItem struct {
		module, name string
		conns        []conn
	}
	conn struct {
		port  string
		value expr
		out   bool
	}
)

type portDecl struct {
	name   string
	out    bool
	width  int
	signed bool
	doc    string
}

type moduleDecl struct {
	name   string
	header []string
	ports  []portDecl
	items  []item
}
