package mirror

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/lightspeed"
	"possync/internal/records/lookup"
	"possync/internal/retail"
	"possync/internal/text"
)

// ReadMarks say what earlier runs have read, in the POS's time.
type ReadMarks struct {
	Items, Stock time.Time  // no run of changes reads rows whose stamps lie before these, now or later
	Full         *time.Time // when the last run that read everything began; nil = not known
	ClockBack    bool       // the POS's clock went back since then
}

// ItemRange says where a page of all items lies, in the order of their ids.
type ItemRange struct {
	After    *int64 // id of the last item before; nil = not known
	Last     bool   // no items follow
	Complete bool   // no row was left out because it could not be read
}

// Difference is one that no run of changes has brought or would bring.
type Difference struct {
	ItemID, ShopID int64 // ShopID 0 = it is the item's own
	Field          retail.DriftField
	Before, After  string
	Cause          retail.DriftCause
}

// Compare returns where the mirror differs from the page although no run of changes would bring it: the stamp of the row
// lies before the marks. What changed later is new, not drift, and a row without a stamp says nothing.
func (p *Page) Compare(ctx context.Context, client *ent.Client, at ItemRange, marks ReadMarks) ([]Difference, error) {
	var found []Difference
	for i, row := range p.rows {
		old := p.stored[row.ItemID]
		if old == nil {
			if drifted(row.TimeStamp, marks.Items) {
				found = append(found, Difference{
					ItemID: row.ItemID, Field: retail.DriftItem, After: text.Clip(row.Description, 2000), Cause: marks.cause(row.TimeStamp),
				})
			}
			continue
		}
		found = append(found, compareItem(row, p.fresh[i], old, marks)...)
		found = append(found, compareStock(row, p.stock[row.ItemID], marks)...)
	}
	vanished, err := vanishedItems(ctx, client, at, p.ids)
	if err != nil {
		return nil, err
	}
	return nameLevels(append(found, vanished...), p.labels.Levels), nil
}

func drifted(stamp, mark time.Time) bool { return !stamp.IsZero() && stamp.Before(mark) }

// cause says why no run had brought what a row with this stamp says. The last full run had read the row as it was then: with
// a stamp from before that, it changed without moving it.
func (m ReadMarks) cause(stamp time.Time) retail.DriftCause {
	switch {
	case m.ClockBack:
		return retail.CauseClockBack
	case m.Full == nil:
		return retail.CauseUnknown
	case stamp.Before(*m.Full):
		return retail.CauseStampNotMoved
	default:
		return retail.CauseMissed
	}
}

func compareItem(row lightspeed.Item, c freshContent, old *ent.PosItem, marks ReadMarks) []Difference {
	if c.hash == old.ContentHash || !drifted(row.TimeStamp, marks.Items) {
		return nil
	}
	var found []Difference
	differ := func(field retail.DriftField, before, after string) {
		if before != after {
			found = append(found, Difference{ItemID: row.ItemID, Field: field, Before: before, After: after, Cause: marks.cause(row.TimeStamp)})
		}
	}
	differ(retail.DriftDescription, old.Description, c.description)
	differ(retail.DriftBrand, old.Brand, c.brand)
	differ(retail.DriftCategory, old.Category, c.category)
	differ(retail.DriftSystemSKU, old.SystemSku, c.systemSKU)
	differ(retail.DriftUPC, old.Upc, c.upc)
	differ(retail.DriftEAN, old.Ean, c.ean)
	differ(retail.DriftCustomSKU, old.CustomSku, c.customSKU)
	differ(retail.DriftMakersSKU, old.ManufacturerSku, c.manufacturerSKU)
	differ(retail.DriftCost, old.DefaultCost.String(), c.defaultCost.String())
	if old.ItemKind != retail.ItemDefault || old.Size != "" || old.Color != "" || len(old.Components) > 0 {
		// A row that has none of these may have been stored by a version that did not read them.
		differ(retail.DriftItemKind, string(old.ItemKind), string(c.kind))
		differ(retail.DriftSize, old.Size, c.size)
		differ(retail.DriftColor, old.Color, c.color)
		differ(retail.DriftComponents, components(old.Components), components(c.components))
	}
	before, after := differingPrices(old.Prices, c.prices)
	differ(retail.DriftPrices, before, after)
	// Archiving stamps stock rows and not the item: what they say of it may be newer than the last run.
	newer := slices.ContainsFunc(row.ItemShops, func(s lightspeed.ItemShop) bool { return !s.TimeStamp.Before(marks.Stock) })
	if !c.archived || !newer {
		differ(retail.DriftArchived, yesNo(old.Archived), yesNo(c.archived))
	}
	return found
}

// components writes what a box or an assembly is made of, each as its units and the item's number.
func components(list []retail.Component) string {
	words := make([]string, len(list))
	for i, part := range list {
		words[i] = fmt.Sprintf("%d × item %d", part.Units, part.ItemID)
	}
	return strings.Join(words, ", ")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// differingPrices writes the prices that differ, each as its level's number and the amount.
func differingPrices(old, fresh []retail.LevelPrice) (before, after string) {
	amounts := func(prices []retail.LevelPrice) map[int64]string {
		m := map[int64]string{}
		for _, p := range prices {
			m[p.LevelID] = p.Amount.String()
		}
		return m
	}
	was, is := amounts(old), amounts(fresh)
	write := func(prices []retail.LevelPrice) string {
		var parts []string
		for _, p := range prices {
			if was[p.LevelID] != is[p.LevelID] {
				parts = append(parts, levelMark+strconv.FormatInt(p.LevelID, 10)+": "+p.Amount.String())
			}
		}
		return strings.Join(parts, ", ")
	}
	return write(old), write(fresh)
}

func compareStock(row lightspeed.Item, stored itemStock, marks ReadMarks) []Difference {
	var found []Difference
	differ := func(shop int64, before, after stockLevels, cause retail.DriftCause, text func(int64) string) {
		for _, f := range []struct {
			field         retail.DriftField
			before, after int64
		}{
			{retail.DriftOnHand, before.onHand, after.onHand}, {retail.DriftOnOrder, before.onOrder, after.onOrder},
			{retail.DriftReorderPoint, before.reorderPoint, after.reorderPoint},
			{retail.DriftReorderLevel, before.reorderLevel, after.reorderLevel},
		} {
			if f.before != f.after {
				found = append(found, Difference{
					ItemID: row.ItemID, ShopID: shop, Field: f.field, Before: number(f.before), After: text(f.after), Cause: cause,
				})
			}
		}
	}
	for _, s := range row.ItemShops {
		before, exists := stored.at(s.ShopID)
		if s.ShopID != 0 && (exists || s.QOH != nil) && drifted(s.TimeStamp, marks.Stock) {
			after, _ := merge(s, before)
			differ(s.ShopID, before, after, marks.cause(s.TimeStamp), number)
		}
	}
	for _, s := range stored {
		listed := slices.ContainsFunc(row.ItemShops, func(at lightspeed.ItemShop) bool { return at.ShopID == s.shop })
		if len(row.ItemShops) > 0 && !listed {
			differ(s.shop, s.stockLevels, stockLevels{}, retail.CauseVanished, func(int64) string { return "" })
		}
	}
	return found
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// vanishedItems finds stored items that the page should have listed and did not. Where that is not certain it finds
// none.
func vanishedItems(ctx context.Context, client *ent.Client, page ItemRange, ids []int64) ([]Difference, error) {
	if !page.Complete || !slices.IsSorted(ids) || len(ids) == 0 && (page.After == nil || !page.Last) {
		return nil, nil
	}
	from, to := int64(0), int64(math.MaxInt64)
	if page.After != nil {
		from = *page.After
	} else {
		from = ids[0]
	}
	if !page.Last {
		to = ids[len(ids)-1]
	}
	query := client.PosItem.Query().Select(positem.FieldLightspeedID, positem.FieldDescription)
	if missing, few := gaps(from, to, ids); few {
		if len(missing) == 0 {
			return nil, nil
		}
		query.Modify(lookup.By(positem.Table, positem.FieldLightspeedID, missing...))
	} else {
		query.Where(positem.LightspeedIDGT(from), positem.LightspeedIDLTE(to), positem.LightspeedIDNotIn(ids...))
	}
	rows, err := query.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for items that are no longer listed: %w", err)
	}
	slices.SortFunc(rows, func(a, b *ent.PosItem) int { return cmp.Compare(a.LightspeedID, b.LightspeedID) })
	found := make([]Difference, len(rows))
	for i, row := range rows {
		found[i] = Difference{ItemID: row.LightspeedID, Field: retail.DriftItem, Before: row.Description, Cause: retail.CauseVanished}
	}
	return found, nil
}

// gaps returns the ids after from, up to and including to, that are not listed. The listed ones are in order. few is false where they are too
// many to be looked up one by one: but Lightspeed numbers an account's items one after the other, so mostly there are none.
func gaps(from, to int64, listed []int64) (missing []int64, few bool) {
	if to-from > int64(2*len(listed)+maxGaps) {
		return nil, false
	}
	for id := from + 1; id <= to; id++ {
		if _, ok := slices.BinarySearch(listed, id); !ok {
			missing = append(missing, id)
		}
	}
	return missing, true
}

// maxGaps is how many more ids than items are looked up one by one.
const maxGaps = 1000

// levelMark precedes the number of a price level until it has its name.
const levelMark = "\x00"

// nameLevels gives price levels their names.
func nameLevels(found []Difference, levels map[int64]string) []Difference {
	if !slices.ContainsFunc(found, func(d Difference) bool { return d.Field == retail.DriftPrices }) {
		return found
	}
	var pairs []string
	for id, name := range levels {
		pairs = append(pairs, levelMark+strconv.FormatInt(id, 10)+":", name+":")
	}
	names := strings.NewReplacer(append(pairs, levelMark, "level ")...)
	for i := range found {
		if found[i].Field == retail.DriftPrices {
			found[i].Before, found[i].After = names.Replace(found[i].Before), names.Replace(found[i].After)
		}
	}
	return found
}
