package orders

import (
	"context"
	"maps"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"

	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
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
}

// open are the states in which something can hold an order back: all but the final one.
var open = []retail.ExportState{
	"", retail.ExportQueued, retail.ExportSending, retail.ExportUnconfirmed, retail.ExportFailed, retail.ExportBlocked,
}

func (w *Where) predicates(ctx context.Context) ([]predicate.WebOrder, error) {
	if w == nil {
		return nil, nil
	}
	search := ""
	if w.Search != nil {
		search = *w.Search
	}
	most := max(len(w.ExportStates), len(w.Blockers), len(w.StatusIds))
	if err := catalogue.Storable(most, append([]string{search}, w.StatusIds...)); err != nil {
		return nil, err
	}
	var all []predicate.WebOrder
	if w.ExportStates != nil {
		all = append(all, weborder.ExportStateIn(w.ExportStates...))
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
		all = append(all, weborder.RefundOpen(*w.RefundOpen))
	}
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
	if err != nil {
		return nil, err
	}
	if text != "" {
		all = append(all, weborder.Or(contains(text, weborder.FieldNumber, weborder.FieldCustomerName),
			contains(strings.ToLower(text), weborder.FieldCustomerEmail)))
	}
	return all, nil
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

// held narrows by what holds orders back.
func (w *Where) held(ctx context.Context) ([]predicate.WebOrder, error) {
	if w.Blockers == nil && w.Blocked == nil {
		return nil, nil
	}
	settings, err := sitedata.Export(ctx)
	if err != nil {
		return nil, err
	}
	var all []predicate.WebOrder
	if w.Blockers != nil {
		held, err := heldBy(ctx, settings, w.Blockers)
		if err != nil {
			return nil, err
		}
		all = append(all, held)
	}
	if w.Blocked != nil {
		var every []retail.BlockerCode
		for _, name := range retail.BlockerCode("").Values() {
			every = append(every, retail.BlockerCode(name))
		}
		held, err := heldBy(ctx, settings, every)
		if err != nil {
			return nil, err
		}
		if !*w.Blocked {
			held = weborder.Not(held)
		}
		all = append(all, held)
	}
	return all, nil
}

// heldBy finds the orders that any of the codes holds back.
func heldBy(ctx context.Context, settings orderbook.Settings, codes []retail.BlockerCode) (predicate.WebOrder, error) {
	bySite, byOrder := heldBySite(settings, codes), predicate.WebOrder(nil)
	var mask retail.BlockerBits
	for _, code := range codes {
		mask |= code.Bit()
	}
	if mask = mask.Under(settings.Unlinked()); mask != 0 {
		narrow, err := byCombination(ctx, mask)
		if err != nil {
			return nil, err
		}
		byOrder = weborder.And(append(narrow, hasBits(mask))...)
	}
	var any []predicate.WebOrder
	for _, p := range []predicate.WebOrder{bySite, byOrder} {
		if p != nil {
			any = append(any, p)
		}
	}
	if len(any) == 0 {
		return func(s *sql.Selector) { s.Where(sql.False()) }, nil
	}
	return weborder.And(weborder.ExportStateIn(open...), weborder.Or(any...)), nil
}

// heldBySite finds the orders that any of the site's own blockers holds back, or nil if there are none: which register an
// order goes to depends on where it is picked up.
func heldBySite(settings orderbook.Settings, codes []retail.BlockerCode) predicate.WebOrder {
	held := func(location string) bool {
		return slices.ContainsFunc(settings.ExportGate(location).Blockers(), func(c retail.BlockerCode) bool { return slices.Contains(codes, c) })
	}
	routed := slices.Sorted(maps.Keys(settings.Routes))
	var heldRoutes []string
	for _, location := range routed {
		if held(location) {
			heldRoutes = append(heldRoutes, location)
		}
	}
	elsewhere := held("")
	switch {
	case elsewhere && len(heldRoutes) == len(routed):
		return func(s *sql.Selector) { s.Where(sql.ExprP("1 = 1")) }
	case elsewhere:
		return weborder.Or(weborder.PickupLocationIDIsNil(), weborder.PickupLocationIDNotIn(routed...), weborder.PickupLocationIDIn(heldRoutes...))
	case len(heldRoutes) > 0:
		// The null of an order that is sent must make no null of the whole, which nothing, not even its opposite, would find.
		return weborder.And(weborder.PickupLocationIDNotNil(), weborder.PickupLocationIDIn(heldRoutes...))
	default:
		return nil
	}
}

// hasBits finds the orders of which any of the bits is set.
func hasBits(mask retail.BlockerBits) predicate.WebOrder {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteByte('(').Ident(s.C(weborder.FieldBlockerBits)).WriteString(" & ").Arg(int64(mask)).WriteString(") <> 0")
		}))
	}
}
