package orderbook

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/ordernotice"
	"possync/ent/weborder"
	"possync/internal/records/display"
	"possync/internal/records/jsonrow"
	"possync/internal/records/lookup"
	"possync/internal/records/openorders"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// Sending is an order that is about to be sent, with all that its export decides by and changes: read by one statement.
type Sending struct {
	Order

	sale    *openorders.Sale   // its export, and the lines that hold units or may
	notices []*ent.OrderNotice // of [transferCodes], those that stand
}

// LoadSending is Load of one order that is about to be sent; nil = there is none. A transaction that loads it under the export
// lock decides by it with [Sending.Move]. also adds columns to the order's row.
func LoadSending(ctx context.Context, client *ent.Client, settings Settings, orderID string, also func(*sql.Selector)) (*Sending, error) {
	rows, err := client.WebOrder.Query().
		Modify(selectDocument, selectSending, also, lookup.In(weborder.Table, lookup.Values{Column: weborder.FieldID, Values: []string{orderID}})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read an order to be sent: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	d, err := documentOf(rows[0])
	if err != nil {
		return nil, err
	}
	s := &Sending{Order: newOrder(rows[0], d, settings)}
	if err := s.read(); err != nil {
		return nil, fmt.Errorf("read an order to be sent: %w", err)
	}
	if settings.PaymentsMayBlock() {
		s.used, err = usedBy(ctx, client, settings, []Order{s.Order})
	}
	return s, err
}

// The columns of what is read beside an order's document.
const (
	saleColumn    = "sale"
	noticesColumn = "standing"
)

func selectSending(s *sql.Selector) {
	site, id := s.C(weborder.FieldSiteID), s.C(weborder.FieldID)
	s.AppendSelectExprAs(openorders.DocumentOf(site, id), saleColumn)
	s.AppendSelectExprAs(jsonrow.List(jsonrow.Row("n", migrate.OrderNoticesTable), sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString(`"` + ordernotice.Table + `" AS n WHERE n."site_id" = ` + site + ` AND n."order_id" = ` + id +
			` AND n."resolved_at" IS NULL AND n."code" IN (`)
		for i, code := range transferCodes {
			if i > 0 {
				b.Comma()
			}
			b.Arg(string(code))
		}
		b.WriteByte(')')
	})), noticesColumn)
}

func (s *Sending) read() error {
	value, err := s.Row.Value(saleColumn)
	if err != nil {
		return err
	}
	if s.sale, err = openorders.ReadSale(value); err != nil {
		return err
	}
	if value, err = s.Row.Value(noticesColumn); err != nil {
		return err
	}
	return jsonrow.Decode(value, &s.notices)
}

// StockOf returns the items, by Lightspeed's ids, whose stock the sale of a plan lowers: those that it sells and their components, as
// far as these were known when the order was read.
func (s *Sending) StockOf(plan retail.SalePlan) []int64 {
	return s.sale.StockOf(plan)
}

// Move is [Move] of the order's export, under numbers that the transaction has taken and the settings that it sees.
func (s *Sending) Move(
	ctx context.Context, client *ent.Client, site *settings.Snapshot, export *ent.OrderExport, at Numbers, now time.Time,
	change func(*ent.OrderExportUpdateOne),
) (*ent.OrderExport, error) {
	return move{export: export, at: at, now: now, site: site, order: s}.make(ctx, client, change)
}

// hold is [HoldSale] with a new plan.
func (s *Sending) hold(ctx context.Context, client *ent.Client, site *settings.Snapshot, after *ent.OrderExport, now time.Time) error {
	if len(after.Plan.Read) > 0 {
		return HoldSale(ctx, client, s.Row.ID, now) // of a sale that was made before
	}
	changes, held := map[int64][]string{}, map[string]int64{}
	for _, l := range s.sale.Lines {
		if units := retail.HeldUnits(l.Kind, l.Quantity, 0); !l.Removed && units > l.HeldUnits {
			changes[units], held[l.ID] = append(changes[units], l.ID), units
		}
	}
	if err := storeHeld(ctx, client, changes, now); err != nil {
		return err
	}
	rules := display.RulesOf(site)
	// The document was read before the move: its export is as it was.
	if rules.Orders.SameHeld(s.sale, s.sale.As(after, held), s.Row.PlacedAt) {
		return nil // the goods are in the shop that sells them, as mostly
	}
	var products []string
	for _, l := range s.sale.Lines {
		if l.ProductID != nil {
			products = append(products, *l.ProductID)
		}
	}
	sold, err := productsOf(ctx, client, after.Plan.Items()) // a line may name another product since
	if err != nil {
		return err
	}
	return rules.Refresh(ctx, client, append(products, sold...), now)
}

// notifyTransfers renews the notices of goods to transfer.
func (s *Sending) notifyTransfers(ctx context.Context, client *ent.Client, site *settings.Snapshot, export *ent.OrderExport, now time.Time) error {
	return storeTransfers(ctx, client, now, dueTransfers(site, s.Order, export, s.notices))
}
