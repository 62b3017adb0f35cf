// Package tenant says who is acting: a user of one site, a job for one site, or the system.
//
// The context carries it to where rows are guarded. Three rules make it safe: a context without it is denied; the system is a
// value of its own, not the absence of a site; and a context of a request can reach only the request's site, whatever it is
// wrapped in.
package tenant

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"possync/internal/pid"
)

// Role is what a principal may do within its site.
type Role string

// The roles, from the token's claim of that name.
const (
	RoleView    Role = "view"    // reads everything of its site
	RoleManage  Role = "manage"  // reads and changes settings, starts syncs, exports orders
	RoleService Role = "service" // the platform itself: feeds products and orders
)

// Valid reports whether r is one of the known roles.
func (r Role) Valid() bool {
	return r == RoleView || r == RoleManage || r == RoleService
}

// Principal is the verified holder of a token.
type Principal struct {
	SiteID    string // our id of the site, see SiteID
	SiteKey   string // the platform's own key of the site
	UserID    string // the platform's id of the user or service
	Role      Role
	TokenID   string    // the token's jti; may be empty
	IssuedAt  time.Time // when the token was issued at the earliest, UTC
	ExpiresAt time.Time // when the token ends, UTC; a stream ends with it
}

// SiteID returns the id of the site that the platform knows by key. It is the same in every process and for ever, so a
// token can be turned into a scope without reading the database.
func SiteID(key string) string {
	sum := sha256.Sum256([]byte("possync/site/" + key))
	return "site_" + pid.Encode([16]byte(sum[:16]))
}

// ScopeKind says which rows a context may reach.
type ScopeKind int

// The kinds of scope. ScopeMissing is the zero value: the context does not say who is acting, so nothing may be reached.
const (
	ScopeMissing ScopeKind = iota
	ScopeSite              // the rows of one site
	ScopeSystem            // rows across sites: claiming due work, migrations
)

// String returns the kind's name for logs and errors.
func (k ScopeKind) String() string {
	switch k {
	case ScopeSite:
		return "site"
	case ScopeSystem:
		return "system"
	default:
		return "missing"
	}
}

type (
	principalKey struct{}
	scopeKey     struct{}
)

type scope struct {
	kind   ScopeKind
	siteID string
}

// NewContext returns a context in which p acts. Its scope is p's site; a principal without a site leaves it ScopeMissing.
func NewContext(ctx context.Context, p Principal) context.Context {
	ctx = context.WithValue(ctx, principalKey{}, p)
	return withScope(ctx, siteScope(p.SiteID))
}

// FromContext returns the principal of the request that ctx belongs to. Jobs have none.
func FromContext(ctx context.Context) (Principal, bool) {
	p, ok := ctx.Value(principalKey{}).(Principal)
	return p, ok
}

// WithSite returns a context for work on behalf of one site, as jobs do it. On a context that belongs to a request of
// another site the result is ScopeMissing, and so it is for an empty siteID.
func WithSite(ctx context.Context, siteID string) context.Context {
	if p, ok := FromContext(ctx); ok && p.SiteID != siteID {
		return withScope(ctx, scope{})
	}
	return withScope(ctx, siteScope(siteID))
}

// System returns a context for work across all sites. It must start from a context that belongs to no request: on one
// that carries a principal the result is ScopeMissing.
func System(ctx context.Context) context.Context {
	if _, ok := FromContext(ctx); ok {
		return withScope(ctx, scope{})
	}
	return withScope(ctx, scope{kind: ScopeSystem})
}

// Scope returns which rows ctx may reach; siteID is set for ScopeSite alone.
func Scope(ctx context.Context) (siteID string, kind ScopeKind) {
	s, _ := ctx.Value(scopeKey{}).(scope)
	return s.siteID, s.kind
}

// ErrNoSite says that a context acts for no site: it has no scope, or that of the system.
var ErrNoSite = errors.New("no site is acting")

// Site returns the id of the site that ctx acts for, or ErrNoSite.
func Site(ctx context.Context) (siteID string, err error) {
	siteID, kind := Scope(ctx)
	if kind != ScopeSite {
		return "", ErrNoSite
	}
	return siteID, nil
}

func siteScope(siteID string) scope {
	if siteID == "" {
		return scope{}
	}
	return scope{kind: ScopeSite, siteID: siteID}
}

func withScope(ctx context.Context, s scope) context.Context {
	return context.WithValue(ctx, scopeKey{}, s)
}
