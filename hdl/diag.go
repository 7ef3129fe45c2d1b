package hdl

import "github.com/sparsegen/sparsegen/hdl/internal/diag"

// Diagnostics as the builder reports them.
type (
	// A Diagnostic is one finding: code, message, the user's position and call chain, notes, a fix to try.
	Diagnostic = diag.Diagnostic
	// Diagnostics is a sorted list of them; it is the error that Build returns.
	Diagnostics = diag.List
	// Position is a place in the user's source.
	Position = diag.Position
	// Severity tells an error from a warning.
	Severity = diag.Severity
)

// The severities.
const (
	Error   = diag.Error
	Warning = diag.Warning
)

// The diagnostic codes. Each is stable: a code is never reused for another rule.
const (
	CodeWidth       = "W001" // operands or assignment of different widths: io.Q8.Set(sum9)
	CodeSign        = "W002" // signed with unsigned: a.Add(b.AsSigned())
	CodeFit         = "W003" // a constant that does not fit its width: q4.Eq(hdl.K(16))
	CodeNoWidth     = "W004" // nothing gives a constant its width: hdl.Mux(c, hdl.K(0), hdl.K(1))
	CodeRange       = "W005" // a bit or slice outside the signal: q8.Slice(8, 0)
	CodeExtend      = "W006" // an extension that shrinks or a truncation that grows: q8.Zext(4)
	CodeBool        = "W007" // a condition of more than one bit: m.If(q8, ...)
	CodeUndriven    = "D001" // a wire or output that nothing drives
	CodeMultiDriven = "D002" // a signal whose earlier drivers can never matter, since a later one always overrides
	CodeLatch       = "D003" // a combinational signal not assigned on every path
	CodeNotTarget   = "D004" // setting what cannot be set: an input, an expression
	CodeUnconnected = "D005" // an instance input left open
	CodeLoop        = "L001" // a combinational loop, bit by bit
	CodeForeign     = "M001" // a signal of another module
	CodeUnset       = "M002" // the zero Sig: a field never filled in
	CodeName        = "N001" // a name that is taken or is no identifier
	CodePort        = "P001" // an IO or payload struct the kit cannot read
	CodeInst        = "P002" // an instance of the wrong IO type
	CodeConnect     = "P003" // Connect of values of different shapes
	CodeMemory      = "P004" // a memory with impossible dimensions, or a port that does not fit it
	CodeControl     = "S001" // an Else or a State outside its place
	CodeUnused      = "U001" // a named signal that nothing reads (warning)
)
