// Package bus holds what travels between blocks: the payloads and port bundles that more than one of them knows. Blocks
// import this package and not each other. Widths in tags are names of parameters of the module that uses them.
//
// The package imports hdl alone.
package bus

import "github.com/sparsegen/sparsegen/hdl"

// A Job is one run of task words, as handed to a fetcher.
type Job struct {
	Addr hdl.Sig `hdl:"AddrBits" doc:"local address of the first task word"`
	Len  hdl.Sig `hdl:"16"       doc:"task words, the end word included"`
	Base hdl.Sig `hdl:"16"       doc:"b_base: added to the position of each task"`
	Tag  hdl.Sig `hdl:"2"        doc:"phase the job belongs to, modulo 4"`
}

// A Task is a task word or an end word on its way to the lanes of a group; positions are absolute.
type Task struct {
	Word hdl.Sig `hdl:"32" doc:"task or end word"`
	Tag  hdl.Sig `hdl:"2"  doc:"phase, modulo 4"`
}

// Phase is a chunk of jobs whose data stand in the unified memory.
type Phase struct {
	ABase   hdl.Sig `hdl:"16" doc:"address of the job table"`
	BBase   hdl.Sig `hdl:"16" doc:"address of the tile of B"`
	Jobs    hdl.Sig `hdl:"16" doc:"entries of the table"`
	Barrier hdl.Sig `hdl:"1"  doc:"wait until all before is written"`
}

// Request is a request on the memory port.
type Request struct {
	Write hdl.Sig `hdl:"1"         doc:"write data, else read"`
	Addr  hdl.Sig `hdl:"32"        doc:"beat address"`
	Data  hdl.Sig `hdl:"BeatBits"  doc:"beat to write"`
	Mask  hdl.Sig `hdl:"PortBytes" doc:"byte enables"`
}

// ReadPort is the interface of a reader of the unified memory: a request is held until it is granted, and the word
// follows in the cycle after the grant.
type ReadPort struct {
	Valid hdl.Out `hdl:"1"        doc:"request the word at addr"`
	Addr  hdl.Out `hdl:"AddrBits" doc:"local word address"`
	Grant hdl.In  `hdl:"1"        doc:"the request is taken; the word follows in the next cycle"`
	Data  hdl.In  `hdl:"32"       doc:"word read"`
}
