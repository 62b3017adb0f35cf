package sitedata

import (
	"context"
	"time"

	"possync/internal/fault"
	"possync/internal/retail"
)

// Days returns the instants at which a range of dates of the site begins and is over, nil for an end that is open. Both dates belong
// to it.
func Days(ctx context.Context, from, to *retail.Date) (begin, end *time.Time, err error) {
	if from == nil && to == nil {
		return nil, nil, nil
	}
	zone, err := Zone(ctx)
	if err != nil {
		return nil, nil, err
	}
	if from != nil {
		at, ok := from.Starts(zone)
		if !ok {
			return nil, nil, fault.New(fault.BadInput, "fromDate must be a date.")
		}
		begin = &at
	}
	if to != nil {
		day, err := time.Parse(time.DateOnly, string(*to))
		if err != nil {
			return nil, nil, fault.New(fault.BadInput, "toDate must be a date.")
		}
		at, ok := retail.DateOf(day.AddDate(0, 0, 1)).Starts(zone)
		if !ok { // behind the last date there is
			return begin, nil, nil
		}
		end = &at
	}
	return begin, end, nil
}
