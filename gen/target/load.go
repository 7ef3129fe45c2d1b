package target

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// Load reads and checks a target file. Every error is an [*Error].
func Load(path string) (*Target, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		what := err.Error()
		var pe *os.PathError
		if errors.As(err, &pe) {
			what = pe.Err.Error()
		}
		return nil, &Error{File: path, What: what, Fix: "give the path of a target such as targets/default.toml"}
	}
	return Parse(path, string(text))
}

// Parse is Load on the text of a file; path is for messages and the name.
func Parse(path, text string) (*Target, error) {
	var values map[string]any
	md, err := toml.Decode(text, &values)
	if err != nil {
		var pe toml.ParseError
		if errors.As(err, &pe) {
			return nil, &Error{File: path, Line: pe.Position.Line, What: oneLine(pe.Message), Fix: `write each parameter as key = number`}
		}
		return nil, &Error{File: path, What: oneLine(err.Error()), Fix: `write each parameter as key = number`}
	}
	f := &file{path: path, lines: keyLines(text)}
	for _, k := range md.Keys() { // in file order, so the first mistake is the one reported
		name := k.String()
		if keyNamed(name) == nil {
			return nil, f.err(name, "unknown key", Suggest(name, keyNames()))
		}
	}
	t := &Target{Name: strings.TrimSuffix(filepath.Base(path), ".toml")}
	for i := range keys {
		k := &keys[i]
		v, given := values[k.name]
		if !given {
			return nil, &Error{File: path, Key: k.name, What: "missing key", Fix: fmt.Sprintf("add a line such as %s = %d", k.name, k.example)}
		}
		n, whole := v.(int64)
		if !whole {
			return nil, f.err(k.name, "got "+kindOf(v)+", want a whole number", fmt.Sprintf("write for example %s = %d", k.name, k.example))
		}
		*k.field(t) = int(n)
	}
	if err := f.check(t); err != nil {
		return nil, err
	}
	return t, nil
}

// key is one parameter of the file.
type key struct {
	name    string
	example int // a value that works, for messages
	field   func(*Target) *int
}

var keys = []key{
	{"lanes", 16, func(t *Target) *int { return &t.Lanes }},
	{"memory_kb", 64, func(t *Target) *int { return &t.MemoryKB }},
	{"port_bytes", 16, func(t *Target) *int { return &t.PortBytes }},
	{"acc_columns", 128, func(t *Target) *int { return &t.AccColumns }},
	{"task_queue", 8, func(t *Target) *int { return &t.TaskQueue }},
	{"prefetch", 4, func(t *Target) *int { return &t.Prefetch }},
}

func keyNamed(name string) *key {
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}

func keyNames() []string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return names
}

// file gives mistakes their place.
type file struct {
	path  string
	lines map[string]int
}

func (f *file) err(key, what, fix string) *Error {
	return &Error{File: f.path, Line: f.lines[key], Key: key, What: what, Fix: fix}
}

// keyLines finds the line of each key, of each table header, and of keys inside tables as table.key: the TOML reader
// keeps positions of syntax errors only.
func keyLines(text string) map[string]int {
	lines, table := map[string]int{}, ""
	for i, l := range strings.Split(text, "\n") {
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "[") {
			name := strings.Trim(strings.SplitN(l, "#", 2)[0], "[] \t")
			lines[name], table = i+1, name+"."
			continue
		}
		name, _, found := strings.Cut(l, "=")
		if name = strings.Trim(strings.TrimSpace(name), `"'`); found && !strings.HasPrefix(name, "#") && lines[table+name] == 0 {
			lines[table+name] = i + 1
		}
	}
	return lines
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "a string"
	case float64:
		return "a fraction"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return fmt.Sprintf("%T", v)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
