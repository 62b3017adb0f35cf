package app_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"possync/ent"
	posregister "possync/ent/register"
	"possync/internal/database/databasetest"
	"possync/internal/retail"
)

// order imports an open order of one unit of each of the products, placed at a time.
func (s *shopfront) order(products []row, at time.Time) {
	s.t.Helper()
	var orders []row
	for _, p := range products {
		orders = append(orders, row{
			"key": p["key"], "number": fmt.Sprint("W-", p["key"]), "sourceVersion": 1, "currencyCode": "USD", "placedAt": at.UTC().Format(time.RFC3339),
			"lines":    []row{{"key": "1", "productKey": p["key"], "description": "Goods", "quantity": "1", "unitPrice": "20"}},
			"payments": []row{},
		})
	}
	s.platform.Get(nil, `mutation($in: [OrderInput!]!) { importOrders(input: {orders: $in}) { results { outcome } userErrors { code } } }`, row{"in": orders})
	s.Work()
}

// Orders that hold the last units of more than 30 % of what is displayed take it off the website without a question, in whatever way the
// website comes to know of them. What else takes items off it is measured without them.
func TestHeldUnitsNeverCountAsLoss(t *testing.T) {
	databasetest.NotRaced(t)
	eachShopfront(t, 130, func(t *testing.T, s *shopfront) {
		goods := s.shown()
		before := len(goods)
		part := before * 4 / 10
		if before < 60 {
			t.Fatalf("only %d are displayed", before)
		}
		count := func(products []row, units int) {
			t.Helper()
			for _, p := range products {
				item, err := strconv.ParseInt(p["key"].(string), 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				for shop, units := range []int{units, 0} {
					if err := s.Account.Count(item, shop+1, units); err != nil {
						t.Fatal(err)
					}
				}
			}
			s.FullSync()
		}
		count(goods[:part], 2)
		count(goods[part:], 1)
		employee := s.Client.Employee.Query().Order(ent.Asc("lightspeed_id")).FirstX(s.Ctx)
		register := s.Client.Register.Query().Where(posregister.LightspeedID(1)).OnlyX(s.Ctx)
		set := func(in row) {
			t.Helper()
			if found := s.staff.UserErrors(`mutation($in: UpdateExportSettingsInput!) { updateExportSettings(input: $in) { userErrors { code field message } } }`,
				row{"in": in}, "updateExportSettings"); len(found) > 0 {
				t.Fatal(found)
			}
			s.Work()
		}
		check := func(what string, displayed int) {
			t.Helper()
			if d, h := s.displayed(), s.held(); d != displayed || h != 0 {
				t.Fatalf("%s %d of %d are displayed, want %d; %d wait for a manager", what, d, before, displayed, h)
			}
			if run := s.LastRun(); run.State != retail.RunCompleted {
				t.Fatalf("%s the last run is %s", what, run.State)
			}
		}
		set(row{"enabled": true, "employeeId": employee.ID, "registerId": register.ID})
		s.order(goods[:part], s.Clock.Now())
		check("with one of two units ordered,", before)
		count(goods[:part], 1)
		check("with the other one sold in the shop,", before-part)
		s.order(goods[part:2*part], s.Clock.Now().Add(-48*time.Hour))
		check("with orders from before exporting began,", before-part)
		set(row{"ordersFrom": s.Clock.Now().Add(-72 * time.Hour).UTC().Format(time.RFC3339)})
		check("with orders that count from then on,", before-2*part)
		s.FullSync()
		check("read again,", before-2*part)
		s.retire(goods[2*part:], true) // a fifth
		check("with products retired,", 0)
		set(row{"openOrders": "IGNORE"})
		check("with orders that do not count,", 2*part)
		set(row{"openOrders": "DEDUCT"})
		check("with orders that count again,", 0)
		set(row{"openOrders": "IGNORE"})
		s.retire(goods[:part], true)
		if h := s.held(); h == 0 {
			t.Errorf("%d of %d products were retired, and no manager was asked", before-part, before)
		}
	})
}
