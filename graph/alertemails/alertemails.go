// Package alertemails changes to whom a site's alerts go by e-mail, and asks for test messages. The jobs send them.
package alertemails

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"possync/ent"
	entalertemail "possync/ent/alertemail"
	"possync/ent/alertemailsettings"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/records/alertemail"
	"possync/internal/records/auditlog"
	"possync/internal/retail"
)

// Sending is what the server can do.
type Sending struct {
	Available bool   // it has a mail server
	AlertsURL string // where people see the alerts
}

// Settings are the settings with the addresses.
type Settings struct {
	*ent.AlertEmailSettings
	Available bool
}

// DailyTime returns when the daily message is sent.
func (s *Settings) DailyTime() retail.TimeOfDay {
	return retail.TimeOfDay(s.AlertEmailSettings.DailyAt)
}

// Addresses returns the addresses, each with its last message.
func (s *Settings) Addresses(ctx context.Context) ([]*Address, error) {
	addresses := alertemail.Addresses(s.AlertEmailSettings)
	last, err := alertemail.Last(ctx, unitofwork.Client(ctx), addresses)
	if err != nil {
		return nil, err
	}
	list := make([]*Address, len(addresses))
	for i, address := range addresses {
		list[i] = &Address{Address: address, LastEmail: EmailOf(last[address])}
	}
	return list, nil
}

// Address is an address with its last message; nil = there is none.
type Address struct {
	Address   string
	LastEmail *Email
}

// Email is a message.
type Email struct{ *ent.AlertEmail }

// EmailOf returns what the API shows of a message; nil of none.
func EmailOf(row *ent.AlertEmail) *Email {
	if row == nil {
		return nil
	}
	return &Email{row}
}

// Problem returns why the last attempt failed, or nil.
func (e *Email) Problem() *retail.EmailProblem {
	if e.AlertEmail.Problem == "" {
		return nil
	}
	return &e.AlertEmail.Problem
}

// ServerSaid returns what the mail server said then, or nil.
func (e *Email) ServerSaid() *string {
	if e.AlertEmail.ServerSaid == "" {
		return nil
	}
	return &e.AlertEmail.ServerSaid
}

// Read returns the acting site's settings.
func Read(ctx context.Context, s Sending) (*Settings, error) {
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return &Settings{AlertEmailSettings: site.Emails, Available: s.Available}, nil
}

// Change is a change of the settings; nil = unchanged.
type Change struct {
	Addresses []string // in full
	Mode      *retail.AlertEmailMode
	DailyTime *retail.TimeOfDay
}

// Update changes the settings. found holds known errors of the input: with any error nothing is changed.
func Update(ctx context.Context, change Change, expected *int, found usererror.List, s Sending, now time.Time) (*Settings, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	old, err := Read(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	addresses, mode, at := alertemail.Addresses(old.AlertEmailSettings), old.Mode, old.DailyTime()
	if change.Addresses != nil {
		addresses = checkAddresses(change.Addresses, &found)
	}
	settings.Assign(&mode, change.Mode)
	settings.Assign(&at, change.DailyTime)
	if err := settings.CheckRevision(ctx, &found, retail.SettingEmails, expected, old.Revision); err != nil {
		return nil, nil, err
	}
	if found.Any() {
		return nil, found, nil
	}
	text := strings.Join(addresses, "\n")
	if text == old.AlertEmailSettings.Addresses && mode == old.Mode && at == old.DailyTime() {
		return old, nil, nil
	}
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	err = client.AlertEmailSettings.Create().SetSiteID(state.SiteID).SetAddresses(text).SetMode(mode).SetDailyAt(int(at)).
		SetNillableDailyDueAt(alertemail.NextDaily(mode, at, len(addresses), zone, now)).SetRevision(old.Revision + 1).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(alertemailsettings.FieldSiteID).Update(func(u *ent.AlertEmailSettingsUpsert) {
		u.UpdateAddresses().UpdateMode().UpdateDailyAt().UpdateDailyDueAt().UpdateRevision().UpdateUpdatedAt()
	}).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("store to whom alerts go: %w", err)
	}
	if err := alertemail.Forget(ctx, client, addresses, now); err != nil {
		return nil, nil, err
	}
	err = settings.Record(ctx, retail.SettingEmails, old.Revision+1, now,
		settings.Change{Field: "E-mail addresses for alerts", Before: listed(alertemail.Addresses(old.AlertEmailSettings)), After: listed(addresses)},
		settings.Change{Field: "When alerts are sent by e-mail", Before: modeWords[old.Mode], After: modeWords[mode]},
		settings.Change{Field: "Time of the daily e-mail", Before: old.DailyTime().String(), After: at.String()})
	if err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	fresh, err := Read(ctx, s)
	return fresh, nil, err
}

var modeWords = map[retail.AlertEmailMode]string{retail.AlertEmailAtOnce: "at once", retail.AlertEmailDaily: "once a day"}

func listed(addresses []string) string {
	if len(addresses) == 0 {
		return "none"
	}
	return strings.Join(addresses, ", ")
}

// checkAddresses returns addresses as they are stored.
func checkAddresses(texts []string, found *usererror.List) []string {
	if len(texts) > retail.MaxAlertEmailAddresses {
		found.Say(usererror.TooMany, "There can be at most {limit} addresses.", message.Values{"limit": retail.MaxAlertEmailAddresses}, "addresses")
		return nil
	}
	addresses := []string{}
	for i, text := range texts {
		address, ok := retail.EmailAddress(text)
		switch {
		case !ok:
			found.Add(usererror.Invalid, "This is not an e-mail address. Enter one such as anna@shop.example, without a name beside it.", "addresses", i)
		case slices.ContainsFunc(addresses, func(known string) bool { return strings.EqualFold(known, address) }):
			found.Add(usererror.Duplicate, "This address is entered twice. Remove one of them.", "addresses", i)
		default:
			addresses = append(addresses, address)
		}
	}
	return addresses
}

// Test asks for a test message to one of the site's addresses.
func Test(ctx context.Context, to string, s Sending, now time.Time) (*Email, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	recent, err := alertemail.RecentTests(ctx, client, now)
	if err != nil {
		return nil, nil, err
	}
	var found usererror.List
	address, _ := retail.EmailAddress(to)
	switch {
	case !s.Available:
		found.Add(usererror.EmailNotAvailable, "POS Sync is not set up to send e-mail. Ask its operator to set up a mail server.")
	case !slices.Contains(alertemail.Addresses(site.Emails), address):
		found.Add(usererror.NotFound, "Alerts do not go to this address yet. Save it first.", "address")
	case recent >= alertemail.MaxTests:
		found.Say(usererror.TooMany, "You can send at most {limit} test messages in {minutes} minutes. Try again later.",
			message.Values{"limit": alertemail.MaxTests, "minutes": int(alertemail.TestsEvery.Minutes())}, "address")
	}
	if found.Any() {
		return nil, found, nil
	}
	sent, err := alertemail.Test(ctx, client, address, site.Site.Name, s.AlertsURL, now)
	if err != nil {
		return nil, nil, err
	}
	auditlog.Note(ctx, audit.Change{Field: "Address", After: address})
	return EmailOf(sent), nil, nil
}

// ByID reads messages by their ids; those that the site does not have are left out.
func ByID(ctx context.Context, ids []string) ([]*Email, error) {
	rows, err := unitofwork.Client(ctx).AlertEmail.Query().Where(entalertemail.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	list := make([]*Email, len(rows))
	for i, row := range rows {
		list[i] = EmailOf(row)
	}
	return list, nil
}
