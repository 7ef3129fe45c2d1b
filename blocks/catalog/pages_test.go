package catalog_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/blocks/catalog"
)

var (
	aTest  = regexp.MustCompile(`\bTest[A-Z]\w*`)
	aFunc  = regexp.MustCompile(`(?m)^func (Test[A-Z]\w*)\(`)
	titles = []string{"## Parameters\n", "## Signals\n", "## Sketch\n", "## Wave", "## Corner cases\n", "## Tests\n"}
)

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// Every page has its parts in one order and names all tests of its folder, and none that is not there.
func TestPagesNameTheirTests(t *testing.T) {
	for _, folder := range []string{"bank", "crossbar", "dma", "lane", "multicast", "output", "scheduler", "../hdl/stream"} {
		t.Run(folder, func(t *testing.T) {
			page := read(t, filepath.Join("..", folder, "README.md"))
			for _, title := range titles {
				require.Contains(t, page, title)
				_, page, _ = strings.Cut(page, title)
			}
			var there, named []string
			files, err := filepath.Glob(filepath.Join("..", folder, "*_test.go"))
			require.NoError(t, err)
			for _, f := range files {
				for _, m := range aFunc.FindAllStringSubmatch(read(t, f), -1) {
					there = append(there, m[1])
				}
			}
			named = aTest.FindAllString(page, -1)
			require.ElementsMatch(t, there, named)
		})
	}
}

// The table of the library has each block of the catalog.
func TestTheTableNamesEveryBlock(t *testing.T) {
	table := read(t, filepath.Join("..", "README.md"))
	for _, e := range catalog.List() {
		require.Contains(t, table, "| `"+e.Name+"` |")
	}
}
