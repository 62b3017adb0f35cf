package inventory_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/shop"
	"possync/ent/shopstock"
	"possync/ent/unusablerow"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/inventory"
	"possync/jobs/jobstest"
)

// ask asks for a run of a part, as startSync does.
func ask(t *testing.T, w *jobstest.Fixture, r synclog.Request) *ent.SyncRun {
	t.Helper()
	r.Trigger = retail.TriggerManual
	var run *ent.SyncRun
	must(t, store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) (err error) {
		run, _, err = synclog.Enqueue(ctx, tx, r, w.Clock.Now())
		return err
	}))
	return run
}

func numbers(from, to int64) (ids []int64) {
	for id := from; id <= to; id++ {
		ids = append(ids, id)
	}
	return ids
}

func onHand(w *jobstest.Fixture, item, shop int64) int64 {
	return w.Client.ShopStock.Query().Where(shopstock.LightspeedItemID(item), shopstock.LightspeedShopID(shop)).OnlyX(w.Ctx).OnHand
}

// A run of one shop reads its stock and nothing else; what changed elsewhere is left to the next run of everything.
func TestOneShop(t *testing.T) {
	databasetest.NotRaced(t)
	for _, kind := range []retail.RunKind{retail.KindShopDelta, retail.KindShopFull} {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				client := w.Client
				w.Clock.Advance(time.Hour)
				w.Tick()
				w.Clock.Advance(10 * time.Minute)
				must(t, w.Account.Receive(7, 2, 5))
				must(t, w.Account.Receive(7, 1, 5))
				must(t, w.Account.Reprice(8, 1, decimal.RequireFromString("19.90")))
				before := client.SyncState.Query().OnlyX(w.Ctx)
				others := client.Shop.Query().Where(shop.LightspeedIDNEQ(2)).Order(ent.Asc(shop.FieldLightspeedID)).AllX(w.Ctx)
				elsewhere, here := onHand(w, 7, 1), onHand(w, 7, 2)
				var paths []string
				w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
					if q := r.URL.Query(); !strings.HasPrefix(r.URL.Path, "/auth/") {
						paths = append(paths, r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]+" "+q.Get("shopID"))
					}
					return nil
				}
				run := ask(t, w, synclog.Request{Kind: kind, ShopID: 2})
				w.Work()
				w.POS.FaultFor = nil
				run = client.SyncRun.GetX(w.Ctx, run.ID)
				if run.State != retail.RunCompleted || run.StockChanged != 1 || run.ItemsRead != 0 || run.Done != run.StockRead {
					t.Errorf("%s: %v", kind, run)
				}
				if kind == retail.KindShopFull && (run.Total == nil || *run.Total != run.Done || run.Done < 200) {
					t.Errorf("%s: %d of %v rows", kind, run.Done, run.Total)
				}
				for _, path := range paths {
					if path != "ItemShop.json 2" {
						t.Errorf("%s: asked for %s", kind, path)
					}
				}
				if a, b := onHand(w, 7, 2), onHand(w, 7, 1); a != here+5 || b != elsewhere {
					t.Errorf("%s: %d in the shop, %d elsewhere; before %d and %d", kind, a, b, here, elsewhere)
				}
				after := client.SyncState.Query().OnlyX(w.Ctx)
				if !after.StockSince.Equal(*before.StockSince) || !after.ItemsSince.Equal(*before.ItemsSince) ||
					!after.NextRunAt.Equal(*before.NextRunAt) || !after.FullDueAt.Equal(*before.FullDueAt) || !after.LastSuccessAt.Equal(*before.LastSuccessAt) {
					t.Errorf("%s moved the marks: %v, before %v", kind, after, before)
				}
				// Its stock is known to be fresh, that of the others is as old as it was (B6).
				fresh := client.Shop.Query().Where(shop.LightspeedID(2)).OnlyX(w.Ctx)
				if now := w.POS.Now(); now.Sub(*fresh.StockAsOf) > time.Minute {
					t.Errorf("%s: the stock is as of %v, now is %v", kind, fresh.StockAsOf, now)
				}
				for _, s := range others {
					if now := client.Shop.GetX(w.Ctx, s.ID); !now.StockAsOf.Equal(*s.StockAsOf) {
						t.Errorf("%s: stock of shop %d was as of %v, is as of %v", kind, s.LightspeedID, s.StockAsOf, now.StockAsOf)
					}
				}
				w.Tick()
				w.CheckMirror()
				w.CheckEvaluation()
			})
		})
	}
}

// A run of chosen items reads these with their stock, a hundred at a time, and nothing else.
func TestChosenItems(t *testing.T) {
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.Clock.Advance(time.Hour)
		w.Tick()
		w.Clock.Advance(10 * time.Minute)
		must(t, w.Account.Receive(7, 2, 5))
		must(t, w.Account.Receive(300, 2, 5))
		must(t, w.Account.Archive(9))
		must(t, w.Account.Reprice(8, 1, decimal.RequireFromString("19.90")))
		before := client.SyncState.Query().OnlyX(w.Ctx)
		asOf := client.Shop.Query().Where(shop.LightspeedID(2)).OnlyX(w.Ctx).StockAsOf
		here, elsewhere := onHand(w, 7, 2), onHand(w, 300, 2)
		requests := sent(w)
		run := ask(t, w, synclog.Request{Kind: retail.KindItems, ItemIDs: numbers(1, 250)})
		w.Work()
		run = client.SyncRun.GetX(w.Ctx, run.ID)
		if run.State != retail.RunCompleted || run.ItemsRead != 250 || run.Done != 250 || run.Total == nil || *run.Total != 250 || run.ItemsChanged != 2 {
			t.Errorf("run: %v", run)
		}
		if got := sent(w) - requests; got > 6 { // a full page is followed by an empty one
			t.Errorf("%d requests for 250 items", got)
		}
		if a, b := onHand(w, 7, 2), onHand(w, 300, 2); a != here+5 || b != elsewhere {
			t.Errorf("item 7 has %d, item 300 has %d; before %d and %d", a, b, here, elsewhere)
		}
		if !client.PosItem.Query().Where(positem.LightspeedID(9)).OnlyX(w.Ctx).Archived {
			t.Error("the archived item is not known to be")
		}
		after := client.SyncState.Query().OnlyX(w.Ctx)
		if !after.StockSince.Equal(*before.StockSince) || !after.ItemsSince.Equal(*before.ItemsSince) || !after.NextRunAt.Equal(*before.NextRunAt) {
			t.Errorf("the marks moved: %v, before %v", after, before)
		}
		if now := client.Shop.Query().Where(shop.LightspeedID(2)).OnlyX(w.Ctx).StockAsOf; !now.Equal(*asOf) {
			t.Errorf("the shop's stock counts as read: as of %v, before %v", now, asOf)
		}
		w.Tick()
		w.CheckMirror()
		w.CheckEvaluation()
	})
}

// The account's budget is shown as it is after a run of a part too (B13).
func TestScopedSyncReportsTheBudget(t *testing.T) {
	w := synced(100).Any(t)
	client := w.Client
	w.Clock.Advance(time.Hour)
	for _, r := range []synclog.Request{{Kind: retail.KindItems, ItemIDs: numbers(1, 3)}, {Kind: retail.KindShopDelta, ShopID: 1}} {
		began := w.Clock.Now()
		ask(t, w, r)
		w.Work()
		link := client.LightspeedLink.Query().OnlyX(w.Ctx)
		if link.BudgetObservedAt == nil || link.BudgetObservedAt.Before(began) || link.BudgetLevel <= 0 {
			t.Errorf("%s: the budget is %v as of %v, the run began at %v", r.Kind, link.BudgetLevel, link.BudgetObservedAt, began)
		}
		w.Clock.Advance(time.Minute)
	}
}

// A run of chosen items that is killed goes on from the portion it was at.
func TestKilledDuringChosenItems(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.Resize(inventory.Sizes{Pages: 1})
		other := databasetest.Reopen(t, w.DB)
		var asked []string
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if ids := r.URL.Query().Get("itemID"); strings.Contains(r.URL.Path, "/Item.json") && !r.URL.Query().Has("after") {
				if asked = append(asked, strings.Split(strings.TrimPrefix(ids, "IN,["), ",")[0]); len(asked) == 2 {
					_ = other.Close()
				}
			}
			return nil
		}
		run := ask(t, w, synclog.Request{Kind: retail.KindItems, ItemIDs: numbers(1, 250)})
		if err := w.Process(storetest.NewClient(other), "killed").WorkDue(t.Context()); err == nil {
			t.Fatal("the killed process noticed nothing")
		}
		w.Clock.Advance(11 * time.Second)
		w.Work()
		run = client.SyncRun.GetX(w.Ctx, run.ID)
		if got := strings.Join(asked, " "); run.State != retail.RunCompleted || run.Done != 250 || got != "1 101 101 201" {
			t.Errorf("the portions were asked for from %s; %v", got, run)
		}
	})
}

// A run of a part can be cancelled between its pages; what it read stays, and the schedule goes on.
func TestCancelScopedSync(t *testing.T) {
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		w.Resize(inventory.Sizes{Pages: 1})
		for _, r := range []synclog.Request{{Kind: retail.KindItems, ItemIDs: numbers(1, 250)}, {Kind: retail.KindShopFull, ShopID: 1}} {
			run := ask(t, w, r)
			pages := 0
			w.POS.FaultFor = func(*http.Request) []sandbox.Fault {
				if pages++; pages == 2 {
					client.SyncRun.UpdateOneID(run.ID).SetCancelRequested(true).ExecX(w.Ctx)
				}
				return nil
			}
			next := client.SyncState.Query().OnlyX(w.Ctx).NextRunAt
			w.Work()
			w.POS.FaultFor = nil
			run = client.SyncRun.GetX(w.Ctx, run.ID)
			if run.State != retail.RunCancelled || run.Done == 0 || run.Done == *run.Total {
				t.Errorf("%s: %v", r.Kind, run)
			}
			if now := client.SyncState.Query().OnlyX(w.Ctx).NextRunAt; now == nil || !now.Equal(*next) {
				t.Errorf("%s: the next run was at %v, is at %v", r.Kind, next, now)
			}
		}
	})
}

// A run of a part waits for a POS that is down, and goes on; and a grant that ended ends it and the schedule.
func TestErrorsDuringScopedSync(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		client := w.Client
		for _, r := range []synclog.Request{{Kind: retail.KindItems, ItemIDs: numbers(1, 9)}, {Kind: retail.KindShopDelta, ShopID: 1}} {
			_, err := w.POS.AddFault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 503, Path: "/API/"})
			must(t, err)
			run := ask(t, w, r)
			w.Work()
			if run = client.SyncRun.GetX(w.Ctx, run.ID); run.State != retail.RunWaiting {
				t.Fatalf("%s does not wait: %v", r.Kind, run)
			}
			w.POS.ClearFaults()
			w.Tick()
			if run = client.SyncRun.GetX(w.Ctx, run.ID); run.State != retail.RunCompleted {
				t.Errorf("%s did not go on: %v", r.Kind, run)
			}
		}
		w.Account.RevokeConnections()
		run := ask(t, w, synclog.Request{Kind: retail.KindItems, ItemIDs: numbers(1, 9)})
		w.Work()
		if run = client.SyncRun.GetX(w.Ctx, run.ID); run.State != retail.RunFailed || run.ErrorCode != "POS_SIGN_IN" {
			t.Errorf("run: %v", run)
		}
		if state := client.SyncState.Query().OnlyX(w.Ctx); state.NextRunAt != nil || state.DueAt != nil {
			t.Errorf("the schedule goes on: %v", state)
		}
	})
}

// Rows that cannot be used never stop a run: it ends with issues, what they would have changed stays as it was, and everything
// else is taken over.
func TestDamagedRowsAreIssues(t *testing.T) {
	full, delta := synclog.Request{Kind: retail.KindFull}, synclog.Request{Kind: retail.KindDelta}
	items := synclog.Request{Kind: retail.KindItems, ItemIDs: numbers(1, 20)}
	whole, part := synclog.Request{Kind: retail.KindShopFull, ShopID: 2}, synclog.Request{Kind: retail.KindShopDelta, ShopID: 2}
	badItem := damage{"/Item.json", regexp.MustCompile(`("itemID":"7","systemSku":[^{}]*?"defaultCost":)"[^"]*"`), `$1"lots"`}
	badStock := damage{"/ItemShop.json", regexp.MustCompile(`("qoh":)"[^"]*"([^{}]*?"itemID":"7","shopID":"2")`), `$1"many"$2`}
	noFigure := damage{"/ItemShop.json", badStock.find, `$1""$2`}
	lackingItem := damage{"/Item.json", regexp.MustCompile(`("itemID":"7","systemSku":[^{}]*?)"defaultCost":"[^"]*",`), `$1`}
	lackingStock := damage{"/ItemShop.json", regexp.MustCompile(`"qoh":"[^"]*",([^{}]*?"itemID":"7","shopID":"2")`), `$1`}
	nested := damage{"/Item.json", badStock.find, `$1"many"$2`}
	for name, c := range map[string]struct {
		damage damage
		run    synclog.Request
	}{
		"item, full": {badItem, full}, "item, delta": {badItem, delta}, "item, chosen": {badItem, items},
		"stock within an item, full": {nested, full}, "stock within an item, chosen": {nested, items},
		"stock, delta": {badStock, delta}, "stock, all of a shop": {badStock, whole}, "stock, changes of a shop": {badStock, part},
		"item without a field, full": {lackingItem, full}, "item without a field, delta": {lackingItem, delta},
		"stock without a field, delta": {lackingStock, delta}, "stock without a field, all of a shop": {lackingStock, whole},
		"no figure, delta": {noFigure, delta}, "no figure, all of a shop": {noFigure, whole}, "no figure, changes of a shop": {noFigure, part},
	} {
		t.Run(name, func(t *testing.T) {
			if !databasetest.Volume(t) && c.run.Kind != retail.KindDelta {
				t.Skip("the other kinds, whose runs go through the same code on one worker")
			}
			t.Parallel()
			synced(40).Run(t, func(t *testing.T, w *jobstest.Fixture) {
				client := w.Client
				w.Clock.Advance(time.Hour)
				was, beside := onHand(w, 7, 2), onHand(w, 8, 2)
				for id := int64(1); id <= 20; id++ {
					must(t, w.Account.Receive(id, 2, 5))
					must(t, w.Account.Edit(id, sandbox.ItemEdit{Description: text("Renamed")}))
				}
				var hits atomic.Int64
				w.Faults = func(r *http.Request, body []byte) []byte {
					if !strings.HasSuffix(r.URL.Path, c.damage.path) || !c.damage.find.Match(body) {
						return body
					}
					hits.Add(1)
					return c.damage.find.ReplaceAll(body, []byte(c.damage.with))
				}
				run := ask(t, w, c.run)
				w.Work()
				if run = client.SyncRun.GetX(w.Ctx, run.ID); run.State != retail.RunCompletedWithIssues || run.Issues == 0 {
					t.Errorf("damaged %d times: %v", hits.Load(), run)
				}
				if kept := client.UnusableRow.Query().Where(unusablerow.RunID(run.ID)).CountX(w.Ctx); kept == 0 || kept > run.Issues {
					t.Errorf("%d rows are kept of %d issues", kept, run.Issues)
				}
				if now := onHand(w, 7, 2); c.damage.path == "/ItemShop.json" && now != was {
					t.Errorf("the damaged row made %d of %d", now, was)
				}
				if c.damage.path == "/ItemShop.json" {
					if now := onHand(w, 8, 2); now != beside+5 {
						t.Errorf("the row beside has %d, had %d", now, beside)
					}
				} else if name := itemOf(w, 8).Description; name != "Renamed" {
					t.Errorf("the item beside is %q", name)
				}
				w.Faults = nil
				if c.damage != noFigure { // nothing is lost until the night
					for fixed := w.Clock.Now(); w.Clock.Now().Sub(fixed) < 5*time.Hour; {
						w.Tick()
					}
					w.CheckMirror()
				}
				w.FullSync()
				w.CheckMirror()
				w.CheckEvaluation()
			})
		})
	}
}

// A row that cannot be read keeps nothing from being read again for long, and a site busy for ever neither: an item of the first
// run, a new item, and one that stays unreadable.
func TestUnreadableRowsAreReadAgain(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 50, Shops: 2, Seed: 4})
		unreadable := func(id string) {
			find := regexp.MustCompile(`("itemID":"` + id + `","systemSku":[^{}]*?"defaultCost":)"[^"]*"`)
			w.Faults = func(_ *http.Request, body []byte) []byte { return find.ReplaceAll(body, []byte(`$1"lots"`)) }
		}
		within := func(d time.Duration) (fulls int) {
			from := w.Clock.Now()
			for w.Clock.Now().Sub(from) < d {
				w.Tick()
				if w.LastRun().Kind == retail.KindFull {
					fulls++
				}
			}
			return fulls
		}
		unreadable("30")
		w.Connect("admin")
		w.Work()
		w.Faults = nil
		within(5 * time.Hour)
		w.CheckMirror()

		id, err := w.Account.AddItem(sandbox.ItemEdit{Description: text("New")}, decimal.NewFromInt(10))
		must(t, err)
		must(t, w.Account.Receive(id, 1, 9))
		unreadable("51")
		w.Tick()
		w.Faults = nil
		within(5 * time.Hour)
		w.CheckMirror()

		unreadable("7")
		must(t, w.Account.Receive(7, 1, 9))
		if n := within(24 * time.Hour); n > 8 {
			t.Errorf("%d full runs in a day", n)
		}
	})
}

// damage changes what the POS answers.
type damage struct {
	path string
	find *regexp.Regexp
	with string
}

// What Lightspeed does not list is no evidence: the chosen item stays, and counts as an issue.
func TestChosenItemThatIsGone(t *testing.T) {
	w := synced(50).Any(t)
	client := w.Client
	run := ask(t, w, synclog.Request{Kind: retail.KindItems, ItemIDs: []int64{3, 9999}})
	w.Work()
	if run = client.SyncRun.GetX(w.Ctx, run.ID); run.State != retail.RunCompletedWithIssues || run.Issues != 1 || run.Done != 2 || run.ItemsRead != 1 {
		t.Errorf("run: %v", run)
	}
	if row := client.UnusableRow.Query().Where(unusablerow.RunID(run.ID)).OnlyX(w.Ctx); row.LightspeedItemID != 9999 || row.Problem != retail.RowNotListed {
		t.Errorf("what could not be used: %v", row)
	}
	sample := client.DisplaySample.Query().OnlyX(w.Ctx)
	if displayed := client.PosItem.Query().Where(positem.Displayed(true)).CountX(w.Ctx); sample.Displayed != displayed || sample.Displayed+sample.Hidden != 50 {
		t.Errorf("the day's sample is %v, %d items are displayed", sample, displayed)
	}
	w.CheckMirror()
}
