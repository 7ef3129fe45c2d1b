package target

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShippedTargets(t *testing.T) {
	want := map[string]Target{
		"default": {"default", 16, 64, 16, 128, 4, 4},
		"tiny":    {"tiny", 2, 4, 8, 16, 4, 4},
		"wide":    {"wide", 64, 256, 32, 128, 4, 4},
	}
	for name, w := range want {
		got, err := Load(filepath.Join("..", "..", "targets", name+".toml"))
		require.NoError(t, err)
		require.Equal(t, w, *got)
		require.NoError(t, got.Check())
	}
}

func TestDerived(t *testing.T) {
	d := &Target{Lanes: 16, MemoryKB: 64, PortBytes: 16}
	require.Equal(t, []int{16, 16384, 1024, 14, 10, 4, 4, 1}, []int{
		d.Banks(), d.LocalWords(), d.BankWords(),
		d.WordAddrBits(), d.BankAddrBits(), d.LaneBits(), d.PortWords(), d.InstructionBeats(),
	})
	require.Equal(t, []int{0, 4, 4, 8}, []int{d.Align(0), d.Align(1), d.Align(4), d.Align(5)})
	require.Equal(t, 2, (&Target{PortBytes: 8}).InstructionBeats())
	require.Equal(t, 1, (&Target{PortBytes: 32}).InstructionBeats())
}

const good = `lanes = 16
memory_kb = 64
port_bytes = 16
acc_columns = 128
task_queue = 8
prefetch = 4
`

// Each mistake is made by replacing one line of a good file.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"lanes = 16", "lane = 16", "t.toml:1: lane: unknown key; did you mean lanes?"},
		{"task_queue = 8", "task_queue = 8\nprefech = 4", "t.toml:6: prefech: unknown key; did you mean prefetch?"},
		{"prefetch = 4", "prefetch = 4\n[port]\nbytes = 8", "t.toml:7: port: unknown key; use lanes, memory_kb, port_bytes, acc_columns, task_queue, prefetch"},
		{"lanes = 16", `lanes = "16"`, "t.toml:1: lanes: got a string, want a whole number; write for example lanes = 16"},
		{"lanes = 16", `lanes = 16.0`, "t.toml:1: lanes: got a fraction, want a whole number; write for example lanes = 16"},
		{"lanes = 16", `lanes = true`, "t.toml:1: lanes: got true or false, want a whole number; write for example lanes = 16"},
		{"lanes = 16", `lanes = [16]`, "t.toml:1: lanes: got a list, want a whole number; write for example lanes = 16"},
		{"lanes = 16", "lanes = 12", "t.toml:1: lanes: 12 is not a power of two; use 8 or 16"},
		{"lanes = 16", "lanes = 128", "t.toml:1: lanes: 128 is out of range; use 2 to 64"},
		{"lanes = 16", "lanes = 0", "t.toml:1: lanes: 0 is out of range; use 2 to 64"},
		{"memory_kb = 64", "memory_kb = 48", "t.toml:2: memory_kb: 48 is not a power of two; use 32 or 64"},
		{"memory_kb = 64", "memory_kb = 512", "t.toml:2: memory_kb: 512 is out of range; use 1 to 256 (word addresses have 16 bits)"},
		{"memory_kb = 64", "memory_kb = -64", "t.toml:2: memory_kb: -64 is negative; write for example memory_kb = 64"},
		{"memory_kb = 64", "memory_kb = 4", "t.toml:2: memory_kb: 1024 words are too few for one tile, 16 lanes need 1088; use at least 8 or fewer lanes"},
		{"port_bytes = 16", "port_bytes = 4", "t.toml:3: port_bytes: 4 is out of range; use 8 to 32"},
		{"port_bytes = 16", "port_bytes = 24", "t.toml:3: port_bytes: 24 is not a power of two; use 16 or 32"},
		{"lanes = 16", "lanes = 2", "t.toml:3: port_bytes: a beat of 4 words is wider than the 2 banks; use port_bytes = 8 or lanes = 4"},
		{"acc_columns = 128", "acc_columns = 2", "t.toml:4: acc_columns: 2 accumulators do not fill a beat of 4 words; use at least 4"},
		{"acc_columns = 128", "acc_columns = 512", "t.toml:4: acc_columns: 512 is out of range; use 2 to 256"},
		{"task_queue = 8", "task_queue = 1", "t.toml:5: task_queue: 1 is out of range; use 2 to 64"},
		{"prefetch = 4", "prefetch = 99", "t.toml:6: prefetch: 99 is out of range; use 2 to 16"},
		{"prefetch = 4\n", "", "t.toml: prefetch: missing key; add a line such as prefetch = 4"},
		{"prefetch = 4", "prefetch = ", "t.toml:6: expected value but found '\\n' instead; write each parameter as key = number"},
		{"prefetch = 4", "lanes = 4", "t.toml:6: Key 'lanes' has already been defined.; write each parameter as key = number"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, text)
		_, err := Parse("t.toml", text)
		require.EqualError(t, err, c.want)
		var typed *Error
		require.ErrorAs(t, err, &typed)
	}
}

func TestLoadMissingFile(t *testing.T) {
	_, err := Load("no/such.toml")
	require.EqualError(t, err, "no/such.toml: no such file or directory; give the path of a target such as targets/default.toml")
}

func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add("lanes = 3\n[x]\n")
	f.Fuzz(func(t *testing.T, text string) {
		if target, err := Parse("t.toml", text); err == nil {
			require.NoError(t, target.Check())
		} else {
			require.NotContains(t, err.Error(), "\n")
		}
	})
}
