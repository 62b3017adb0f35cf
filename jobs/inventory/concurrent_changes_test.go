package inventory_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/inventory"
)

// What changes while everything is read by id, behind the page under way, is left to the next run.
func TestChangesDuringAFullRun(t *testing.T) {
	w := synced(300).Any(t)
	name, pages := "Renamed", 0
	w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
		if strings.HasSuffix(r.URL.Path, "/Item.json") {
			if pages++; pages == 3 {
				w.Clock.Advance(10 * time.Minute)
				_ = w.Account.Reprice(1, 1, decimal.RequireFromString("19.90"))
				_ = w.Account.Receive(2, 1, 4)
				w.Clock.Advance(10 * time.Minute)
				_ = w.Account.Edit(299, sandbox.ItemEdit{Description: &name})
			}
		}
		return nil
	}
	w.FullSync()
	w.CheckStock()
	w.Tick()
	if run := w.LastRun(); run.Kind != retail.KindDelta || run.State != retail.RunCompleted {
		t.Fatalf("run: %v", run)
	}
	w.CheckMirror()
	w.CheckEvaluation()
}

// An item that is made after the items were read comes with its stock.
func TestItemMadeBetweenThePhases(t *testing.T) {
	w := synced(100).Any(t)
	w.Clock.Advance(time.Hour)
	made := int64(0)
	w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
		if strings.HasSuffix(r.URL.Path, "/ItemShop.json") && made == 0 {
			name, upc := "New", "036000291452"
			var err error
			made, err = w.Account.AddItem(sandbox.ItemEdit{Description: &name, UPC: &upc}, decimal.RequireFromString("5"))
			if err == nil {
				err = w.Account.Receive(made, 2, 6)
			}
			if err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	w.Tick()
	if made == 0 {
		t.Fatal("no stock was read")
	}
	w.CheckMirror()
	w.CheckEvaluation()
}

// Settings that change again during an evaluation of everything count for what was evaluated before, too.
func TestSettingsChangeDuringAnEvaluation(t *testing.T) {
	w := synced(300).Any(t)
	w.Resize(inventory.Sizes{Evaluation: 200})
	client := w.Client
	w.ChangeRules(retail.ImportRules{OnOrder: true, CostBasis: retail.CostMSRP, RequiredIdentifiers: retail.RequireGTINAndMPN})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	onEvaluation(client, stop)
	_ = w.Jobs.WorkDue(ctx)
	if run := w.LastRun(); run.State != retail.RunRunning || run.Evaluated != 200 {
		t.Fatalf("after the stop: %v", run)
	}
	w.ChangeRules(retail.ImportRules{OnHand: true, CostBasis: retail.CostDefaultCost, RequiredIdentifiers: retail.RequireGTINOrMPN})
	w.Work()
	w.CheckEvaluation()
}
