package orders

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/lookup"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Where filters orders; all that is given must hold.
type Where struct {
	ExportStates    []retail.ExportState
	ExportRequested *bool
	Blockers        []retail.BlockerCode // held back by any
	Blocked         *bool
	StatusIds       []string
	Search          *string
	PlacedFromDate  *retail.Date
	PlacedToDate    *retail.Date
	RefundOpen      *bool

	PickupLocationIds []string
	Shipped           *bool // has no pickup location
	Fulfilled         *bool
	Cancelled         *bool
	WithoutStatus     *bool
	PaymentStates     []retail.OrderPaymentState
	Phone             *string // or the end of it
	AlertID           *string // waits because of it
}

func (w *Where) predicates(ctx context.Context) ([]predicate.WebOrder, error) {
	if w == nil {
		return nil, nil
	}
	err := catalogue.Storable(catalogue.Counted("exportStates", len(w.ExportStates)), catalogue.Counted("blockers", len(w.Blockers)),
		catalogue.Listed("statusIds", w.StatusIds), catalogue.Listed("pickupLocationIds", w.PickupLocationIds),
		catalogue.Counted("paymentStates", len(w.PaymentStates)), catalogue.Typed("search", w.Search), catalogue.Typed("phone", w.Phone),
		catalogue.Typed("alertId", w.AlertID))
	if err != nil {
		return nil, err
	}
	var all []predicate.WebOrder
	if w.ExportStates != nil {
		all = append(all, inStates(w.ExportStates))
	}
	if w.ExportRequested != nil {
		if *w.ExportRequested {
			all = append(all, weborder.ExportStateNEQ(""))
		} else {
			all = append(all, weborder.ExportStateEQ(""))
		}
	}
	if w.StatusIds != nil {
		all = append(all, weborder.StatusIDIn(w.StatusIds...))
	}
	if w.RefundOpen != nil {
		all = append(all, orderbook.RefundOpen(*w.RefundOpen))
	}
	all = append(all, w.facts()...)
	phone, err := w.phone()
	if err != nil {
		return nil, err
	}
	all = append(all, phone...)
	waiting, err := w.waiting(ctx)
	if err != nil {
		return nil, err
	}
	all = append(all, waiting...)
	placed, err := w.placed(ctx)
	if err != nil {
		return nil, err
	}
	blocked, err := w.held(ctx)
	if err != nil {
		return nil, err
	}
	all = append(append(all, placed...), blocked...)
	text, err := catalogue.Searched(w.Search)
	if err != nil || text == "" {
		return all, err
	}
	found, err := searched(ctx, text)
	return append(all, found), err
}

// inStates finds the orders whose exports are in one of the states. In the end nearly all are exported.
func inStates(states []retail.ExportState) predicate.WebOrder {
	if slices.Contains(states, retail.ExportExported) {
		return weborder.ExportStateIn(states...)
	}
	return lookup.FewIn[predicate.WebOrder](weborder.FieldExportState, states...)
}

// waiting narrows to what waits because of an alert: nothing does because of one that there is not.
func (w *Where) waiting(ctx context.Context) ([]predicate.WebOrder, error) {
	if w.AlertID == nil {
		return nil, nil
	}
	a, err := unitofwork.Client(ctx).Alert.Query().Where(alert.ID(*w.AlertID)).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("read the alert: %w", err)
	}
	cause := ""
	if a != nil {
		cause = a.Cause
	}
	return []predicate.WebOrder{orderbook.WaitingFor(cause)}, nil
}

// placed narrows to days of the site's zone.
func (w *Where) placed(ctx context.Context) ([]predicate.WebOrder, error) {
	if w.PlacedFromDate == nil && w.PlacedToDate == nil {
		return nil, nil
	}
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return nil, err
	}
	var all []predicate.WebOrder
	if w.PlacedFromDate != nil {
		if start, ok := w.PlacedFromDate.Starts(zone); ok {
			all = append(all, weborder.PlacedAtGTE(start))
		}
	}
	if w.PlacedToDate != nil {
		if end, ok := w.PlacedToDate.Next().Starts(zone); ok {
			all = append(all, weborder.PlacedAtLT(end))
		}
	}
	return all, nil
}
