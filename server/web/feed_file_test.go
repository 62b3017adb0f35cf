package web_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/url"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/feedlog"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// stream reads the feed's stream after a cursor: each product's line, without the quotes and names that tell nothing new, and
// the cursor of the last page.
func (a *api) stream(after string) (rows []string, cursor string) {
	a.t.Helper()
	response := a.do("GET", "/export/products.ndjson?after="+url.QueryEscape(after), "world", nil)
	if got := response.Header.Get("Content-Type"); got != "application/x-ndjson" || response.StatusCode != 200 {
		a.t.Fatalf("%d %s", response.StatusCode, got)
	}
	if got := response.Header.Get("Content-Disposition"); got != `attachment; filename="products.ndjson"` {
		a.t.Errorf("the file is %s", got)
	}
	more := true
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		var line struct {
			Key                                           string
			Cursor                                        *string
			HasMore                                       *bool
			Price, RegularPrice, WebsitePrice             string
			CurrencyCode                                  string
			OnSale, Active, Displayed                     bool
			LightspeedItemID                              *string
			SaleStartDate, SaleEndDate, NextPriceChangeAt *string
			Stock                                         []struct {
				Location                                  string
				OnHand, Reserve, Held, Available, OnOrder int
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			a.t.Fatalf("%s: %v", lines.Text(), err)
		}
		if line.HasMore != nil {
			more = *line.HasMore
			if line.Cursor != nil {
				cursor = *line.Cursor
			}
			continue
		}
		text := func(s *string) string { return orNone(s) }
		rows = append(rows, fmt.Sprint(line.Key, line.Active, line.Displayed, text(line.LightspeedItemID), line.WebsitePrice, line.Price, line.RegularPrice,
			line.CurrencyCode, line.OnSale, text(line.SaleStartDate), text(line.SaleEndDate), text(line.NextPriceChangeAt), line.Stock))
	}
	if more {
		a.t.Errorf("the stream ends though there is more")
	}
	return rows, cursor
}

// The stream tells what productFeed tells, over several pages, and both take each other's cursors.
func TestFeedStream(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "world")
		a := newAPI(t, client)
		if rows, cursor := a.stream(""); len(rows) > 0 || cursor != "" {
			t.Errorf("without products: %v %q", rows, cursor)
		}
		shop := client.Shop.Create().SetLightspeedID(1).SetName("S").SaveX(ctx)
		location := client.Location.Create().SetKey(`l"ä`).SetName("L").SetReserve(1).SaveX(ctx)
		client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(location.ID).ExecX(ctx)
		level := client.PriceLevel.Create().SetLightspeedID(1).SetName("Default").SaveX(ctx)
		saleLevel := client.PriceLevel.Create().SetLightspeedID(2).SetName("Sale").SaveX(ctx)
		client.PricingSettings.Create().SetEnabled(true).SetRegularLevelID(level.ID).SetSaleLevelID(saleLevel.ID).ExecX(ctx)
		var ids []string
		for n := range 1100 {
			p := client.Product.Create().SetKey(fmt.Sprintf("p-%04d", n)).SetName("x").SetPrice(7_500_000)
			if n == 3 {
				p.SetSaleStartDate("2026-05-01").SetSaleEndDate("2026-05-31")
			}
			ids = append(ids, p.SaveX(ctx).ID)
		}
		item := client.PosItem.Create().SetLightspeedID(9).SetDescription("x").SetMatchState(retail.MatchLinked).SetProductID(ids[3]).
			SetPrices([]retail.LevelPrice{{LevelID: 1, Amount: 20_000_000}, {LevelID: 2, Amount: 15_990_000}}).SaveX(ctx)
		client.ShopStock.Create().SetItemID(item.ID).SetLightspeedItemID(9).SetLightspeedShopID(1).SetOnHand(4).SetOnOrder(2).
			SetReorderPoint(0).SetReorderLevel(0).ExecX(ctx)
		client.ExportSettings.Create().SetEnabled(true).SetWhenFulfilled(false).SetUnlinkedLines(retail.UnlinkedBlock).SetTaxHandling(retail.TaxByPOS).
			SetOrdersFrom(storetest.Now()).ExecX(ctx)
		order := client.WebOrder.Create().SetKey("o").SetNumber("o").SetPlacedAt(storetest.Now()).SetCustomer(retail.Customer{}).SaveX(ctx)
		client.OrderLine.Create().SetOrderID(order.ID).SetKey("1").SetKind(retail.LineProduct).SetDescription("x").SetProductID(ids[3]).
			SetQuantity(2 * retail.Unit).SetUnitPrice(0).SetHeldUnits(2).SetLocationID(location.ID).ExecX(ctx)

		rows, cursor := a.stream("")
		want := fmt.Sprint("p-0003", true, false, "9", "7.5", "15.99", "20", "USD", true, "2026-05-01", "2026-05-31", "2026-06-01T07:00:00Z", []any{`{l"ä 4 1 2 1 2}`})
		if len(rows) != 1100 || rows[3] != want {
			t.Fatalf("%d rows, of which %s, want %s", len(rows), rows[3], want)
		}
		if again, same := a.stream(cursor); len(again) > 0 || same != cursor {
			t.Errorf("nothing is new, and told are %v, up to %q", again, same)
		}
		if err := feedlog.Mark(ctx, client, ids[7:8], []string{item.ID}); err != nil {
			t.Fatal(err)
		}
		var page struct {
			ProductFeed struct {
				EndCursor string
				Products  []struct{ Key string }
			}
		}
		a.ask(&page, `query($a: Cursor) { productFeed(after: $a) { endCursor products { key } } }`, map[string]any{"a": cursor})
		changed, end := a.stream(cursor)
		if fmt.Sprint(page.ProductFeed.Products) != "[{p-0003} {p-0007}]" || len(changed) != 2 || end != page.ProductFeed.EndCursor {
			t.Errorf("GraphQL reports %v, the stream %v, up to %q and %q", page.ProductFeed.Products, changed, page.ProductFeed.EndCursor, end)
		}
	})
}

// What cannot be answered is refused as GraphQL refuses it.
func TestFeedStreamRefused(t *testing.T) {
	client, _ := storetest.Any(t)
	storetest.Site(t, client, "world")
	a := newAPI(t, client)
	for _, c := range []struct {
		method, query, token string
		status               int
	}{
		{"GET", "", "", 401}, {"GET", "", "world/late", 504}, {"HEAD", "", "world", 200}, {"GET", "?after=nonsense!", "world", 400},
		{"GET", "?after=a&after=b", "world", 400}, {"GET", "?from=x", "world", 400}, {"GET", "?after=%zz", "world", 400}, {"GET", "?after=", "world", 200},
	} {
		if got := a.do(c.method, "/export/products.ndjson"+c.query, c.token, nil); got.StatusCode != c.status {
			t.Errorf("%s %s as %q: %d, want %d", c.method, c.query, c.token, got.StatusCode, c.status)
		}
	}
	if diff := gocmp.Diff([]string(nil), func() []string { rows, _ := a.stream(""); return rows }()); diff != "" {
		t.Error(diff)
	}
}
