package orderbook

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/weborder"
)

// NextChange returns the number of a change of orders, which the caller stores with all of them (WebOrder.change_sequence). The
// transaction then holds the site's export lock, so that changes are committed in the order of their numbers.
func NextChange(ctx context.Context, client *ent.Client) (int, error) {
	last, err := next(ctx, client, 0, 0)
	return last.order, err
}

// Changed notes that orders have changed, for those who follow them.
func Changed(ctx context.Context, client *ent.Client, orderIDs ...string) error {
	if len(orderIDs) == 0 {
		return nil
	}
	number, err := NextChange(ctx, client)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(orderIDs, chunkSize) {
		err := client.WebOrder.Update().Where(weborder.IDIn(chunk...)).SetChangeSequence(number).Exec(ctx)
		if err != nil {
			return fmt.Errorf("note that %d orders have changed: %w", len(chunk), err)
		}
	}
	return nil
}

// OrderSequence returns the number of the site's last change of an order; 0 = there was none.
func OrderSequence(ctx context.Context, client *ent.Client) (int, error) {
	lock, err := client.ExportLock.Query().Only(ctx)
	if ent.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the order sequence: %w", err)
	}
	return lock.OrderSequence, nil
}
