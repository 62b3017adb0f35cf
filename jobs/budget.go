package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/budgetsample"
	"possync/ent/lightspeedlink"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// sampledAtOnce is how many accounts' samples are stored by one statement.
const sampledAtOnce = 500

// SampleBudgets stores how far the accounts' budgets were used up since it ran last, for each site of these accounts: as the sample of
// the present minute. The sample of that minute of the day before is replaced, so there are never more than a day has minutes. Of the
// samples of one minute, as several processes that use one account store them, the one with the highest level stays.
func (s *Service) SampleBudgets(ctx context.Context) error {
	ctx = tenant.System(ctx)
	peaks := s.API.BudgetPeaks()
	at := s.Clock.Now().UTC().Truncate(time.Minute)
	for accounts := range slices.Chunk(slices.Sorted(maps.Keys(peaks)), sampledAtOnce) {
		links, err := s.Client.LightspeedLink.Query().
			Where(lightspeedlink.AccountIDIn(accounts...), lightspeedlink.StateNEQ(retail.LinkDisconnected)).
			Order(ent.Asc(lightspeedlink.FieldSiteID)). // all processes lock rows in one order
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
		err = s.Client.BudgetSample.CreateBulk(creates...).
			OnConflict(sql.ConflictColumns(budgetsample.FieldSiteID, budgetsample.FieldMinute), sql.ResolveWith(keepHighest)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("store samples of budgets: %w", err)
		}
	}
	return nil
}

// keepHighest keeps the stored sample if it is of the same minute of the same day and has a higher level.
func keepHighest(u *sql.UpdateSet) {
	stored := func(column string) string { return u.Table().C(column) }
	given := func(column string) string { return "excluded." + column }
	for _, column := range []string{budgetsample.FieldSize, budgetsample.FieldDripPerSecond, budgetsample.FieldLevel, budgetsample.FieldSampledAt} {
		u.Set(column, sql.Expr(fmt.Sprintf("CASE WHEN %s = %s AND %s > %s THEN %s ELSE %s END",
			stored(budgetsample.FieldSampledAt), given(budgetsample.FieldSampledAt), stored(budgetsample.FieldLevel), given(budgetsample.FieldLevel),
			stored(column), given(column))))
	}
}
