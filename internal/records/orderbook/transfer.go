package orderbook

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/ordernotice"
	"possync/internal/records/openorders"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// transferCodes are the notices about goods that leave another store than the one whose stock the sale lowers.
var transferCodes = []retail.NoticeCode{retail.NoticeTransferGoods, retail.NoticeNoStoreRegister}

// Params of the notice of goods to transfer that are not for people: the shop whose stock the sale lowers, the units that the notice
// is about, and those that were transferred before it was raised again.
const (
	shopParam  = "shop"
	unitsParam = "units"
	movedParam = "moved"
)

// FulfillmentsChanged renews what staff have to transfer for orders whose sales were made, or are being made, and whose goods leave
// other stores than before. The orders hold these goods until they were transferred. The transaction must hold the site's lock.
func FulfillmentsChanged(ctx context.Context, client *ent.Client, now time.Time, orderIDs ...string) error {
	exports, err := client.OrderExport.Query().
		Where(orderexport.OrderIDIn(orderIDs...), orderexport.Sent(true), orderexport.StateNEQ(retail.ExportFailed)).All(ctx)
	if err != nil {
		return fmt.Errorf("look for the sales of fulfilled orders: %w", err)
	}
	if len(exports) == 0 {
		return nil
	}
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	if err := renewTransfers(ctx, client, site, now, exports...); err != nil {
		return err
	}
	return holdTransfers(ctx, client, site, exports, now)
}

// LineReplaced has what staff have transferred of a line count for the line that replaces it: both are named by their keys. Then it does
// what [FulfillmentsChanged] does.
func LineReplaced(ctx context.Context, client *ent.Client, now time.Time, orderID, key, by string) error {
	standing, err := standingNotices(ctx, client, []string{orderID}, retail.NoticeTransferGoods)
	if err != nil {
		return err
	}
	for _, row := range standing[orderID] {
		params := maps.Clone(row.Params)
		for _, param := range []string{unitsParam, movedParam} {
			if params[param] != "" {
				params[param] = unitsText(renamed(unitsOf(row, param), key, by))
			}
		}
		if err := client.OrderNotice.UpdateOne(row).SetParams(params).SetUpdatedAt(now).Exec(ctx); err != nil {
			return fmt.Errorf("keep what was transferred of a line: %w", err)
		}
	}
	return FulfillmentsChanged(ctx, client, now, orderID)
}

// renamed returns units to transfer once a line has another key.
func renamed(units retail.TransferUnits, line, to string) retail.TransferUnits {
	renamed := make(retail.TransferUnits, len(units))
	for key, n := range units {
		if location, of, _ := strings.Cut(key, "/"); of == line {
			key = retail.TransferKey(to, location)
		}
		renamed[key] += n
	}
	return renamed
}

// RoutesChanged renews the notices that a store has no register.
func RoutesChanged(ctx context.Context, client *ent.Client, now time.Time) error {
	var ids []string
	err := client.OrderNotice.Query().
		Where(ordernotice.CodeEQ(retail.NoticeNoStoreRegister), ordernotice.AcknowledgedAtIsNil(), ordernotice.ResolvedAtIsNil()).
		Select(ordernotice.FieldOrderID).Scan(ctx, &ids)
	if err != nil {
		return fmt.Errorf("look for orders of stores without a register: %w", err)
	}
	if len(ids) == 0 {
		return nil
	}
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, chunkSize) {
		exports, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(chunk...)).All(ctx)
		if err != nil {
			return fmt.Errorf("read the sales of stores without a register: %w", err)
		}
		if err := renewTransfers(ctx, client, site, now, exports...); err != nil {
			return err
		}
	}
	return nil
}

// renewTransfers raises the notices of orders whose sales are made at the register of another store than those that hand the goods
// over: what to transfer, and that the store has no register. It resolves those whose cause is gone.
func renewTransfers(ctx context.Context, client *ent.Client, site *settings.Snapshot, now time.Time, exports ...*ent.OrderExport) error {
	ids := make([]string, len(exports))
	for i, e := range exports {
		ids[i] = e.OrderID
	}
	orders, err := Load(ctx, client, SettingsOf(site), ids...)
	if err != nil {
		return err
	}
	standing, err := standingNotices(ctx, client, ids, transferCodes...)
	if err != nil {
		return err
	}
	due := make([]transfers, len(orders))
	for i, o := range orders {
		export := exports[slices.IndexFunc(exports, func(e *ent.OrderExport) bool { return e.OrderID == o.Row.ID })]
		due[i] = dueTransfers(site, o, export, standing[o.Row.ID])
	}
	return storeTransfers(ctx, client, now, due...)
}

// transfers are the notices of an order that follow from the stores which hand its goods over.
type transfers struct {
	raised []Notice
	ended  []*ent.OrderNotice
}

// dueTransfers works them out. standing are those that stand.
func dueTransfers(site *settings.Snapshot, o Order, export *ent.OrderExport, standing []*ent.OrderNotice) (found transfers) {
	s := SettingsOf(site)
	rows := map[retail.NoticeCode]*ent.OrderNotice{}
	for _, row := range standing {
		rows[row.Code] = row
	}
	here := func(location string) bool {
		shop := s.Stores[location]
		return shop == 0 || shop == export.Plan.ShopID // a location that is no store of Lightspeed has no stock there
	}
	due := map[retail.NoticeCode]map[string]string{
		retail.NoticeTransferGoods: transferParams(site, o, here, export, rows[retail.NoticeTransferGoods]),
	}
	if store := o.Facts.Store(); store != "" && !o.Row.Cancelled && !here(store) && s.Unrouted(store) {
		due[retail.NoticeNoStoreRegister] = map[string]string{
			"location": locationNames(site)[store], "locationId": store, "register": registerName(site, export.Plan.RegisterID),
		}
	}
	for _, code := range transferCodes {
		settled := code == retail.NoticeTransferGoods && rows[code] != nil && rows[code].AcknowledgedAt != nil
		switch {
		case due[code] != nil:
			found.raised = append(found.raised, Notice{OrderID: o.Row.ID, Code: code, Params: due[code]})
		case rows[code] != nil && !settled: // what was transferred stays known
			found.ended = append(found.ended, rows[code])
		}
	}
	return found
}

// storeTransfers raises the notices of orders, and resolves those whose cause is gone.
func storeTransfers(ctx context.Context, client *ent.Client, now time.Time, orders ...transfers) error {
	var raised []Notice
	ended := map[retail.NoticeCode][]string{}
	for _, o := range orders {
		raised = append(raised, o.raised...)
		for _, row := range o.ended {
			ended[row.Code] = append(ended[row.Code], row.OrderID)
		}
	}
	for code, ids := range ended {
		if err := ResolveNotices(ctx, client, code, now, ids...); err != nil {
			return err
		}
	}
	return RaiseNotices(ctx, client, now, raised...)
}

// transferParams are what the notice of goods to transfer contains; nil = nothing is left to transfer. row is the one that stands.
func transferParams(
	site *settings.Snapshot, o Order, here func(string) bool, export *ent.OrderExport, row *ent.OrderNotice,
) map[string]string {
	if o.Row.Cancelled {
		return nil
	}
	shop := export.Plan.ShopID
	moved, counted := retail.TransferUnits{}, retail.TransferUnits{}
	if row != nil && row.Params[shopParam] == strconv.FormatInt(shop, 10) {
		moved = unitsOf(row, movedParam)
		counted = moved.Plus(unitsOf(row, unitsParam))
		if row.AcknowledgedAt != nil {
			moved = counted
		}
	}
	due := moved.Less(export.Plan.Transfers(o.Facts, here, counted))
	if len(due) == 0 {
		return nil
	}
	return map[string]string{
		"goods": retail.TransferText(due, locationNames(site)), "to": shopName(site, shop),
		shopParam: strconv.FormatInt(shop, 10), unitsParam: unitsText(retail.UnitsOf(due)), movedParam: unitsText(moved),
	}
}

// unitsOf reads units of a notice; none if it has none.
func unitsOf(row *ent.OrderNotice, param string) retail.TransferUnits {
	units := retail.TransferUnits{}
	_ = json.Unmarshal([]byte(row.Params[param]), &units) // as it was raised
	return units
}

func unitsText(units retail.TransferUnits) string {
	text, _ := json.Marshal(units) // numbers by text always are
	return string(text)
}

// standingNotices are the notices of orders with these codes that stand, also those that were acknowledged, by their orders.
func standingNotices(ctx context.Context, client *ent.Client, orderIDs []string, codes ...retail.NoticeCode) (map[string][]*ent.OrderNotice, error) {
	byOrder := map[string][]*ent.OrderNotice{}
	for chunk := range slices.Chunk(orderIDs, chunkSize) {
		rows, err := client.OrderNotice.Query().Where(ordernotice.OrderIDIn(chunk...), ordernotice.CodeIn(codes...),
			ordernotice.ResolvedAtIsNil()).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("look for goods to transfer: %w", err)
		}
		for _, row := range rows {
			byOrder[row.OrderID] = append(byOrder[row.OrderID], row)
		}
	}
	return byOrder, nil
}

// openTransfers are the units of which staff have yet to say that they were transferred, by their orders. An order without an entry
// has none; nil = all that leaves other shops, as an earlier version did not note which.
func openTransfers(ctx context.Context, client *ent.Client, orderIDs []string) (map[string]retail.TransferUnits, error) {
	standing, err := standingNotices(ctx, client, orderIDs, retail.NoticeTransferGoods)
	if err != nil {
		return nil, err
	}
	open := map[string]retail.TransferUnits{}
	for id, rows := range standing {
		switch row := rows[0]; { // there is one of each code

		case row.AcknowledgedAt != nil:
		case row.Params[unitsParam] == "":
			open[id] = nil
		default:
			open[id] = unitsOf(row, unitsParam)
		}
	}
	return open, nil
}

// holdTransfers has exported orders hold the goods that are to be transferred.
func holdTransfers(ctx context.Context, client *ent.Client, site *settings.Snapshot, exports []*ent.OrderExport, now time.Time) error {
	ids := make([]string, len(exports))
	for i, e := range exports {
		ids[i] = e.OrderID
	}
	sales, err := openorders.SalesOf(ctx, client, ids)
	if err != nil {
		return err
	}
	open, err := openTransfers(ctx, client, ids)
	if err != nil {
		return err
	}
	rules := openorders.RulesOf(site)
	changes := map[int64][]string{}
	var products []string
	for _, s := range sales {
		list, waiting := open[s.Export.OrderID]
		for _, l := range s.Lines {
			if l.ProductID != nil { // what is held may have moved to another shop
				products = append(products, *l.ProductID)
			}
			if !waiting || !s.Exported() {
				continue
			}
			if units := rules.AwaitsTransfer(s, l, list); units > l.HeldUnits {
				changes[units] = append(changes[units], l.ID)
			}
		}
	}
	if err := storeHeld(ctx, client, changes, now); err != nil {
		return err
	}
	return RefreshProducts(ctx, client, products, now)
}

func locationNames(site *settings.Snapshot) map[string]string {
	names := map[string]string{}
	for _, l := range site.Locations {
		names[l.ID] = l.Name
	}
	return names
}

func shopName(site *settings.Snapshot, lightspeedID int64) string {
	for _, s := range site.Shops {
		if s.LightspeedID == lightspeedID {
			return s.Name
		}
	}
	return ""
}

func registerName(site *settings.Snapshot, lightspeedID int64) string {
	for _, r := range site.Registers {
		if r.LightspeedID == lightspeedID {
			return r.Name
		}
	}
	return ""
}
