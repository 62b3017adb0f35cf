package lightspeed_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"possync/internal/clock"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
)

// rig is the client against the sandbox, both on a clock that passes over waits.
type rig struct {
	sandbox *sandbox.Server
	clock   *clock.Manual
	client  *lightspeed.Client
	oauth   *lightspeed.OAuth
	grant   *grant
	account *lightspeed.Account
}

func newRig(t *testing.T, opts sandbox.Options) *rig {
	t.Helper()
	r := &rig{clock: clock.NewAuto(time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC))}
	opts.Clock = r.clock
	opts.Clients = []sandbox.ClientOptions{{ID: "possync", Secret: "hush", RedirectURIs: []string{"https://pos.example/connected"}}}
	r.sandbox = sandbox.New(opts)
	server := httptest.NewServer(r.sandbox)
	t.Cleanup(server.Close)
	r.client = lightspeed.NewClient(lightspeed.Config{BaseURL: server.URL, Clock: r.clock})
	r.oauth = lightspeed.NewOAuth(lightspeed.OAuthConfig{BaseURL: server.URL, ClientID: "possync", ClientSecret: "hush", Scopes: []string{"employee:all"}, Clock: r.clock})
	r.as(t, sandbox.LoginAdmin)
	return r
}

// as connects the account again, as one of the sandbox's employees.
func (r *rig) as(t *testing.T, login string) {
	t.Helper()
	c, err := r.sandbox.CredentialsFor("", login)
	if err != nil {
		c, err = r.sandbox.CredentialsFor(r.sandbox.Account("").Truth().AccountID, login)
	}
	if err != nil {
		t.Fatal(err)
	}
	r.grant = &grant{oauth: r.oauth, pair: lightspeed.TokenPair{AccessToken: c.AccessToken, RefreshToken: c.RefreshToken}}
	r.account = r.client.Account(c.AccountID, r.grant)
}

// grant is a token source in memory.
type grant struct {
	oauth *lightspeed.OAuth
	mu    sync.Mutex
	pair  lightspeed.TokenPair
}

func (g *grant) Token(context.Context) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.pair.AccessToken, nil
}

func (g *grant) Renew(ctx context.Context, rejected string) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pair.AccessToken != rejected {
		return g.pair.AccessToken, nil
	}
	pair, err := g.oauth.Refresh(ctx, g.pair.RefreshToken)
	if err == nil {
		g.pair = pair
	}
	return pair.AccessToken, err
}

// readItems reads all items with their stock.
func (r *rig) readItems(t *testing.T, q lightspeed.ItemQuery) []lightspeed.Item {
	t.Helper()
	var all []lightspeed.Item
	for page, err := range r.account.Items(q).All(t.Context()) {
		if err != nil {
			t.Fatalf("after %d items: %v", len(all), err)
		}
		if page.Skipped > 0 {
			t.Fatalf("%d rows skipped", page.Skipped)
		}
		all = append(all, page.Rows...)
	}
	return all
}

// plain is what both sides know of an item.
type plain struct {
	ID                                                          int64
	Description, UPC, EAN, CustomSKU, ManufacturerSKU, ItemType string
	ManufacturerID, CategoryID                                  int64
	Archived                                                    bool
	Cost                                                        decimal.Decimal
	Prices                                                      map[int64]string
	Stock                                                       map[int64][4]int64 // by shop: on hand, on order, reorder point and level
	TimeStamp                                                   time.Time
}

func ofClient(items []lightspeed.Item) []plain {
	var all []plain
	for _, i := range items {
		p := plain{ID: i.ItemID, Description: i.Description, UPC: i.UPC, EAN: i.EAN, CustomSKU: i.CustomSKU, ManufacturerSKU: i.ManufacturerSKU, ItemType: i.ItemType,
			ManufacturerID: i.ManufacturerID, CategoryID: i.CategoryID, Archived: i.Archived, Cost: i.DefaultCost, TimeStamp: i.TimeStamp,
			Prices: map[int64]string{}, Stock: map[int64][4]int64{}}
		for _, price := range i.Prices {
			if !price.Amount.IsZero() {
				p.Prices[price.UseTypeID] = price.Amount.String()
			}
		}
		for _, s := range i.ItemShops {
			p.Stock[s.ShopID] = [4]int64{*s.QOH, *s.Backorder, *s.ReorderPoint, *s.ReorderLevel}
		}
		all = append(all, p)
	}
	return all
}

func ofSandbox(truth sandbox.Truth) []plain {
	var all []plain
	for _, i := range truth.Items {
		p := plain{ID: i.ID, Description: i.Description, UPC: i.UPC, EAN: i.EAN, CustomSKU: i.CustomSKU, ManufacturerSKU: i.ManufacturerSKU, ItemType: i.ItemType,
			ManufacturerID: i.ManufacturerID, CategoryID: i.CategoryID, Archived: i.Archived, Cost: i.DefaultCost, TimeStamp: i.TimeStamp,
			Prices: map[int64]string{}, Stock: map[int64][4]int64{}}
		for k, amount := range i.Prices {
			if !amount.IsZero() && !truth.PriceLevels[k].Archived {
				p.Prices[int64(k+1)] = amount.String()
			}
		}
		for _, s := range append(i.Stock, i.Summary) {
			if !s.Missing {
				p.Stock[s.ShopID] = [4]int64{int64(s.QOH), int64(s.Backorder), int64(s.ReorderPoint), int64(s.ReorderLevel)}
			}
		}
		all = append(all, p)
	}
	return all
}

var cmpPlain = cmp.Options{cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) }), cmpopts.EquateEmpty()}

// A full read gives what the merchant has, in the time that the vendor's
// limits allow, and without a single refusal.
func TestSandboxFullRead(t *testing.T) {
	const items, limit, registers = 2500, 25, 2
	r := newRig(t, sandbox.Options{Items: items, Shops: 3, RegistersPerShop: 1})
	r.sandbox.Account("").SetRegisters(registers)
	begin := r.clock.Now()
	got := r.readItems(t, lightspeed.ItemQuery{LoadItemShops: true, Limit: limit})
	elapsed := r.clock.Now().Sub(begin).Seconds()
	if diff := cmp.Diff(ofSandbox(r.sandbox.Account("").Truth()), ofClient(got), cmpPlain); diff != "" {
		t.Errorf("-truth +read:\n%.3000s", diff)
	}
	budget, ok := r.account.Budget()
	if !ok || budget.Size != 100 || budget.DripPerSecond != 1.5 {
		t.Errorf("budget %+v, %v", budget, ok)
	}
	bound := (items/limit*2.2 - budget.Size) / budget.DripPerSecond
	if elapsed > 1.02*bound {
		t.Errorf("took %.1f s, want at most 1.02 × %.1f s", elapsed, bound)
	}
	stats := r.sandbox.Stats()
	if stats.Throttled > 0 || stats.PeakLevel > budget.Size || stats.Total != items/limit {
		t.Errorf("throttled %d, peak level %.2f of %.0f, %d requests", stats.Throttled, stats.PeakLevel, budget.Size, stats.Total)
	}
	if got := r.account.Stats(); got != (lightspeed.Stats{Requests: items / limit}) {
		t.Errorf("stats %+v", got)
	}
	t.Logf("%.1f s of a bound of %.1f s", elapsed, bound)
}

func TestSandboxReferenceData(t *testing.T) {
	r := newRig(t, sandbox.Options{Items: 10, Shops: 3})
	account := r.sandbox.Account("")
	if err := account.ArchiveShop(2); err != nil {
		t.Fatal(err)
	}
	truth := account.Truth()
	ctx := t.Context()

	info, err := r.account.Info(ctx)
	if err != nil || info.AccountID != truth.AccountID || info.Name == "" || info.Currency != "USD" {
		t.Errorf("info %+v, %v", info, err)
	}
	if who, err := r.client.Identify(ctx, r.grant); err != nil || who.AccountID != info.AccountID || who.Name != info.Name {
		t.Errorf("identify %+v, %v", who, err)
	}
	session, err := r.account.Session(ctx)
	if err != nil || session.AccountID != truth.AccountID || session.EmployeeID == 0 || session.Name() == "" || !session.Rights["admin"] {
		t.Errorf("session %+v, %v", session, err)
	}
	shops, err := r.account.Shops(ctx)
	if err != nil || len(shops) != len(truth.Shops) {
		t.Fatalf("%d shops, %v", len(shops), err)
	}
	for i, s := range truth.Shops {
		if g := shops[i]; g.ShopID != s.ID || g.Name != s.Name || g.Archived != s.Archived || g.TimeZone != s.TimeZone {
			t.Errorf("shop %+v, want %+v", g, s)
		}
	}
	registers, err := r.account.Registers(ctx)
	if err != nil || len(registers) != len(truth.Registers) || registers[0].ShopID != truth.Registers[0].ShopID {
		t.Errorf("registers %+v, %v", registers, err)
	}
	employees, err := r.account.Employees(ctx)
	if err != nil || len(employees) != len(truth.Employees) || employees[0].FirstName+" "+employees[0].LastName != truth.Employees[0].Name {
		t.Errorf("employees %+v, %v", employees, err)
	}
	levels, err := r.account.PriceLevels(ctx)
	if err != nil || len(levels) != len(truth.PriceLevels) || levels[1].Name != truth.PriceLevels[1].Name {
		t.Errorf("price levels %+v, %v", levels, err)
	}
	types, err := r.account.PaymentTypes(ctx)
	if err != nil || len(types) != len(truth.PaymentTypes) || types[0].Name != truth.PaymentTypes[0].Name {
		t.Errorf("payment types %+v, %v", types, err)
	}
	categories, err := r.account.Categories(ctx)
	if err != nil || len(categories) == 0 || categories[0].FullPathName == "" {
		t.Errorf("%d categories, %v", len(categories), err)
	}
	manufacturers, err := r.account.Manufacturers(ctx)
	if err != nil || len(manufacturers) == 0 || manufacturers[0].Name == "" {
		t.Errorf("%d manufacturers, %v", len(manufacturers), err)
	}

	r.as(t, sandbox.LoginClerk)
	if _, err := r.account.PriceLevels(ctx); !errors.Is(err, lightspeed.ErrForbidden) {
		t.Errorf("price levels as a clerk: %v", err)
	}
}

// Changes since a moment are found by stamps, by both of them.
func TestSandboxDelta(t *testing.T) {
	r := newRig(t, sandbox.Options{Items: 500, Shops: 3})
	account := r.sandbox.Account("")
	r.clock.Advance(time.Hour)
	since := r.clock.Now()
	r.clock.Advance(time.Minute)
	if err := errors.Join(account.Sell(7, 2, 5), account.Reprice(9, 1, decimal.RequireFromString("12.34"))); err != nil {
		t.Fatal(err)
	}
	items := r.readItems(t, lightspeed.ItemQuery{Since: since})
	if len(items) != 1 || items[0].ItemID != 9 || items[0].HasItemShops {
		t.Errorf("changed items: %+v", items)
	}
	page, err := r.account.ItemShops(lightspeed.ItemShopQuery{Since: since}).Next(t.Context())
	if err != nil || page.Next != "" || len(page.Rows) != 2 { // the shop's row and the summary
		t.Fatalf("changed stock: %+v, %v", page, err)
	}
	for _, row := range page.Rows {
		want := account.Truth().Items[6].Summary.QOH
		if row.ShopID == 2 {
			want = account.Truth().Items[6].Stock[1].QOH
		}
		if row.ItemID != 7 || *row.QOH != int64(want) || row.TimeStamp.Before(since) {
			t.Errorf("stock row %+v", row)
		}
	}
	if some := r.readItems(t, lightspeed.ItemQuery{IDs: []int64{4, 5}}); len(some) != 2 {
		t.Errorf("%d items by id", len(some))
	}
}

// Whatever goes wrong on page two, the read ends with the truth.
func TestSandboxFaults(t *testing.T) {
	for _, fault := range []sandbox.Fault{
		{Kind: sandbox.FaultLatency, DelayMS: 60_000},
		{Kind: sandbox.FaultErrorBefore, Next: 3},
		{Kind: sandbox.FaultErrorBefore, Status: 502, Body: "<html>bad gateway</html>"},
		{Kind: sandbox.FaultErrorAfter, Next: 2},
		{Kind: sandbox.FaultCutBefore},
		{Kind: sandbox.FaultCutAfter, Next: 2},
		{Kind: sandbox.FaultTruncate},
		{Kind: sandbox.FaultMalformed, Next: 3},
		{Kind: sandbox.FaultMissingField, Field: "qoh", Every: 7},
		{Kind: sandbox.FaultMissingField, Field: "description", Every: 10},
		{Kind: sandbox.FaultMissingField, Field: "itemID"},
		{Kind: sandbox.FaultMissingField, Field: "Prices", Every: 3},
		{Kind: sandbox.FaultWrongType},
		{Kind: sandbox.FaultThrottle, RetryAfter: 20, Next: 3},
		{Kind: sandbox.FaultThrottle, Limiter: "api-burst-limiter"},
		{Kind: sandbox.FaultRevokedToken},
	} {
		t.Run(string(fault.Kind)+" "+fault.Field, func(t *testing.T) {
			r := newRig(t, sandbox.Options{Items: 50})
			fault.Path, fault.At = "/Item.json", 2
			if _, err := r.sandbox.AddFault(fault); err != nil {
				t.Fatal(err)
			}
			got := r.readItems(t, lightspeed.ItemQuery{LoadItemShops: true, Limit: 20})
			if diff := cmp.Diff(ofSandbox(r.sandbox.Account("").Truth()), ofClient(got), cmpPlain); diff != "" {
				t.Errorf("-truth +read:\n%.3000s", diff)
			}
			if r.sandbox.Faults()[0].Hits == 0 {
				t.Error("the fault did not happen")
			}
		})
	}
}

// The vendor's refusals of a grant that is gone reach the caller as such.
func TestSandboxRevokedGrant(t *testing.T) {
	r := newRig(t, sandbox.Options{Items: 10})
	if _, err := r.sandbox.AddFault(sandbox.Fault{Kind: sandbox.FaultRevokedToken, Everything: true, At: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.account.Shops(t.Context()); !errors.Is(err, lightspeed.ErrReauthorize) {
		t.Errorf("error %v", err)
	}
}

func TestSandboxOAuth(t *testing.T) {
	r := newRig(t, sandbox.Options{Items: 10})
	ctx := t.Context()
	signIn := func(decision, state, verifier string) url.Values {
		t.Helper()
		page, err := url.Parse(r.oauth.AuthorizeURL(state, verifier))
		if err != nil {
			t.Fatal(err)
		}
		form := page.Query()
		form.Set("user", sandbox.LoginAdmin)
		form.Set("decision", decision)
		page.RawQuery = ""
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, page.String(), strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		back, err := resp.Location()
		if err != nil {
			t.Fatal(err)
		}
		return back.Query()
	}

	if back := signIn("deny", "s1", lightspeed.NewVerifier()); back.Get("error") != "access_denied" || back.Get("state") != "s1" {
		t.Errorf("denied: %v", back)
	}
	verifier := lightspeed.NewVerifier()
	back := signIn("allow", "s2", verifier)
	if _, err := r.oauth.Exchange(ctx, back.Get("code"), lightspeed.NewVerifier()); !errors.Is(err, lightspeed.ErrReauthorize) {
		t.Errorf("exchange with another verifier: %v", err)
	}
	back = signIn("allow", "s3", verifier)
	first, err := r.oauth.Exchange(ctx, back.Get("code"), verifier)
	if err != nil || first.AccountID != r.account.ID() || !first.ExpiresAt.Equal(r.clock.Now().Add(time.Hour)) {
		t.Fatalf("exchange: %v, %v", first, err)
	}
	if _, err := r.oauth.Exchange(ctx, back.Get("code"), verifier); !errors.Is(err, lightspeed.ErrReauthorize) {
		t.Errorf("a code used twice: %v", err)
	}

	// The first pair expires; a request renews it and goes on.
	g := &grant{oauth: r.oauth, pair: first}
	account := r.client.Account(first.AccountID, g)
	r.clock.Advance(2 * time.Hour)
	if _, err := account.Shops(ctx); err != nil {
		t.Fatalf("with an expired token: %v", err)
	}
	if g.pair == first {
		t.Error("the pair was not renewed")
	}
	// The old refresh token ended with the first use of the new pair.
	if _, err := r.oauth.Refresh(ctx, first.RefreshToken); !errors.Is(err, lightspeed.ErrReauthorize) {
		t.Errorf("refresh with the old token: %v", err)
	}
	if err := r.oauth.Revoke(ctx, g.pair.RefreshToken); err != nil {
		t.Fatal(err)
	}
	if _, err := account.Shops(ctx); !errors.Is(err, lightspeed.ErrReauthorize) {
		t.Errorf("after revoking: %v", err)
	}
}

// Another application that spends the same bucket slows the read, and no more.
func TestSandboxForeignSpending(t *testing.T) {
	r := newRig(t, sandbox.Options{Items: 1500})
	account, n := r.account.ID(), 0
	for _, err := range r.account.Items(lightspeed.ItemQuery{LoadItemShops: true, Limit: 10}).All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%4 == 0 {
			r.sandbox.SpendDrips(account, "possync", 1)
		}
	}
	if stats := r.sandbox.Stats(); stats.Throttled > 0 || n != 150 {
		t.Errorf("throttled %d on %d pages", stats.Throttled, n)
	}
}
