// Package stream holds valid/ready stream modules built on the public API of hdl alone.
//
// Start reading at FIFO. The package imports hdl and nothing else of this project.
package stream
