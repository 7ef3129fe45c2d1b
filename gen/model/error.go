package model

import "fmt"

// Error is a breach of the contract in docs/machine.md.
type Error struct {
	Instruction int // number of the instruction, from the start of the program
	Phase       int // number of the phase, -1 outside phases
	Job         int // number of the job in the phase, -1 outside jobs
	What        string
}

func (e *Error) Error() string {
	at := fmt.Sprintf("image: instruction %d", e.Instruction)
	if e.Phase >= 0 {
		at += fmt.Sprintf(", phase %d", e.Phase)
	}
	if e.Job >= 0 {
		at += fmt.Sprintf(", job %d", e.Job)
	}
	return at + ": " + e.What
}
