package settings

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"possync/graph/sitedata"
	"possync/graph/stream"
	"possync/graph/unitofwork"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// Changed says which settings have changed.
type Changed struct {
	Sequence int
	Settings []string

	versions map[string]string // of all settings, by name
}

// Follow streams which of the acting site's settings have changed: first all, then those that do.
func Follow(ctx context.Context, feed stream.Feed) (<-chan *Changed, error) {
	return stream.Follow[*Changed, *Changed](ctx, feed, ownSettings{}, allSettings{}, nil)
}

// ownSettings is the [stream.Source] of a subscriber, whose position is what was sent last.
type ownSettings struct{}

func (s ownSettings) Read(ctx context.Context, last *Changed) (stream.Updates[*Changed, *Changed], error) {
	updates := stream.Updates[*Changed, *Changed]{Reached: last, Passing: true}
	now, err := read(ctx)
	if err != nil {
		return updates, err
	}
	if now, reached, ok := s.Give(last, now); ok {
		updates.List, updates.Reached = []*Changed{now}, reached
	}
	return updates, nil
}

func (ownSettings) Give(last, now *Changed) (given, reached *Changed, ok bool) {
	next := *now
	if last == nil {
		next.Settings = slices.Sorted(maps.Keys(now.versions))
		return &next, &next, true
	}
	next.Settings = nil
	for _, name := range slices.Sorted(maps.Keys(now.versions)) {
		if now.versions[name] != last.versions[name] {
			next.Settings = append(next.Settings, name)
		}
	}
	if len(next.Settings) == 0 {
		return nil, last, false
	}
	next.Sequence = max(now.Sequence, last.Sequence+1)
	return &next, &next, true
}

// allSettings is the [stream.Source] of the follower, which passes on what it reads: each subscriber knows what is new to it.
type allSettings struct{ ownSettings }

func (allSettings) Read(ctx context.Context, _ *Changed) (stream.Updates[*Changed, *Changed], error) {
	now, err := read(ctx)
	if err != nil {
		return stream.Updates[*Changed, *Changed]{}, err
	}
	return stream.Updates[*Changed, *Changed]{List: []*Changed{now}, Passing: true}, nil
}

// read returns how the settings are now.
func read(ctx context.Context) (*Changed, error) {
	state, err := sitedata.State(ctx)
	if err != nil {
		return nil, err
	}
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, err
	}
	now := &Changed{versions: versions(site)}
	pause, err := orderbook.ReadPause(ctx, unitofwork.Client(ctx))
	if err != nil {
		return nil, err
	}
	if pause != nil {
		now.versions[retail.SettingExport] += fmt.Sprintf(" paused %s %q %q", pause.At, pause.By, pause.Reason)
	}
	if state != nil {
		now.Sequence = int(state.SettingsRevision)
	}
	return now, nil
}

// versions returns a text for each group of settings that is another one when any of them changes.
func versions(s *settings.Snapshot) map[string]string {
	all := map[string]string{
		retail.SettingImport: fmt.Sprint(s.Import.Revision), retail.SettingSchedule: fmt.Sprint(s.Schedule.Revision),
		retail.SettingPricing: fmt.Sprint(s.Pricing.Revision), retail.SettingEmails: fmt.Sprint(s.Emails.Revision), retail.SettingConnection: "", retail.SettingStores: "", retail.SettingExport: "",
	}
	if s.Link != nil {
		all[retail.SettingConnection] = fmt.Sprintf("%s %q %q", s.Link.State, s.Link.AccountID, s.Link.EmployeeName)
	}
	if s.Site != nil {
		all[retail.SettingStores] = fmt.Sprint(s.Site.MappingRevision)
	}
	var export strings.Builder
	if s.Export != nil {
		_, _ = fmt.Fprint(&export, s.Export.Revision)
	}
	for _, m := range s.Methods {
		_, _ = fmt.Fprint(&export, " ", m.ID, " ", m.Revision, " ", m.PaymentTypeID)
	}
	all[retail.SettingExport] = export.String()
	return all
}
