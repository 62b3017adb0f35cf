// Package site registers a site and its locations for the platform, and reports what its set-up still lacks, once or as a
// stream.
package site

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/product"
	"possync/ent/site"
	"possync/ent/syncstate"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/records/auditlog"
	"possync/internal/records/feedlog"
	"possync/internal/records/revokedtoken"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// keyed are the limits of keys and names, in characters and in stored bytes.
var keyed = usererror.Bounds{Least: 1, Most: 200, Bytes: 200}

// Details are a site's details as the platform sends them.
type Details struct {
	Name         string
	CurrencyCode string
	TimeZone     string
	HeldBack     bool // a new site displays and exports nothing until a manager goes live
}

// Register registers the principal's site, or updates it.
func Register(ctx context.Context, p tenant.Principal, d Details, now time.Time) (*ent.Site, usererror.List, error) {
	var found usererror.List
	found.Text(p.SiteKey, keyed)
	d.Name = found.Text(d.Name, keyed, "name")
	if !isCurrency(d.CurrencyCode) {
		found.Add(usererror.Invalid, "The currency must be an ISO 4217 code in capital letters, such as USD.", "currencyCode")
	} else if currency := retail.Currency(d.CurrencyCode); !currency.Sellable() {
		found.Say(usererror.Invalid, "Amounts in {currency} have {decimals} decimals, and Lightspeed rounds each sale to 2. Register the site with another currency.", message.Values{"currency": currency, "decimals": currency.Decimals()}, "currencyCode")
	}
	if !isZone(d.TimeZone) {
		found.Add(usererror.Invalid, "The time zone must be an IANA name, such as America/Los_Angeles.", "timeZone")
	}
	if found.Any() {
		return nil, found, nil
	}
	old, err := sitedata.Site(ctx)
	if err == nil && old != nil {
		_, err = unitofwork.Lock(ctx) // not one that is being deleted
	}
	if err != nil {
		return nil, nil, err
	}
	switch {
	case old == nil:
		err = create(ctx, p, d, now)
	case old.Name != d.Name || old.CurrencyCode != d.CurrencyCode || old.TimeZone != d.TimeZone:
		found, err = update(ctx, old, d, now)
	}
	if err != nil || found.Any() {
		return nil, found, err
	}
	sitedata.ClearCache(ctx)
	registered, err := sitedata.Site(ctx)
	return registered, nil, err
}

// create adds the site with its state. Of two requests at the same time, the later one overwrites the earlier one.
func create(ctx context.Context, p tenant.Principal, d Details, now time.Time) error {
	client := unitofwork.Client(ctx)
	err := client.Site.Create().SetID(p.SiteID).SetKey(p.SiteKey).
		SetName(d.Name).SetCurrencyCode(d.CurrencyCode).SetTimeZone(d.TimeZone).SetLive(!d.HeldBack).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(site.FieldID).Update(func(u *ent.SiteUpsert) {
		u.UpdateName().UpdateCurrencyCode().UpdateTimeZone().UpdateUpdatedAt()
	}).Exec(ctx)
	if err != nil {
		return fmt.Errorf("register the site: %w", err)
	}
	err = client.SyncState.Create().SetSiteID(p.SiteID).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(syncstate.FieldSiteID).Ignore().Exec(ctx)
	if err != nil {
		return fmt.Errorf("make the site's state: %w", err)
	}
	event.Wake(ctx, synclog.SetupTopic(p.SiteID), synclog.ProgressTopic(p.SiteID), revokedtoken.Topic)
	noteDetails(ctx, Details{}, d)
	return nil
}

// noteDetails notes for the audit log what differs.
func noteDetails(ctx context.Context, before, after Details) {
	auditlog.Note(ctx, audit.Change{Field: "Name", Before: before.Name, After: after.Name},
		audit.Change{Field: "Currency", Before: before.CurrencyCode, After: after.CurrencyCode},
		audit.Change{Field: "Time zone", Before: before.TimeZone, After: after.TimeZone})
}

// update updates a site, whose lock the transaction holds.
func update(ctx context.Context, old *ent.Site, d Details, now time.Time) (found usererror.List, err error) {
	client := unitofwork.Client(ctx)
	if d.CurrencyCode != old.CurrencyCode {
		amounts, err := hasAmounts(ctx, client)
		if err != nil {
			return nil, err
		}
		if amounts {
			found.Say(usererror.InUse, "The site already has prices or orders in {currency}, and their amounts would not be converted. "+
				"Keep {currency}, or register a new site for the other currency.", message.Values{"currency": old.CurrencyCode}, "currencyCode")
			return found, nil
		}
	}
	err = client.Site.UpdateOneID(old.ID).
		SetName(d.Name).SetCurrencyCode(d.CurrencyCode).SetTimeZone(d.TimeZone).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("update the site: %w", err)
	}
	noteDetails(ctx, Details{Name: old.Name, CurrencyCode: old.CurrencyCode, TimeZone: old.TimeZone}, d)
	if d.CurrencyCode != old.CurrencyCode {
		if _, err := feedlog.MarkWhere(ctx, client); err != nil { // every amount changes
			return nil, err
		}
	}
	if d.TimeZone == old.TimeZone {
		return nil, nil
	}
	if err := feedlog.MarkTimeZone(ctx, client, now); err != nil {
		return nil, err
	}
	sitedata.ClearCache(ctx)
	return nil, settings.Reschedule(ctx, now)
}

// hasAmounts reports whether anything of the site has an amount in its currency.
func hasAmounts(ctx context.Context, client *ent.Client) (bool, error) {
	found, err := client.Product.Query().Where(product.PriceNEQ(0)).Exist(ctx)
	if err == nil && !found {
		found, err = client.WebOrder.Query().Exist(ctx)
	}
	if err != nil {
		return false, fmt.Errorf("look for amounts: %w", err)
	}
	return found, nil
}

// isZone reports whether the text is the name of a time zone. "Local" is one to Go, and means the server's.
func isZone(name string) bool {
	const column = 64 // bytes
	if name == "" || name == "Local" || len(name) > column {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}
