package catalogue

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/graph/sitedata"
	"possync/internal/retail"
)

// ItemWhere filters POS items; all that is given must hold.
type ItemWhere struct {
	Displayed         *bool
	MatchState        *retail.MatchState
	Archived          *bool
	Brand             *string
	LightspeedItemIds []string
	Search            *string
	Reasons           []retail.ReasonCode // any was found
	BlockingReasons   []retail.ReasonCode // any blocks
	InStock, Linked   *bool
}

func (w *ItemWhere) predicates(ctx context.Context) ([]predicate.PosItem, error) {
	if w == nil {
		return nil, nil
	}
	keys := max(len(w.LightspeedItemIds), len(w.Reasons), len(w.BlockingReasons))
	if err := storable(keys, texts(w.Brand, w.Search)); err != nil {
		return nil, err
	}
	var all []predicate.PosItem
	if w.Displayed != nil {
		live, err := sitedata.Live(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, either(*w.Displayed, positem.And(positem.Displayed(live), positem.Displayed(true)), positem.Not))
	}
	if w.MatchState != nil {
		all = append(all, positem.MatchStateEQ(*w.MatchState))
	}
	if w.Archived != nil {
		all = append(all, positem.Archived(*w.Archived))
	}
	if w.Brand != nil {
		all = append(all, positem.Brand(*w.Brand))
	}
	if w.LightspeedItemIds != nil {
		var numbers []int64
		for _, id := range w.LightspeedItemIds {
			if n, ok := lightspeedID(id); ok {
				numbers = append(numbers, n)
			}
		}
		all = append(all, positem.LightspeedIDIn(numbers...))
	}
	if w.Reasons != nil {
		all = append(all, hasBits(w.Reasons, retail.ReasonCode.Found))
	}
	if w.BlockingReasons != nil {
		all = append(all, hasBits(w.BlockingReasons, retail.ReasonCode.Blocks))
	}
	if w.InStock != nil {
		all = append(all, positem.InStock(*w.InStock))
	}
	if w.Linked != nil {
		all = append(all, either(*w.Linked, positem.MatchStateEQ(retail.MatchLinked), positem.Not))
	}
	text, err := searched(w.Search)
	if err != nil {
		return nil, err
	}
	if text != "" {
		found := positem.Or(contains(text, positem.FieldDescription, positem.FieldBrand, positem.FieldSystemSku,
			positem.FieldCustomSku, positem.FieldManufacturerSku, positem.FieldUpc, positem.FieldEan))
		if code, problem := retail.ParseGTIN(text); problem == retail.CodeOK {
			found = positem.Or(found, positem.UpcCode(code), positem.EanCode(code))
		}
		all = append(all, found)
	}
	return all, nil
}

// hasBits finds the items of which any bit of the codes is set; of no codes it finds none.
func hasBits(codes []retail.ReasonCode, bit func(retail.ReasonCode) retail.ReasonBits) predicate.PosItem {
	var mask retail.ReasonBits
	for _, code := range codes {
		mask |= bit(code)
	}
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteByte('(').Ident(s.C(positem.FieldReasonBits)).WriteString(" & ").Arg(int64(mask)).WriteString(") <> 0")
		}))
	}
}
