package tool_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/flows/tool"
)

func TestMissingToolSaysHowToInstallIt(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := tool.Find("verilator")
	var missing *tool.MissingError
	require.ErrorAs(t, err, &missing)
	require.EqualError(t, err, "verilator is not installed (needed for: engine verilator, lint of emitted files): "+
		"install it with: apt-get install verilator")
}

func TestUnknownTool(t *testing.T) {
	_, err := tool.Find("nonesuch")
	require.EqualError(t, err, `tool "nonesuch" is not known`)
}

func TestVersionLine(t *testing.T) {
	for _, x := range tool.All() {
		if _, err := x.Find(); err != nil || x.Version == nil {
			continue
		}
		require.NotEmpty(t, x.VersionLine(t.Context()), x.Name)
	}
}
