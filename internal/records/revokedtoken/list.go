package revokedtoken

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/revokedtoken"
	"possync/ent/site"
	"possync/ent/sitedeletion"
	"possync/ent/syncstate"
	"possync/internal/event"
	"possync/internal/tenant"
)

// leeway is how far the clock of who issues tokens may be behind, as for their other times.
const leeway = 30 * time.Second

// refreshEvery is how old the list may become when no wake-up arrives.
const refreshEvery = 5 * time.Second

// List is the list in memory. It is safe for concurrent use.
type List struct {
	client *ent.Client
	bus    *event.Bus
	log    *slog.Logger
	tokens atomic.Pointer[map[key]struct{}]
	begins atomic.Pointer[map[string]begin] // of the sites that were ever deleted, by their ids
	ending atomic.Pointer[map[string]bool]  // the ids of sites that are being deleted
}

type key struct{ siteID, tokenID string }

// begin is from when on tokens of a site count that was deleted.
type begin struct {
	deleted    time.Time // when the deletion ended
	registered time.Time // when the site was registered again; zero = it was not
}

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

// Refuses reports whether a principal's token must not be used: it is on the list, or older than what its site has become since. A token of
// the platform's service may be older than the new registration, for which it is needed, but not older than the end of the deletion.
func (l *List) Refuses(p tenant.Principal) bool {
	if l.Revoked(p.SiteID, p.TokenID) {
		return true
	}
	site, ok := (*l.begins.Load())[p.SiteID]
	if !ok {
		return false
	}
	from := site.deleted
	if p.Role != tenant.RoleService && site.registered.After(from) {
		from = site.registered
	}
	return p.IssuedAt.Add(leeway).Before(from)
}

// Deleting reports whether a site is being deleted.
func (l *List) Deleting(siteID string) bool { return (*l.ending.Load())[siteID] }

// Refresh reads the list again.
func (l *List) Refresh(ctx context.Context) error {
	if err := l.refreshEnding(tenant.System(ctx)); err != nil {
		return err
	}
	if err := l.refreshBegins(tenant.System(ctx)); err != nil {
		return err
	}
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

// refreshEnding reads which sites are being deleted.
func (l *List) refreshEnding(ctx context.Context) error {
	ids, err := l.client.SyncState.Query().Where(syncstate.DeletionRequestedAtNotNil()).Select(syncstate.FieldSiteID).Strings(ctx)
	if err != nil {
		return fmt.Errorf("read which sites are being deleted: %w", err)
	}
	ending := make(map[string]bool, len(ids))
	for _, id := range ids {
		ending[id] = true
	}
	l.ending.Store(&ending)
	return nil
}

// refreshBegins reads which sites were deleted, and which of them were registered again.
func (l *List) refreshBegins(ctx context.Context) error {
	deleted, err := l.client.SiteDeletion.Query().Where(sitedeletion.FinishedAtNotNil()).Select(sitedeletion.FieldSiteKey, sitedeletion.FieldFinishedAt).All(ctx)
	if err != nil {
		return fmt.Errorf("read which sites were deleted: %w", err)
	}
	begins := make(map[string]begin, len(deleted))
	for _, d := range deleted {
		id := tenant.SiteID(d.SiteKey)
		if d.FinishedAt.After(begins[id].deleted) {
			begins[id] = begin{deleted: *d.FinishedAt}
		}
	}
	if len(begins) > 0 {
		again, err := l.client.Site.Query().Where(func(s *sql.Selector) {
			deletions := sql.Dialect(s.Dialect()).Table(sitedeletion.Table)
			s.Where(sql.In(s.C(site.FieldKey), sql.Dialect(s.Dialect()).Select(deletions.C(sitedeletion.FieldSiteKey)).From(deletions)))
		}).Select(site.FieldID, site.FieldCreatedAt).All(ctx)
		if err != nil {
			return fmt.Errorf("read which sites were registered again: %w", err)
		}
		for _, row := range again {
			if begin, ok := begins[row.ID]; ok {
				begin.registered = row.CreatedAt
				begins[row.ID] = begin
			}
		}
	}
	l.begins.Store(&begins)
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
