package catalogue

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/retail"
)

// Summary counts items by what was found about them.
type Summary struct {
	Total, Displayed int
	Reasons          []*ReasonCount // the most frequent first, then in the order of the codes
}

// NotDisplayed counts the items that the website does not show.
func (s *Summary) NotDisplayed() int { return s.Total - s.Displayed }

// ReasonCount counts the items that a reason was found about.
type ReasonCount struct {
	Code            retail.ReasonCode
	Count, Blocking int
}

// Message says for shop staff what was found.
func (r *ReasonCount) Message() string { return r.Code.Message() }

// Advice says for shop staff what to do.
func (r *ReasonCount) Advice() string { return r.Code.Advice() }

// Summarize counts the items that match the filter, by one statement. It reads only an index unless the filter has a text, a
// brand or item numbers.
func Summarize(ctx context.Context, where *ItemWhere) (*Summary, error) {
	predicates, err := where.predicates(ctx)
	if err != nil {
		return nil, err
	}
	live, err := sitedata.Live(ctx)
	if err != nil {
		return nil, err
	}
	var groups []struct {
		Bits      retail.ReasonBits `sql:"reason_bits"`
		Displayed bool              `sql:"displayed"`
		Count     int               `sql:"count"`
	}
	err = unitofwork.Client(ctx).PosItem.Query().Where(predicates...).
		GroupBy(positem.FieldReasonBits, positem.FieldDisplayed).Aggregate(ent.Count()).Scan(ctx, &groups)
	if err != nil {
		return nil, fmt.Errorf("count items by reason: %w", err)
	}
	summary := &Summary{Reasons: []*ReasonCount{}}
	for _, g := range groups {
		summary.Total += g.Count
		if g.Displayed && live {
			summary.Displayed += g.Count
		}
	}
	for _, name := range retail.ReasonCode("").Values() {
		r := &ReasonCount{Code: retail.ReasonCode(name)}
		for _, g := range groups {
			if g.Bits.Has(r.Code.Found()) {
				r.Count += g.Count
			}
			if g.Bits.Has(r.Code.Blocks()) {
				r.Blocking += g.Count
			}
		}
		if r.Count > 0 {
			summary.Reasons = append(summary.Reasons, r)
		}
	}
	slices.SortStableFunc(summary.Reasons, func(a, b *ReasonCount) int { return cmp.Compare(b.Count, a.Count) })
	return summary, nil
}
