// Command picture draws the two pictures of the README: docs/machine.svg, the block diagram of a target's machine, and
// docs/run.svg, a run that it executes on that machine's netlist and watches cycle by cycle. The same target gives the
// same bytes.
//
//	main.go     the command
//	canvas.go   SVG elements, and what is known of where text stands
//	machine.go  the block diagram; its numbers are those of the target file
//	lanes.go    the lanes of the diagram, and what feeds them
//	record.go   the run: what is executed, and what is looked at in each cycle
//	chart.go    the picture of a run
//	png.go      the same pictures for viewers without SVG
//
// Start reading at main. It imports gen/target for the diagram and gen/run for the run.
package main
