package catalogue

import (
	"context"
	"strings"
	"unicode/utf8"

	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/retail"
)

// MoneyOf returns an amount in the site's currency.
func MoneyOf(ctx context.Context, amount retail.Amount) (Money, error) { return money(ctx, amount) }

// Searched returns the text to search for, without the spaces around it, or what does not fit in it, see [usererror.Unfit].
func Searched(search *string) (string, error) {
	if search == nil {
		return "", nil
	}
	text := strings.TrimSpace(*search)
	if utf8.RuneCountInString(text) > maxSearch {
		return "", usererror.Unfit(usererror.Invalid, "A search text can have at most {limit} characters.", message.Values{"limit": maxSearch}, "search")
	}
	return text, nil
}

// Given is what a field of a filter has.
type Given struct {
	field   string
	entries int
	texts   []string
}

// Listed is a list of texts, Typed a text, and Counted a list of what needs no check but of its length.
func Listed(field string, texts []string) Given { return Given{field, len(texts), texts} }

// Typed is like [Listed].
func Typed(field string, text *string) Given {
	if text == nil {
		return Given{}
	}
	return Given{field, 1, []string{*text}}
}

// Counted is like [Listed].
func Counted(field string, entries int) Given { return Given{field, entries, nil} }

// Storable returns what does not fit in a filter, see [usererror.Unfit]: a list with too many entries, or a text that no row can have.
func Storable(filter ...Given) error {
	for _, g := range filter {
		if g.entries > maxKeys {
			return usererror.Unfit(usererror.TooMany, "A list in a filter can have at most {limit} entries.", message.Values{"limit": maxKeys}, g.field)
		}
		for _, text := range g.texts {
			if !usererror.Storable(text) {
				return usererror.Unfit(usererror.Invalid, "A text in the filter contains characters that are not allowed.", nil, g.field)
			}
		}
	}
	return nil
}
