package display_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/display"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
)

// What items have, and what is held of them, is one statement, whatever is sold or made of others; and no row of another site is in it.
func TestStockIsOfOneSite(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		counting, statements := storetest.Counting(db)
		site := tenancytest.Fill(t, client, "a", "Quaxa", 3)
		ctx := site.Context(t.Context())
		// The first item is a box of two of the second: 1 is there. Orders hold 3 of it, and 2 of the second.
		client.PosItem.Update().SetItemKind(retail.ItemDefault).ClearComponents().ExecX(ctx)
		client.PosItem.UpdateOneID(site.IDs["pos_items"][0]).SetItemKind(retail.ItemBox).
			SetComponents([]retail.Component{{ItemID: 2, Units: 2}}).ExecX(ctx)
		client.ShopStock.Update().SetOnHand(1).ExecX(ctx)
		client.OrderExport.Delete().ExecX(ctx)
		client.OrderLine.Update().SetHeldUnits(0).ClearFulfillments().SetFulfilledQuantity(0).ExecX(ctx)
		for i, id := range site.IDs["pos_items"][:2] {
			item := client.PosItem.GetX(ctx, id)
			client.OrderLine.UpdateOneID(site.IDs["order_lines"][i]).SetKind(retail.LineProduct).SetProductID(*item.ProductID).SetHeldUnits(int64(3 - i)).
				SetFulfilledBy(retail.ByStore).ClearFulfilledLocation().SetLocationID(site.IDs["locations"][0]).ExecX(ctx)
		}
		client.ExportSettings.Update().SetEnabled(true).SetOpenOrders(retail.OpenOrdersDeduct).SetSupplierLines(retail.SupplierAsText).
			SetOrdersFrom(storetest.Now().AddDate(-1, 0, 0)).ExecX(ctx)
		stored, err := settings.Read(ctx, client)
		if err != nil {
			t.Fatal(err)
		}
		rules := display.RulesOf(stored)
		read := func() display.Stock {
			t.Helper()
			stock, err := rules.Stock(ctx, counting, client.PosItem.Query().AllX(ctx))
			if err != nil {
				t.Fatal(err)
			}
			return stock
		}
		statements.Take()
		alone := read()
		if n := statements.Take(); n != 1 {
			t.Errorf("%d statements", n)
		}
		if box, part := alone[1][0], alone[2][0]; box.Held != 3 || part.Held != 2+(3-1)*2 {
			t.Errorf("the box %+v, what is in it %+v", box, part)
		}
		tenancytest.Fill(t, client, "b", "Quaxb", 3)
		if diff := cmp.Diff(alone, read()); diff != "" {
			t.Errorf("the stock of one site (-alone +with another):\n%s", diff)
		}
	})
}
