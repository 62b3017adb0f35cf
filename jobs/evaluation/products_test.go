package evaluation_test

import (
	"context"
	"slices"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/display"
	"possync/internal/records/matchlog"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/evaluation"
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
		if _, _, err := evaluation.Pending(ctx, client, evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Now: storetest.Now()}); err != nil {
			t.Fatal(err)
		}
		for _, p := range client.Product.Query().AllX(ctx) {
			if want := p.Key == "moving"; p.MatchPending != want || len(p.StaleCodes) > 0 != want {
				t.Errorf("%s: pending %t with codes %v", p.Key, p.MatchPending, p.StaleCodes)
			}
		}
	})
}

// A catalogue that comes in before the POS is connected is noted as matched, and no product is looked at twice for it.
func TestProductsWithoutItems(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		for _, key := range []string{"00036000291452", "00012345678905"} {
			client.Product.Create().SetKey(key).SetName(key).SetGtin1(key).SetStaleCodes([]string{key}).SaveX(ctx)
		}
		reads := 0
		client.Product.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
			return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
				reads++
				return next.Query(ctx, q)
			})
		}))
		rules := evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Now: storetest.Now()}
		if counts, more, err := evaluation.Pending(ctx, client, rules); err != nil || more || counts != (evaluation.Counts{}) {
			t.Fatalf("%+v, more %t, %v", counts, more, err)
		}
		if reads != 1 {
			t.Errorf("products were read %d times", reads)
		}
		if waits, err := evaluation.HasPending(ctx, client); err != nil || waits {
			t.Errorf("something waits: %t, %v", waits, err)
		}
	})
}

// An order whose product comes to be linked is no longer held back, and is again when the link ends.
func TestLinksReassessOrders(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		const code, barcode = "00036000291452", "036000291452"
		p := client.Product.Create().SetKey("bell").SetName("Brass Bell").SetBrand("Alder").SetMpn("B-1").SetMpnKey(retail.MPNKey("Alder", "B-1")).
			SetGtin1(barcode).SetGtin1Code(code).SaveX(ctx)
		item := client.PosItem.Create().SetLightspeedID(1).SetDescription("Brass Bell").SetBrand("Alder").SetManufacturerSku("B-1").
			SetMpnKey(retail.MPNKey("Alder", "B-1")).SetUpc(barcode).SetUpcCode(code).SaveX(ctx)
		o := client.WebOrder.Create().SetKey("o").SetNumber("o").SetPlacedAt(storetest.Now()).SetCustomer(retail.Customer{}).
			SetBlockerBits(int64(retail.BlockerUnlinked.Bit())).SaveX(ctx)
		client.OrderLine.Create().SetOrderID(o.ID).SetKey("1").SetKind(retail.LineProduct).SetDescription("Bell").SetProductID(p.ID).
			SetQuantity(retail.Unit).SetUnitPrice(0).ExecX(ctx)
		blockers := func() retail.BlockerBits {
			t.Helper()
			if _, _, err := evaluation.Pending(ctx, client, evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Now: storetest.Now()}); err != nil {
				t.Fatal(err)
			}
			return retail.BlockerBits(client.WebOrder.GetX(ctx, o.ID).BlockerBits)
		}
		if bits := blockers(); bits != 0 {
			t.Errorf("linked, the order has the blockers %v", bits.Codes())
		}
		// A link outlives its codes, but not a person's decision.
		client.Product.UpdateOne(p).SetGtin1Code("").SetMpn("").SetMpnKey("").SetMatchPending(true).
			SetStaleCodes([]string{code, retail.MPNKey("Alder", "B-1")}).ExecX(ctx)
		if bits := blockers(); bits != 0 {
			t.Errorf("without its codes, the order has the blockers %v", bits.Codes())
		}
		if doubt := client.PosItem.GetX(ctx, item.ID); doubt.MatchState != retail.MatchLinked || doubt.MatchReason != retail.MatchDoubt {
			t.Errorf("without its codes, the item is %s, %q", doubt.MatchState, doubt.MatchReason)
		}
		client.MatchDecision.Create().SetItem(item).SetProduct(p).SetVerdict(retail.DecisionReject).SetDecidedBy("ann").ExecX(ctx)
		client.PosItem.UpdateOne(item).SetMatchWantedAt(storetest.Now()).ExecX(ctx)
		if bits := blockers(); bits != retail.BlockerUnlinked.Bit() {
			t.Errorf("unlinked, the order has the blockers %v", bits.Codes())
		}
	})
}

// Keys that an older version made are brought up to date when their rows are matched, and links come of them.
func TestOldKeysAreBroughtUpToDate(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		client.Product.Create().SetKey("chain").SetName("Chain").SetBrand("Alder").SetMpn("0634017714").SetMpnKey("alder|0634017714").ExecX(ctx)
		client.PosItem.Create().SetLightspeedID(1).SetDescription("Chain 11s").SetBrand("Alder").SetManufacturerSku("634017714").
			SetMpnKey("alder|634017714").ExecX(ctx)
		client.PosItem.Create().SetLightspeedID(2).SetDescription("Cutter").SetUpc("11234562").SetUpcCode("00000011234562").
			SetMatchWantedAt(storetest.Now()).ExecX(ctx)
		if _, _, err := evaluation.Pending(ctx, client, evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Now: storetest.Now()}); err != nil {
			t.Fatal(err)
		}
		if p := client.Product.Query().OnlyX(ctx); p.MpnKey != "alder|634017714" || p.BrandKey != "alder" {
			t.Errorf("the product has the keys %q and %q", p.MpnKey, p.BrandKey)
		}
		items := client.PosItem.Query().Order(ent.Asc("lightspeed_id")).AllX(ctx)
		if items[0].MatchState != retail.MatchLinked || items[1].UpcCode != "00112345000062" {
			t.Errorf("the items are %v", items)
		}
	})
}

// A product raises doubts about items of its brand, however that is written, whose own products have no brand.
func TestBrandsAsTheyAreWritten(t *testing.T) {
	for _, brand := range []string{"Café", "O'Neal", "Specialized®", "The ŠKODA"} {
		t.Run(brand, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
				ctx, _ := storetest.Site(t, client, "site")
				const code, barcode = "00036000291452", "036000291452"
				work := func() *ent.PosItem {
					t.Helper()
					rules := evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Barcodes: retail.BarcodeLinksAtOnce, Now: storetest.Now()}
					if _, _, err := evaluation.Pending(ctx, client, rules); err != nil {
						t.Fatal(err)
					}
					return client.PosItem.Query().OnlyX(ctx)
				}
				client.Product.Create().SetKey("large").SetName("Jersey Aero L").SetGtin1(barcode).SetGtin1Code(code).ExecX(ctx)
				client.PosItem.Create().SetLightspeedID(1).SetDescription("Aero Jersey Medium").SetBrand(brand).SetUpc(barcode).SetUpcCode(code).
					SetMatchPending(true).ExecX(ctx)
				if item := work(); item.MatchState != retail.MatchLinked || item.MatchReason != "" {
					t.Fatalf("at first: %v", item)
				}
				client.Product.Create().SetKey("medium").SetName("Aero Jersey M").SetBrand(brand).ExecX(ctx)
				if item := work(); item.MatchState != retail.MatchLinked || item.MatchReason != retail.MatchDoubt {
					t.Errorf("with a better sibling: %v", item)
				}
			})
		})
	}
}

// An item whose brand is not known finds products by their part numbers alone.
func TestPartNumbersWithoutABrand(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		key := retail.MPNKey("Alder", "SD-7701")
		client.Product.Create().SetKey("saddle").SetName("Saddle").SetBrand("Alder").SetMpn("SD-7701").SetMpnKey(key).ExecX(ctx)
		rules := evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Now: storetest.Now()}
		if _, _, err := evaluation.Pending(ctx, client, rules); err != nil {
			t.Fatal(err)
		}
		client.PosItem.Create().SetLightspeedID(1).SetDescription("ALDER SADDLE").SetManufacturerSku("SD7701").SetMpnKey(retail.ItemMPNKey("", "SD7701")).
			SetMatchPending(true).ExecX(ctx)
		if _, _, err := evaluation.Pending(ctx, client, rules); err != nil {
			t.Fatal(err)
		}
		if item := client.PosItem.Query().OnlyX(ctx); item.MatchState != retail.MatchLinked || item.MatchBasis != retail.ByMPN {
			t.Errorf("the item is %v", item)
		}
	})
}

// Matching names the items that it matches otherwise, and those that no longer wait for a decision to be worked in; no others.
func TestMatchingNamesWhatChanges(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		const code, barcode = "00036000291452", "036000291452"
		client.Product.Create().SetKey("bell").SetName("Bell").SetGtin1(barcode).SetGtin1Code(code).ExecX(ctx)
		bell := client.PosItem.Create().SetLightspeedID(1).SetDescription("Bell").SetUpc(barcode).SetUpcCode(code).SaveX(ctx).ID
		tube := client.PosItem.Create().SetLightspeedID(2).SetDescription("Tube").SetMatchState(retail.MatchLackingCodes).SaveX(ctx).ID
		names := func() (ids []string) {
			t.Helper()
			from, err := matchlog.Sequence(ctx, client)
			if err != nil {
				t.Fatal(err)
			}
			rules := evaluation.Rules{Rules: display.Rules{Import: retail.DefaultImportRules()}, Barcodes: retail.BarcodeLinksAtOnce, Now: storetest.Now()}
			if _, _, err := evaluation.Pending(ctx, client, rules); err != nil {
				t.Fatal(err)
			}
			ids, all, err := matchlog.Changed(ctx, client, from, from+10)
			if err != nil || all {
				t.Fatalf("all %t, error %v", all, err)
			}
			return ids
		}
		if got := names(); !slices.Equal(got, []string{bell}) {
			t.Errorf("linking names %v, want %s", got, bell)
		}
		client.PosItem.UpdateOneID(tube).SetMatchWantedAt(storetest.Now()).ExecX(ctx)
		if got := names(); !slices.Equal(got, []string{tube}) {
			t.Errorf("working in a decision names %v, want %s", got, tube)
		}
		client.PosItem.Update().SetMatchPending(true).ExecX(ctx)
		if got := names(); len(got) > 0 {
			t.Errorf("matching again names %v", got)
		}
	})
}
