package store

import (
	"context"
	"strings"
)

type writesKey struct{}

// Writes says whether anything was written. It is not safe for concurrent use, as a transaction is not.
type Writes struct{ any bool }

// Any reports whether anything was written. Statements that only take a lock, or the next number of a site, do not count.
func (w *Writes) Any() bool { return w.any }

// WithWrites returns a context that notes whether anything is written with it.
func WithWrites(ctx context.Context) (context.Context, *Writes) {
	w := &Writes{}
	return context.WithValue(ctx, writesKey{}, w), w
}

// noteWrite notes that a statement was sent that changed as many rows; below 0 = it answers with rows.
func noteWrite(ctx context.Context, query string, rows int64) {
	if w, ok := ctx.Value(writesKey{}).(*Writes); ok && !w.any && rows != 0 {
		w.any = changes(query)
	}
}

// changes reports whether a statement changes more than the locks and the numbers of a site.
func changes(query string) bool {
	verb, rest, _ := strings.Cut(query, " ")
	if verb == "SELECT" {
		return false
	}
	rest = strings.ReplaceAll(rest, "`", `"`)
	if strings.HasPrefix(rest, `INTO "export_desks"`) || strings.HasPrefix(rest, `"export_desks"`) {
		return false
	}
	for _, number := range []string{`"sequence"`, `"feed_sequence"`} {
		if set, ok := strings.CutPrefix(rest, `"sync_states" SET `+number+` = `); ok {
			set, _, _ = strings.Cut(set, " WHERE ")
			return strings.Contains(set, `, "`)
		}
	}
	return true
}
