// Package hdl is a hardware construction kit: Go calls build modules of registers, wires, memories, state machines and
// valid/ready streams; Build checks them; hdl/sim simulates them in process and hdl/verilog prints SystemVerilog.
//
// Start reading at New and the example of package hdl; then Reg, If, Mem, NewFSM, Sink and Source. Signals are small
// value handles (Sig) over a flat slice of nodes. Widths and signs are strict: operands agree, growth is explicit
// (AddC, Grow, Zext, Sext, Trunc, Resize). Nothing here panics on a bad design: a wrong call records a diagnostic with
// the user's position and yields a poison value that silences what follows from it; Build returns all of them.
//
// The package imports nothing of this project but its own internals.
package hdl
