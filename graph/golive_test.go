package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/retail"
)

// A site that is registered as not live displays nothing until its set-up is complete and a manager goes live (R7).
func TestGoLive(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.Client.Site.Update().SetLive(false).ExecX(s.Ctx)
		p := s.Client.Product.Create().SetKey("k").SetName("Bike").SaveX(s.Ctx)
		s.Client.PosItem.Create().SetLightspeedID(1).SetDescription("Bike").SetProductID(p.ID).SetMatchState(retail.MatchLinked).SetDisplayed(true).ExecX(s.Ctx)
		const state = `complete live readyToGoLive wouldDisplay repriced issues { code blocking }`
		setup := func() string {
			got := s.Staff.Tree(`{ setup { `+state+` } product(key: "k") { displayed } }`, nil)
			return describe(t, graphtest.At(t, got, "setup")) + fmt.Sprint(" displayed:", graphtest.At(t, got, "product.displayed"))
		}
		goLive := func() map[string]any {
			return s.Staff.Tree(`mutation { goLive { setup { `+state+` } userErrors { code message field } } }`, nil)["goLive"].(map[string]any)
		}
		// Of three with another price one is not linked, and has the website's price of before until somebody confirms the lower one.
		s.Client.Product.Update().SetPrice(10).SetListPrice(12).ExecX(s.Ctx)
		s.Client.Product.Create().SetKey("held").SetName("Tube").SetPrice(10).SetHeldPrice(12).SetListPrice(12).ExecX(s.Ctx)
		tube := s.Client.Product.Create().SetKey("linked").SetName("Tube").SetPrice(10).SetHeldPrice(12).SetListPrice(12).SaveX(s.Ctx)
		s.Client.PosItem.Create().SetLightspeedID(2).SetDescription("Tube").SetProductID(tube.ID).SetMatchState(retail.MatchLinked).ExecX(s.Ctx)
		if n := graphtest.At(t, s.Staff.Tree(`{ setup { repriced } }`, nil), "setup.repriced"); n != float64(2) {
			t.Errorf("%v products would have another price, want 2", n)
		}
		wantText(t, "before set-up", setup(), "complete:false live:false ready:false would:1 NOT_CONNECTED NO_LOCATIONS NO_STORE_MAPPED displayed:false")
		if payload := goLive(); payload["setup"] != nil || !strings.Contains(graphtest.Wrongs(payload), "INVALID") {
			t.Errorf("too early: %v", payload)
		}
		s.AddLink()
		s.AddStores("East")
		s.MapStores()
		wantText(t, "ready", setup(), "complete:false live:false ready:true would:1 NOT_LIVE displayed:false")
		for range 2 { // idempotent
			wantText(t, "live", describe(t, goLive()["setup"]), "complete:true live:true ready:false would:1")
		}
		wantText(t, "displayed", setup(), "complete:true live:true ready:false would:1 displayed:true")
		changes := s.Staff.Tree(`{ settingChanges { edges { node { setting field after } } } }`, nil)
		if !strings.Contains(fmt.Sprint(changes), "Live") {
			t.Errorf("the history lacks it: %v", changes)
		}
	})
}

// describe writes a set-up in a line, with the codes of what blocks.
func describe(t *testing.T, setup any) string {
	t.Helper()
	at := func(path string) any { return graphtest.At(t, setup, path) }
	line := fmt.Sprintf("complete:%v live:%v ready:%v would:%v", at("complete"), at("live"), at("readyToGoLive"), at("wouldDisplay"))
	for _, issue := range at("issues").([]any) {
		if graphtest.At(t, issue, "blocking").(bool) {
			line += fmt.Sprint(" ", graphtest.At(t, issue, "code"))
		}
	}
	return line
}

// The platform may register a site that is not live yet; sending it again does not change that.
func TestRegisterSiteThatIsNotLive(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		platform := s.API.As(t, "new", "service")
		register := func(live bool) any {
			platform.Tree(`mutation($live: Boolean!) { registerSite(input: {name: "New", currencyCode: "USD", timeZone: "UTC", live: $live}) { site { id } userErrors { message } } }`,
				row{"live": live})
			return graphtest.At(t, platform.Tree(`{ setup { live issues { code } } }`, nil), "setup.live")
		}
		if codes := fmt.Sprint(platform.Tree(`{ setup { issues { code } } }`, nil)); !strings.Contains(codes, "NOT_REGISTERED") {
			t.Errorf("before it is registered: %s", codes)
		}
		if first, again := register(false), register(true); first != false || again != false {
			t.Errorf("live: %v, then %v", first, again)
		}
		if other := s.API.As(t, "other", "service"); live(t, other) != true {
			t.Error("a new site is held back although neither the platform nor the operator wants that")
		}
		held := graphtest.New(t, s.Client, func(d *graph.Deps, _ *graph.HTTPOptions) { d.HoldNewSites = true })
		if third := held.As(t, "third", "service"); live(t, third) != false {
			t.Error("a new site is live although the operator holds new sites back")
		}
	})
}

// live registers the platform's site without saying whether it is live, and returns whether it is.
func live(t *testing.T, platform graphtest.Caller) any {
	t.Helper()
	platform.Tree(`mutation { registerSite(input: {name: "New", currencyCode: "USD", timeZone: "UTC"}) { site { id } userErrors { message } } }`, nil)
	return graphtest.At(t, platform.Tree(`{ setup { live } }`, nil), "setup.live")
}

// The status page draws how much was displayed over the last days.
func TestDisplayHistory(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for i, day := range []retail.Date{"2026-04-01", "2026-05-01", "2026-05-02"} {
			s.Client.DisplaySample.Create().SetDate(day).SetDisplayed(i).SetHidden(10 - i).ExecX(s.Ctx)
		}
		got := s.Staff.Tree(`{ displayHistory(days: 7) { date displayed hidden } }`, nil)
		wantText(t, "a week", fmt.Sprint(got["displayHistory"]), "[map[date:2026-05-01 displayed:1 hidden:9] map[date:2026-05-02 displayed:2 hidden:8]]")
		if code := s.Staff.Ask(`{ displayHistory(days: 91) { date } }`, nil).Code(); code != "BAD_USER_INPUT" {
			t.Errorf("91 days: %s", code)
		}
	})
}
