package connection

import (
	"context"
	"fmt"
	"strconv"

	"possync/ent"
	"possync/ent/product"
	"possync/internal/records/feedlog"
	"possync/internal/records/matchlog"
	"possync/internal/records/settings"
	"possync/internal/records/settingshistory"
	"possync/internal/retail"
)

// deleteMirror removes everything that mirrors the account of before: its numbers mean other things in the new one.
func deleteMirror(ctx context.Context, tx *ent.Client, entry settingshistory.Entry) error {
	if _, err := feedlog.MarkWhere(ctx, tx, feedlog.Linked()); err != nil {
		return err
	}
	if err := matchlog.MarkAll(ctx, tx); err != nil {
		return err
	}
	if err := tx.Product.Update().Where(product.ListDisplayed(true)).SetListDisplayed(false).Exec(ctx); err != nil {
		return fmt.Errorf("list no product as displayed: %w", err)
	}
	if err := deleteMappings(ctx, tx, entry); err != nil {
		return err
	}
	for _, table := range []struct {
		name   string
		delete interface {
			Exec(context.Context) (int, error)
		}
	}{
		{"drift", tx.Drift.Delete()}, {"shop stock", tx.ShopStock.Delete()}, {"items", tx.PosItem.Delete()},
		{"shops", tx.Shop.Delete()}, {"registers", tx.Register.Delete()}, {"employees", tx.Employee.Delete()},
		{"price levels", tx.PriceLevel.Delete()}, {"payment types", tx.PaymentType.Delete()}, {"labels", tx.PosLabel.Delete()},
		{"claims", tx.PosClaim.Delete()},
	} {
		if _, err := table.delete.Exec(ctx); err != nil {
			return fmt.Errorf("remove the %s of the earlier account: %w", table.name, err)
		}
	}
	// The fence stops a worker that is about to write a page of the earlier account.
	err := tx.SyncState.Update().
		AddFence(1).SetLeaseOwner("").ClearLeaseUntil().
		ClearItemsSince().ClearStockSince().ClearFullCompletedAt().ClearFullStartedAt().ClearClockBackAt().
		ClearStockAsOf().ClearPosClock().ClearLastSuccessAt().
		SetEvaluationCursor(0).SetEvaluationRunning(0).Exec(ctx)
	if err != nil {
		return fmt.Errorf("start over: %w", err)
	}
	return nil
}

// deleteMappings removes the pairs of the earlier account's shops.
func deleteMappings(ctx context.Context, tx *ent.Client, entry settingshistory.Entry) error {
	gone, err := tx.StoreMapping.Delete().Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove the store mappings of the earlier account: %w", err)
	}
	if err := tx.Site.Update().AddMappingRevision(1).Exec(ctx); err != nil {
		return fmt.Errorf("advance the mappings' revision: %w", err)
	}
	if gone == 0 {
		return nil
	}
	after, err := settings.Read(ctx, tx)
	if err != nil {
		return err
	}
	entry.Setting, entry.Revision = retail.SettingStores, after.Site.MappingRevision
	return settingshistory.Record(ctx, tx, entry, settingshistory.Change{
		Field: "Number of connected stores", Before: strconv.Itoa(gone), After: "0, as another Lightspeed account was connected",
	})
}
