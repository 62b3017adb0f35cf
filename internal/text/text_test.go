package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"possync/internal/text"
)

func TestClip(t *testing.T) {
	for _, c := range []struct {
		name, in    string
		bytes       int
		clip, short string
	}{
		{"empty", "", 5, "", ""},
		{"shorter", "bell", 5, "bell", "bell"},
		{"exactly as long", "bells", 5, "bells", "bells"},
		{"longer", "bells!", 5, "bells", "be…"},
		{"nothing allowed", "bell", 0, "", "…"},
		{"two bytes a character", "ééé", 5, "éé", "é…"},
		{"three bytes a character", "店店店", 8, "店店", "店…"},
		{"four bytes a character", "🚲🚲", 7, "🚲", "🚲…"},
		{"a character that does not fit at all", "🚲", 3, "", "…"},
		{"a space before the cut", "ab cdefg", 6, "ab cde", "ab…"},
		{"the character zero", "a\x00b\x00", 5, "ab", "ab"},
		{"the character zero does not count", "be\x00ll", 4, "bell", "bell"},
		{"broken UTF-8", "a\xffb\xf0\x9f", 5, "ab", "ab"},
		{"broken UTF-8 does not count", "\xff\xff\xffbell", 4, "bell", "bell"},
		{"zero within a broken character", "\xf0\x00\x9f", 5, "", ""},
		{"continuation bytes alone", strings.Repeat("\x80", 9), 5, "", ""},
	} {
		if got := text.Clip(c.in, c.bytes); got != c.clip {
			t.Errorf("%s: Clip(%q, %d) = %q, want %q", c.name, c.in, c.bytes, got, c.clip)
		}
		if got := text.Shorten(c.in, c.bytes); got != c.short {
			t.Errorf("%s: Shorten(%q, %d) = %q, want %q", c.name, c.in, c.bytes, got, c.short)
		}
	}
}

func TestFirst(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "abc"}, {"🚲店é!", 3, "🚲店é"}, {"abc", 0, ""}} {
		if got := text.First(c.in, c.n); got != c.want {
			t.Errorf("First(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

// Whatever the bytes are, the result can be stored, fits, and is the beginning of what can be stored of them.
func TestClipAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "in"))
		n := rapid.IntRange(3, 40).Draw(t, "n")
		got, short := text.Clip(in, n), text.Shorten(in, n)
		for _, s := range []string{got, short} {
			if len(s) > n || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				t.Errorf("of %q with %d bytes: %q", in, n, s)
			}
		}
		clean := text.Clean(in)
		if !strings.HasPrefix(clean, got) || len(clean) > n && len(got) <= n-utf8.UTFMax {
			t.Errorf("Clip(%q, %d) = %q of %q", in, n, got, clean)
		}
	})
}
