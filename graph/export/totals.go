package export

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/fault"
	"possync/internal/retail"
)

// maxTotalDays is how many days totals are of at most.
const maxTotalDays = 92

// Totals is what completed sales came to.
type Totals struct {
	Days  []*Day
	Sales int
	sum   retail.Amount
}

// Total returns what all of them came to.
func (t *Totals) Total(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, t.sum)
}

// Day is what the sales of a day at a register came to.
type Day struct {
	Date     retail.Date
	Register *ent.Register // nil when it is not known any more
	Sales    int
	Payments []*PaymentTotal
	sum      retail.Amount
}

// Total returns what they came to.
func (d *Day) Total(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, d.sum)
}

// PaymentTotal is what was paid by a payment type.
type PaymentTotal struct {
	PaymentType *ent.PaymentType // nil when it is not known any more
	Name        string
	Sales       int
	sum         retail.Amount
}

// Amount returns what these payments come to.
func (p *PaymentTotal) Amount(ctx context.Context) (catalogue.Money, error) {
	return catalogue.MoneyOf(ctx, p.sum)
}

// TotalsOf returns what the completed sales of the days from the first to the last came to, as they were made.
func TotalsOf(ctx context.Context, first, last retail.Date) (*Totals, error) {
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return nil, err
	}
	from, fromOK := first.Starts(zone)
	until, untilOK := last.Next().Starts(zone)
	switch {
	case first > last:
		return nil, fault.New(fault.BadInput, "toDate must not be before fromDate.")
	case !fromOK || !untilOK || until.Sub(from) > maxTotalDays*24*time.Hour+2*time.Hour: // a day may have 25 hours
		return nil, fault.New(fault.BadInput, fmt.Sprintf("At most %d days can be added up at once.", maxTotalDays))
	}
	return addUp(ctx, salesBetween(ctx, from, until), zone)
}

// salesAtOnce bounds the sales in memory: each has its plan, with all its lines.
const salesAtOnce = 500

// salesBetween reads the completed sales from one instant until before another.
func salesBetween(ctx context.Context, from, until time.Time) iter.Seq2[*ent.OrderExport, error] {
	return func(yield func(*ent.OrderExport, error) bool) {
		for after := ""; ; {
			sales, err := unitofwork.Client(ctx).OrderExport.Query().
				Where(orderexport.ExportedAtGTE(from), orderexport.ExportedAtLT(until), orderexport.IDGT(after)).
				Order(ent.Asc(orderexport.FieldID)).Limit(salesAtOnce).
				Select(orderexport.FieldExportedAt, orderexport.FieldRegister, orderexport.FieldPlan, orderexport.FieldTotal).All(ctx)
			if err != nil {
				yield(nil, fmt.Errorf("read completed sales: %w", err))
				return
			}
			for _, sale := range sales {
				if !yield(sale, nil) {
					return
				}
			}
			if len(sales) < salesAtOnce {
				return
			}
			after = sales[len(sales)-1].ID
		}
	}
}

// dayKey is what sales are added up by.
type dayKey struct {
	date     retail.Date
	register int64
}

func addUp(ctx context.Context, sales iter.Seq2[*ent.OrderExport, error], zone *time.Location) (*Totals, error) {
	registers, err := sitedata.Registers(ctx)
	if err != nil {
		return nil, err
	}
	types, err := sitedata.PaymentTypes(ctx)
	if err != nil {
		return nil, err
	}
	register := sitedata.Index(registers, func(r *ent.Register) int64 { return r.LightspeedID })
	kind := sitedata.Index(types, func(p *ent.PaymentType) int64 { return p.LightspeedID })
	totals := &Totals{Days: []*Day{}}
	days := map[dayKey]*Day{}
	for s, err := range sales {
		if err != nil {
			return nil, err
		}
		at := s.Register
		if s.Plan.RegisterID != 0 {
			at = s.Plan.RegisterID // which the sale was made at
		}
		key := dayKey{retail.DateIn(zone, *s.ExportedAt), at}
		day := days[key]
		if day == nil {
			day = &Day{Date: key.date, Register: register[at], Payments: []*PaymentTotal{}}
			days[key] = day
		}
		totals.Sales++
		totals.sum += s.Total
		day.Sales++
		day.sum += s.Total
		counted := map[*PaymentTotal]bool{} // several methods may be one type
		for _, p := range s.Plan.Payments {
			total := day.add(p, kind[p.TypeID])
			if !counted[total] {
				total.Sales++
			}
			counted[total] = true
		}
	}
	for _, day := range days {
		slices.SortFunc(day.Payments, func(a, b *PaymentTotal) int { return cmp.Compare(a.Name, b.Name) })
	}
	keys := slices.SortedFunc(maps.Keys(days), func(a, b dayKey) int {
		return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(nameOf(days[a].Register), nameOf(days[b].Register)), cmp.Compare(a.register, b.register))
	})
	for _, key := range keys {
		totals.Days = append(totals.Days, days[key])
	}
	return totals, nil
}

func nameOf(r *ent.Register) string {
	if r == nil {
		return ""
	}
	return r.Name
}

// add adds what a payment came to, and returns what it was added to. One whose type is not known any more goes by its method.
func (d *Day) add(p retail.SalePayment, kind *ent.PaymentType) *PaymentTotal {
	name := p.Method
	if kind != nil {
		name = kind.Name
	}
	i := slices.IndexFunc(d.Payments, func(t *PaymentTotal) bool { return t.PaymentType == kind && t.Name == name })
	if i < 0 {
		i = len(d.Payments)
		d.Payments = append(d.Payments, &PaymentTotal{PaymentType: kind, Name: name})
	}
	d.Payments[i].sum += p.Amount
	return d.Payments[i]
}
