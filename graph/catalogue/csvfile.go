package catalogue

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"possync/graph/sitedata"
)

// byteOrderMark marks the text as UTF-8 for spreadsheet programs, which would otherwise assume an old code page.
const byteOrderMark = "\ufeff"

// columns are the names in the first row.
var columns = []string{
	"lightspeedItemId", "systemSku", "customSku", "manufacturerSku", "upc", "ean", "brand", "description", "category",
	"archived", "matchState", "displayed", "inStock", "reasons", "blockingReasons", "messages", "advice",
	"onHand", "reserve", "held", "available", // by location, as "Main: 5; North: 0"
}

// file is the file that is being written.
type file struct {
	w   http.ResponseWriter
	csv *csv.Writer // nil before the first row
}

// write writes rows, and before the first ones the names of the columns.
func (d *file) write(ctx context.Context, items []*Item) error {
	if d.csv == nil {
		if _, err := d.w.Write([]byte(byteOrderMark)); err != nil {
			return fmt.Errorf("send a page: %w", err)
		}
		d.csv = csv.NewWriter(d.w)
		d.csv.UseCRLF = true
		if err := d.csv.Write(columns); err != nil {
			return fmt.Errorf("send a page: %w", err)
		}
	}
	for _, item := range items {
		cells, err := row(ctx, item)
		if err != nil {
			return err
		}
		if err := d.csv.Write(cells); err != nil {
			return fmt.Errorf("send a page: %w", err)
		}
	}
	if d.csv.Flush(); d.csv.Error() != nil {
		return fmt.Errorf("send a page: %w", d.csv.Error())
	}
	return nil
}

func row(ctx context.Context, item *Item) ([]string, error) {
	diagnosis, err := item.Diagnosis(ctx)
	if err != nil {
		return nil, err
	}
	var codes, blocking, messages, advice []string
	for _, r := range diagnosis.Reasons {
		codes = append(codes, string(r.Code))
		if r.Blocking {
			blocking = append(blocking, string(r.Code))
		}
		messages, advice = append(messages, r.Message), append(advice, r.Advice)
	}
	cells := []string{
		item.LightspeedItemID(), item.SystemSku, item.CustomSku, item.ManufacturerSku, item.Upc, item.Ean, item.Brand,
		item.Description, item.Category, strconv.FormatBool(item.Archived), string(item.MatchState),
		strconv.FormatBool(diagnosis.Displayed), strconv.FormatBool(item.InStock),
		strings.Join(codes, "; "), strings.Join(blocking, "; "), strings.Join(messages, " "), strings.Join(advice, " "),
	}
	stock, err := item.stockCells(ctx)
	if err != nil {
		return nil, err
	}
	cells = append(cells, stock[:]...)
	for i, cell := range cells {
		cells[i] = harmless(cell)
	}
	return cells, nil
}

// stockCells are what is on hand, left to the store, held and available at each location, by the location's name.
func (i *Item) stockCells(ctx context.Context) (cells [4]string, err error) {
	byShop, err := i.sellable(ctx)
	if err != nil {
		return cells, err
	}
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return cells, err
	}
	var columns [len(cells)][]string
	for _, p := range pairs {
		if s, counts := byShop[p.Shop.LightspeedID]; counts {
			for n, units := range [len(cells)]int64{s.OnHand, s.Reserve, s.Held, s.Sellable()} {
				columns[n] = append(columns[n], fmt.Sprintf("%s: %d", p.Location.Name, units))
			}
		}
	}
	for n, column := range columns {
		cells[n] = strings.Join(column, "; ")
	}
	return cells, nil
}

// harmless keeps spreadsheet programs from running a text from the POS as a formula: a cell that begins like one, also after
// white space, gets an apostrophe before it (OWASP, CSV Injection).
func harmless(cell string) string {
	first := strings.TrimLeft(cell, " \u00a0\u3000")
	if first != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(first)[0]) {
		return "'" + cell
	}
	return cell
}
