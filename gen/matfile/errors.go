package matfile

import (
	"fmt"
	"strconv"
)

// Error is the one kind of error this package returns: where, what is wrong, and what to try.
type Error struct {
	File string // as given to Read
	Line int    // from 1; 0 when no one line is to blame
	Msg  string
	Fix  string
}

// Error is one line, FILE:LINE: MSG; FIX, without the line number when there is none.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s; %s", e.File, e.Msg, e.Fix)
	}
	return fmt.Sprintf("%s:%d: %s; %s", e.File, e.Line, e.Msg, e.Fix)
}

// The fixes that several errors share.
const (
	fixCut    = "the file may be cut short, fetch it again or correct the count"
	fixNumber = "correct or remove it"
)

// fail makes an error of the file at hand. fix is plain text; msg is a format.
func (rd *reader) fail(line int, fix, msg string, args ...any) error {
	return &Error{File: rd.file, Line: line, Msg: fmt.Sprintf(msg, args...), Fix: fix}
}

// quoted is a token fit for a message: on one line, printable, not long.
func quoted(tok []byte) string {
	const most = 24
	if len(tok) > most {
		return strconv.QuoteToASCII(string(tok[:most]) + "...")
	}
	return strconv.QuoteToASCII(string(tok))
}
