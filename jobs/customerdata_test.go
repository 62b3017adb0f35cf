package jobs

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/weborder"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/records/customerdata"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// The customers of orders that are old and need nothing any more are erased, in all sites and in batches; what is young, or still needs
// them, stays. A run that finds nothing writes nothing.
func TestOldCustomersAreErased(t *testing.T) {
	databasetest.NotRaced(t)
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		const day = 24 * time.Hour
		now := storetest.Now()
		old, young := now.Add(-401*day), now.Add(-399*day)
		add := func(site, key string, placed time.Time, change func(*ent.WebOrderCreate)) {
			t.Helper()
			create := client.WebOrder.Create().SetKey(key).SetNumber("N-" + key).SetPlacedAt(placed).SetCustomerName("Pia").SetCustomer(retail.Customer{Email: "pia@x.example"}).
				SetCustomerEmail("pia@x.example").SetSearchText("pia")
			if change != nil {
				change(create)
			}
			create.ExecX(tenant.WithSite(t.Context(), tenant.SiteID(site)))
		}
		exporting, _ := storetest.Site(t, client, "exporting")
		storetest.Site(t, client, "plain")
		storetest.Site(t, client, "empty")
		client.ExportSettings.Create().SetEnabled(true).SetOrdersFrom(now.Add(-500 * day)).SetWhenFulfilled(false).
			SetUnlinkedLines(retail.UnlinkedBlock).SetTaxHandling(retail.TaxByPOS).ExecX(exporting)
		for _, state := range append([]string{""}, retail.ExportState("").Values()...) {
			for _, placed := range []time.Time{old, young} {
				add("exporting", fmt.Sprint(state, placed.Unix()), placed, func(c *ent.WebOrderCreate) { c.SetExportState(retail.ExportState(state)) })
			}
		}
		add("exporting", "refund", old, func(c *ent.WebOrderCreate) { c.SetExportState(retail.ExportExported).SetRefundOpen(true) })
		add("plain", "unpaid", old, func(c *ent.WebOrderCreate) { c.SetBalanceDue(1) })
		for n := range customerdata.BatchSize + 7 {
			add("plain", fmt.Sprint(n), old.Add(-time.Duration(n)*time.Minute), nil)
		}
		for key, seen := range map[string]time.Time{"old@x.example": old, "young@x.example": young} {
			client.PosClaim.Create().SetKind("CUSTOMER").SetKey(key).SetLightspeedID(1).SetUpdatedAt(seen).ExecX(exporting)
		}

		s := &Service{Deps: Deps{
			Client: client, Settings: settings.NewSource(client, 10), Bus: event.NewBus(), Clock: clock.NewManual(now), Logger: slog.New(slog.DiscardHandler),
		}}
		run := func() string {
			t.Helper()
			if err := s.EraseOldCustomers(t.Context()); err != nil {
				t.Fatal(err)
			}
			system := tenant.System(t.Context())
			kept := client.WebOrder.Query().Where(weborder.CustomerEmail("pia@x.example"), weborder.SearchText("pia"), weborder.CustomerErasedAtIsNil())
			erased := client.WebOrder.Query().Where(weborder.CustomerEmail(""), weborder.CustomerName(""), weborder.SearchTextHasPrefix("n-"), weborder.CustomerErasedAtNotNil())
			return fmt.Sprint(erased.CountX(system), " erased, ", kept.CountX(system), " kept, ", client.PosClaim.Query().CountX(system), " claims")
		}
		if got := run(); got != "0 erased, 273 kept, 2 claims" {
			t.Errorf("while data is kept for good: %s", got)
		}
		s.CustomerDataKeep = 400 * day
		// The exported one, and all of the other site that are paid.
		want := fmt.Sprintf("%d erased, %d kept, 1 claims", customerdata.BatchSize+8, 15)
		if got := run(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		revisions := func() string {
			return fmt.Sprint(client.WebOrder.Query().Aggregate(ent.Sum(weborder.FieldRevision)).IntX(tenant.System(t.Context())),
				client.ExportLock.Query().AllX(tenant.System(t.Context())))
		}
		before := revisions()
		if got := run(); got != want || revisions() != before {
			t.Errorf("a run with nothing to do: %s", got)
		}
		client.WebOrder.Update().Where(weborder.Key("refund")).SetRefundOpen(false).ExecX(exporting)
		if got, want := run(), fmt.Sprintf("%d erased, %d kept, 1 claims", customerdata.BatchSize+9, 14); got != want {
			t.Errorf("once the refund is made: %s, want %s", got, want)
		}
	})
}
