// Package model executes images of external memory without any hardware.
//
// [Run] has two halves. The functional executor (exec.go, rows.go) is the reference for what an image means: it follows
// docs/machine.md word by word and reports every breach of that contract (hazards.go) as an [*Error]. The
// cycle model (cycles.go and its neighbours) plays the same image on a model of the controller, lanes, banks and port and
// gives the cycles the hardware takes; the sizes and latencies it assumes stand in timing.go.
//
// It decodes images on its own and imports gen/target only: the compiler that wrote an image and the model that judges
// it share nothing but the contract. Start at [Run].
package model
