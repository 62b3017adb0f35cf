// Package text cleans text from outside so that it can be stored: valid UTF-8, without the zero character that PostgreSQL
// rejects, and no longer than its column. It also says which names and phone numbers are the same.
package text

import (
	"strings"
	"unicode/utf8"
)

// Clean removes what the databases reject: bytes that are not UTF-8, and the zero character.
func Clean(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "") }

// Clip cleans a text and cuts it to at most n bytes, between characters.
func Clip(s string, n int) string {
	s = Clean(s)
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

const ellipsis = "…"

// Shorten is Clip for text that people read: where something was cut off, it ends with "…" within the n bytes.
func Shorten(s string, n int) string {
	s = Clean(s)
	if len(s) <= n {
		return s
	}
	return strings.TrimSpace(Clip(s, max(0, n-len(ellipsis)))) + ellipsis
}

// First returns the first n characters of a text, or all of it.
func First(s string, n int) string {
	count := 0
	for at := range s {
		if count == n {
			return s[:at]
		}
		count++
	}
	return s
}
