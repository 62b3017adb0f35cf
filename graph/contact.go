package graph

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/records/contact"
	"possync/internal/tenant"
)

// contactInterval is how long a contact of the platform is not noted again.
const contactInterval = 5 * time.Minute

// Contacts is the gqlgen extension that notes when the platform was last heard of for a site: with each operation, and with each message of a
// subscription. What cannot be noted within a second is logged and tried again with the next operation.
type Contacts struct {
	client *ent.Client
	clock  clock.Clock
	logger *slog.Logger

	mu    sync.Mutex
	noted map[string]time.Time // by site
}

var (
	_ graphql.HandlerExtension     = &Contacts{}
	_ graphql.OperationInterceptor = &Contacts{}
)

// NewContacts returns what notes contacts for all that is made with the same Deps.
func NewContacts(d Deps) *Contacts {
	return &Contacts{client: d.Client, clock: d.Clock, logger: d.Logger, noted: map[string]time.Time{}}
}

// ExtensionName implements graphql.HandlerExtension.
func (*Contacts) ExtensionName() string { return "Contacts" }

// Validate implements graphql.HandlerExtension.
func (*Contacts) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation implements graphql.OperationInterceptor.
func (c *Contacts) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	handle := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		response := handle(ctx)
		c.note(ctx) // afterwards: the first operation registers the site
		return response
	}
}

// note notes that the platform was heard of, if it is the platform that acts.
func (c *Contacts) note(ctx context.Context) {
	p, ok := tenant.FromContext(ctx)
	if c == nil || !ok || p.Role != tenant.RoleService || ctx.Err() != nil {
		return
	}
	now := c.clock.Now()
	c.mu.Lock()
	due := now.Sub(c.noted[p.SiteID]) >= contactInterval
	if due {
		c.noted[p.SiteID] = now
	}
	c.mu.Unlock()
	if !due {
		return
	}
	brief, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := contact.Note(brief, c.client, now); err != nil && ctx.Err() == nil {
		c.mu.Lock()
		if c.noted[p.SiteID].Equal(now) {
			delete(c.noted, p.SiteID)
		}
		c.mu.Unlock()
		c.logger.WarnContext(ctx, "cannot note a contact of the platform", "site", p.SiteID, "error", err)
	}
}

// authenticating notes who signs in, for what is no operation of GraphQL.
func (c *Contacts) authenticating(next authenticator) authenticator {
	return func(ctx context.Context, token string) (context.Context, time.Time, error) {
		signedIn, expires, err := next(ctx, token)
		if err == nil {
			c.note(signedIn)
		}
		return signedIn, expires, err
	}
}
