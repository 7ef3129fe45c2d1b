package matfile_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/sparsegen/sparsegen/gen/matfile"
)

func ExampleRead() {
	dir, err := os.MkdirTemp("", "matfile")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "graph.mtx")
	text := "%%MatrixMarket matrix coordinate real symmetric\n3 3 2\n2 1 0.5\n3 3 -2\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		panic(err)
	}
	m, err := matfile.Read(path, matfile.Options{})
	if err != nil {
		panic(err)
	}
	for r := range m.Rows {
		fmt.Println(m.Dense().Row(r))
	}
	// Output:
	// [0 32 0]
	// [32 0 0]
	// [0 0 -127]
}

func ExampleError() {
	err := error(&matfile.Error{
		File: "layer.smtx", Line: 3, Msg: "row 0 is unsorted, column 0 follows 2",
		Fix: "sort the columns of each row",
	})
	fmt.Println(err)
	// Output: layer.smtx:3: row 0 is unsorted, column 0 follows 2; sort the columns of each row
}
