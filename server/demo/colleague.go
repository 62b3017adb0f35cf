package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"possync/internal/clock"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/tenant"
	"possync/server/auth"
)

// What the colleague does, so that no list of the pages stays empty: it comes after the reader has done the same step, in order not
// to be mistaken for it.
const (
	planned  = 6 // products with sale dates
	quiet    = 3 // items that change without a new time stamp
	exported = 6 // orders, of the oldest: the reader of the pages begins with the newest
	spared   = 5 // the very oldest orders, which the commands of the guide export
)

const unplanned = `query($n: Int!) { products(first: $n, where: {displayed: true, salePlanned: false}) { edges { node { id } } } }`

const saveSaleDates = `mutation($input: SaveSaleDatesInput!) { saveSaleDates(input: $input) { userErrors { message } } }`

const oldest = `query($n: Int!) {
	orders(first: $n, where: {exportRequested: false, blocked: false}, orderBy: {direction: ASC}) { edges { node { id payments { id } } } }
}`

const exportOrders = `mutation($ids: [ID!]!) { exportOrders(input: {orderIds: $ids}) { userErrors { message } results { userErrors { message } } } }`

const exportStateOf = `query($id: ID!) { node(id: $id) { ... on Order { exportState } } }`

const refund = `mutation($input: RefundOrderPaymentInput!) { refundOrderPayment(input: $input) { userErrors { message } } }`

// colleague is somebody else at the shop.
func (d *Demo) colleague() (Client, error) {
	token, err := d.state.signer.Sign(auth.Token{
		Site: Site, User: "demo-colleague", Role: tenant.RoleManage, ExpiresAt: clock.System().Now().Add(tokenTTL),
	})
	if err != nil {
		return Client{}, err
	}
	return Client{URL: d.URL(), Token: token}, nil
}

// planSales sets the sale dates of a few products that the website shows, and changes items in Lightspeed as an import there does: the
// time stamp stays, so that only a full sync finds the change.
func (d *Demo) planSales(ctx context.Context) (string, error) {
	client, err := d.colleague()
	if err != nil {
		return "", err
	}
	var found struct{ Products edges }
	if err := client.Do(ctx, unplanned, map[string]any{"n": planned}, &found); err != nil {
		return "", err
	}
	now := clock.System().Now().UTC()
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	var products []map[string]any
	for i, edge := range found.Products.Edges {
		start := -1 // a day before today is past everywhere
		if i%3 == 2 {
			start = 7
		}
		products = append(products, map[string]any{"productId": edge.Node.ID, "startDate": day(start), "endDate": day(start + 14)})
	}
	if len(products) == 0 {
		return "", nil
	}
	if err := client.Do(ctx, saveSaleDates, input(map[string]any{"products": products}), nil); err != nil {
		return "", err
	}
	changed, err := d.changeQuietly()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("a colleague has set the sale dates of %d products, and changed %d items so that only Read everything finds it (drift)", len(products), changed), nil
}

// changeQuietly changes items of the local Lightspeed and leaves their time stamps as they are.
func (d *Demo) changeQuietly() (int, error) {
	items := wellKnown(d.sandbox, d.options.Products, 2*quiet)
	items = items[min(quiet, len(items)):] // the first ones are in the demo's first orders
	for i, item := range items {
		edit := sandbox.ItemEdit{Quiet: true}
		if cost := item.Price.Div(decimal.NewFromInt(2)).Round(2); i == 0 {
			edit.DefaultCost = &cost
		} else {
			description := item.Description + " *"
			edit.Description = &description
		}
		if err := d.sandbox.Account("").Edit(item.ItemID, edit); err != nil {
			return 0, fmt.Errorf("change an item without its time stamp: %w", err)
		}
	}
	return len(items), nil
}

// edges are rows of which the id, and of orders the payments, are of interest.
type edges struct {
	Edges []struct {
		Node struct {
			ID       string
			Payments []struct{ ID string }
		}
	}
}

// exportSome exports a few of the oldest orders, one of which fails (see failing), and gives the money of one back once it is in
// Lightspeed: the refund is then to do there too.
func (d *Demo) exportSome(ctx context.Context) (string, error) {
	client, err := d.colleague()
	if err != nil {
		return "", err
	}
	var found struct{ Orders edges }
	if err := client.Do(ctx, oldest, map[string]any{"n": spared + exported}, &found); err != nil {
		return "", err
	}
	orders := found.Orders.Edges[min(spared, len(found.Orders.Edges)):]
	var ids []string
	for _, edge := range orders {
		ids = append(ids, edge.Node.ID)
	}
	if len(ids) == 0 {
		return "", nil
	}
	if err := client.Do(ctx, exportOrders, map[string]any{"ids": ids}, nil); err != nil {
		return "", err
	}
	refunded, failed := false, 0
	for _, order := range orders {
		state, err := awaitExport(ctx, client, order.Node.ID)
		switch {
		case err != nil:
			return "", err
		case state == "FAILED":
			failed++
		case !refunded:
			refunded = true
			err := client.Do(ctx, refund, input(map[string]any{
				"orderId": order.Node.ID, "paymentId": order.Node.Payments[0].ID, "reason": "It did not fit",
			}), nil)
			if err != nil {
				return "", err
			}
		}
	}
	words := fmt.Sprintf("a colleague has exported %d of the oldest orders", len(ids)-failed)
	if refunded {
		words += ", and refunded one of them"
	}
	if failed > 0 {
		words += fmt.Sprintf("; %d failed, and the page of orders says why", failed)
	}
	return words, nil
}

// errNotExported says that an order of the colleague takes too long, for example because the reader has paused exports.
var errNotExported = errors.New("the order is not in Lightspeed after two minutes")

// awaitExport waits until an order is in Lightspeed, or its export has failed.
func awaitExport(ctx context.Context, client Client, id string) (state string, err error) {
	for range 120 {
		var now struct{ Node struct{ ExportState string } }
		if err := client.Do(ctx, exportStateOf, map[string]any{"id": id}, &now); err != nil {
			return "", err
		}
		if now.Node.ExportState == "EXPORTED" || now.Node.ExportState == "FAILED" {
			return now.Node.ExportState, nil
		}
		if err := clock.System().Sleep(ctx, time.Second); err != nil {
			return "", err
		}
	}
	return "", errNotExported
}
