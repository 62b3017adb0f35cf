package catalogue

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/poslabel"
	"possync/ent/predicate"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
	"possync/internal/searchtext"
	"possync/internal/sortkey"
)

// ItemWhere filters POS items; all conditions must hold.
type ItemWhere struct {
	Displayed         *bool
	MatchState        *retail.MatchState
	Archived          *bool
	Brand, Category   *string
	Brands            []string
	LightspeedItemIds []string
	Search            *string
	Reasons           []retail.ReasonCode // any was found
	BlockingReasons   []retail.ReasonCode // any blocks
	InStock, Linked   *bool
	review            *ReviewWhere // those that wait for a review
}

func (w *ItemWhere) predicates(ctx context.Context) ([]predicate.PosItem, error) {
	if w == nil {
		return nil, nil
	}
	err := Storable(Listed("brands", w.Brands), Counted("lightspeedItemIds", len(w.LightspeedItemIds)), Counted("reasons", len(w.Reasons)),
		Counted("blockingReasons", len(w.BlockingReasons)), Typed("brand", w.Brand), Typed("category", w.Category), Typed("search", w.Search))
	if err != nil {
		return nil, err
	}
	var all []predicate.PosItem
	if w.Displayed != nil {
		live, err := sitedata.Live(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, whether(*w.Displayed, positem.And(positem.Displayed(live), positem.Displayed(true))))
	}
	if w.MatchState != nil {
		all = append(all, hasState(*w.MatchState))
	}
	if w.Archived != nil {
		all = append(all, positem.Archived(*w.Archived))
	}
	if w.Brand != nil {
		all = append(all, positem.Brand(*w.Brand))
	}
	if w.Brands != nil {
		all = append(all, positem.BrandIn(w.Brands...))
	}
	if w.Category != nil {
		below, err := itemCategories(ctx, *w.Category)
		if err != nil {
			return nil, err
		}
		all = append(all, positem.CategoryIn(below...))
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
		all = append(all, whether(*w.Linked, positem.MatchStateEQ(retail.MatchLinked)))
	}
	if w.review != nil {
		all = append(all, w.review.predicates()...)
	}
	text, err := Searched(w.Search)
	if err != nil {
		return nil, err
	}
	if text != "" {
		found, err := searchItems(ctx, text)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

// itemCategories returns the categories of Lightspeed that are this one or below it, as items have them.
func itemCategories(ctx context.Context, category string) ([]string, error) {
	from, to := sortkey.Below(category)
	if from == "" {
		return []string{""}, nil
	}
	names, err := unitofwork.Client(ctx).PosLabel.Query().Where(poslabel.Kind(categoryLabel)).Select(poslabel.FieldName).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read Lightspeed's categories: %w", err)
	}
	return slices.DeleteFunc(names, func(name string) bool {
		path := sortkey.Path(name)
		return path < from || path >= to
	}), nil
}

// categoryLabel is the kind of the labels that are categories.
const categoryLabel = "CATEGORY"

// hasState finds items by their state. Conflicts are few and have their own index.
func hasState(state retail.MatchState) predicate.PosItem {
	if state == retail.MatchConflict {
		return partialindex.Is[predicate.PosItem](positem.FieldMatchState, retail.MatchConflict)
	}
	return positem.MatchStateEQ(state)
}

// searchItems finds the items that contain all words of the text, or whose barcode number it is.
func searchItems(ctx context.Context, text string) (predicate.PosItem, error) {
	return search[predicate.PosItem]{
		text: positem.And(each(searchtext.Words(text), positem.SearchTextContains)...),
		code: func(code retail.GTIN) predicate.PosItem {
			return positem.Or(positem.UpcCode(code), positem.And(positem.EanCode(code), partialindex.Filled[predicate.PosItem](positem.FieldEanCode)))
		},
		ids: func(where predicate.PosItem, limit int) ([]string, error) {
			return unitofwork.Client(ctx).PosItem.Query().Where(where).Limit(limit).IDs(ctx)
		},
	}.find(text)
}

// fewItems is up to how many items are looked up by their reasons. If there are more, reading the list in its order finds a
// page of them soon enough.
const fewItems = 5000

// addCombinations adds to the filter, if few items have its reasons, the combinations in which these occur. The databases can look
// these up in an index and estimate how many rows they find, which they cannot do for bits.
func (w *ItemWhere) addCombinations(ctx context.Context, predicates []predicate.PosItem) ([]predicate.PosItem, error) {
	if w == nil || w.Reasons == nil && w.BlockingReasons == nil {
		return predicates, nil
	}
	byReason := &ItemWhere{Reasons: w.Reasons, BlockingReasons: w.BlockingReasons}
	reasons, err := byReason.predicates(ctx)
	if err != nil {
		return nil, err
	}
	var combinations []struct {
		Bits  retail.ReasonBits `sql:"reason_bits"`
		Count int               `sql:"count"`
	}
	err = unitofwork.Client(ctx).PosItem.Query().Where(reasons...).
		GroupBy(positem.FieldReasonBits).Aggregate(ent.Count()).Scan(ctx, &combinations)
	if err != nil {
		return nil, fmt.Errorf("find combinations of reasons: %w", err)
	}
	total := 0
	bits := make([]retail.ReasonBits, len(combinations))
	for i, c := range combinations {
		bits[i] = c.Bits
		total += c.Count
	}
	if total > fewItems {
		return predicates, nil
	}
	return append(predicates, positem.ReasonBitsIn(bits...)), nil
}

// hasBits finds the items for which a bit of any of the codes is set; without codes it finds none.
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
