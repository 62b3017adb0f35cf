package jobstest

import (
	"fmt"
	"hash/fnv"
	"slices"

	"possync/ent"
	"possync/ent/product"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/searchtext"
)

// ImportProduct adds or changes a product as the platform's import does: the codes that it had are kept until it is matched
// again.
func (w *Fixture) ImportProduct(key, name, gtin, brand, mpn string, active bool) {
	w.T.Helper()
	code, _ := retail.ParseGTIN(gtin)
	hash := productHash(key, name, gtin, brand, mpn, active)
	old, err := w.Client.Product.Query().Where(product.Key(key)).Only(w.Ctx)
	if ent.IsNotFound(err) {
		w.must("add a product", w.newProduct(key, name, gtin, brand, mpn, active).Exec(w.Ctx))
	} else {
		w.must("read a product", err)
		stale := append(old.StaleCodes, string(old.Gtin1Code), old.MpnKey, retail.StaleBrand(old.BrandKey),
			retail.StaleWords(retail.Article{Name: old.Name, Brand: old.Brand, Size: old.VariantSize, Color: old.VariantColor}))
		w.must("change a product", old.Update().SetName(name).SetSearchText(searchtext.Of(gtin, "", mpn, brand, name)).SetBrand(brand).SetMpn(mpn).SetGtin1(gtin).SetGtin1Code(code).
			SetMpnKey(retail.MPNKey(brand, mpn)).SetPartKey(retail.PartKey(retail.MPNKey(brand, mpn))).SetBrandKey(retail.BrandKey(brand, name)).SetActive(active).SetContentHash(hash).
			SetStaleCodes(stale).SetMatchPending(true).Exec(w.Ctx))
	}
	w.must("wake", synclog.MakeDue(w.Ctx, w.Client, w.Clock.Now()))
}

// ImportCatalogue makes products of the POS's true catalogue: every nth item's. The site must have none.
func (w *Fixture) ImportCatalogue(nth int) {
	w.T.Helper()
	var rows []*ent.ProductCreate
	i := 0
	for item := range w.Account.Catalogue() {
		if i++; i%nth == 0 {
			rows = append(rows, w.newProduct(fmt.Sprintf("product-%d", item.ItemID), item.Description, item.GTIN, item.Brand, item.MPN, true))
		}
	}
	for some := range slices.Chunk(rows, 500) {
		w.must("add products", w.Client.Product.CreateBulk(some...).Exec(w.Ctx))
	}
	w.must("wake", synclog.MakeDue(w.Ctx, w.Client, w.Clock.Now()))
}

func (w *Fixture) newProduct(key, name, gtin, brand, mpn string, active bool) *ent.ProductCreate {
	code, _ := retail.ParseGTIN(gtin)
	return w.Client.Product.Create().SetKey(key).SetName(name).SetBrand(brand).SetMpn(mpn).SetGtin1(gtin).SetGtin1Code(code).
		SetMpnKey(retail.MPNKey(brand, mpn)).SetPartKey(retail.PartKey(retail.MPNKey(brand, mpn))).SetBrandKey(retail.BrandKey(brand, name)).SetActive(active).SetContentHash(productHash(key, name, gtin, brand, mpn, active))
}

func productHash(of ...any) int64 {
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%q", of)
	return int64(sum.Sum64())
}
