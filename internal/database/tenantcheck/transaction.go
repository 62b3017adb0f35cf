package tenantcheck

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// Transaction is the check within one transaction. It lets one more statement pass: ent reads a row that it has just changed, by the
// row's id alone. That the row is of the acting site is known from the change, which named the site and found the row.
type Transaction struct {
	Check
	mu   sync.Mutex
	last change
}

type change struct {
	table string
	args  []any
}

// Changed notes a statement that was sent and has changed rows.
func (t *Transaction) Changed(query string, args []any) {
	rest, ok := strings.CutPrefix(query, "UPDATE ")
	if !ok {
		return
	}
	table, _, _ := strings.Cut(rest, " ")
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = change{table, args}
}

// Statement is [Check.Statement], and lets ent read the row that the last change was about.
func (t *Transaction) Statement(ctx context.Context, query string, args []any) error {
	err := t.Check.Statement(ctx, query, args)
	if err == nil || !t.readsBack(query, args) {
		return err
	}
	return nil
}

func (t *Transaction) readsBack(query string, args []any) bool {
	t.mu.Lock()
	last := t.last
	t.mu.Unlock()
	if last.table == "" || len(args) != 1 {
		return false
	}
	if id, ok := args[0].(string); !ok || !slices.Contains(last.args, any(id)) {
		return false
	}
	columns, condition, ok := strings.Cut(query, " FROM "+last.table+" WHERE ")
	return ok && strings.HasPrefix(columns, "SELECT ") && !strings.Contains(columns, "(") &&
		(condition == `"id" = $1` || condition == "`id` = ?")
}
