package graph

import (
	"context"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"possync/ent"
	"possync/graph/model"
	"possync/graph/pricing"
	"possync/graph/sitedata"
	"possync/internal/retail"
)

// maxBudgetSamples is how many minutes a day has.
const maxBudgetSamples = 24 * 60

// number writes Lightspeed's number as the API does.
func number(n int64) string { return strconv.FormatInt(n, 10) }

// shopOf returns the shop with Lightspeed's number, or nil.
func shopOf(ctx context.Context, lightspeedID int64) (*ent.Shop, error) {
	shops, err := sitedata.Shops(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range shops {
		if s.LightspeedID == lightspeedID {
			return s, nil
		}
	}
	return nil, nil
}

// registersOf returns the registers of a shop by name, archived ones last.
func registersOf(ctx context.Context, lightspeedShopID int64) ([]*ent.Register, error) {
	all, err := sitedata.Registers(ctx)
	if err != nil {
		return nil, err
	}
	list := []*ent.Register{}
	for _, r := range all {
		if r.LightspeedShopID == lightspeedShopID {
			list = append(list, r)
		}
	}
	return list, nil
}

// pairOf returns the first mapping that fits, or an empty one.
func pairOf(ctx context.Context, fits func(sitedata.Pair) bool) (sitedata.Pair, error) {
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return sitedata.Pair{}, err
	}
	for _, p := range pairs {
		if fits(p) {
			return p, nil
		}
	}
	return sitedata.Pair{}, nil
}

func countsOf(run *ent.SyncRun) *model.SyncCounts {
	return &model.SyncCounts{
		ItemsRead: run.ItemsRead, ItemsChanged: run.ItemsChanged, StockRead: run.StockRead, StockChanged: run.StockChanged,
		Evaluated: run.Evaluated, Shown: run.Shown, Hidden: run.Hidden,
		Issues: run.Issues, Requests: run.Requests, Throttled: run.Throttled,
	}
}

func failureOf(run *ent.SyncRun) *model.SyncError {
	if run.ErrorCode == "" {
		return nil
	}
	return &model.SyncError{Code: run.ErrorCode, ErrorCode: retail.Known(run.ErrorCode, retail.RunErrorOther), Message: run.ErrorMessage}
}

func saleDatesOf(input model.SetSaleDatesInput) pricing.DatesChange {
	return pricing.DatesChange{
		ProductIDs: input.ProductIds.Value(), Where: input.Where.Value(), Start: dayOf(input.StartDate), End: dayOf(input.EndDate),
		ExpectedCount: input.ExpectedCount.Value(),
		EveryProduct:  slices.Contains(input.Acknowledge.Value(), model.AcknowledgementEveryProduct),
	}
}

// dayOf reads a change of a date: absent = unchanged, null = none.
func dayOf(d graphql.Omittable[*retail.Date]) pricing.Day {
	return pricing.Day{Given: d.IsSet(), Date: orZero(d.Value())}
}
