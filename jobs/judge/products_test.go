package judge_test

import (
	"context"
	"testing"

	"possync/ent"
	"possync/ent/display"
	"possync/ent/store/storetest"
	"possync/internal/database"
	"possync/internal/retail"
	"possync/jobs/judge"
)

// A product that the platform changes while its change of before is matched waits to be matched again.
func TestProductChangedWhileItIsMatched(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		for i, key := range []string{"still", "moving"} {
			err := client.Product.Create().SetKey(key).SetName(key).SetContentHash(int64(i + 1)).Exec(ctx)
			if err != nil {
				t.Fatal(err)
			}
		}
		moved := false
		client.Product.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
			return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
				read, err := next.Query(ctx, q)
				if products, ok := read.([]*ent.Product); ok && !moved {
					moved = true
					for _, p := range products {
						if p.Key == "moving" {
							err := client.Product.UpdateOneID(p.ID).SetContentHash(3).SetMatchPending(true).
								SetStaleCodes([]string{"00036000291452"}).Exec(ctx)
							if err != nil {
								t.Error(err)
							}
						}
					}
				}
				return read, err
			})
		}))
		if _, _, err := judge.Pending(ctx, client, judge.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Now: storetest.Now()}); err != nil {
			t.Fatal(err)
		}
		for _, p := range client.Product.Query().AllX(ctx) {
			if want := p.Key == "moving"; p.MatchPending != want || len(p.StaleCodes) > 0 != want {
				t.Errorf("%s: pending %t with codes %v", p.Key, p.MatchPending, p.StaleCodes)
			}
		}
	})
}
