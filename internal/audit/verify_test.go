package audit_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/internal/audit"
)

// entry returns the entry of that number.
func entry(n int) audit.Entry {
	return audit.Entry{
		ID: fmt.Sprint("aud_", n), SiteID: "site_a", Action: "UPDATE_IMPORT_SETTINGS", Actor: "ann", Role: "manage", Target: "x", RequestID: "r",
		At: time.Date(2026, 5, 2, 10, 0, n, 1000, time.UTC), Changes: []audit.Change{{Field: "Balance On Hand", Before: "on", After: "off"}},
	}
}

// log returns a sound log of n entries.
func log(n int) []audit.Link {
	links := make([]audit.Link, n)
	sum := audit.Genesis()
	for i := range links {
		links[i] = audit.Link{Entry: entry(i + 1), Sequence: i + 1, Previous: sum, Sum: audit.Hash(sum, entry(i+1))}
		sum = links[i].Sum
	}
	return links
}

func verify(t *testing.T, from audit.Place, links []audit.Link, end audit.Place) []string {
	t.Helper()
	v := audit.NewVerifier(from, func(sum []byte) (int, bool, error) {
		i := slices.IndexFunc(links, func(l audit.Link) bool { return slices.Equal(l.Sum, sum) })
		if i < 0 {
			return 0, false, nil
		}
		return links[i].Sequence, true, nil
	})
	for _, l := range links {
		if err := v.Next(l); err != nil {
			t.Fatal(err)
		}
	}
	found := []string{}
	for _, f := range v.End(end) {
		found = append(found, f.String())
	}
	return found
}

// Whatever is done to a log is found, and the finding says to which entry.
func TestVerify(t *testing.T) {
	t.Parallel()
	swap := func(l []audit.Link, a, b int) {
		l[a], l[b] = l[b], l[a]
		l[a].Sequence, l[b].Sequence = l[b].Sequence, l[a].Sequence
	}
	for name, c := range map[string]struct {
		tamper func(l []audit.Link) []audit.Link
		want   []string
	}{
		"nothing":       {func(l []audit.Link) []audit.Link { return l }, []string{}},
		"another actor": {func(l []audit.Link) []audit.Link { l[2].Actor = "bob"; return l }, []string{"entry 3 (aud_3) was changed"}},
		"another time":  {func(l []audit.Link) []audit.Link { l[0].At = l[0].At.Add(time.Microsecond); return l }, []string{"entry 1 (aud_1) was changed"}},
		"another value": {func(l []audit.Link) []audit.Link {
			l[4].Changes = []audit.Change{{Field: "Balance On Hand", Before: "on"}}
			return l
		}, []string{"entry 5 (aud_5) was changed"}},
		"a hash":          {func(l []audit.Link) []audit.Link { l[1].Sum = audit.Genesis(); return l }, []string{"entry 2 (aud_2) was changed"}},
		"one is removed":  {func(l []audit.Link) []audit.Link { return slices.Delete(l, 2, 3) }, []string{"entry 3 is missing"}},
		"two are removed": {func(l []audit.Link) []audit.Link { return slices.Delete(l, 1, 3) }, []string{"entries 2 to 3 are missing"}},
		"the first":       {func(l []audit.Link) []audit.Link { return l[1:] }, []string{"entry 1 is missing"}},
		"the last":        {func(l []audit.Link) []audit.Link { return l[:4] }, []string{"entry 5 is missing"}},
		"all":             {func([]audit.Link) []audit.Link { return nil }, []string{"entries 1 to 5 are missing"}},
		"two are swapped": {func(l []audit.Link) []audit.Link { swap(l, 1, 2); return l }, []string{"entry 2 (aud_3) was moved: it was written after entry 3"}},
		"one more": {func(l []audit.Link) []audit.Link {
			return append(l, audit.Link{Entry: entry(6), Sequence: 6, Previous: l[4].Sum, Sum: audit.Hash(l[4].Sum, entry(6))})
		}, []string{"entry 6 (aud_6) stands outside of the log"}},
		"changed for good": {func(l []audit.Link) []audit.Link {
			l[2].Actor = "bob"
			l[2].Sum = audit.Hash(l[2].Previous, l[2].Entry)
			return l
		}, []string{"entry 3 (aud_3) is not the one that was written there"}},
		"the last changed for good": {func(l []audit.Link) []audit.Link {
			l[4].Actor = "bob"
			l[4].Sum = audit.Hash(l[4].Previous, l[4].Entry)
			return l
		}, []string{"entry 5 (aud_5) is not the one that was written there"}},
		"one is removed and the rest renumbered": {func(l []audit.Link) []audit.Link {
			l = slices.Delete(l, 2, 3)
			l[2].Sequence, l[3].Sequence = 3, 4
			return l
		}, []string{"entry 2 (aud_2) is not the one that was written there", "entry 5 is missing"}},
	} {
		links := log(5)
		end := audit.Place{Sequence: 5, Sum: links[4].Sum}
		if diff := cmp.Diff(c.want, verify(t, audit.Place{Sum: audit.Genesis()}, c.tamper(links), end)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Behind a checkpoint the rest of a log is as sound as the whole was, and what was removed in its place is found.
func TestVerifyFromACheckpoint(t *testing.T) {
	t.Parallel()
	links := log(5)
	end := audit.Place{Sequence: 5, Sum: links[4].Sum}
	from := audit.Place{Sequence: 3, Sum: links[2].Sum}
	if found := verify(t, from, links[3:], end); len(found) > 0 {
		t.Errorf("a sound rest has %v", found)
	}
	if diff := cmp.Diff([]string{"entry 4 is missing"}, verify(t, from, links[4:], end)); diff != "" {
		t.Errorf("one too many was removed (-want +got):\n%s", diff)
	}
	other := audit.Place{Sequence: 3, Sum: links[1].Sum}
	if diff := cmp.Diff([]string{"entry 4 (aud_4) is not the one that was written there"}, verify(t, other, links[3:], end)); diff != "" {
		t.Errorf("another checkpoint (-want +got):\n%s", diff)
	}
	if found := verify(t, end, nil, end); len(found) > 0 {
		t.Errorf("a log whose entries are all removed has %v", found)
	}
}

// Texts that run into each other are other entries.
func TestHashOfEntries(t *testing.T) {
	t.Parallel()
	a, b := entry(1), entry(1)
	a.Actor, a.Role = "an", "n"
	b.Actor, b.Role = "ann", ""
	if slices.Equal(audit.Hash(audit.Genesis(), a), audit.Hash(audit.Genesis(), b)) {
		t.Error("two entries have one hash")
	}
}
