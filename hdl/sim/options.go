package sim

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// WavesEnv names the environment variable with a folder in which the VCD files of failing tests are kept.
const WavesEnv = "SPARSEGEN_WAVES"

// An Option changes how a simulation is set up.
type Option func(*Bench) error

// VCD writes the waves of all named signals to w, from the first cycle.
func VCD(w io.Writer, opts ...VCDOption) Option {
	return func(b *Bench) error { b.DumpVCD(w, opts...); return nil }
}

// Keep sets how many cycles of the ports, and of other signals that were looked at, stay available to Wave;
// 256 unless set.
func Keep(cycles int) Option {
	return func(b *Bench) error {
		if cycles < 1 {
			return errors.New("sim: Keep needs at least one cycle")
		}
		b.history.depth = cycles
		return nil
	}
}

var notFile = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)

// forTest reports failures to t and, if asked by the environment, keeps the waves of a test that fails.
func forTest(t testing.TB) Option {
	return func(b *Bench) error {
		b.tb = t
		folder := os.Getenv(WavesEnv)
		if folder == "" {
			return nil
		}
		name := filepath.Join(folder, notFile.ReplaceAllString(t.Name(), "_")+".vcd")
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		v := b.DumpVCD(f)
		b.closers = append(b.closers, func() error {
			err := errors.Join(v.Flush(), f.Close())
			if !t.Failed() {
				return errors.Join(err, os.Remove(name))
			}
			t.Logf("waves kept in %s", name)
			return err
		})
		return nil
	}
}
