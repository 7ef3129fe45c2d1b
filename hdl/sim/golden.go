package sim

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// UpdateEnv names the environment variable that, when not empty, makes ExpectWave rewrite its golden files.
const UpdateEnv = "SPARSEGEN_UPDATE"

// updating obeys the flag -update of the test, too. The flag is the test package's own to define: a package
// that defines it behind its back breaks every test binary that has one already.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true" || os.Getenv(UpdateEnv) != ""
}

// ExpectWave compares the text wave of the given signals, or of all ports, with a golden file. The test flag
// -update, if the test package has one, or the environment variable UpdateEnv rewrites the file.
func ExpectWave(t testing.TB, s Simulation, file string, hs ...Handle) {
	t.Helper()
	got := s.bench().Wave(hs...)
	if updating() {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (to make it, run the test with -update or %s=1)", err, UpdateEnv)
	}
	if got != string(want) {
		t.Errorf("wave differs from %s\ngot:\n%swant:\n%s", file, got, want)
	}
}
