package cosim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// unused is how long an entry of the cache stays without a run.
const unused = 14 * 24 * time.Hour

// A cache is a folder of build results, one folder an entry, named by the hash of what it was made of.
type cache struct{ dir string }

func openCache(dir string) (cache, error) {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			base = filepath.Join(os.TempDir(), fmt.Sprintf("sparsegen-%d", os.Getuid()))
		}
		dir = filepath.Join(base, "sparsegen", "verilator")
	}
	return cache{dir}, os.MkdirAll(dir, 0o755)
}

// key hashes a list of texts; lengths go in so that moving a byte from one to the next gives another key.
func key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// entry gives the folder of a key, made by build in a temporary folder beside it if it is not there yet.
// Processes that want the same entry wait for the one that builds it; a failed build leaves nothing.
func (c cache) entry(key string, build func(dir string) error) (string, error) {
	dir := filepath.Join(c.dir, key)
	if c.use(dir) {
		return dir, nil
	}
	unlock, err := lock(dir + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if c.use(dir) {
		return dir, nil
	}
	c.trim()
	tmp, err := os.MkdirTemp(c.dir, "build-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp) //nolint:errcheck // gone already after the rename
	if err := build(tmp); err != nil {
		return "", err
	}
	return dir, os.Rename(tmp, dir)
}

// use tells whether an entry is there, and notes that it was wanted.
func (c cache) use(dir string) bool {
	now := time.Now()
	return os.Chtimes(dir, now, now) == nil
}

// trim removes what was not used for a long time: entries, their locks, and builds that were killed.
func (c cache) trim() {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || time.Since(info.ModTime()) < unused || strings.HasSuffix(e.Name(), ".lock") {
			continue
		}
		_ = os.RemoveAll(filepath.Join(c.dir, e.Name()))
	}
}

// lock takes an exclusive lock on a file until unlock is called or the process ends.
func lock(name string) (unlock func(), err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return func() { _ = f.Close() }, nil
}
