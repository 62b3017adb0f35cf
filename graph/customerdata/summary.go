package customerdata

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent/weborder"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/customerdata"
	"possync/internal/retail"
)

// Summary is how long personal data is kept, and what is kept longer.
type Summary struct {
	KeepDays                *int
	ErasedOrders, DueOrders int
	Kept                    []*Kept
}

// Kept are old orders that need the data for the same.
type Kept struct {
	NeededFor retail.CustomerDataNeed
	Orders    int
}

// Message says for staff what to do.
func (k *Kept) Message() string { return k.NeededFor.Message() }

// Summarize counts the acting site's orders; keep 0 = data is kept for good.
func Summarize(ctx context.Context, keep time.Duration, now time.Time) (*Summary, error) {
	client := unitofwork.Client(ctx)
	s := &Summary{Kept: []*Kept{}}
	var err error
	if s.ErasedOrders, err = client.WebOrder.Query().Where(weborder.CustomerErasedAtNotNil()).Count(ctx); err != nil {
		return nil, fmt.Errorf("count the orders whose customers were erased: %w", err)
	}
	if keep == 0 {
		return s, nil
	}
	days := int(keep / (24 * time.Hour))
	s.KeepDays = &days
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := customerdata.Kept(ctx, client, site, now.Add(-keep))
	if err != nil {
		return nil, err
	}
	counts := map[retail.CustomerDataNeed]int{}
	for _, g := range groups {
		counts[g.Need] += g.Count
	}
	s.DueOrders = counts[""]
	delete(counts, "")
	for need, n := range counts {
		s.Kept = append(s.Kept, &Kept{NeededFor: need, Orders: n})
	}
	values := retail.CustomerDataNeed("").Values()
	slices.SortFunc(s.Kept, func(a, b *Kept) int {
		return slices.Index(values, string(a.NeededFor)) - slices.Index(values, string(b.NeededFor))
	})
	return s, nil
}
