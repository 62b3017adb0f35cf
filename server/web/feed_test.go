package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
)

// feedText is what the feed, or the catalogue, has of each product, as text.
type feedText map[string]string

const (
	prices = `price { amount currencyCode } regularPrice { amount } onSale saleStartDate saleEndDate nextPriceChangeAt`
	feed   = `query($a: Cursor, $n: Int!) { productFeed(after: $a, first: $n) { sequence hasMore endCursor products {
		key active displayed lightspeedItemId websitePrice { amount currencyCode } ` + prices + `
		stock { location { key } available onOrder } } } }`
	listed = `query($a: Cursor) { products(first: 100, after: $a) { pageInfo { hasNextPage endCursor } edges { node {
		key active displayed posItem { lightspeedItemId } websitePrice: price { amount currencyCode }
		effectivePrice { price { amount currencyCode } regularPrice { amount } onSale saleStartDate saleEndDate nextPriceChangeAt: nextChangeAt }
		stock { location { key } available onOrder } } } } }`
)

// platform is a website's platform that follows the feed.
type platform struct {
	t      testing.TB
	caller graphtest.Caller
	after  *string
	number int64
	knows  feedText
	times  map[string]int // how often each product was sent
}

func newPlatform(t testing.TB, caller graphtest.Caller) *platform {
	return &platform{t: t, caller: caller, knows: feedText{}, times: map[string]int{}}
}

// read reads a page, and returns what it has and whether there is more.
func (p *platform) read(size int) (feedText, bool) {
	var data struct {
		ProductFeed struct {
			Sequence  int64
			HasMore   bool
			EndCursor *string
			Products  []map[string]any
		}
	}
	answer := p.caller.Ask(feed, map[string]any{"a": p.after, "n": size})
	if err := json.Unmarshal(answer.Data, &data); err != nil || len(answer.Errors) > 0 {
		p.t.Errorf("the feed answers %s: %v", answer.Body, err)
		return nil, false
	}
	page := feedText{}
	for _, row := range data.ProductFeed.Products {
		key := row["key"].(string)
		page[key] = text(p.t, row)
		p.knows[key] = page[key]
		p.times[key]++
	}
	if len(page) != len(data.ProductFeed.Products) || len(page) > size || data.ProductFeed.HasMore && len(page) != size {
		p.t.Errorf("a page of %d holds %d products, %d of them different", size, len(data.ProductFeed.Products), len(page))
	}
	if len(page) == 0 && orNone(data.ProductFeed.EndCursor) != orNone(p.after) {
		p.t.Errorf("an empty page moves the cursor from %s to %s", orNone(p.after), orNone(data.ProductFeed.EndCursor))
	}
	if data.ProductFeed.Sequence < p.number {
		p.t.Errorf("the sequence falls from %d to %d", p.number, data.ProductFeed.Sequence)
	}
	p.after, p.number = data.ProductFeed.EndCursor, data.ProductFeed.Sequence
	return page, data.ProductFeed.HasMore
}

// all reads to the end.
func (p *platform) all(size func() int) feedText {
	changed := feedText{}
	for more := true; more; {
		var page feedText
		page, more = p.read(size())
		for key, row := range page {
			changed[key] = row
		}
	}
	return changed
}

func orNone(s *string) string {
	if s == nil {
		return "none"
	}
	return *s
}

func text(t testing.TB, row map[string]any) string {
	if item, ok := row["posItem"]; ok {
		delete(row, "posItem")
		row["lightspeedItemId"] = nil
		if item != nil {
			row["lightspeedItemId"] = item.(map[string]any)["lightspeedItemId"]
		}
	}
	if price, ok := row["effectivePrice"].(map[string]any); ok {
		delete(row, "effectivePrice")
		maps.Copy(row, price)
	}
	b, err := json.Marshal(row)
	if err != nil {
		t.Error(err)
	}
	return string(b)
}

// catalogueOf is what the list of products says, which works without the feed.
func catalogueOf(t testing.TB, caller graphtest.Caller) feedText {
	t.Helper()
	all := feedText{}
	for after := (*string)(nil); ; {
		var data struct {
			Products struct {
				Edges    []struct{ Node map[string]any }
				PageInfo struct {
					HasNextPage bool
					EndCursor   *string
				}
			}
		}
		caller.Get(&data, listed, map[string]any{"a": after})
		for _, e := range data.Products.Edges {
			all[e.Node["key"].(string)] = text(t, e.Node)
		}
		if after = data.Products.PageInfo.EndCursor; !data.Products.PageInfo.HasNextPage {
			return all
		}
	}
}

// life does at random what happens to a site: in Lightspeed, in its settings, by people, by its platform, and by time.
type life struct {
	*jobstest.Fixture
	rng             *rand.Rand
	truth           []sandbox.CatalogueItem
	calm            bool // the settings stay, so that nothing tells all products again
	manage, service graphtest.Caller
	check           func(did string, a graphtest.Answer)
}

const products = 24

func newLife(t *testing.T, client *ent.Client, seed uint64) *life {
	w := jobstest.New(t, client, sandbox.Options{Items: 30, Shops: 3, Seed: seed})
	api := graphtest.New(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) { d.Clock, d.Bus = w.Clock, w.Bus })
	l := &life{
		Fixture: w, rng: rand.New(rand.NewPCG(seed, 3)),
		manage: api.As(t, "world", tenant.RoleManage), service: api.As(t, "world", tenant.RoleService),
	}
	l.check = func(did string, a graphtest.Answer) {
		if len(a.Errors) > 0 {
			t.Errorf("%s: %s\n%s", did, a.Body, api.Log)
		}
	}
	l.truth = slices.Collect(l.Account.Catalogue())
	for n := range products {
		l.importProduct(n)
	}
	for id := range int64(30) {
		_ = l.Account.Reprice(id+1, 1, decimal.NewFromInt(20))
		_ = l.Account.Reprice(id+1, 2, decimal.NewFromInt(15))
	}
	l.Connect("admin")
	l.Work()
	l.MapAll()
	l.ask(l.manage, `mutation { updateImportSettings(input: {onHand: true, requiredIdentifiers: GTIN_OR_MPN}) { userErrors { message } } }`, nil)
	l.Work()
	levels := client.PriceLevel.Query().Order(ent.Asc("lightspeed_id")).IDsX(l.Ctx)
	l.ask(l.manage, `mutation($r: ID!, $s: ID!) { updatePricingSettings(input: {enabled: true, regularPriceLevelId: $r, salePriceLevelId: $s}) { userErrors { message } } }`,
		map[string]any{"r": levels[0], "s": levels[1]})
	return l
}

func (l *life) ask(c graphtest.Caller, query string, variables map[string]any) {
	l.check(query, c.Ask(query, variables))
}

func (l *life) one(ids []string, err error) any {
	if err != nil {
		l.T.Error(err)
	}
	if len(ids) == 0 {
		return nil
	}
	return ids[l.rng.IntN(len(ids))]
}

// importProduct imports a product, which is mostly what the item of its number is.
func (l *life) importProduct(n int) {
	item := l.truth[n]
	if l.rng.IntN(8) == 0 {
		item = l.truth[(n+1)%products]
	}
	row := map[string]any{"key": fmt.Sprintf("p-%02d", n), "name": item.Description, "brand": item.Brand, "mpn": item.MPN,
		"gtin1": item.GTIN, "price": fmt.Sprint(l.rng.IntN(3)), "active": l.rng.IntN(8) > 0}
	if l.rng.IntN(6) == 0 {
		row["gtin1"], row["mpn"] = "", ""
	}
	l.ask(l.service, `mutation($r: ProductInput!) { importProducts(input: {products: [$r]}) { userErrors { code } } }`, map[string]any{"r": row})
}

// byAPI does something that goes through the API alone.
func (l *life) byAPI() {
	n := l.rng.IntN(12)
	if l.calm && n > 6 {
		n = 11
	}
	switch n {
	case 0, 1, 2:
		l.importProduct(l.rng.IntN(products))
	case 3, 4, 5:
		zone, _ := time.LoadLocation("America/Los_Angeles")
		day := func(n int) any { return string(retail.DateOf(l.Clock.Now().In(zone).AddDate(0, 0, n))) }
		start := l.rng.IntN(4) - 2
		end := any(nil)
		if l.rng.IntN(3) > 0 {
			end = day(start + l.rng.IntN(3))
		}
		keys := make([]string, 1+l.rng.IntN(8))
		for i := range keys {
			keys[i] = fmt.Sprintf("p-%02d", l.rng.IntN(products))
		}
		l.ask(l.manage, `mutation($k: [String!], $s: Date, $e: Date) { setSaleDates(input: {where: {keys: $k}, startDate: $s, endDate: $e}) {
			changed userErrors { message } } }`, map[string]any{"k": keys, "s": day(start), "e": end})
	case 7:
		level := func() any { return l.one(l.Client.PriceLevel.Query().IDs(l.Ctx)) }
		l.ask(l.manage, `mutation($on: Boolean!, $r: ID, $s: ID) { updatePricingSettings(input: {enabled: $on, regularPriceLevelId: $r, salePriceLevelId: $s}) {
			userErrors { message } } }`, map[string]any{"on": l.rng.IntN(4) > 0, "r": level(), "s": level()})
	case 8:
		shops, err := l.Client.Shop.Query().IDs(l.Ctx)
		locations, err2 := l.Client.Location.Query().IDs(l.Ctx)
		if err != nil || err2 != nil {
			l.T.Error(err, err2)
		}
		var pairs []map[string]any
		for i, n := range l.rng.Perm(min(len(shops), len(locations)))[:l.rng.IntN(3)] {
			pairs = append(pairs, map[string]any{"shopId": shops[n], "locationId": locations[(i+l.rng.IntN(2))%len(locations)]})
		}
		l.ask(l.manage, `mutation($m: [StoreMappingInput!]!) { setStoreMappings(input: {mappings: $m}) { userErrors { message } } }`,
			map[string]any{"m": append([]map[string]any{}, pairs...)})
	case 9:
		key := fmt.Sprint("loc-", 1+l.rng.IntN(3))
		l.ask(l.service, `mutation($k: String!, $a: Boolean!) { importLocations(input: {locations: [{key: $k, name: $k, active: $a}]}) { userErrors { message } } }`,
			map[string]any{"k": key, "a": l.rng.IntN(3) > 0})
	case 10:
		zones, codes := []string{"America/Los_Angeles", "Pacific/Auckland", "Europe/London"}, []string{"USD", "EUR"}
		l.ask(l.service, `mutation($z: String!, $c: String!) { registerSite(input: {name: "World", currencyCode: $c, timeZone: $z}) { userErrors { message } } }`,
			map[string]any{"z": zones[l.rng.IntN(3)], "c": codes[l.rng.IntN(2)]})
	case 11:
		l.ask(l.manage, `mutation($a: Boolean!, $b: Boolean!) { updateImportSettings(input: {onHand: $a, onOrder: $b, requiredIdentifiers: GTIN_OR_MPN}) { userErrors { message } } }`,
			map[string]any{"a": l.calm || l.rng.IntN(3) > 0, "b": l.rng.IntN(2) > 0})
	case 6:
		item, product := l.one(l.Client.PosItem.Query().IDs(l.Ctx)), l.one(l.Client.Product.Query().IDs(l.Ctx))
		if item == nil {
			return
		}
		input := map[string]any{"posItemId": item, "productId": product}
		switch l.rng.IntN(3) {
		case 0:
			l.ask(l.manage, `mutation($in: LinkItemInput!) { linkItem(input: $in) { userErrors { message } } }`, map[string]any{"in": input})
		case 1:
			l.ask(l.manage, `mutation($in: RejectMatchInput!) { rejectMatch(input: $in) { userErrors { message } } }`, map[string]any{"in": input})
		default:
			delete(input, "productId")
			l.ask(l.manage, `mutation($in: UnlinkItemInput!) { unlinkItem(input: $in) { userErrors { message } } }`, map[string]any{"in": input})
		}
	}
}

// byTill does something at the POS. Refusals are part of life.
func (l *life) byTill() {
	id, shop := 1+l.rng.Int64N(30), 1+l.rng.IntN(3)
	switch l.rng.IntN(11) {
	case 0, 1, 2:
		_ = l.Account.Sell(id, shop, 1+l.rng.IntN(3))
	case 3:
		_ = l.Account.Count(id, shop, l.rng.IntN(7)-4)
	case 4:
		_ = l.Account.Order(id, shop, l.rng.IntN(3))
	case 5, 6:
		_ = l.Account.Reprice(id, 1+l.rng.Int64N(3), decimal.New(l.rng.Int64N(4)*500, -2))
	case 7:
		if l.rng.IntN(2) == 0 {
			_ = l.Account.Archive(id)
		} else {
			_ = l.Account.Unarchive(id)
		}
	case 8:
		cost := decimal.NewFromInt(l.rng.Int64N(2)) // without a cost an item is not displayed
		_ = l.Account.Edit(id, sandbox.ItemEdit{DefaultCost: &cost})
	case 9:
		upc := l.Account.Truth().Items[l.rng.IntN(30)].UPC
		_ = l.Account.Edit(id, sandbox.ItemEdit{UPC: &upc})
	case 10:
		if l.rng.IntN(2) == 0 {
			_ = l.Account.ArchiveShop(shop)
		} else {
			_ = l.Account.UnarchiveShop(shop)
		}
	}
}

// step does one thing.
func (l *life) step() {
	switch n := l.rng.IntN(20); {
	case n < 9:
		l.byAPI()
	case n < 14:
		l.byTill()
	case n < 17: // a round of the jobs, perhaps with the lists
		if l.rng.IntN(3) == 0 {
			if err := l.Client.SyncState.Update().SetReferenceDueAt(l.Clock.Now()).Exec(l.Ctx); err != nil {
				l.T.Error(err)
			}
		}
		l.Clock.Advance(30 * time.Minute)
		l.Work()
	case n < 19: // nobody works for up to two days
		l.Clock.Advance(time.Duration(l.rng.IntN(48)) * time.Hour)
	case l.calm:
	case l.rng.IntN(2) == 0:
		l.ask(l.manage, `mutation { disconnectLightspeed(input: {acknowledge: [EMPTIES_WEBSITE]}) { userErrors { message } } }`, nil)
	default:
		l.Connect("admin")
	}
}

// Whatever happens in between, who follows the feed ends with what reading everything again from the start gives, and each page tells how its
// products are when it is read.
func TestFeedReportsEverything(t *testing.T) {
	lives := uint64(6)
	if !databasetest.Volume(t) { // nothing runs at a time here: TestFeedWithWriters is for that
		lives = 2
	}
	for seed := range lives {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
				l := newLife(t, client, seed)
				l.calm = seed%3 > 0
				size := func() int { return 1 + l.rng.IntN(9) }
				p := newPlatform(t, l.service)
				for range 60 {
					l.step()
					if l.rng.IntN(2) == 0 {
						continue
					}
					page, _ := p.read(size())
					now := catalogueOf(t, l.service)
					for key, row := range page {
						if row != now[key] {
							t.Fatalf("the feed tells %s\nwhere the list says %s", row, now[key])
						}
					}
				}
				l.settled(p, size)
				if changed := p.all(size); len(changed) > 0 {
					t.Errorf("nothing changed, and the feed reports %v", changed)
				}
			})
		})
	}
}

// settled compares what the platform knows with what it would know now without a past, and with the list of products.
func (l *life) settled(p *platform, size func() int) {
	l.T.Helper()
	l.Work() // a day may have begun that the jobs have not seen
	p.all(size)
	fresh := newPlatform(l.T, l.service)
	fresh.all(size)
	want := catalogueOf(l.T, l.service)
	if diff := gocmp.Diff(want, fresh.knows); diff != "" {
		l.T.Errorf("reading the feed from the start (-list +feed):\n%s", diff)
	}
	if diff := gocmp.Diff(want, p.knows); diff != "" {
		l.T.Errorf("following the feed (-list +feed):\n%s", diff)
	}
	for key, times := range fresh.times {
		if times != 1 {
			l.T.Errorf("%s was sent %d times while nothing changed", key, times)
		}
	}
	if len(want) != products {
		l.T.Errorf("%d products", len(want))
	}
}

// The same with readers who read while others write.
func TestFeedWithWriters(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		l := newLife(t, client, 77)
		throttled := l.check
		l.check = func(did string, a graphtest.Answer) {
			if a.Code() != "THROTTLED" { // two writers may be in each other's way
				throttled(did, a)
			}
		}
		var writers, readers sync.WaitGroup
		done := make(chan struct{})
		writers.Go(func() {
			for range 60 {
				l.byAPI()
			}
		})
		writers.Go(func() {
			for n := range 15 {
				_ = l.Account.Sell(1+int64(n), 1, 1)
				_ = l.Account.Reprice(1+int64(n), 1, decimal.New(int64(n)*100, 0))
				l.Clock.Advance(31 * time.Minute)
				if err := l.Jobs.WorkDue(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
		var platforms []*platform
		for n := range 3 {
			p := newPlatform(t, l.service)
			platforms = append(platforms, p)
			readers.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
						p.read(1 + 3*n)
					}
				}
			})
		}
		writers.Wait()
		close(done)
		readers.Wait()
		for _, p := range platforms {
			l.settled(p, func() int { return 5 })
		}
	})
}
