package graph_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/openorders"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
)

// branch is a retailer whose branch is another store than the one with the register: orders are picked up there.
type branch struct{ *graphtest.Retailer }

const branchShop = 4

func newBranch(s *graphtest.Retailer) branch {
	s.SetUpExports()
	shop := s.Client.Shop.Create().SetLightspeedID(branchShop).SetName("Branch").SaveX(s.Ctx)
	s.Client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(s.Branch.ID).ExecX(s.Ctx)
	return branch{s}
}

// sells imports an order of bells that the branch hands over, and returns its id.
func (b branch) sells(key string, units int) string {
	b.T.Helper()
	return b.Sell(graphtest.NewOrder(key, graphtest.With("pickupLocationKey", "branch"),
		graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": fmt.Sprint(units), "unitPrice": "10"}}),
		graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": fmt.Sprint(10 * units), "state": "CAPTURED"}})))
}

func (b branch) export(id string) {
	b.T.Helper()
	b.Must("exportOrder", row{"orderId": id})
	b.CompleteExport(id)
}

// line is the id of the only line of an order.
func (b branch) line(id string) any {
	b.T.Helper()
	for _, l := range b.Order(id)["lines"].([]any) {
		if graphtest.At(b.T, l, "removed") == false {
			return graphtest.At(b.T, l, "id")
		}
	}
	return nil
}

func (b branch) handsOver(id string, location *ent.Location, units string) {
	b.T.Helper()
	b.Must("recordStoreFulfillment", row{"orderId": id, "locationId": location.ID, "lines": []row{{"lineId": b.line(id), "quantity": units}}})
}

func (b branch) quantity(id, units string) {
	b.T.Helper()
	b.Must("changeOrderLineQuantity", row{"orderId": id, "lineId": b.line(id), "quantity": units})
}

func (b branch) transferred(id string) {
	b.T.Helper()
	b.Must("acknowledgeNotice", row{"orderId": id, "code": "TRANSFER_GOODS"})
}

// goods wants a notice to transfer these goods; "" = none.
func (b branch) goods(id, when, want string) {
	b.T.Helper()
	if want != "" {
		want = "The sale lowers the stock of Main, and goods leave other stores: " + want +
			". Transfer them to Main in Lightspeed, so that its stock is right everywhere, then acknowledge this."
	}
	var got any = ""
	for _, n := range b.Order(id)["notices"].([]any) {
		if graphtest.At(b.T, n, "code") == "TRANSFER_GOODS" {
			got = graphtest.At(b.T, n, "message")
		}
	}
	if got != want {
		b.T.Errorf("%s: %q, want %q", when, got, want)
	}
}

// held wants so many bells to be held at the branch.
func (b branch) held(when string, want int64) {
	b.T.Helper()
	site, err := settings.Read(b.Ctx, b.Client)
	if err != nil {
		b.T.Fatal(err)
	}
	held, err := openorders.RulesOf(site).Held(b.Ctx, b.Client, []int64{b.Item.LightspeedID})
	if err != nil {
		b.T.Fatal(err)
	}
	if got := held[openorders.Place{Item: b.Item.LightspeedID, Shop: branchShop}]; got != want {
		b.T.Errorf("%s: %d are held, want %d", when, got, want)
	}
}

// readStock plays the job that reads the stock that sales have left in their store.
func (b branch) readStock() {
	b.T.Helper()
	err := store.InTx(b.Ctx, b.Client, b.API.Bus, func(ctx context.Context, tx *ent.Client) error {
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		site, err := settings.Read(ctx, tx)
		if err != nil {
			return err
		}
		seen, err := orderbook.Sequence(ctx, tx)
		if err != nil {
			return err
		}
		reading := orderbook.Reading{Seen: seen, Places: []openorders.Place{{Item: b.Item.LightspeedID, Shop: 3}}}
		_, err = orderbook.SettleSales(ctx, tx, site, reading, b.API.Clock.Now())
		return err
	})
	if err != nil {
		b.T.Fatal(err)
	}
}

// What a store has handed over of a line and the rest that leaves it are one transfer, and what was added to the line since the sale
// is none.
func TestTransferOfALineThatIsHandedOverInPart(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		b := newBranch(s)

		id := b.sells("part", 3)
		b.handsOver(id, b.Branch, "2")
		b.export(id)
		b.goods(id, "sold with two handed over", "3 × Bell from Branch")
		b.held("sold with two handed over", 3)
		b.readStock()
		b.held("when the stock was read", 3)
		b.handsOver(id, b.Branch, "1")
		b.goods(id, "all handed over", "3 × Bell from Branch")
		b.transferred(id)
		b.goods(id, "transferred", "")
		b.held("transferred", 0)

		id = b.sells("added after the transfer", 3)
		b.export(id)
		b.readStock()
		b.handsOver(id, b.Branch, "3")
		b.transferred(id)
		b.quantity(id, "8")
		b.goods(id, "five more after the transfer", "")
		b.held("five more after the transfer", 0)
		b.quantity(id, "2000")
		b.handsOver(id, b.Branch, "1000")
		b.goods(id, "many more, of which many are handed over", "")

		id = b.sells("added before the transfer", 2)
		b.export(id)
		b.handsOver(id, b.Branch, "2")
		b.quantity(id, "3")
		b.goods(id, "one more before the transfer", "2 × Bell from Branch")
		b.held("one more before the transfer", 2)
		b.readStock()
		b.held("one more before the transfer, when the stock was read", 2)
		b.quantity(id, "2")
		b.goods(id, "without it again", "2 × Bell from Branch")
		b.held("without it again", 2)
		b.transferred(id)
		b.held("transferred too", 0)
	})
}

// What the store of the sale has handed over was sold there: what another store hands over of what was added is not to be transferred.
// What was to be transferred stays so, whoever hands more over.
func TestTransferOfWhatWasSold(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		b := newBranch(s)
		id := b.sells("sold at home", 3)
		b.handsOver(id, b.Main, "3")
		b.export(id)
		b.readStock()
		b.quantity(id, "5")
		b.handsOver(id, b.Branch, "2")
		b.goods(id, "two of the added are handed over elsewhere", "")
		b.Must("addOrderLine", row{"orderId": id, "line": row{"productId": b.Bell.ID, "quantity": "4", "unitPrice": "10"}})
		b.goods(id, "a line was added", "")
		b.held("a line was added", 0)

		id = b.sells("who acts last", 3)
		b.handsOver(id, b.Main, "2")
		b.handsOver(id, b.Branch, "1")
		b.export(id)
		b.readStock()
		b.quantity(id, "5")
		b.goods(id, "one is to be transferred", "1 × Bell from Branch")
		b.handsOver(id, b.Main, "1")
		b.handsOver(id, b.Branch, "1") // so it is the last to act: the other's three are all that was sold
		b.goods(id, "one is still to be transferred", "1 × Bell from Branch")
		b.held("one is still to be transferred", 1)

		// The platform's own change of the line is no other.
		id = b.sells("changed there", 2)
		b.export(id)
		b.readStock()
		b.sells("ignored", 1)
		b.Sell(graphtest.NewOrder("changed there", graphtest.With("sourceVersion", 2), graphtest.With("pickupLocationKey", "branch"),
			graphtest.With("lines", []row{
				{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "4", "unitPrice": "10", "fulfilledBy": "STORE", "fulfilledQuantity": "1"},
				{"key": "2", "productKey": "cable", "description": "Cable", "quantity": "4", "unitPrice": "10"},
			}), graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "20", "state": "CAPTURED"}})))
		b.goods(id, "two more, and another product", "2 × Bell from Branch")
		if got := graphtest.Codes(t, b.Order(id)["notices"]); !slices.Contains(got, "EDITED_AFTER_EXPORT") {
			t.Errorf("notices %v", got)
		}
	})
}
