package counter_test

import (
	"errors"
	"slices"
	"testing"

	"possync/ent"
	"possync/ent/exportlock"
	"possync/ent/syncstate"
	"possync/internal/database"
	"possync/internal/records/counter"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// Numbers are a site's own, and a transaction that is rolled back uses none up.
func TestAdvance(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		one, _ := storetest.Site(t, client, "one")
		two, _ := storetest.Site(t, client, "two")
		step := func(by int) []counter.Step {
			return []counter.Step{{Column: syncstate.FieldSequence, By: by}, {Column: syncstate.FieldFeedSequence, By: 2 * by}}
		}
		for i, want := range [][]int64{{3, 6}, {4, 8}} {
			got, err := counter.Advance(one, client, syncstate.Table, step(3-2*i)...)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("numbers %v, error %v, want %v", got, err, want)
			}
		}
		tx, err := client.Tx(two)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := counter.Advance(two, tx.Client(), syncstate.Table, step(1)...); err != nil || !slices.Equal(got, []int64{1, 2}) {
			t.Errorf("numbers of the other site: %v, error %v", got, err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if state := client.SyncState.Query().OnlyX(two); state.Sequence != 0 || state.FeedSequence != 0 {
			t.Errorf("state of the other site: %v", state)
		}
		if _, err := counter.Advance(one, client, exportlock.Table, counter.Step{Column: exportlock.FieldSequence, By: 1}); !errors.Is(err, counter.ErrNoRow) {
			t.Errorf("error %v, want %v", err, counter.ErrNoRow)
		}
		if _, err := counter.Advance(t.Context(), client, syncstate.Table, step(1)...); !errors.Is(err, tenant.ErrNoSite) {
			t.Errorf("without a site: error %v", err)
		}
	})
}
