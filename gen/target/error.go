package target

import (
	"fmt"
	"strings"
)

// Error is one mistake in a target file. Its text is a single line: FILE:LINE: key: what; fix to try. Line is 0, and left
// out of the text, when the mistake has no line (a missing key, an unreadable file); so is an empty Key.
type Error struct {
	File string
	Line int
	Key  string
	What string
	Fix  string
}

func (e *Error) Error() string {
	at := e.File
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", at, e.Line)
	}
	if e.Key != "" {
		at += ": " + e.Key
	}
	return fmt.Sprintf("%s: %s; %s", at, e.What, e.Fix)
}

// Suggest is the fix for a word that is none of names: the nearest of them when it looks misspelt, else all of them.
func Suggest(word string, names []string) string {
	best, least := "", int(^uint(0)>>1)
	for _, n := range names {
		if d := editDistance(word, n); d < least {
			best, least = n, d
		}
	}
	if least <= max(1, len(word)/2) {
		return fmt.Sprintf("did you mean %s?", best)
	}
	return "use " + strings.Join(names, ", ")
}

// editDistance counts the single-byte insertions, deletions and substitutions from a to b (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
