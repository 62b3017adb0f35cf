// Package confirmation keeps what would empty the website, or make most of it cheap, until a manager confirms it.
//
// Items stay displayed and prices stay in force; what the POS and the platform sent is stored all the same, and stock keeps
// flowing. A hold ends when a manager confirms, or when what caused it is undone. All functions act on the site of the context,
// whose lock the transaction must hold, see [synclog.Lock].
package confirmation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/syncstate"
	"possync/internal/message"
	"possync/internal/records/display"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// chunkSize bounds the ids of one statement.
const chunkSize = 500

var displayAlert = orderbook.Alert{
	Cause: string(retail.SetupDisplayHeld), Code: retail.AlertDisplayHeld, Setting: retail.SettingCatalogue,
	Message: message.Plain("A change of the catalogue or of the locations would take many items off the website at once. They stay displayed until a manager " +
		"confirms that they go, or the change is undone."),
}

// HoldDisplay keeps the items displayed that the rules would hide.
func HoldDisplay(ctx context.Context, client *ent.Client, rules display.Rules, now time.Time) error {
	var ids []string
	err := rules.EachLost(ctx, client, func(item *ent.PosItem, o display.Result) error {
		if !o.Displayed {
			ids = append(ids, item.ID)
		}
		return nil
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	for chunk := range slices.Chunk(ids, chunkSize) {
		if err := client.PosItem.Update().Where(positem.IDIn(chunk...)).SetDisplayHeld(true).SetUpdatedAt(now).Exec(ctx); err != nil {
			return fmt.Errorf("hold %d items: %w", len(chunk), err)
		}
	}
	return DisplayIsHeld(ctx, client, now)
}

// DisplayIsHeld reports that items are held, by the set-up checklist and an alert.
func DisplayIsHeld(ctx context.Context, client *ent.Client, now time.Time) error {
	update, err := state(ctx, client)
	if err != nil {
		return err
	}
	n, err := update.Where(syncstate.DisplayHeldSinceIsNil()).SetDisplayHeldSince(now).Save(ctx)
	if err != nil {
		return fmt.Errorf("note that items are held: %w", err)
	}
	if n > 0 {
		if err := orderbook.Raise(ctx, client, displayAlert, now); err != nil {
			return err
		}
	}
	return synclog.SetupChanged(ctx, client)
}

// AcceptLoss notes that a person has confirmed what the rules take off the website. The evaluation that follows hides it.
func AcceptLoss(ctx context.Context, client *ent.Client, rules display.Rules, now time.Time) error {
	var ids []string
	err := rules.EachLost(ctx, client, func(item *ent.PosItem, _ display.Result) error {
		ids = append(ids, item.ID)
		return nil
	})
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, chunkSize) {
		if err := client.PosItem.Update().Where(positem.IDIn(chunk...)).SetLostAt(now).Exec(ctx); err != nil {
			return fmt.Errorf("note the loss of %d items: %w", len(chunk), err)
		}
	}
	return ConfirmedLoss(ctx, client, now)
}

// ConfirmedLoss notes that a person has confirmed a loss. What is lost later is measured against this moment.
func ConfirmedLoss(ctx context.Context, client *ent.Client, now time.Time) error {
	update, err := state(ctx, client)
	if err != nil {
		return err
	}
	if err := update.SetDisplayConfirmedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("note the confirmation: %w", err)
	}
	return nil
}

// ConfirmDisplay lets the held items go. The evaluation that follows hides those that the rules still hide.
func ConfirmDisplay(ctx context.Context, client *ent.Client, now time.Time) error {
	if err := client.PosItem.Update().Where(positem.DisplayHeld(true), positem.LostAtIsNil()).SetLostAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("note the loss of the held items: %w", err)
	}
	if err := ConfirmedLoss(ctx, client, now); err != nil {
		return err
	}
	return release(ctx, client, now)
}

// HeldItems counts the items that stay displayed until a manager confirms.
func HeldItems(ctx context.Context, client *ent.Client) (int, error) {
	n, err := client.PosItem.Query().Where(positem.DisplayHeld(true)).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count the held items: %w", err)
	}
	return n, nil
}

// SettleDisplay ends the hold when its cause is undone, so far that the loss needs no confirmation any more.
func SettleDisplay(ctx context.Context, client *ent.Client, now time.Time) error {
	row, err := synclog.State(ctx, client)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	if row.DisplayHeldSince == nil {
		return nil
	}
	held, err := HeldItems(ctx, client)
	if err != nil {
		return err
	}
	if held > 0 {
		if loss, err := display.LostBefore(ctx, client, now); err != nil || loss.Exceeded() {
			return err
		}
	}
	return release(ctx, client, now)
}

// release ends the hold of the display.
func release(ctx context.Context, client *ent.Client, now time.Time) error {
	n, err := client.PosItem.Update().Where(positem.DisplayHeld(true)).SetDisplayHeld(false).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return fmt.Errorf("let the held items go: %w", err)
	}
	update, err := state(ctx, client)
	if err != nil {
		return err
	}
	if err := update.ClearDisplayHeldSince().Exec(ctx); err != nil {
		return fmt.Errorf("note that nothing is held: %w", err)
	}
	if n > 0 {
		if err := synclog.RequestEvaluation(ctx, client, now); err != nil {
			return err
		}
	}
	if err := orderbook.Resolve(ctx, client, displayAlert.Cause, now); err != nil {
		return err
	}
	return synclog.SetupChanged(ctx, client)
}

// state changes the site's state row.
func state(ctx context.Context, client *ent.Client) (*ent.SyncStateUpdate, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, err
	}
	return client.SyncState.Update().Where(syncstate.SiteID(siteID)), nil
}
