package lightspeed

import (
	"context"
	"fmt"
	"net/http"
)

// CountItems returns how many items the account has, with archived ones. It costs 10 drips
// (https://developers.lightspeedhq.com/retail/introduction/pagination/).
func (a *Account) CountItems(ctx context.Context) (int, error) {
	path, err := a.path("/Item.json")
	if err != nil {
		return 0, fmt.Errorf("count items: %w", err)
	}
	var count int64
	rq := a.call(http.MethodGet, path, "archived=true&count=1")
	rq.accept = func(_ http.Header, body []byte) error {
		answer, err := parse(body)
		if err != nil {
			return malformed("count of items: %v", err)
		}
		var r, attributes row
		r.read(answer)
		field, _ := r.field("@attributes")
		attributes.read(field)
		n := attributes.count("count")
		if err := attributes.whyMalformed("count of items"); err != nil {
			return err
		}
		if n == nil || *n < 0 {
			return malformed("count of items is missing")
		}
		count = *n
		return nil
	}
	if err := a.client.do(ctx, rq); err != nil {
		return 0, fmt.Errorf("count items: %w", err)
	}
	return int(count), nil
}
