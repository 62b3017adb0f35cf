package inventory_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// What a person decided outlives everything that happens to the item: syncs of everything, a new name, other codes, and
// being archived for a while.
func TestDecisionIsRemembered(t *testing.T) {
	databasetest.NotRaced(t)
	synced(60).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		mine, err := w.Account.AddItem(sandbox.ItemEdit{Description: text("Without a code")}, decimal.Zero)
		must(t, err)
		theirs, err := w.Account.AddItem(sandbox.ItemEdit{Description: text("With the code"), UPC: text("036000291452")}, decimal.Zero)
		must(t, err)
		w.ImportProduct("tissues", "With the code", "036000291452", "", "", true)
		w.FullSync()
		expect := func(when string, id int64, state retail.MatchState, by retail.MatchBasis) {
			t.Helper()
			if item := itemOf(w, id); item.MatchState != state || item.MatchBasis != by {
				t.Errorf("%s: item %d is %s by %q, want %s by %q", when, id, item.MatchState, item.MatchBasis, state, by)
			}
			w.CheckEvaluation()
		}
		expect("before", theirs, retail.MatchLinked, retail.ByUPC)
		tissues := client.Product.Query().Where(product.Key("tissues")).OnlyX(w.Ctx)
		requests := sent(w)
		w.Decide(itemOf(w, mine), tissues, retail.DecisionLink)
		w.Work()
		if got := sent(w); got != requests {
			t.Errorf("the POS was asked %d times about a decision", got-requests)
		}
		both := func(when string) {
			t.Helper()
			expect(when, mine, retail.MatchLinked, retail.ByDecision)
			expect(when, theirs, retail.MatchNotInCatalogue, "")
		}
		both("decided")
		if item := itemOf(w, mine); item.MatchWantedAt != nil {
			t.Error("the item still waits to be matched")
		}
		w.FullSync()
		both("after a full sync")
		must(t, w.Account.Edit(mine, sandbox.ItemEdit{Description: text("Another name")}))
		w.FullSync()
		both("renamed")
		must(t, w.Account.Edit(mine, sandbox.ItemEdit{UPC: text("4006381333931")}))
		w.FullSync()
		both("with another code")
		must(t, w.Account.Archive(mine))
		w.FullSync()
		expect("archived", mine, retail.MatchNotInCatalogue, "")
		expect("archived", theirs, retail.MatchLinked, retail.ByUPC)
		must(t, w.Account.Unarchive(mine))
		w.FullSync()
		both("restored")
		w.ImportProduct("tissues", "With the code", "036000291452", "", "", false)
		w.Work()
		expect("retired", mine, retail.MatchNotInCatalogue, "")
		w.ImportProduct("tissues", "With the code", "036000291452", "", "", true)
		w.Work()
		both("offered again")

		w.Withdraw(client.MatchDecision.Query().OnlyX(w.Ctx))
		w.Work()
		expect("withdrawn", theirs, retail.MatchLinked, retail.ByUPC)
		w.Decide(itemOf(w, theirs), tissues, retail.DecisionReject)
		w.Work()
		expect("rejected", theirs, retail.MatchNotInCatalogue, "")
		must(t, w.Account.Edit(theirs, sandbox.ItemEdit{UPC: text(""), EAN: text("0036000291452")}))
		w.FullSync()
		expect("rejected, with the code in another field", theirs, retail.MatchNotInCatalogue, "")
		must(t, w.Account.Edit(mine, sandbox.ItemEdit{Description: text("WITH THE CODE"), UPC: text("036000291452")}))
		w.FullSync()
		expect("rejected for the other alone", mine, retail.MatchLinked, retail.ByUPC)
	})
}

func itemOf(w *jobstest.Fixture, id int64) *ent.PosItem {
	return w.Client.PosItem.Query().Where(positem.LightspeedID(id)).OnlyX(w.Ctx)
}

func text(s string) *string { return &s }
