package revokedtoken

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"possync/ent"
	"possync/ent/revokedtoken"
	"possync/internal/event"
	"possync/internal/tenant"
)

// refreshEvery is how old the list may become when no wake-up arrives.
const refreshEvery = 5 * time.Second

// List is the list in memory. It is safe for concurrent use.
type List struct {
	client *ent.Client
	bus    *event.Bus
	log    *slog.Logger
	tokens atomic.Pointer[map[key]struct{}]
}

type key struct{ siteID, tokenID string }

// Load reads the list.
func Load(ctx context.Context, client *ent.Client, bus *event.Bus, log *slog.Logger) (*List, error) {
	l := &List{client: client, bus: bus, log: log}
	if err := l.Refresh(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// Revoked reports whether a site's token is on the list. A token without an id is on none.
func (l *List) Revoked(siteID, tokenID string) bool {
	_, ok := (*l.tokens.Load())[key{siteID, tokenID}]
	return ok
}

// Refresh reads the list again.
func (l *List) Refresh(ctx context.Context) error {
	rows, err := l.client.RevokedToken.Query().Select(revokedtoken.FieldSiteID, revokedtoken.FieldTokenID).All(tenant.System(ctx))
	if err != nil {
		return fmt.Errorf("read the revoked tokens: %w", err)
	}
	tokens := make(map[key]struct{}, len(rows))
	for _, row := range rows {
		tokens[key{row.SiteID, row.TokenID}] = struct{}{}
	}
	l.tokens.Store(&tokens)
	return nil
}

// Run keeps the list fresh until ctx ends: at each wake-up, and every few seconds in case one is lost. While the database cannot be read the
// list stays as it is.
func (l *List) Run(ctx context.Context) error {
	wake := l.bus.Subscribe(Topic)
	defer wake.Close()
	failing := false
	for ctx.Err() == nil {
		timer := time.NewTimer(refreshEvery)
		select {
		case <-ctx.Done():
		case <-wake.C():
		case <-timer.C:
		}
		timer.Stop()
		if ctx.Err() != nil {
			return nil
		}
		err := l.Refresh(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			l.log.WarnContext(ctx, "cannot read the revoked tokens, using the last list", "error", err)
		}
		failing = err != nil
	}
	return nil
}
