// Package tenantcheck refuses every statement on a tenant's table that does not name the acting site among its arguments.
//
// It is the second lock on tenancy. The first one, package tenancy, narrows what ent builds, and knows entities. This one sees only
// the text of statements, their arguments and who is acting, so it also covers SQL that is written by hand, and a fault in the
// first does not open it.
package tenantcheck

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"possync/internal/tenant"
)

// ErrRefused says that a statement was not sent, because it could reach the rows of a site that is not acting. It is a fault of
// the program.
var ErrRefused = errors.New("tenantcheck: refused a statement that is not bound to the acting site")

// Check holds the names of the tables with rows of tenants. It is safe for concurrent use.
type Check struct{ tables map[string]struct{} }

// New returns the check for these tables.
func New(tables []string) Check {
	c := Check{make(map[string]struct{}, len(tables))}
	for _, table := range tables {
		c.tables[table] = struct{}{}
	}
	return c
}

// Statement returns nil if the statement may be sent in ctx, and an ErrRefused otherwise:
//
//   - For a site, the site's id must be an argument of each statement on a tenant's table.
//   - The system may do what it likes.
//   - Without a scope no tenant's table may be touched.
//
// It does not look at what the statement does with the id: that it is bound to the right column is for the first lock to see to.
func (c Check) Statement(ctx context.Context, query string, args []any) error {
	siteID, kind := tenant.Scope(ctx)
	if kind == tenant.ScopeSystem || kind == tenant.ScopeSite && slices.Contains(args, any(siteID)) {
		return nil
	}
	if table, ok := c.mentions(query); ok {
		return fmt.Errorf("%w: %s, in the scope %s", ErrRefused, table, kind)
	}
	return nil
}

// mentions returns a tenant's table whose name is a word of the statement. Text in single quotes is data and not looked at.
func (c Check) mentions(query string) (table string, found bool) {
	for rest := query; rest != ""; {
		start := strings.IndexFunc(rest, func(r rune) bool { return r == '\'' || isWord(r) })
		if start < 0 {
			return "", false
		}
		rest = rest[start:]
		if rest[0] == '\'' {
			_, after, closed := strings.Cut(rest[1:], "'")
			if !closed {
				return "", false // the database refuses it
			}
			rest = after // a doubled quote begins the next piece of the same text
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return !isWord(r) })
		if end < 0 {
			end = len(rest)
		}
		word := strings.ToLower(rest[:end])
		if _, ok := c.tables[word]; ok {
			return word, true
		}
		rest = rest[end:]
	}
	return "", false
}

func isWord(r rune) bool {
	return r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}
