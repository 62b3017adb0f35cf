package jobstest

import (
	"fmt"
	"hash/fnv"

	"possync/ent"
	"possync/ent/product"
	"possync/internal/records/runlog"
	"possync/internal/retail"
	"possync/internal/searchtext"
)

// ImportProduct adds or changes a product as the platform's import does: the codes that it had are kept until it is matched
// anew.
func (w *World) ImportProduct(key, name, gtin, brand, mpn string, active bool) {
	w.T.Helper()
	code, _ := retail.ParseGTIN(gtin)
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%q", []any{key, name, gtin, brand, mpn, active})
	hash := int64(sum.Sum64())
	old, err := w.Client.Product.Query().Where(product.Key(key)).Only(w.Ctx)
	if ent.IsNotFound(err) {
		w.must("add a product", w.Client.Product.Create().SetKey(key).SetName(name).SetBrand(brand).SetMpn(mpn).
			SetGtin1(gtin).SetGtin1Code(code).SetMpnKey(retail.MPNKey(brand, mpn)).SetActive(active).SetContentHash(hash).Exec(w.Ctx))
	} else {
		w.must("read a product", err)
		stale := append(old.StaleCodes, string(old.Gtin1Code), old.MpnKey)
		w.must("change a product", old.Update().SetName(name).SetSearchText(searchtext.Of(gtin, "", mpn, brand, name)).SetBrand(brand).SetMpn(mpn).SetGtin1(gtin).SetGtin1Code(code).
			SetMpnKey(retail.MPNKey(brand, mpn)).SetActive(active).SetContentHash(hash).
			SetStaleCodes(stale).SetMatchPending(true).Exec(w.Ctx))
	}
	w.must("wake", runlog.Wake(w.Ctx, w.Client, w.Site.ID, w.Clock.Now()))
}

// ImportCatalogue makes products of the POS's true catalogue: every nth item's.
func (w *World) ImportCatalogue(nth int) {
	w.T.Helper()
	i := 0
	for item := range w.Account.Catalogue() {
		if i++; i%nth == 0 {
			w.ImportProduct(fmt.Sprintf("product-%d", item.ItemID), item.Description, item.GTIN, item.Brand, item.MPN, true)
		}
	}
}
