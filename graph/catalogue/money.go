package catalogue

import (
	"context"

	"github.com/shopspring/decimal"

	"possync/graph/sitedata"
	"possync/internal/retail"
)

// Money is an amount in the site's currency.
type Money struct {
	Amount       decimal.Decimal
	CurrencyCode string
}

func money(ctx context.Context, amount retail.Amount) (Money, error) {
	site, err := sitedata.Site(ctx)
	if err != nil || site == nil {
		return Money{}, err
	}
	return Money{Amount: amount.Decimal(), CurrencyCode: site.CurrencyCode}, nil
}
