package tenancy_test

import (
	"errors"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy"
	"possync/internal/tenant"
)

func TestGuard(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		a, siteA := storetest.Site(t, client, "a")
		b, _ := storetest.Site(t, client, "b")
		shop := client.Shop.Create().SetLightspeedID(1).SetName("Downtown").SaveX(a)
		if shop.SiteID != siteA.ID {
			t.Fatalf("the shop was stamped %q, want %q", shop.SiteID, siteA.ID)
		}
		locationB := client.Location.Create().SetKey("l").SetName("L").SaveX(b)

		t.Run("nobody", func(t *testing.T) {
			if _, err := client.Shop.Query().All(t.Context()); !errors.Is(err, tenancy.ErrNoScope) {
				t.Errorf("read without a scope: %v", err)
			}
			if err := client.Shop.Create().SetLightspeedID(2).SetName("x").Exec(t.Context()); !errors.Is(err, tenancy.ErrNoScope) {
				t.Errorf("create without a scope: %v", err)
			}
		})
		t.Run("read", func(t *testing.T) {
			if n := client.Shop.Query().CountX(b); n != 0 {
				t.Errorf("b counts %d shops of a", n)
			}
			if _, err := client.Shop.Get(b, shop.ID); !ent.IsNotFound(err) {
				t.Errorf("b gets a's shop: %v", err)
			}
			if _, err := client.Noder(b, shop.ID, ent.WithNodeType(ent.NodeType)); !ent.IsNotFound(err) {
				t.Errorf("b gets a's shop as a node: %v", err)
			}
			if n := client.Shop.Query().CountX(tenant.System(t.Context())); n != 1 {
				t.Errorf("the system counts %d shops, want 1", n)
			}
		})
		t.Run("change", func(t *testing.T) {
			if err := client.Shop.UpdateOneID(shop.ID).SetName("stolen").Exec(b); !ent.IsNotFound(err) {
				t.Errorf("b updates a's shop: %v", err)
			}
			if n := client.Shop.Update().SetName("stolen").SaveX(b); n != 0 {
				t.Errorf("b updates %d shops", n)
			}
			if err := client.Shop.DeleteOneID(shop.ID).Exec(b); !ent.IsNotFound(err) {
				t.Errorf("b deletes a's shop: %v", err)
			}
			if n := client.Shop.Delete().ExecX(b); n != 0 {
				t.Errorf("b deletes %d shops", n)
			}
			if got := client.Shop.GetX(a, shop.ID).Name; got != "Downtown" {
				t.Errorf("the shop is now %q", got)
			}
		})
		t.Run("forge", func(t *testing.T) {
			err := client.Shop.Create().SetSiteID(siteA.ID).SetLightspeedID(3).SetName("x").Exec(b)
			if !errors.Is(err, tenancy.ErrForeign) {
				t.Errorf("b makes a shop of a's: %v", err)
			}
			err = client.Site.Create().SetID(tenant.SiteID("c")).SetKey("c").SetName("c").
				SetCurrencyCode("USD").SetTimeZone("UTC").Exec(b)
			if !errors.Is(err, tenancy.ErrForeign) {
				t.Errorf("b makes a site: %v", err)
			}
		})
		t.Run("link", func(t *testing.T) {
			err := client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(locationB.ID).Exec(b)
			if !errors.Is(err, tenancy.ErrForeign) {
				t.Errorf("b maps a's shop: %v", err)
			}
			known, set := tenancy.WithKnown(a)
			set.Add(shop.ID)
			err = client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(locationB.ID).Exec(tenant.WithSite(known, locationB.SiteID))
			if !errors.Is(err, tenancy.ErrForeign) {
				t.Errorf("what a knows serves b: %v", err)
			}
		})
		t.Run("upsert", func(t *testing.T) {
			err := client.Shop.Create().SetLightspeedID(1).SetName("B's own").
				OnConflictColumns("site_id", "lightspeed_id").UpdateNewValues().Exec(b)
			if err != nil {
				t.Fatal(err)
			}
			if got := client.Shop.GetX(a, shop.ID).Name; got != "Downtown" {
				t.Errorf("b's upsert changed a's shop to %q", got)
			}
		})
		t.Run("transaction", func(t *testing.T) {
			tx, err := client.Tx(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback() }()
			if _, err := tx.Shop.Get(b, shop.ID); !ent.IsNotFound(err) {
				t.Errorf("b gets a's shop in a transaction: %v", err)
			}
		})
	})
}
