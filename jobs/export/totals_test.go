package export_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// Over random baskets, discounts and taxes: what is exported equals the order to the cent, and what is not names both
// figures and has sold nothing.
func TestTotals(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume on one worker: TestManyOrdersAtOnce has two")
	}
	busy().Run(t, func(t *testing.T, w *jobstest.Fixture) {
		t.Parallel()
		s := jobstest.TakeOrders(w, retail.TaxByPOS, 11)
		for i, c := range []struct {
			name      string
			category  int64
			rate      string
			inclusive bool
			tax       retail.TaxHandling
			all       bool // are exported
		}{
			{"one tax", 1, "0.0825", false, retail.TaxByPOS, false},
			{"two taxes, rounded each", 2, "0.14975", false, retail.TaxByPOS, false},
			{"prices with tax at a POS without", 1, "0.0825", true, retail.TaxByPOS, false},
			{"prices with tax", 3, "0.2", true, retail.TaxByPOS, false},
			{"tax as a line", 2, "0.14975", false, retail.TaxAsLine, true},
			{"tax in the prices as a line", 3, "0.2", true, retail.TaxAsLine, true},
		} {
			t.Run(c.name, func(t *testing.T) {
				s.SetTax(c.category, c.tax)
				rng := rand.New(rand.NewPCG(uint64(i), 5))
				orders := s.Place(30, func(o *retail.Order) { tax(rng, o, decimal.RequireFromString(c.rate), c.inclusive) })
				s.Work()
				exported := checkTotals(t, s, orders)
				if c.all != (exported == len(orders)) || exported == 0 {
					t.Errorf("%d of %d orders were exported", exported, len(orders))
				}
				t.Logf("%d of %d orders were exported", exported, len(orders))
			})
		}
	})
}

// tax puts the tax of a rate on some lines, on one order in four not quite right.
func tax(rng *rand.Rand, o *retail.Order, rate decimal.Decimal, inclusive bool) {
	o.PricesIncludeTax = inclusive
	for i := range o.Lines {
		l := &o.Lines[i]
		l.Tax = 0
		if rng.IntN(4) == 0 {
			continue
		}
		base, err := l.Charge()
		if err != nil {
			panic(err)
		}
		due := base.Decimal().Mul(rate)
		if inclusive {
			due = due.Div(rate.Add(decimal.NewFromInt(1)))
		}
		if l.Tax, err = retail.AmountFromDecimal(due.Round(6)); err != nil {
			panic(err)
		}
	}
	if l := &o.Lines[0]; rng.IntN(4) == 0 && l.Tax > retail.Cent {
		l.Tax += retail.Cent * retail.Amount(rng.IntN(3)-1)
	}
}

// checkTotals returns how many of the orders were exported.
func checkTotals(t *testing.T, s *jobstest.Orders, orders []*jobstest.PlacedOrder) (exported int) {
	t.Helper()
	sales := s.Account.SalesByReference()
	for _, o := range orders {
		export := s.Client.OrderExport.Query().Where(orderexport.OrderID(o.Row.ID)).OnlyX(s.Ctx)
		made := sales[o.Row.Number]
		if len(made) != 1 {
			t.Errorf("%s: %d sales", o.Row.Number, len(made))
			continue
		}
		if export.State == retail.ExportExported {
			exported++
			if !made[0].Completed || !made[0].Total.Equal(o.Plan.Total.Decimal()) || !made[0].Balance.IsZero() || export.Total != o.Plan.Total {
				t.Errorf("%s of %s: recorded with %s, and the sale %+v", o.Row.Number, o.Plan.Total, export.Total, made[0])
			}
			continue
		}
		if why := refusal(export, o, made[0]); why != "" {
			t.Errorf("%s of %s: %s: %s %s: %q", o.Row.Number, o.Plan.Total, why, export.State, export.ReasonCode, export.ReasonMessage)
		}
	}
	return exported
}

// refusal says what is wrong with how a sale of another total was refused.
func refusal(export *ent.OrderExport, o *jobstest.PlacedOrder, sale sandbox.SaleState) string {
	switch {
	case export.State != retail.ExportFailed && export.State != retail.ExportBlocked:
		return "it is neither exported nor refused"
	case sale.Completed || !sale.Archived:
		return fmt.Sprintf("sale %d was not put away", sale.ID)
	case sale.Total.Equal(o.Plan.Total.Decimal()):
		return "it was refused although the totals are equal"
	case !strings.Contains(export.ReasonMessage, o.Plan.Total.Decimal().StringFixed(2)) || !strings.Contains(export.ReasonMessage, sale.Total.StringFixed(2)):
		return "the reason does not name both totals"
	}
	return ""
}
