package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/orderbook/orderbooktest"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// A text from Lightspeed stays a text in a spreadsheet, and comes out whole.
func TestItemsFileIsHarmless(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "world")
		texts := map[string]string{
			`=HYPERLINK("http://x","y")`: `'=HYPERLINK("http://x","y")`,
			"+1":                         "'+1",
			"-2":                         "'-2",
			"@SUM(A1)":                   "'@SUM(A1)",
			"\t=1":                       "'\t=1",
			"  =1":                       "'  =1",
			"＝1":                         "'＝1",
			`Tube, "wide", 700x25`:       `Tube, "wide", 700x25`,
			"two\nlines":                 "two\nlines",
			"Müsing Größe 3 – ✓":         "Müsing Größe 3 – ✓",
			"":                           "",
			"a=b":                        "a=b",
		}
		number, want := int64(0), map[string]string{}
		for text, cell := range texts {
			number++
			client.PosItem.Create().SetLightspeedID(number).SetDescription(text).SaveX(ctx)
			want[fmt.Sprint(number)] = cell
		}
		a := newAPI(t, client)
		rows := a.table(nil)
		for _, row := range rows {
			if id := row["lightspeedItemId"]; row["description"] != want[id] {
				t.Errorf("item %s is %q, want %q", id, row["description"], want[id])
			}
		}
		if len(rows) != len(want) {
			t.Errorf("%d rows, want %d", len(rows), len(want))
		}
	})
}

// The file says what is on hand, left to the store, held by orders and available, by location.
func TestItemsFileHasStock(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "world")
		s := orderbooktest.Fill(t, ctx, client)
		client.ShopStock.Create().SetItemID(s.Item.ID).SetLightspeedItemID(s.Item.LightspeedID).SetLightspeedShopID(3).
			SetOnHand(9).SetOnOrder(0).SetReorderPoint(0).SetReorderLevel(0).ExecX(ctx)
		client.Location.Update().SetReserve(1).ExecX(ctx)
		client.ExportSettings.Create().SetEnabled(true).SetRegisterID(s.Front.ID).SetWhenFulfilled(false).
			SetUnlinkedLines(retail.UnlinkedBlock).SetTaxHandling(retail.TaxByPOS).SetOrdersFrom(storetest.Now()).ExecX(ctx)
		order := client.WebOrder.Create().SetKey("o").SetNumber("o").SetPlacedAt(storetest.Now()).SetCustomer(retail.Customer{}).SaveX(ctx)
		client.OrderLine.Create().SetOrderID(order.ID).SetKey("1").SetKind(retail.LineProduct).SetDescription("Bell").SetProductID(s.Bell.ID).
			SetQuantity(2 * retail.Unit).SetUnitPrice(0).SetHeldUnits(2).ExecX(ctx)
		row := newAPI(t, client).table(nil)[0]
		got := fmt.Sprint(row["onHand"], ", ", row["reserve"], ", ", row["held"], ", ", row["available"])
		if want := "Main: 9, Main: 1, Main: 2, Main: 6"; got != want {
			t.Errorf("the stock is %s, want %s", got, want)
		}
	})
}

func TestItemsFileRefuses(t *testing.T) {
	client, _ := storetest.Any(t)
	_, _ = storetest.Site(t, client, "world")
	other, _ := storetest.Site(t, client, "other")
	client.PosItem.Create().SetLightspeedID(1).SetDescription("other's").ExecX(other)
	a := newAPI(t, client)
	for _, tt := range []struct {
		query, token string
		status       int
		says         string
	}{
		{"", "", 401, "UNAUTHENTICATED"},
		{"", "world/late", 504, "TIMEOUT"},
		{"colour=red", "world", 400, "colour: there is no such filter."},
		{"displayed=yes", "world", 400, "displayed: must be true or false."},
		{"linked=true&linked=false", "world", 400, "linked: use this filter only once."},
		{"reason=NONE", "world", 400, "NO_COST"},
		{"matchState=none", "world", 400, "LACKING_CODES"},
		{"search=%00", "world", 400, "characters that are not allowed"},
		{"search=%zz", "world", 400, "cannot be read"},
		{"search=" + strings.Repeat("a", 201), "world", 400, "at most 200"},
		{strings.Repeat("lightspeedItemId=1&", 251), "world", 400, "at most 250"},
	} {
		response := a.do("GET", "/export/items.csv?"+tt.query, tt.token, nil)
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != tt.status || !strings.Contains(string(body), tt.says) {
			t.Errorf("%.40s: %d %s %v, want %d with %s", tt.query, response.StatusCode, body, err, tt.status, tt.says)
		}
		if id := response.Header.Get("X-Request-Id"); id == "" || !strings.Contains(string(body), id) {
			t.Errorf("%.40s: no request id in %s", tt.query, body)
		}
	}
	if rows := a.table(nil); len(rows) != 0 {
		t.Errorf("another site's rows: %v", rows)
	}
	response := a.do("HEAD", "/export/items.csv", "world", nil)
	if d := response.Header.Get("Content-Disposition"); response.StatusCode != 200 || d != `attachment; filename="items.csv"` {
		t.Errorf("HEAD: %d %q", response.StatusCode, d)
	}
	if got := a.do("POST", "/export/items.csv", "world", nil).StatusCode; got != http.StatusMethodNotAllowed && got != http.StatusNotFound {
		t.Errorf("POST: %d", got)
	}
}

// A client that goes away ends the work; a database that does so ends the file in the middle, and not as if it were whole.
func TestItemsFileIsCutOff(t *testing.T) {
	for _, cut := range []string{"client", "database"} {
		t.Run(cut, func(t *testing.T) {
			client, db := storetest.SQLite(t)
			ctx, _ := storetest.Site(t, client, "world")
			for chunk := range 5 {
				rows := make([]*ent.PosItemCreate, 500)
				for n := range rows {
					rows[n] = client.PosItem.Create().SetLightspeedID(int64(500*chunk + n + 1)).SetDescription(strings.Repeat("long ", 4000))
				}
				client.PosItem.CreateBulk(rows...).ExecX(ctx)
			}
			a := newAPI(t, client)
			response := a.do("GET", "/export/items.csv?"+url.Values{"archived": {"false"}}.Encode(), "world", nil)
			lines := bufio.NewReader(response.Body)
			if first, err := lines.ReadString('\n'); err != nil || !strings.Contains(first, "lightspeedItemId,") {
				t.Fatalf("%q %v", first, err)
			}
			if cut == "client" {
				_ = response.Body.Close() // the server's Close, at the end, waits for the handler
				return
			}
			if _, err := db.SQL.ExecContext(t.Context(), "alter table pos_items rename to gone"); err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, lines); err == nil {
				t.Errorf("after %d more bytes the file ends as if it were whole", n)
			}
			if log := a.log.String(); !strings.Contains(log, "a download was cut off") {
				t.Errorf("the log has no word of it: %s", log)
			}
		})
	}
}
