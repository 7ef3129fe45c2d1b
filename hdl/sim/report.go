package sim

// This file takes failures to the test. They are noted where they are found and reported by the public method
// the test has called, which alone can name the line of the test: testing.TB.Helper works on its caller, and
// is too slow to be called when nothing is wrong.

// A reporter is the part of testing.TB that is used.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
	FailNow()
}

// silent is the reporter outside tests, where Err has it all.
type silent struct{}

func (silent) Helper()               {}
func (silent) Errorf(string, ...any) {}
func (silent) FailNow()              {}

type failure struct {
	err   error
	fatal bool
}

// maxFailures is when a test is stopped: what follows a failure is rarely news.
const maxFailures = 10

// fail notes a failure of the design under test.
func (b *Bench) fail(err error) {
	b.errs = append(b.errs, err)
	b.pending = append(b.pending, failure{err, len(b.errs) >= maxFailures})
}

// fatal notes a mistake of the testbench itself, which ends the test.
func (b *Bench) fatal(err error) {
	b.errs = append(b.errs, err)
	b.pending = append(b.pending, failure{err, true})
}

// report tells the test what is pending.
func (b *Bench) report() {
	b.tb.Helper()
	pending := b.pending
	b.pending = nil
	for _, f := range pending {
		b.tb.Errorf("%v", f.err)
		if f.fatal {
			b.tb.FailNow()
		}
	}
}
