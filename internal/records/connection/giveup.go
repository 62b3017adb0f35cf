package connection

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/connectattempt"
	"possync/internal/retail"
)

// GiveUp queues the revocation of every grant of the acting site, of its connection and of attempts to connect, and erases their tokens, within
// a transaction. It is for a site that is being deleted: nothing of what else follows from a disconnection is done.
func GiveUp(ctx context.Context, tx *ent.Client, now time.Time) error {
	links, err := tx.LightspeedLink.Query().All(ctx)
	if err != nil {
		return fmt.Errorf("read the link: %w", err)
	}
	for _, link := range links {
		if err := revokeStored(ctx, tx, storedByLink(link), now); err != nil {
			return err
		}
		// The new version makes a renewal that is under way find that its tokens are not wanted any more.
		err := tx.LightspeedLink.UpdateOne(link).SetState(retail.LinkDisconnected).SetDisconnectedAt(now).ClearAccessToken().ClearRefreshToken().
			AddTokenVersion(1).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("give the connection up: %w", err)
		}
	}
	attempts, err := tx.ConnectAttempt.Query().Where(connectattempt.ClosedAtIsNil()).All(ctx)
	if err != nil {
		return fmt.Errorf("read the attempts to connect: %w", err)
	}
	for _, attempt := range attempts {
		if err := Close(ctx, tx, attempt, now); err != nil {
			return err
		}
	}
	return nil
}
