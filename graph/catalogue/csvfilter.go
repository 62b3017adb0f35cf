package catalogue

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"possync/internal/fault"
	"possync/internal/retail"
)

// ItemsFilter reads a query string. Its parameters are the fields of GraphQL's PosItemWhere, those with lists in the singular and
// repeated: displayed, matchState, archived, category, search, inStock and linked; brand, lightspeedItemId, reason and blockingReason.
// Anything else is an error, so that a mistyped filter does not return everything.
func ItemsFilter(query string) (*ItemWhere, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, fault.Wrap(fault.BadInput, err, "The query string cannot be read.")
	}
	where := &ItemWhere{}
	texts := map[string]**string{"category": &where.Category, "search": &where.Search}
	flags := map[string]**bool{
		"displayed": &where.Displayed, "archived": &where.Archived, "inStock": &where.InStock, "linked": &where.Linked,
	}
	codes := map[string]*[]retail.ReasonCode{"reason": &where.Reasons, "blockingReason": &where.BlockingReasons}
	for name, given := range values {
		var err error
		switch {
		case name == "lightspeedItemId":
			where.LightspeedItemIds = given
		case name == "brand":
			where.Brands = given
		case codes[name] != nil:
			*codes[name], err = reasons(given)
		case texts[name] == nil && flags[name] == nil && name != "matchState":
			err = errors.New("there is no such filter")
		case len(given) > 1:
			err = errors.New("use this filter only once")
		case texts[name] != nil:
			*texts[name] = &given[0]
		case name == "matchState":
			where.MatchState = new(retail.MatchState)
			err = where.MatchState.UnmarshalGQL(given[0])
		default:
			flag := given[0] == "true"
			if *flags[name] = &flag; !flag && given[0] != "false" {
				err = errors.New("must be true or false")
			}
		}
		if err != nil {
			return nil, fault.New(fault.BadInput, strings.ToValidUTF8(fmt.Sprintf("%.40s: %v.", name, err), "?"))
		}
	}
	return where, nil
}

func reasons(given []string) ([]retail.ReasonCode, error) {
	codes := make([]retail.ReasonCode, len(given))
	for i, text := range given {
		if err := codes[i].UnmarshalGQL(text); err != nil {
			return nil, err
		}
	}
	return codes, nil
}
