// Package sitedata reads the facts of a site that many fields of a response need, mainly its settings, at most once for each
// response.
package sitedata

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"possync/internal/lightspeed"
	"possync/internal/records/incident"
	"possync/internal/records/settings"
)

// Extension is the gqlgen extension that gives each response, and each update of a subscription, its own cache. Within a
// mutation the cache is cleared after each root field, because the field may have changed anything.
type Extension struct {
	Settings *settings.Source // keeps settings from one response to the next; nil = they are not kept
	Pages    lightspeed.Pages // where people see records in Lightspeed
	Writable func() bool      // whether the database takes writes; nil = it does
}

var (
	_ graphql.HandlerExtension     = Extension{}
	_ graphql.OperationInterceptor = Extension{}
	_ graphql.ResponseInterceptor  = Extension{}
	_ graphql.FieldInterceptor     = Extension{}
)

// ExtensionName implements graphql.HandlerExtension.
func (Extension) ExtensionName() string { return "SiteData" }

// Validate implements graphql.HandlerExtension.
func (Extension) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation implements graphql.OperationInterceptor.
func (e Extension) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	return next(e.NewContext(ctx))
}

// NewContext returns a context for reading what the extension is for.
func (e Extension) NewContext(ctx context.Context) context.Context {
	ctx = context.WithValue(ctx, pagesKey{}, e.Pages)
	ctx = context.WithValue(ctx, writableKey{}, e.Writable)
	return context.WithValue(ctx, sourceKey{}, e.Settings)
}

// InterceptResponse implements graphql.ResponseInterceptor.
func (Extension) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return next(WithCache(ctx))
}

// InterceptField implements graphql.FieldInterceptor.
func (Extension) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	value, err := next(ctx)
	if fc := graphql.GetFieldContext(ctx); fc != nil && fc.Object == "Mutation" {
		ClearCache(ctx)
	}
	return value, err
}

type cacheKey struct{}

// cache holds what was read.
type cache struct {
	mu    sync.Mutex
	cells *cells
}

// cells has one for each fact.
type cells struct {
	state       cell[*SyncState]
	settings    cell[*settings.Snapshot]
	freshness   cell[settings.Freshness]
	hasProducts cell[bool]
	incident    cell[*incident.Reason]
}

type pagesKey struct{}

// Pages returns the addresses at which people see records in Lightspeed.
func Pages(ctx context.Context) lightspeed.Pages {
	pages, _ := ctx.Value(pagesKey{}).(lightspeed.Pages) // none = the defaults
	return pages
}

type sourceKey struct{}

// source returns where the operation's settings come from; nil = they are read from the database each time.
func source(ctx context.Context) *settings.Source {
	s, _ := ctx.Value(sourceKey{}).(*settings.Source)
	return s
}

// WithCache returns a context in which each fact is read only once.
func WithCache(ctx context.Context) context.Context {
	return context.WithValue(ctx, cacheKey{}, &cache{cells: &cells{}})
}

// ClearCache clears the cache: every fact is read again when it is next needed.
func ClearCache(ctx context.Context) {
	if m, ok := ctx.Value(cacheKey{}).(*cache); ok {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cells = &cells{}
	}
}

// cacheOf returns the cells of the context; without a cache nothing is kept.
func cacheOf(ctx context.Context) *cells {
	m, ok := ctx.Value(cacheKey{}).(*cache)
	if !ok {
		return &cells{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cells
}

// cell keeps a value once it was read. Other callers wait for it; an error is not kept.
type cell[T any] struct {
	mu    sync.Mutex
	read  bool
	value T
}

func (c *cell[T]) get(ctx context.Context, load func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.read {
		return c.value, nil
	}
	value, err := load(ctx)
	if err == nil {
		c.value, c.read = value, true
	}
	return value, err
}
