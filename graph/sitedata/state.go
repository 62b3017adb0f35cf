package sitedata

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"possync/graph/unitofwork"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// SyncState is what fields need to know of the state of a site's syncs. The other columns are the jobs' own: to read them with each request
// took a quarter of its time.
type SyncState struct {
	ID                string      `sql:"id"`
	SettingsRevision  int64       `sql:"settings_revision"`
	Sequence          int         `sql:"sequence"`
	NextRunAt         *time.Time  `sql:"next_run_at"`
	ReferenceAsOf     *time.Time  `sql:"reference_as_of"`
	FullCompletedAt   *time.Time  `sql:"full_completed_at"`
	LastSuccessAt     *time.Time  `sql:"last_success_at"`
	StockAsOf         *time.Time  `sql:"stock_as_of"`
	FeedSequence      int64       `sql:"feed_sequence"`
	FeedAllSequence   int64       `sql:"feed_all_sequence"`
	ListedSequence    int64       `sql:"listed_sequence"`
	ListedAllSequence int64       `sql:"listed_all_sequence"`
	SalesReportedDate retail.Date `sql:"sales_told_date"`
	DisplayHeldSince  *time.Time  `sql:"display_held_since"`
	PricesHeldSince   *time.Time  `sql:"prices_held_since"`
}

// stateColumns are those of a [SyncState].
func stateColumns() (columns []string) {
	kind := reflect.TypeFor[SyncState]()
	for i := range kind.NumField() {
		columns = append(columns, kind.Field(i).Tag.Get("sql"))
	}
	return columns
}

// version is that of the settings in force.
func (s *SyncState) version() settings.Version {
	return settings.Version{State: s.ID, Revision: s.SettingsRevision}
}

// State returns the state of the site's syncs, or nil if it is not registered yet.
func State(ctx context.Context) (*SyncState, error) {
	return cacheOf(ctx).state.get(ctx, func(ctx context.Context) (*SyncState, error) {
		var found []*SyncState
		if err := unitofwork.Client(ctx).SyncState.Query().Select(stateColumns()...).Scan(ctx, &found); err != nil {
			return nil, fmt.Errorf("read the site's state: %w", err)
		}
		switch len(found) {
		case 0:
			return nil, nil
		case 1:
			return found[0], nil
		}
		return nil, fmt.Errorf("the site has %d states", len(found))
	})
}

// StockChecked returns the POS's time up to which a check of the whole account found nothing new, see [settings.FreshnessOf]; nil = there was
// none.
func StockChecked(ctx context.Context) (*time.Time, error) {
	state, err := State(ctx)
	if err != nil || state == nil {
		return nil, err
	}
	return state.StockAsOf, nil
}
