package incident

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/lightspeedlink"
	"possync/ent/orderexport"
	"possync/ent/syncrun"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Watcher raises the alerts of accounts that leave requests without an answer, ends those that are over, and reports both to the operator.
// It is for one process.
type Watcher struct {
	Client *ent.Client
	Bus    store.Bus
	Logger *slog.Logger

	known map[string]*ent.Alert // that are open and were reported, by their ids
}

// Watch looks once. The accounts have left a request of this process without an answer.
func (w *Watcher) Watch(ctx context.Context, overdue []string, now time.Time) error {
	failed := w.raise(ctx, overdue, now)
	open, err := w.Client.Alert.Query().Where(alert.CauseHasPrefix(prefix), alert.ResolvedAtIsNil()).All(tenant.System(ctx))
	if err != nil {
		return errors.Join(failed, fmt.Errorf("look for incidents: %w", err))
	}
	still := map[string]*ent.Alert{}
	for _, a := range open {
		ended, err := w.end(ctx, a, now)
		failed = errors.Join(failed, err) // the other sites do not wait for it
		if !ended {
			still[a.ID] = a
		}
	}
	w.report(ctx, still)
	return failed
}

// raise raises the alert of the sites of accounts.
func (w *Watcher) raise(ctx context.Context, accounts []string, now time.Time) error {
	if len(accounts) == 0 {
		return nil
	}
	sites, err := w.Client.LightspeedLink.Query().Where(lightspeedlink.AccountIDIn(accounts...), lightspeedlink.StateEQ(retail.LinkConnected)).
		Select(lightspeedlink.FieldSiteID).Strings(tenant.System(ctx))
	if err != nil {
		return fmt.Errorf("look for the sites of accounts: %w", err)
	}
	var failed error
	for _, site := range sites {
		failed = errors.Join(failed, store.InTx(tenant.WithSite(ctx, site), w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
			return Raise(ctx, tx, POS(), now)
		}))
	}
	return failed
}

// end ends an alert that is over.
func (w *Watcher) end(ctx context.Context, a *ent.Alert, now time.Time) (ended bool, err error) {
	if now.Sub(a.LastAt) < lasted {
		return false, nil
	}
	ctx = tenant.WithSite(ctx, a.SiteID)
	if over, err := isOver(ctx, w.Client, a); err != nil || !over {
		return false, err
	}
	err = store.InTx(ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error { return orderbook.Resolve(ctx, tx, a.Cause, now) })
	return err == nil, err
}

// isOver reports whether nothing waits because of an alert any more.
func isOver(ctx context.Context, client *ent.Client, a *ent.Alert) (bool, error) {
	switch a.Cause {
	case causeSync:
		return synced(ctx, client, a.LastAt)
	case causePOS:
		waits, err := client.SyncRun.Query().Where(syncrun.StateEQ(retail.RunWaiting), syncrun.WaitReasonEQ(retail.WaitPOSUnavailable)).Exist(ctx)
		if err != nil || waits {
			return false, err
		}
	}
	waits, err := client.OrderExport.Query().Where(orderexport.StateIn(retail.ExportQueued, retail.ExportUnconfirmed), orderexport.ReasonCode(a.Code)).Exist(ctx)
	return err == nil && !waits, err
}

// synced reports whether a sync has succeeded since, or there are none any more.
func synced(ctx context.Context, client *ent.Client, since time.Time) (bool, error) {
	state, err := client.SyncState.Query().Only(ctx)
	if err != nil {
		return false, fmt.Errorf("read the site's state: %w", err)
	}
	if state.LastSuccessAt != nil && state.LastSuccessAt.After(since) {
		return true, nil
	}
	connected, err := client.LightspeedLink.Query().Where(lightspeedlink.StateEQ(retail.LinkConnected)).Exist(ctx)
	return err == nil && !connected, err
}

// report has one line for each kind of incident that has begun or ended since the last look, whatever the number of sites.
func (w *Watcher) report(ctx context.Context, still map[string]*ent.Alert) {
	began, ended := map[string][]string{}, map[string][]string{}
	for id, a := range still {
		if w.known[id] == nil {
			began[a.Code] = append(began[a.Code], a.SiteID)
		}
	}
	for id, a := range w.known {
		if still[id] == nil {
			ended[a.Code] = append(ended[a.Code], a.SiteID)
		}
	}
	for code, sites := range began {
		w.Logger.LogAttrs(ctx, slog.LevelWarn, "incident: "+inWords(code), about(code, sites)...)
	}
	for code, sites := range ended {
		w.Logger.LogAttrs(ctx, slog.LevelInfo, "incident is over: "+inWords(code), about(code, sites)...)
	}
	w.known = still
}

func inWords(code string) string {
	switch code {
	case string(CodePOS):
		return "Lightspeed does not respond as expected"
	case string(CodeOwn):
		return "work keeps failing on our side"
	default:
		return "a sync failed"
	}
}

func about(code string, sites []string) []slog.Attr {
	slices.Sort(sites)
	return []slog.Attr{slog.String("code", code), slog.Int("sites", len(sites)), slog.String("site", strings.Join(sites[:min(len(sites), 3)], " "))}
}
