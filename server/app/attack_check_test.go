package app_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/tenancy/tenancytest"
)

// witness knows everything that is of others alone, and what the attacker has said itself.
type witness struct {
	ids   map[string]bool
	marks []string // occur in every text and in most numbers of the others
	never []string // must not be shown to anybody
	said  strings.Builder
}

func newWitness(mine *tenancytest.Site, others ...*tenancytest.Site) *witness {
	w := &witness{ids: map[string]bool{}, never: []string{mine.Secret}}
	for _, s := range others {
		for _, id := range s.AllIDs() {
			w.ids[id] = true
		}
		w.marks = append(w.marks, s.Marker, s.Numbers())
		w.never = append(w.never, s.Secret)
	}
	return w
}

var (
	anID   = regexp.MustCompile(`[a-z_]+_[0-7][0-9a-hjkmnp-tv-z]{25}\b`)
	aValue = regexp.MustCompile(`Quax[a-z]( [a-z_]+)?( \d+)?|\d{6,}`) // a mark, the column and the row, or a number
)

// leak returns what an answer or the log shows of the others that was not in what the attacker sent, or "".
func (w *witness) leak(text string) string {
	for _, secret := range w.never {
		if strings.Contains(text, secret) {
			return secret
		}
	}
	for _, id := range anID.FindAllString(text, -1) {
		if w.ids[id] && !strings.Contains(w.said.String(), id) {
			return id
		}
	}
	for _, mark := range w.marks {
		if !strings.Contains(text, mark) {
			continue
		}
		for _, value := range aValue.FindAllString(text, -1) {
			if strings.HasPrefix(value, mark) && !strings.Contains(w.said.String(), value) {
				return value
			}
		}
	}
	return ""
}

var (
	aRequestID = regexp.MustCompile(`"(?:requestId|request_id)":"[^"]*"|\breq_[0-9a-z]+`)
	aTime      = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`)
	aCursor    = regexp.MustCompile(`\bg[aq]Fp[A-Za-z0-9+/_-]+`)
	anInstant  = regexp.MustCompile(`\b1[789]\d{14}\b`) // in microseconds, which numbers some changes
	aState     = regexp.MustCompile(`state=[A-Za-z0-9._-]+|code_challenge=[A-Za-z0-9_-]+`)
)

// names give ids that a server has made since it began the same name in each: which one it was.
type names struct {
	fixed map[string]bool
	made  map[string]int
}

// inOrder sorts the errors of an answer: root fields are resolved side by side.
func inOrder(answer string) string {
	head, body, _ := strings.Cut(answer, "\n\n")
	var parsed struct {
		Errors           []json.RawMessage `json:"errors,omitempty"`
		Data, Extensions json.RawMessage
	}
	if !strings.HasPrefix(body, `{"errors":[`) || json.Unmarshal([]byte(body), &parsed) != nil {
		return answer
	}
	slices.SortFunc(parsed.Errors, func(a, b json.RawMessage) int { return strings.Compare(pathOf(a), pathOf(b)) })
	sorted, err := json.Marshal(parsed)
	if err != nil {
		return answer
	}
	return head + "\n\n" + string(sorted)
}

func pathOf(fault json.RawMessage) string {
	var of struct{ Path json.RawMessage }
	_ = json.Unmarshal(fault, &of) // without one it comes first
	return string(of.Path)
}

// plain takes from an answer what differs between two servers in which the same has happened: ids of new rows, instants, chance.
func (n *names) plain(answer string) string {
	answer = inOrder(answer)
	answer = aRequestID.ReplaceAllString(answer, "request")
	answer = aState.ReplaceAllString(answer, "state")
	answer = aCursor.ReplaceAllStringFunc(answer, func(text string) string {
		var c ent.Cursor
		if err := c.UnmarshalGQL(text); err != nil {
			return text
		}
		return fmt.Sprintf("cursor %v %v", c.ID, c.Value)
	})
	answer = anID.ReplaceAllStringFunc(answer, func(id string) string {
		if n.fixed[id] {
			return id
		}
		if _, ok := n.made[id]; !ok {
			n.made[id] = len(n.made) + 1
		}
		return fmt.Sprintf("%s#%d", id[:strings.LastIndexByte(id, '_')], n.made[id])
	})
	return anInstant.ReplaceAllString(aTime.ReplaceAllString(answer, "time"), "time")
}

// difference shows where two texts begin to differ.
func difference(a, b string) string {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	around := func(text string) string { return text[max(0, at-300):min(len(text), at+300)] }
	return fmt.Sprintf("…%s…\nhere, and there\n…%s…", around(a), around(b))
}

// checksum is of every row of the sites.
func checksum(t testing.TB, db *database.DB, sites ...*tenancytest.Site) uint64 {
	t.Helper()
	sum := fnv.New64a()
	for _, s := range sites {
		rows := s.Dump(t, db)
		keys := make([]string, 0, len(rows))
		for key := range rows {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			_, _ = sum.Write([]byte(key + rows[key] + "\n"))
		}
	}
	return sum.Sum64()
}
