package export

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"possync/ent/posclaim"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// clockMargin is how far our clock may be ahead of Lightspeed's.
const clockMargin = 5 * time.Minute

// errOrderRefused says that Lightspeed refuses what is the order's own, so that other orders are not concerned.
var errOrderRefused = errors.New("the order is refused by Lightspeed")

// customerSearch is how a customer is found in Lightspeed.
type customerSearch struct {
	key  string // of the claim: two workers with the same key create one customer
	find func(ctx context.Context) ([]lightspeed.Customer, error)
	once bool // it is this order's customer alone, so that there is nothing to find before it was created
}

// customer returns the POS's id of the customer: found by e-mail, or else by phone, and added when there is none. Nothing of one that
// exists is changed. Without an e-mail address and a phone number the order gets a customer of its own, and with nothing at all none: 0.
func (t *task) customer(ctx context.Context, c retail.Customer) (int64, error) {
	if c == (retail.Customer{}) {
		return 0, nil
	}
	search := t.searchOf(c)
	find := func(ctx context.Context) (int64, error) {
		found, err := search.find(ctx)
		return bestOf(found, c), err
	}
	if !search.once {
		if id, err := find(ctx); err != nil || id != 0 {
			return id, err
		}
	}
	known, err := t.x.loadClaim(ctx, orderbook.ClaimCustomer, search.key)
	if err != nil {
		return 0, err
	}
	switch {
	case search.once:
		find = func(ctx context.Context) (int64, error) {
			claim, err := t.x.loadClaim(ctx, orderbook.ClaimCustomer, search.key)
			if err != nil || claim == nil || !claim.Sent {
				return 0, err
			}
			return t.created(ctx, c, claim.CreatedAt.Add(-clockMargin))
		}
	case known != nil && known.LightspeedID != 0 && t.x.Clock.Now().Sub(known.UpdatedAt) > settleTime:
		// One that was added here a moment ago may not be found yet; one that was archived since is not found any more.
		if err := t.x.storeClaim(ctx, orderbook.ClaimCustomer, search.key, 0); err != nil {
			return 0, err
		}
	}
	return t.x.getOrCreate(ctx, posRecord{kind: orderbook.ClaimCustomer, key: search.key, find: find,
		create: func(ctx context.Context) (int64, error) {
			made, err := t.account.CreateCustomer(ctx, newCustomer(c))
			var refusal *lightspeed.APIError
			if errors.As(err, &refusal) {
				err = fmt.Errorf("%w: %w", errOrderRefused, err)
			}
			return made.CustomerID, err
		}})
}

func (t *task) searchOf(c retail.Customer) customerSearch {
	search := customerSearch{key: c.ClaimKey(t.export.OrderID)}
	switch {
	case c.Email != "":
		search.find = func(ctx context.Context) ([]lightspeed.Customer, error) {
			return t.account.CustomersByEmail(ctx, c.Email)
		}
	case c.PhoneDigits() != "":
		search.find = func(ctx context.Context) ([]lightspeed.Customer, error) {
			return t.account.CustomersByPhone(ctx, c.Phone)
		}
	default:
		search.once = true
	}
	return search
}

// bestOf returns the id of the oldest of the customers, of one of the same name if there is any; 0 = there are none.
func bestOf(found []lightspeed.Customer, c retail.Customer) (id int64) {
	named := false
	for _, f := range found {
		same := strings.EqualFold(f.FirstName, c.FirstName) && strings.EqualFold(f.LastName, c.LastName)
		if id == 0 || same && !named || same == named && f.CustomerID < id {
			id, named = f.CustomerID, same
		}
	}
	return id
}

// created returns the id of the customer that an earlier request has created since that time, and whose answer was lost; 0 = it has
// created none.
func (t *task) created(ctx context.Context, c retail.Customer, since time.Time) (int64, error) {
	for page, err := range t.account.CustomersSince(since).All(ctx) {
		if err != nil {
			return 0, fmt.Errorf("look for the customer that was created: %w", err)
		}
		for _, f := range page.Rows {
			phone := ""
			if len(f.Phones) > 0 {
				phone = f.Phones[0].Text
			}
			alike := f.FirstName == c.FirstName && f.LastName == c.LastName && f.Company == c.Company && phone == c.Phone
			if !alike || len(f.Emails) > 0 {
				continue
			}
			others, err := t.x.Client.PosClaim.Query().Where(posclaim.Kind(orderbook.ClaimCustomer), posclaim.LightspeedID(f.CustomerID)).Exist(ctx)
			if err != nil {
				return 0, fmt.Errorf("look for the order of customer %d: %w", f.CustomerID, err)
			}
			if !others {
				return f.CustomerID, nil
			}
		}
	}
	return 0, nil
}

func newCustomer(c retail.Customer) lightspeed.NewCustomer {
	return lightspeed.NewCustomer{
		FirstName: c.FirstName, LastName: c.LastName, Company: c.Company, Email: c.Email, Phone: c.Phone,
		Address: lightspeed.Address{
			Line1: c.Address.Line1, Line2: c.Address.Line2, City: c.Address.City, State: c.Address.Region,
			Zip: c.Address.Zip, Country: c.Address.Country,
		},
	}
}
