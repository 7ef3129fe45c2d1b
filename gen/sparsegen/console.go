package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-isatty"
)

// A console is where a command writes: results on out, all else on err.
type console struct {
	out, err io.Writer
	progress bool // err is a terminal
	colour   bool // out is a terminal that wants colour
	line     int  // length of the progress line on the screen
}

func newConsole(out, err io.Writer) *console {
	_, never := os.LookupEnv("NO_COLOR")
	return &console{out: out, err: err, progress: isTerminal(err), colour: isTerminal(out) && !never && os.Getenv("TERM") != "dumb"}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// note shows what is being done, in place of what was done before.
func (c *console) note(format string, args ...any) {
	if !c.progress {
		return
	}
	s := fmt.Sprintf(format, args...)
	fmt.Fprintf(c.err, "\r%s%s", s, strings.Repeat(" ", max(0, c.line-len(s))))
	c.line = len(s)
}

// clear takes the progress line off the screen.
func (c *console) clear() {
	if c.line > 0 {
		fmt.Fprintf(c.err, "\r%s\r", strings.Repeat(" ", c.line))
		c.line = 0
	}
}

func (c *console) printf(format string, args ...any) {
	c.clear()
	fmt.Fprintf(c.out, format, args...)
}

// json prints a document, nothing else going to out.
func (c *console) json(v any) error {
	c.clear()
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (c *console) paint(attribute color.Attribute, s string) string {
	p := color.New(attribute)
	if c.colour {
		p.EnableColor()
	} else {
		p.DisableColor()
	}
	return p.Sprint(s)
}

func (c *console) good(s string) string { return c.paint(color.FgGreen, s) }
func (c *console) bad(s string) string  { return c.paint(color.FgRed, s) }
func (c *console) bold(s string) string { return c.paint(color.Bold, s) }
