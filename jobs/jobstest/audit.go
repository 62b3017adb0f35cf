package jobstest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
)

// maxComplaints bounds what a failed audit reports.
const maxComplaints = 20

// Audit fails the test unless the POS's books are in order.
func (s *Orders) Audit() {
	s.T.Helper()
	if wrong := s.Complaints(); len(wrong) > 0 {
		s.T.Fatalf("%d complaints:\n%s", len(wrong), strings.Join(wrong[:min(len(wrong), maxComplaints)], "\n"))
	}
	s.CheckStock()
}

// Complaints compares the POS's books with the orders: one completed sale for each, to the cent, nothing else, and our
// records and the stock to match.
func (s *Orders) Complaints() []string {
	s.T.Helper()
	var wrong []string
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	exports := map[string]*ent.OrderExport{}
	for _, e := range s.Client.OrderExport.Query().AllX(s.Ctx) {
		exports[e.OrderID] = e
	}
	truth := s.Account.Truth()
	types := map[int64]string{}
	names := map[string]int{}
	for _, p := range truth.PaymentTypes {
		types[p.ID] = strings.ToLower(p.Name)
		names[strings.ToLower(p.Name)]++
	}
	for name, n := range names {
		if n > 1 {
			complain("%d payment types are called %q", n, name)
		}
	}
	sales := map[string][]sandbox.SaleState{}
	for _, sale := range truth.Sales {
		sales[sale.Reference] = append(sales[sale.Reference], sale)
	}
	left := maps.Clone(s.stock)
	for _, o := range s.placed {
		made, export := sales[o.Row.Number], exports[o.Row.ID]
		delete(sales, o.Row.Number)
		var done []sandbox.SaleState
		for _, sale := range made {
			switch {
			case sale.Completed:
				done = append(done, sale)
			case !sale.Archived:
				complain("%s: sale %d was left open", o.Row.Number, sale.ID)
			}
		}
		if len(done) != 1 {
			complain("%s: %d completed sales of %d", o.Row.Number, len(done), len(made))
			continue
		}
		if diff := cmp.Diff(planned(o.Plan), booked(done[0], types)); diff != "" {
			complain("%s: the sale differs from the order (-order +sale):\n%s", o.Row.Number, diff)
		}
		if export == nil || export.State != retail.ExportExported || export.SaleID != done[0].ID || export.Total != o.Plan.Total ||
			export.TicketNumber == "" || export.ExportedAt == nil {
			complain("%s: sale %d is recorded as %v", o.Row.Number, done[0].ID, export)
		}
		for _, l := range done[0].Lines {
			left[place{l.ItemID, done[0].ShopID}] -= int(l.Units)
		}
	}
	for _, l := range s.Client.OrderLine.Query().Where(orderline.HeldUnitsGT(0)).AllX(s.Ctx) {
		state, export := s.Client.SyncState.Query().OnlyX(s.Ctx), s.Client.OrderExport.Query().Where(orderexport.OrderID(l.OrderID)).OnlyX(s.Ctx)
		complain("line %s keeps %d units from being sold: export %d sells %v and has the stock of %v; the next sync is due at %v, and it is %v",
			l.ID, l.HeldUnits, export.Sequence, export.Plan.Items(), export.Plan.Read, state.DueAt, s.Clock.Now())
	}
	for reference, some := range sales {
		complain("%d sales have the reference %q of no order", len(some), reference)
	}
	for _, item := range truth.Items {
		for _, row := range item.Stock {
			if want := left[place{item.ID, row.ShopID}]; counted(item) && row.QOH != want {
				complain("item %d in shop %d: %d on hand, want %d", item.ID, row.ShopID, row.QOH, want)
			}
		}
	}
	return wrong
}

// counted reports whether sales move the stock of the item.
func counted(item sandbox.ItemState) bool {
	return !slices.Contains([]string{"non_inventory", "serialized", "serialized_assembly"}, item.ItemType)
}

// books is a sale in terms that an order and the POS have in common.
type books struct {
	Employee, Register, Shop int64
	Total, Paid, Balance     string
	Lines, Payments          []string
}

func planned(p retail.SalePlan) books {
	b := books{p.EmployeeID, p.RegisterID, p.ShopID, p.Total.Decimal().StringFixed(2), p.Total.Decimal().StringFixed(2), "0.00", nil, nil}
	for _, l := range p.Lines {
		b.Lines = append(b.Lines, lineText(l.ItemID, l.Units, l.UnitPrice.Decimal(), l.Text))
	}
	for _, pay := range p.Payments {
		b.Payments = append(b.Payments, strings.ToLower(pay.Method)+" "+pay.Amount.Decimal().StringFixed(2))
	}
	return b.sorted()
}

func booked(sale sandbox.SaleState, types map[int64]string) books {
	b := books{sale.EmployeeID, sale.RegisterID, sale.ShopID, sale.Total.StringFixed(2), sale.Paid.StringFixed(2), sale.Balance.StringFixed(2), nil, nil}
	for _, l := range sale.Lines {
		b.Lines = append(b.Lines, lineText(l.ItemID, l.Units, l.Price, l.Note))
	}
	for _, p := range sale.Payments {
		if !p.Archived {
			b.Payments = append(b.Payments, types[p.PaymentTypeID]+" "+p.Amount.StringFixed(2))
		}
	}
	return b.sorted()
}

func (b books) sorted() books {
	slices.Sort(b.Lines)
	slices.Sort(b.Payments)
	return b
}

func lineText(item, units int64, price decimal.Decimal, text string) string {
	return fmt.Sprintf("%d × item %d at %s %s", units, item, price.StringFixed(2), text)
}

// States counts the exports by where they stand.
func (s *Orders) States() map[retail.ExportState]int {
	s.T.Helper()
	var rows []struct {
		State retail.ExportState `sql:"state"`
		Count int                `sql:"count"`
	}
	if err := s.Client.OrderExport.Query().GroupBy(orderexport.FieldState).Aggregate(ent.Count()).Scan(s.Ctx, &rows); err != nil {
		s.T.Fatal(err)
	}
	counts := map[retail.ExportState]int{}
	for _, row := range rows {
		counts[row.State] = row.Count
	}
	return counts
}
