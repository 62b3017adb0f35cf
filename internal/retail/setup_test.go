package retail_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

// done is a site whose setup lacks nothing.
func done() retail.SetupFacts {
	return retail.SetupFacts{
		LinkState: retail.LinkConnected, Locations: 2, ActiveMappings: 1,
		Rules: retail.DefaultImportRules(), Products: 10, FirstSyncDone: true,
	}
}

func TestSetup(t *testing.T) {
	type change = func(*retail.SetupFacts)
	tests := map[string]struct {
		change   change
		complete bool
		codes    []retail.SetupCode
	}{
		"nothing missing": {func(*retail.SetupFacts) {}, true, nil},
		"a new site": {func(f *retail.SetupFacts) { *f = retail.SetupFacts{} }, false, []retail.SetupCode{
			retail.SetupNotConnected, retail.SetupNoLocations, retail.SetupNoStoreMapped, retail.SetupNoImportRule, retail.SetupNoProducts}},
		"never connected": {func(f *retail.SetupFacts) { f.LinkState = retail.LinkNeverConnected }, false, []retail.SetupCode{retail.SetupNotConnected}},
		"disconnected":    {func(f *retail.SetupFacts) { f.LinkState = retail.LinkDisconnected }, false, []retail.SetupCode{retail.SetupNotConnected}},
		"needs reauth":    {func(f *retail.SetupFacts) { f.LinkState = retail.LinkNeedsReauth }, false, []retail.SetupCode{retail.SetupNeedsReauth}},
		"no locations":    {func(f *retail.SetupFacts) { f.Locations = 0 }, false, []retail.SetupCode{retail.SetupNoLocations}},
		"no store mapped": {func(f *retail.SetupFacts) { f.ActiveMappings = 0 }, false, []retail.SetupCode{retail.SetupNoStoreMapped}},
		"one shop archived": {func(f *retail.SetupFacts) { f.MappedArchivedShops = []string{"North"} }, true,
			[]retail.SetupCode{retail.SetupMappedShopArchived}},
		"the only shop archived": {func(f *retail.SetupFacts) { f.ActiveMappings, f.MappedArchivedShops = 0, []string{"North"} }, false,
			[]retail.SetupCode{retail.SetupNoStoreMapped, retail.SetupMappedShopArchived}},
		"no rule":            {func(f *retail.SetupFacts) { f.Rules.OnHand = false }, false, []retail.SetupCode{retail.SetupNoImportRule}},
		"other rule":         {func(f *retail.SetupFacts) { f.Rules.OnHand, f.Rules.Reorder = false, true }, true, nil},
		"no products":        {func(f *retail.SetupFacts) { f.Products = 0 }, true, []retail.SetupCode{retail.SetupNoProducts}},
		"first sync":         {func(f *retail.SetupFacts) { f.FirstSyncDone = false }, true, []retail.SetupCode{retail.SetupFirstSyncPending}},
		"regular level gone": {func(f *retail.SetupFacts) { f.RegularLevelGone = true }, true, []retail.SetupCode{retail.SetupRegularLevelGone}},
		"sale level gone":    {func(f *retail.SetupFacts) { f.SaleLevelGone = true }, true, []retail.SetupCode{retail.SetupSaleLevelGone}},
		"a sync waits to be confirmed": {func(f *retail.SetupFacts) { f.Unconfirmed = &retail.Loss{Displayed: 100, Lost: 40} }, true,
			[]retail.SetupCode{retail.SetupSyncUnconfirmed}},
		"export": {func(f *retail.SetupFacts) {
			f.ExportBlockers = []retail.Blocker{{Code: retail.BlockerSetupIncomplete}, {Code: retail.BlockerEmployeeLocked}, {Code: retail.BlockerRegisterGone}}
			f.ArchivedPaymentTypes = []string{"Stripe"}
		}, true, []retail.SetupCode{retail.SetupExportEmployeeLocked, retail.SetupExportRegisterGone, retail.SetupPaymentTypeArchived}},
		"first sync cannot start": {func(f *retail.SetupFacts) { f.FirstSyncDone, f.LinkState = false, retail.LinkNeedsReauth }, false,
			[]retail.SetupCode{retail.SetupNeedsReauth}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := done()
			tt.change(&f)
			complete, issues := retail.Setup(f)
			if complete != tt.complete {
				t.Errorf("complete = %v, want %v", complete, tt.complete)
			}
			var codes []retail.SetupCode
			for _, issue := range issues {
				codes = append(codes, issue.Code)
				if issue.Message == "" || issue.Setting == "" {
					t.Errorf("%s lacks a message or the setting that fixes it", issue.Code)
				}
			}
			if diff := cmp.Diff(tt.codes, codes); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
		})
	}
}

// Setup is complete exactly when the owner's steps are done, whatever else is the case.
func TestSetupComplete(t *testing.T) {
	states := retail.LinkState("").Values()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(0, 2)
		f := retail.SetupFacts{
			LinkState:           retail.LinkState(rapid.SampledFrom(states).Draw(t, "link")),
			Locations:           count.Draw(t, "locations"),
			ActiveMappings:      count.Draw(t, "mappings"),
			MappedArchivedShops: make([]string, count.Draw(t, "archived")),
			Rules:               drawRules(t),
			Products:            count.Draw(t, "products"),
			FirstSyncDone:       rapid.Bool().Draw(t, "synced"),
		}
		want := f.LinkState == retail.LinkConnected && f.Locations > 0 && f.ActiveMappings > 0 &&
			(f.Rules.OnHand || f.Rules.OnOrder || f.Rules.Reorder)
		complete, issues := retail.Setup(f)
		if complete != want {
			t.Fatalf("Setup(%+v) = %v, want %v", f, complete, want)
		}
		// A site whose sign-in expired keeps showing what it has.
		signedIn := f
		if f.LinkState == retail.LinkNeedsReauth {
			signedIn.LinkState = retail.LinkConnected
		}
		if whenSignedIn, _ := retail.Setup(signedIn); f.Live() != whenSignedIn {
			t.Fatalf("(%+v).Live() = %v", f, f.Live())
		}
		seen := map[retail.SetupCode]bool{}
		for _, issue := range issues {
			if seen[issue.Code] {
				t.Fatalf("%s twice", issue.Code)
			}
			seen[issue.Code] = true
		}
	})
}

// An issue names what it is about.
func TestSetupIssuesNameTheirSubject(t *testing.T) {
	f := done()
	f.MappedArchivedShops, f.ArchivedPaymentTypes = []string{"North", "South"}, []string{"Stripe"}
	f.RegularLevelGone, f.RegularLevel, f.SaleLevelGone, f.SaleLevel = true, "Default", true, "Sale"
	f.Unconfirmed = &retail.Loss{Displayed: 100, Lost: 40}
	gate := retail.ExportGate{
		Enabled: true, SetupComplete: true, EmployeeChosen: true, EmployeeLocked: true, Employee: "Jo Park",
		RegisterChosen: true, RegisterArchived: true, Register: "Front",
	}
	other := gate
	other.Register = "Workshop"
	f.ExportBlockers = retail.GateBlockers(gate, other)
	f.StoresWithoutRegister = []string{"North"}
	want := map[retail.SetupCode][]string{
		retail.SetupExportNoStoreRegister: {"North", "Choose a register"},
		retail.SetupMappedShopArchived:    {"North; South"}, retail.SetupRegularLevelGone: {`"Default"`}, retail.SetupSaleLevelGone: {`"Sale"`},
		retail.SetupSyncUnconfirmed: {"40 of the 100"}, retail.SetupPaymentTypeArchived: {"Stripe"},
		retail.SetupExportEmployeeLocked: {"Jo Park", "Unlock"}, retail.SetupExportRegisterGone: {"Front; Workshop", "Choose another register"},
	}
	_, issues := retail.Setup(f)
	for _, issue := range issues {
		for _, text := range want[issue.Code] {
			if !strings.Contains(issue.Message, text) {
				t.Errorf("%s: %q does not contain %q", issue.Code, issue.Message, text)
			}
		}
		delete(want, issue.Code)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}
