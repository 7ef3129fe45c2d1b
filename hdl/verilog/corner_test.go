package verilog

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl/internal/ir"
)

// corner makes a module in the intermediate form, prints it and lints it.
func corner(t *testing.T, build func(k *maker)) string {
	k := newMaker("corner", 1)
	build(k)
	out, err := Print(&ir.Design{Top: k.m, Modules: []*ir.Module{k.m}})
	require.NoError(t, err)
	lint(t, out, true)
	return string(out.File("corner.sv"))
}

func (k *maker) out(v ir.NodeID) {
	n := k.m.Nodes[v]
	o := k.port(ir.Out, int(n.Width), n.Signed)
	k.m.Body = append(k.m.Body, ir.Stmt{Kind: ir.Assign, Target: o, Value: v})
}

func (k *maker) num(v int64, w int) ir.NodeID { return k.constant(big.NewInt(v), w, false) }

func TestEmptyModule(t *testing.T) {
	text := corner(t, func(k *maker) { k.m.Clocked = false })
	assert.Contains(t, text, "module corner;\nendmodule\n")
}

func TestWireWithoutStatements(t *testing.T) {
	text := corner(t, func(k *maker) { k.m.Clocked = false; k.port(ir.Out, 300, true) })
	assert.Contains(t, text, "assign p0_o = 300'sd0;")
}

func TestMemories(t *testing.T) {
	text := corner(t, func(k *maker) {
		a, d, e := k.port(ir.In, 40, false), k.port(ir.In, 8, true), k.port(ir.In, 1, false)
		read := func(mem int32, addr ir.NodeID, sync bool, en ir.NodeID) {
			id := k.add(ir.Node{Op: ir.MemRead, Width: 8, X: int32(len(k.m.Reads))})
			k.m.Reads = append(k.m.Reads, ir.Read{Name: "rd", Mem: mem, Sync: sync, En: en, Addr: addr, Node: id})
			k.out(id)
		}
		k.m.Mems = []ir.Mem{
			{Name: "one", Depth: 1, Width: 8, Writes: []ir.MemWrite{{En: e, Addr: a, Data: d}}},
			{Name: "rom", Depth: 5, Width: 8},
			{Name: "deaf", Depth: 300, Width: 8, Writes: []ir.MemWrite{
				{En: k.num(1, 1), Addr: k.num(299, 9), Data: k.num(7, 8), Mask: k.num(5, 4)},
				{En: e, Addr: k.num(300, 9), Data: d},
				{En: k.num(0, 1), Addr: a, Data: d},
			}},
		}
		read(0, a, false, 0)
		read(0, k.num(0, 1), true, 0)
		read(1, a, true, e)
		read(1, k.num(7, 3), false, 0)
		read(1, d, true, k.num(0, 1))
	})
	assert.Contains(t, text, "p3_o = (p0_i < 40'd1) ? one[1'b0] : 8'd0;")
	assert.Contains(t, text, "for (int i = 0; i < 5; i++) begin\n      rom[i] = 8'd0;")
	assert.Contains(t, text, "assign p6_o = 8'd0;")
}

func TestEnumeratedRegisters(t *testing.T) {
	text := corner(t, func(k *maker) {
		e := &ir.Enum{Name: "mode", Members: []string{"idle", "wait_row", "run"}, Values: []uint64{0, 1, 2}, Width: 2}
		member := func(v int64) ir.NodeID {
			id := k.num(v, 2)
			k.m.Consts[len(k.m.Consts)-1].Enum = e
			return id
		}
		c, raw := k.port(ir.In, 1, false), k.port(ir.In, 2, false)
		for i, name := range []string{"mode", "before", "loose", "copy"} {
			id := k.add(ir.Node{Op: ir.RegRef, Width: 2, X: int32(i)})
			k.m.Regs = append(k.m.Regs, ir.Reg{Name: name, Node: id, HasReset: true, Enum: e})
			k.out(id)
		}
		reg := func(i int) ir.NodeID { return k.m.Regs[i].Node }
		mux := k.add(ir.Node{Op: ir.Mux, Width: 2, A: c, B: member(1), C: reg(0)})
		for i, v := range []ir.NodeID{mux, reg(0), raw, reg(2)} {
			k.m.Body = append(k.m.Body, ir.Stmt{Kind: ir.Assign, Target: reg(i), Value: v})
		}
		k.m.Body = append(k.m.Body, ir.Stmt{Kind: ir.If, Arms: []ir.Arm{{Cond: c, Body: []ir.Stmt{
			{Kind: ir.Assign, Target: reg(2), Value: member(2)},
		}}}})
	})
	assert.Contains(t, text, "  mode_e mode_q;\n  mode_e before_q;\n  logic [1:0] loose_q;\n  logic [1:0] copy_q;\n")
	assert.Contains(t, text, "mode_q <= ModeWaitRow;\n    end else begin\n      mode_q <= mode_q;")
	assert.Contains(t, text, "loose_q <= ModeRun;")
}

func TestConstantConditions(t *testing.T) {
	text := corner(t, func(k *maker) {
		k.m.Clocked = false
		a, b := k.port(ir.In, 8, false), k.port(ir.In, 8, false)
		o := k.port(ir.Out, 8, false)
		set := func(v ir.NodeID) []ir.Stmt { return []ir.Stmt{{Kind: ir.Assign, Target: o, Value: v}} }
		k.m.Body = []ir.Stmt{{Kind: ir.If, Arms: []ir.Arm{
			{Cond: k.num(0, 1), Body: set(a)}, {Cond: k.num(1, 1), Body: set(b)}, {Body: set(a)},
		}}}
		never := k.add(ir.Node{Op: ir.Lt, A: a, B: k.num(0, 8), Width: 1})
		always := k.add(ir.Node{Op: ir.Le, A: b, B: k.num(255, 8), Width: 1})
		k.out(never)
		k.m.Named[always] = "named_truth"
	})
	assert.Contains(t, text, "assign p2_o = p1_i;")
	assert.Contains(t, text, "assign p3_o = 1'b0;")
	assert.Contains(t, text, "wire named_truth = 1'b1;")
	assert.Contains(t, text, "&{1'b0, p0_i, named_truth}")
}

func TestAssertWithoutClock(t *testing.T) {
	text := corner(t, func(k *maker) {
		k.m.Clocked = false
		a := k.port(ir.In, 4, false)
		k.m.Assert = []ir.Assert{{Name: "some", Cond: k.add(ir.Node{Op: ir.RedOr, A: a, Width: 1})}}
	})
	assert.Contains(t, text, "always @* begin : assert_some\n    assert (|p0_i);")
}

// TestFullCase has no default in the source: the last arm closes it, so that nothing is latched.
func TestFullCase(t *testing.T) {
	text := corner(t, func(k *maker) {
		k.m.Clocked = false
		s, o := k.port(ir.In, 1, false), k.port(ir.Out, 4, false)
		k.m.Body = []ir.Stmt{{Kind: ir.Switch, Subject: s, Arms: []ir.Arm{
			{Labels: []ir.NodeID{k.num(0, 1)}, Body: []ir.Stmt{{Kind: ir.Assign, Target: o, Value: k.num(3, 4)}}},
			{Labels: []ir.NodeID{k.num(1, 1)}, Body: []ir.Stmt{{Kind: ir.Assign, Target: o, Value: k.num(5, 4)}}},
		}}}
	})
	assert.Contains(t, text, "1'b0: p1_o = 4'd3;\n      default: p1_o = 4'd5;")
}

func TestRefusesPoison(t *testing.T) {
	k := newMaker("bad", 1)
	bad := k.add(ir.Node{Op: ir.Poison})
	_, err := Print(&ir.Design{Top: k.m, Modules: []*ir.Module{k.m}})
	require.NoError(t, err, "nobody uses it")
	k.out(bad)
	_, err = Print(&ir.Design{Top: k.m, Modules: []*ir.Module{k.m}})
	assert.ErrorContains(t, err, "a bad value is used")
}

func TestReservedWords(t *testing.T) {
	assert.Len(t, strings.Fields(reservedWords), 248+3, "IEEE 1800-2017 table B.1, and three of Icarus")
	s := newScope()
	for _, c := range [][2]string{
		{"table", "table_2"}, {"a__b-", "a_b"}, {"9lives", "k9lives"}, {"", "n"}, {"x", "x"}, {"x", "x_2"}, {"x", "x_3"},
	} {
		assert.Equal(t, c[1], s.unique(c[0]))
	}
	assert.Equal(t, "y", s.unique("y"))
	assert.Equal(t, "y_w8", s.unique("y", "_w8", "_add"))
	assert.Equal(t, "y_add", s.unique("y", "_w8", "_add"))
	assert.Equal(t, "axi_data_width", snake("AXIDataWidth"))
	assert.Equal(t, "WaitRow2", camel("wait_row2"))
}

// TestNamesStayInOneScope: a port, a register, an instance and a wire that would meet in the output.
func TestNamesStayInOneScope(t *testing.T) {
	text := corner(t, func(k *maker) {
		a := k.port(ir.In, 1, false)
		k.m.Ports[0].Name = "clk"
		id := k.add(ir.Node{Op: ir.RegRef, Width: 1, X: 0})
		k.m.Regs = []ir.Reg{{Name: "p_q", Node: id}}
		w := k.add(ir.Node{Op: ir.WireRef, Width: 1, X: 0})
		k.m.Wires = []ir.Wire{{Name: "p_q", Node: w}}
		k.m.Body = []ir.Stmt{{Kind: ir.Assign, Target: id, Value: w}, {Kind: ir.Assign, Target: w, Value: a}}
	})
	assert.Contains(t, text, "input  logic clk_i_2\n")
	assert.Contains(t, text, "assign p_q_net = clk_i_2;")
}
