// Package sitedata reads the short facts of a site that many fields of a response need (its shops, locations, mappings,
// settings), each at most once a response.
package sitedata

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"possync/ent"
	"possync/internal/records/orderbook"
)

// Extension is the gqlgen extension that gives each response, and so each update of a subscription, a memory of its own.
// Within a mutation the memory is lost after each root field, because the field may have changed anything.
type Extension struct{}

var (
	_ graphql.HandlerExtension    = Extension{}
	_ graphql.ResponseInterceptor = Extension{}
	_ graphql.FieldInterceptor    = Extension{}
)

// ExtensionName implements graphql.HandlerExtension.
func (Extension) ExtensionName() string { return "SiteData" }

// Validate implements graphql.HandlerExtension.
func (Extension) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse implements graphql.ResponseInterceptor.
func (Extension) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return next(Remember(ctx))
}

// InterceptField implements graphql.FieldInterceptor.
func (Extension) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	value, err := next(ctx)
	if fc := graphql.GetFieldContext(ctx); fc != nil && fc.Object == "Mutation" {
		Forget(ctx)
	}
	return value, err
}

type memoryKey struct{}

// memory holds what was read.
type memory struct {
	mu    sync.Mutex
	cells *cells
}

// cells has one for each fact.
type cells struct {
	site         cell[*ent.Site]
	state        cell[*ent.SyncState]
	link         cell[*ent.LightspeedLink]
	locations    cell[[]*ent.Location]
	shops        cell[[]*ent.Shop]
	registers    cell[[]*ent.Register]
	employees    cell[[]*ent.Employee]
	priceLevels  cell[[]*ent.PriceLevel]
	paymentTypes cell[[]*ent.PaymentType]
	mappings     cell[[]*ent.StoreMapping]
	pairs        cell[[]Pair]
	settings     cell[*ent.ImportSettings]
	schedule     cell[*ent.SyncSchedule]
	pricing      cell[*ent.PricingSettings]
	zone         cell[*time.Location]
	hasProducts  cell[bool]
	statuses     cell[[]*ent.OrderStatus]
	export       cell[orderbook.Settings]
}

// Remember returns a context in which each fact is read once.
func Remember(ctx context.Context) context.Context {
	return context.WithValue(ctx, memoryKey{}, &memory{cells: &cells{}})
}

// Forget has every fact read again when next asked for.
func Forget(ctx context.Context) {
	if m, ok := ctx.Value(memoryKey{}).(*memory); ok {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cells = &cells{}
	}
}

// remembered returns the cells of the context; without a memory nothing is kept.
func remembered(ctx context.Context) *cells {
	m, ok := ctx.Value(memoryKey{}).(*memory)
	if !ok {
		return &cells{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cells
}

// cell keeps a value once it was read. Whoever asks meanwhile waits; an error is not kept.
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
