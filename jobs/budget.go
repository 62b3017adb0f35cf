package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/budgetsample"
	"possync/ent/lightspeedlink"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// sampledAtOnce is how many accounts' samples are stored by one statement.
const sampledAtOnce = 500

// SampleBudgets stores how far the accounts' budgets were used up since it ran last, for each site of these accounts: as the sample of
// the present minute. The sample of that minute of the day before is replaced, so there are never more than a day has minutes.
func (s *Service) SampleBudgets(ctx context.Context) error {
	ctx = tenant.System(ctx)
	peaks := s.API.BudgetPeaks()
	at := s.Clock.Now().UTC().Truncate(time.Minute)
	for accounts := range slices.Chunk(slices.Sorted(maps.Keys(peaks)), sampledAtOnce) {
		links, err := s.Client.LightspeedLink.Query().
			Where(lightspeedlink.AccountIDIn(accounts...), lightspeedlink.StateNEQ(retail.LinkDisconnected)).
			Select(lightspeedlink.FieldID, lightspeedlink.FieldSiteID, lightspeedlink.FieldAccountID).All(ctx)
		if err != nil {
			return fmt.Errorf("look for the sites of accounts: %w", err)
		}
		creates := make([]*ent.BudgetSampleCreate, len(links))
		for i, link := range links {
			peak := peaks[link.AccountID]
			creates[i] = s.Client.BudgetSample.Create().SetSiteID(link.SiteID).SetMinute(at.Hour()*60 + at.Minute()).
				SetLevel(peak.Level).SetSize(peak.Size).SetDripPerSecond(peak.DripPerSecond).SetSampledAt(at)
		}
		if len(creates) == 0 {
			continue
		}
		err = s.Client.BudgetSample.CreateBulk(creates...).OnConflictColumns(budgetsample.FieldSiteID, budgetsample.FieldMinute).
			Update(func(u *ent.BudgetSampleUpsert) { u.UpdateLevel().UpdateSize().UpdateDripPerSecond().UpdateSampledAt() }).Exec(ctx)
		if err != nil {
			return fmt.Errorf("store samples of budgets: %w", err)
		}
	}
	return nil
}
