package catalogue

import (
	"context"

	"possync/internal/retail"
)

// MoneyOf returns an amount in the site's currency.
func MoneyOf(ctx context.Context, amount retail.Amount) (Money, error) { return money(ctx, amount) }

// Searched returns the text to search for, without the spaces around it; one that is too long is a bad-input fault.
func Searched(search *string) (string, error) { return searched(search) }

// Storable returns a bad-input fault if a list of a filter has too many entries or a text that no row can have.
func Storable(entries int, texts []string) error { return storable(entries, texts) }
