package graphtest

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"possync/internal/retail"
)

// AddPricedProducts adds three price levels and so many products, each linked to an item with a price at every level.
func (s *Retailer) AddPricedProducts(n int) {
	s.T.Helper()
	for i, name := range []string{"Default", "MSRP", "Web Sale"} {
		s.Levels = append(s.Levels, s.Client.PriceLevel.Create().SetLightspeedID(int64(i+1)).SetName(name).SaveX(s.Ctx))
	}
	for i := range n {
		p := s.Client.Product.Create().SetKey(fmt.Sprintf("p-%d", i)).SetName(fmt.Sprintf("Product %03d", i)).SetPrice(90_000_000).
			SetBrand([]string{"Alder", "Birch", "Cedar"}[i%3]).SetCategory([]string{"Tubes", "Tyres"}[i%2]).SaveX(s.Ctx)
		s.Client.PosItem.Create().SetLightspeedID(int64(i + 1)).SetDescription(p.Name).SetProductID(p.ID).SetMatchState(retail.MatchLinked).
			SetPrices(LevelPrices("100", "120", "79.99")).SaveX(s.Ctx)
		s.Products = append(s.Products, p.ID)
	}
}

// LevelPrices are prices at the levels 1, 2 and so on; those that are empty are not there.
func LevelPrices(amounts ...string) []retail.LevelPrice {
	var prices []retail.LevelPrice
	for i, text := range amounts {
		if text != "" {
			amount, err := retail.AmountFromDecimal(decimal.RequireFromString(text))
			if err != nil {
				panic(err)
			}
			prices = append(prices, retail.LevelPrice{LevelID: int64(i + 1), Amount: amount})
		}
	}
	return prices
}

// UpdatePricing changes the pricing settings and returns the codes and fields of what is wrong.
func (s *Retailer) UpdatePricing(input map[string]any) (payload map[string]any, wrong string) {
	s.T.Helper()
	tree := s.Staff.Tree(`mutation($i: UpdatePricingSettingsInput!) { updatePricingSettings(input: $i) {
		pricingSettings { revision enabled regularPriceLevel { id name } salePriceLevel { id } } userErrors { code message field } } }`,
		map[string]any{"i": input})
	payload = tree["updatePricingSettings"].(map[string]any)
	return payload, Wrongs(payload)
}

// SetSaleDates sets sale dates.
func (s *Retailer) SetSaleDates(input map[string]any) (count, changed float64, wrong string) {
	s.T.Helper()
	tree := s.Staff.Tree(`mutation($i: SetSaleDatesInput!) { setSaleDates(input: $i) { count changed userErrors { code message field } } }`,
		map[string]any{"i": input})
	payload := tree["setSaleDates"].(map[string]any)
	count, _ = payload["count"].(float64) // null when there are errors
	changed, _ = payload["changed"].(float64)
	return count, changed, Wrongs(payload)
}

// Wrongs lists the user errors of a payload in a line, as "CODE [field]".
func Wrongs(payload map[string]any) string {
	var all []string
	for _, e := range payload["userErrors"].([]any) {
		e := e.(map[string]any)
		all = append(all, fmt.Sprintf("%v %v", e["code"], e["field"]))
	}
	return strings.Join(all, "; ")
}

// Price returns a product's effective price as one line.
func (s *Retailer) Price(key string) string {
	s.T.Helper()
	tree := s.Staff.Tree(`query($k: String!) { product(key: $k) { effectivePrice {
		price { amount currencyCode } regularPrice { amount } onSale saleStartDate saleEndDate nextChangeAt problems { code message } } } }`,
		map[string]any{"k": key})
	at := func(path string) any { return At(s.T, tree, "product.effectivePrice."+path) }
	line := fmt.Sprintf("%v of %v", at("price.amount"), at("regularPrice.amount"))
	if at("onSale").(bool) {
		line += " on sale"
	}
	if next := at("nextChangeAt"); next != nil {
		line += fmt.Sprintf(" until %v", next)
	}
	for _, p := range at("problems").([]any) {
		line += fmt.Sprintf(" %v", p.(map[string]any)["code"])
		if p.(map[string]any)["message"] == "" {
			s.T.Error("a problem without a message")
		}
	}
	return line
}

// EnablePricing switches POS pricing on, with a sale level.
func (s *Retailer) EnablePricing() {
	s.T.Helper()
	if _, wrong := s.UpdatePricing(map[string]any{"enabled": true, "regularPriceLevelId": s.Levels[0].ID, "salePriceLevelId": s.Levels[2].ID}); wrong != "" {
		s.T.Fatal(wrong)
	}
}

// SaleDates returns the stored dates by key, without those that have none.
func (s *Retailer) SaleDates() map[string]string {
	s.T.Helper()
	dates := map[string]string{}
	for _, p := range s.Client.Product.Query().AllX(s.Ctx) {
		if p.SaleStartDate != "" || p.SaleEndDate != "" {
			dates[p.Key] = fmt.Sprintf("%s/%s", p.SaleStartDate, p.SaleEndDate)
		}
	}
	return dates
}

// PreviewSaleDates shows what setting sale dates would do.
func (s *Retailer) PreviewSaleDates(input map[string]any) map[string]any {
	s.T.Helper()
	return s.Staff.Tree(`query($i: SetSaleDatesInput!) { previewSaleDates(input: $i) { count changing onSale withoutSalePrice needsAcknowledgement examples { product { id key }
		before { price { amount } onSale saleStartDate } after { price { amount } onSale saleStartDate saleEndDate } }
		userErrors { code message field } } }`, map[string]any{"i": input})["previewSaleDates"].(map[string]any)
}
