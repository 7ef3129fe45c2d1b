package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writeDesign fills dir by a function that writes into a temporary folder beside it, which takes dir's name when all is
// written: dir is either whole or as it was. An earlier design in it is replaced; anything else is not touched.
func writeDesign(dir string, write func(tmp string) error) error {
	if err := checkOutDir(dir); err != nil {
		return err
	}
	dir = filepath.Clean(dir)
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("-o %s: %w; name a folder that can be made", dir, err)
	}
	tmp, err := os.MkdirTemp(parent, ".sparsegen-")
	if err != nil {
		return fmt.Errorf("-o %s: %w; name a folder that can be made", dir, err)
	}
	defer os.RemoveAll(tmp) //nolint:errcheck // gone already after the rename
	design := filepath.Join(tmp, "new")
	if err := os.Mkdir(design, 0o755); err != nil {
		return err
	}
	if err := write(design); err != nil {
		return err
	}
	// A folder can not be renamed onto one that is not empty: the old one goes into tmp first.
	if err := os.Rename(dir, filepath.Join(tmp, "old")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("-o %s: %w; name another folder", dir, err)
	}
	return os.Rename(design, dir)
}

// checkOutDir tells whether dir may be written: it does not exist, is empty, or holds an earlier design.
func checkOutDir(dir string) error {
	if dir == "" {
		return errors.New("-o: no output folder is given; name one, such as -o build/rtl")
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("-o %s: %w; name another folder", dir, errors.Unwrap(err))
	case !info.IsDir():
		return fmt.Errorf("-o %s: is a file, not a folder; name another folder", dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("-o %s: %w; name another folder", dir, errors.Unwrap(err))
	}
	if len(entries) == 0 {
		return nil
	}
	if _, err := os.Stat(filepath.Join(dir, "manifest.json")); err != nil {
		return fmt.Errorf("-o %s: holds files that are not of an earlier design; name a new or an empty folder", dir)
	}
	return nil
}
