package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"possync/graph/catalogue"
	"possync/graph/sitedata"
)

// Item is an item that a change would affect.
type Item struct {
	Item          *catalogue.Item
	Effects       []Effect
	Before, After *State
}

// State is what the website shows of an item under some settings.
type State struct {
	Displayed bool
	Reasons   []*catalogue.Reason

	item    *catalogue.Item
	pricing sitedata.Pricing
	at      time.Time
}

// Price returns what the website asks for the item's product, or nil when it is linked to none.
func (s *State) Price(ctx context.Context) (*catalogue.EffectivePrice, error) {
	return s.item.PriceUnder(ctx, s.pricing, s.at)
}

// Effect is what a change would do to an item.
type Effect string

// The effects.
const (
	Appears    Effect = "APPEARS"
	Disappears Effect = "DISAPPEARS"
	Emptied    Effect = "EMPTIED"
	Repriced   Effect = "REPRICED"
)

var everything = []Effect{Appears, Disappears, Emptied, Repriced}

// Values lists the spellings.
func (Effect) Values() []string {
	return []string{string(Appears), string(Disappears), string(Emptied), string(Repriced)}
}

// MarshalGQL writes the effect as GraphQL.
func (e Effect) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(e))) }

// UnmarshalGQL reads an effect from GraphQL.
func (e *Effect) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !slices.Contains((*e).Values(), s) {
		return fmt.Errorf("%v is no PreviewEffect", v)
	}
	*e = Effect(s)
	return nil
}

// OrderField is what items can be ordered by.
type OrderField string

// ByNumber orders by Lightspeed's number of the item.
const ByNumber OrderField = "LIGHTSPEED_ITEM_ID"

// MarshalGQL writes the field as GraphQL.
func (f OrderField) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(f))) }

// UnmarshalGQL reads a field from GraphQL.
func (f *OrderField) UnmarshalGQL(v any) error {
	if v != string(ByNumber) {
		return errors.New("is no PreviewItemOrderField")
	}
	*f = ByNumber
	return nil
}
