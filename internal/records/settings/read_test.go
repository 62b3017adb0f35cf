package settings_test

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// The snapshot holds each row as ent reads it, save for what is no setting, and no row of another site.
func TestReadHoldsWhatIsStored(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		site := tenancytest.Fill(t, client, "a", "Quaxa", 3)
		tenancytest.Fill(t, client, "b", "Quaxb", 3)
		ctx := site.Context(t.Context())
		got, err := settings.Read(ctx, client)
		if err != nil {
			t.Fatal(err)
		}
		state := client.SyncState.Query().OnlyX(ctx)
		if want := (settings.Version{State: state.ID, Revision: state.SettingsRevision}); got.Version != want {
			t.Errorf("the version is %v, want %v", got.Version, want)
		}
		link := client.LightspeedLink.Query().OnlyX(ctx)
		link.AccessToken, link.RefreshToken, link.AccessExpiresAt, link.TokenVersion = nil, nil, nil, 0
		link.RenewalOwner, link.RenewalUntil, link.UpdatedAt = "", nil, time.Time{}
		link.RefusedSince, link.RefusedUntil = nil, nil
		link.BudgetLevel, link.BudgetSize, link.BudgetDripPerSecond, link.BudgetObservedAt = 0, 0, 0, nil
		shops := client.Shop.Query().AllX(ctx)
		for _, s := range shops {
			s.StockAsOf, s.UpdatedAt = nil, time.Time{}
		}
		same(t, "site", got.Site, client.Site.Query().OnlyX(ctx))
		same(t, "link", got.Link, link)
		same(t, "locations", byID(got.Locations), byID(client.Location.Query().AllX(ctx)))
		same(t, "shops", byID(got.Shops), byID(shops))
		same(t, "registers", byID(got.Registers), byID(client.Register.Query().AllX(ctx)))
		same(t, "employees", byID(got.Employees), byID(client.Employee.Query().AllX(ctx)))
		same(t, "price levels", byID(got.PriceLevels), byID(client.PriceLevel.Query().AllX(ctx)))
		same(t, "payment types", byID(got.PaymentTypes), byID(client.PaymentType.Query().AllX(ctx)))
		same(t, "statuses", byID(got.Statuses), byID(client.OrderStatus.Query().AllX(ctx)))
		same(t, "import settings", got.Import, client.ImportSettings.Query().OnlyX(ctx))
		same(t, "schedule", got.Schedule, client.SyncSchedule.Query().OnlyX(ctx))
		same(t, "pricing settings", got.Pricing, client.PricingSettings.Query().OnlyX(ctx))
		same(t, "export settings", got.Export, client.ExportSettings.Query().OnlyX(ctx))
		same(t, "routes", byID(got.Routes), byID(client.RegisterRoute.Query().AllX(ctx)))
		same(t, "payment methods", byID(got.Methods), byID(client.PaymentMethodMapping.Query().AllX(ctx)))
		var mappings []*ent.StoreMapping
		for _, p := range got.Pairs {
			mappings = append(mappings, p.Mapping)
			if p.Shop.ID != p.Mapping.ShopID || p.Location.ID != p.Mapping.LocationID {
				t.Errorf("the pair of %v has shop %s and location %s", p.Mapping, p.Shop.ID, p.Location.ID)
			}
		}
		same(t, "mappings", byID(mappings), byID(client.StoreMapping.Query().AllX(ctx)))
		if at := got.Locations[0].CreatedAt; at.Location() != time.UTC {
			t.Errorf("times are in %v", at.Location())
		}
	})
}

// same compares rows of ent by what they hold.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	unexported := gocmp.FilterPath(func(p gocmp.Path) bool {
		field, ok := p.Last().(gocmp.StructField)
		name := ""
		if ok {
			name = field.Name()
		}
		return ok && (name == "Edges" || name == "config" || name == "selectValues")
	}, gocmp.Ignore())
	if diff := gocmp.Diff(want, got, unexported, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-stored +read):\n%s", what, diff)
	}
}

func byID[T any](rows []*T) []*T {
	id := func(row *T) string { return reflect.ValueOf(row).Elem().FieldByName("ID").String() }
	sorted := slices.Clone(rows)
	slices.SortFunc(sorted, func(a, b *T) int { return cmp.Compare(id(a), id(b)) })
	return sorted
}

// A site that changed nothing has the defaults, and one that is not registered too.
func TestReadDefaults(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		registered, _ := storetest.Site(t, client, "a")
		unknown := tenant.WithSite(t.Context(), tenant.SiteID("b"))
		for name, ctx := range map[string]context.Context{"registered": registered, "unknown": unknown} {
			s, err := settings.Read(ctx, client)
			if err != nil {
				t.Fatal(err)
			}
			zone, err := s.Zone()
			if err != nil {
				t.Fatal(err)
			}
			if s.ImportRules() != retail.DefaultImportRules() || s.RunSchedule() != retail.DefaultSchedule() || s.Prices().Enabled ||
				s.Export != nil || s.Import.Revision != 1 || s.LinkState() != retail.LinkNeverConnected || s.SetupComplete() {
				t.Errorf("%s: %+v", name, s)
			}
			if want := name == "registered"; (s.Site != nil) != want || (zone.String() != "UTC") != want || (s.Version != settings.Version{}) != want {
				t.Errorf("%s: site %v, zone %v, version %v", name, s.Site, zone, s.Version)
			}
		}
	})
}

func TestReadNeedsASite(t *testing.T) {
	client, _ := storetest.SQLite(t)
	for name, ctx := range map[string]context.Context{"nobody": t.Context(), "the system": tenant.System(t.Context())} {
		if _, err := settings.Read(ctx, client); err == nil {
			t.Errorf("%s reads settings", name)
		}
		if _, err := settings.NewSource(client, 1).Get(ctx, client); err == nil {
			t.Errorf("%s gets settings", name)
		}
	}
}
