package usererror_test

import (
	"strings"
	"testing"

	"possync/graph/usererror"
)

func TestText(t *testing.T) {
	t.Parallel()
	b := usererror.Bounds{Least: 2, Most: 5, Bytes: 8}
	for text, want := range map[string]string{"ab": "ab", "  ab\t": "ab", "éééé": "éééé", "a b": "a b", "abcde": "abcde"} {
		var list usererror.List
		if got := list.Text(text, b, "f"); got != want || list.Any() {
			t.Errorf("%q is read as %q, %v", text, got, list)
		}
	}
	for _, text := range []string{"", " ", "a", " a ", "abcdef", "ééééé", "a\x00b", "a\nb", "a\u0085b", "\xff\xfe"} {
		var list usererror.List
		list.Text(text, b, "list", 3, "f")
		if len(list) != 1 || list[0].Code != usererror.Invalid || strings.Join(list[0].Field, "/") != "list/3/f" || list[0].Message == "" {
			t.Errorf("%q: %v", text, list)
		}
	}
	var none usererror.List
	if none.All() == nil || none.Any() {
		t.Error("an empty list is not an empty list")
	}
}
