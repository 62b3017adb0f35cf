package orderbook

import (
	"context"
	"time"

	"possync/ent"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// transferCodes are the notices about goods that leave another store than the one whose stock the sale lowers. While one stands, the
// order holds its units there.
var transferCodes = []retail.NoticeCode{retail.NoticeTransferGoods, retail.NoticeNoStoreRegister}

// notifyTransfers raises the notices of an order whose sale is being made at a register of another store than the one that hands
// its goods over: what to transfer, and that the store has no register.
func notifyTransfers(ctx context.Context, client *ent.Client, site *settings.Snapshot, export *ent.OrderExport, now time.Time) error {
	s := SettingsOf(site)
	orders, err := Load(ctx, client, s, export.OrderID)
	if err != nil || len(orders) == 0 {
		return err
	}
	o := orders[0]
	names := map[string]string{}
	for _, l := range site.Locations {
		names[l.ID] = l.Name
	}
	due := map[retail.NoticeCode]map[string]string{}
	here := func(location string) bool {
		shop := s.Stores[location]
		return shop == 0 || shop == export.Plan.ShopID // a location that is no store of Lightspeed has no stock there
	}
	register := ""
	for _, r := range site.Registers {
		if r.LightspeedID == export.Plan.RegisterID {
			register = r.Name
		}
	}
	if transfers := o.Facts.Transfers(here); len(transfers) > 0 {
		due[retail.NoticeTransferGoods] = map[string]string{
			"goods": retail.TransferText(transfers, names), "to": shopName(site, export.Plan.ShopID),
		}
	}
	if store := o.Facts.Store(); store != "" && !here(store) {
		due[retail.NoticeNoStoreRegister] = map[string]string{"location": names[store], "locationId": store, "register": register}
	}
	for _, code := range transferCodes {
		if params := due[code]; params != nil {
			err = RaiseNotices(ctx, client, now, Notice{OrderID: export.OrderID, Code: code, Params: params})
		} else {
			err = ResolveNotices(ctx, client, code, now, export.OrderID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func shopName(site *settings.Snapshot, lightspeedID int64) string {
	for _, s := range site.Shops {
		if s.LightspeedID == lightspeedID {
			return s.Name
		}
	}
	return ""
}
