// Package customerdata erases the personal data of a customer when somebody asks for it, and shows how long such data is kept.
package customerdata

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/records/auditlog"
	"possync/internal/records/customerdata"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

const (
	maxErased = 1000 // orders that one call erases
	maxNamed  = 250  // orders that one call names
	maxKept   = 100  // orders that an answer shows
)

// emailBounds are those of the column, see WebOrder.customer_email.
var emailBounds = usererror.Bounds{Least: 1, Most: 320, Bytes: 320}

// Erasure says whose data is to be erased: Email or OrderIDs.
type Erasure struct {
	Email       *string
	OrderIDs    []string
	Expected    *int // how many orders there must be; nil = any
	WithoutSale bool // also of orders that are not in the POS yet
}

// Erased is what was erased, and what is left.
type Erased struct {
	ErasedOrders, RemainingOrders, KeptOrderCount int
	KeptOrders                                    []*KeptOrder
	KeptOrdersTruncated                           bool
	LightspeedCustomers                           []*LightspeedCustomer
	LightspeedAdvice                              *string
}

// KeptOrder is an order that needs the data.
type KeptOrder struct {
	Order     *orders.Order
	NeededFor retail.CustomerDataNeed
}

// Message says for staff what to do.
func (k *KeptOrder) Message() string { return k.NeededFor.Message() }

// LightspeedCustomer is a customer in Lightspeed.
type LightspeedCustomer struct {
	LightspeedID string
	URL          *string
}

// Erase erases what may be erased, or returns what is wrong with the input.
func Erase(ctx context.Context, e Erasure, now time.Time) (*Erased, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	if _, err := orderbook.Lock(ctx, client); err != nil {
		return nil, nil, err
	}
	var found usererror.List
	rows, err := e.orders(ctx, &found)
	if err == nil && e.Expected != nil && *e.Expected != len(rows) && !found.Any() {
		found.Add(usererror.CountChanged, fmt.Sprintf("There are now %d orders with this customer's data, not %d. Check them again.", len(rows), *e.Expected), "expectedCount")
	}
	if err != nil || found.Any() {
		return nil, found, err
	}
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	p := &Erased{KeptOrders: []*KeptOrder{}, LightspeedCustomers: []*LightspeedCustomer{}}
	var ids, keptIDs []string
	kept := map[string]retail.CustomerDataNeed{}
	for _, row := range rows {
		facts := customerdata.FactsOf(row, site.Export)
		need := facts.Need()
		if e.WithoutSale {
			need = facts.NeedWithoutSale()
		}
		switch {
		case need != "":
			if p.KeptOrderCount++; p.KeptOrderCount <= maxKept {
				kept[row.ID], keptIDs = need, append(keptIDs, row.ID)
			}
		case len(ids) < maxErased:
			ids = append(ids, row.ID)
		default:
			p.RemainingOrders++
		}
	}
	inPOS, err := customerdata.Erase(ctx, client, ids, now)
	if err != nil {
		return nil, nil, err
	}
	p.ErasedOrders, p.KeptOrdersTruncated = len(ids), p.KeptOrderCount > maxKept
	if len(ids) > 0 {
		auditlog.Note(ctx, audit.Change{Field: "Orders whose customer was erased", After: strconv.Itoa(len(ids))})
	}
	p.showPOS(ctx, inPOS)
	return p, nil, p.showKept(ctx, kept, keptIDs)
}

// orders reads the customer's orders that still have the data, the oldest first, with what decides whether they need it.
func (e Erasure) orders(ctx context.Context, found *usererror.List) ([]*ent.WebOrder, error) {
	var which predicate.WebOrder
	switch {
	case (e.Email == nil) == (e.OrderIDs == nil):
		found.Add(usererror.Invalid, "Give the customer's e-mail address, or name their orders: one of the two.", "email")
		return nil, nil
	case e.Email != nil:
		email := strings.ToLower(found.Text(*e.Email, emailBounds, "email"))
		if found.Any() {
			return nil, nil
		}
		which = weborder.CustomerEmail(email)
	default:
		if err := e.checkIDs(ctx, found); err != nil || found.Any() {
			return nil, err
		}
		which = weborder.IDIn(e.OrderIDs...)
	}
	rows, err := unitofwork.Client(ctx).WebOrder.Query().Where(which, weborder.CustomerErasedAtIsNil()).
		Order(ent.Asc(weborder.FieldPlacedAt, weborder.FieldID)).
		Select(append([]string{weborder.FieldID}, customerdata.FactColumns...)...).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the orders of a customer: %w", err)
	}
	return rows, nil
}

// checkIDs adds the orders that do not exist.
func (e Erasure) checkIDs(ctx context.Context, found *usererror.List) error {
	switch {
	case len(e.OrderIDs) == 0:
		found.Add(usererror.Empty, "Choose at least one order.", "orderIds")
		return nil
	case len(e.OrderIDs) > maxNamed:
		found.Add(usererror.TooMany, fmt.Sprintf("You can name at most %d orders at once.", maxNamed), "orderIds")
		return nil
	}
	var storable []string
	for _, id := range e.OrderIDs {
		if usererror.Storable(id) {
			storable = append(storable, id)
		}
	}
	known, err := unitofwork.Client(ctx).WebOrder.Query().Where(weborder.IDIn(storable...)).IDs(ctx)
	if err != nil {
		return fmt.Errorf("look for the orders of a customer: %w", err)
	}
	exist := map[string]bool{}
	for _, id := range known {
		exist[id] = true
	}
	for i, id := range e.OrderIDs {
		if !exist[id] {
			found.Add(usererror.NotFound, "This order does not exist.", "orderIds", i)
		}
	}
	return nil
}

// showPOS names the customers in Lightspeed, and says that they are the shop's own matter.
func (p *Erased) showPOS(ctx context.Context, inPOS []customerdata.PosCustomer) {
	for _, c := range inPOS {
		shown := &LightspeedCustomer{LightspeedID: strconv.FormatInt(c.ID, 10)}
		if url := sitedata.Pages(ctx).CustomerURL(c.AccountID, c.ID); url != "" {
			shown.URL = &url
		}
		p.LightspeedCustomers = append(p.LightspeedCustomers, shown)
	}
	if len(inPOS) > 0 {
		advice := "Lightspeed still has this customer with their sales. If they must be erased there too, do it in Lightspeed. Nothing of it is changed from here."
		p.LightspeedAdvice = &advice
	}
}

// showKept shows the orders that keep the data, in the order of their ids' list.
func (p *Erased) showKept(ctx context.Context, needs map[string]retail.CustomerDataNeed, ids []string) error {
	rows, err := orders.ByID(ctx, ids)
	if err != nil {
		return err
	}
	byID := sitedata.Index(rows, func(o *orders.Order) string { return o.ID })
	for _, id := range ids {
		p.KeptOrders = append(p.KeptOrders, &KeptOrder{Order: byID[id], NeededFor: needs[id]})
	}
	return nil
}
