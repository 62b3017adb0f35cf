package connection

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

const (
	// refusalPatience is how long Lightspeed may refuse fresh tokens before a person is asked.
	refusalPatience      = 30 * time.Minute
	refusalShortestPause = time.Minute
	refusalLongestPause  = 15 * time.Minute
)

// refusalPause is how long to wait after a refusal: as long as the refusals last already, within limits.
func refusalPause(lasting time.Duration) time.Duration {
	return min(max(lasting, refusalShortestPause), refusalLongestPause)
}

// Refusal is what became of a connection whose fresh tokens Lightspeed refuses.
type Refusal int

// What becomes of it.
const (
	RefusalIgnored Refusal = iota // the site was connected again meanwhile, or is not connected
	RefusalNoted                  // it is asked again after a pause
	RefusalAsked                  // it lasts so long that a person is asked
)

// Refuse records, within a transaction, that Lightspeed refused even fresh tokens of the grant that the acting site was given at
// connectedAt. Such an answer may come from a faulty gateway, so it does not end the grant: no one uses it for a while that
// grows, and after half an hour the connection waits for a person. [Accept] undoes it all.
func Refuse(ctx context.Context, tx *ent.Client, connectedAt *time.Time, now time.Time) (Refusal, error) {
	if err := synclog.Lock(ctx, tx); err != nil { // locks the site
		return RefusalIgnored, err
	}
	same := lightspeedlink.ConnectedAtIsNil()
	if connectedAt != nil {
		same = lightspeedlink.ConnectedAt(*connectedAt)
	}
	link, err := tx.LightspeedLink.Query().Where(alive(), same).Only(ctx)
	if ent.IsNotFound(err) {
		return RefusalIgnored, nil
	}
	if err != nil {
		return RefusalIgnored, fmt.Errorf("read the link: %w", err)
	}
	since := now
	if link.RefusedSince != nil {
		since = *link.RefusedSince
	}
	update := tx.LightspeedLink.UpdateOneID(link.ID).SetRefusedSince(since).SetRefusedUntil(now.Add(refusalPause(now.Sub(since))))
	became := RefusalNoted
	if link.State == retail.LinkConnected && now.Sub(since) >= refusalPatience {
		became = RefusalAsked
		update.SetState(retail.LinkNeedsReauth).SetReauthSince(now)
		if err := stopSchedule(ctx, tx); err != nil {
			return RefusalIgnored, err
		}
	}
	if err := update.Exec(ctx); err != nil {
		return RefusalIgnored, fmt.Errorf("record the refusal: %w", err)
	}
	if became == RefusalAsked {
		if err := orderbook.Raise(ctx, tx, orderbook.SignInAlert(), now); err != nil {
			return RefusalIgnored, err
		}
		return became, synclog.SetupChanged(ctx, tx)
	}
	return became, nil
}

// DueRefusals returns at most so many connections of all sites that should be tried again. It acts as the system.
func DueRefusals(ctx context.Context, client *ent.Client, limit int, now time.Time) ([]*ent.LightspeedLink, error) {
	rows, err := client.LightspeedLink.Query().Where(alive(), lightspeedlink.RefusedUntilLTE(now)).
		Order(ent.Asc(lightspeedlink.FieldRefusedUntil)).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for refused tokens: %w", err)
	}
	return rows, nil
}

// ClaimRefusal gives the caller alone the next try of a connection that is refused, and plans the one after it.
func ClaimRefusal(ctx context.Context, client *ent.Client, link *ent.LightspeedLink, now time.Time) (bool, error) {
	n, err := client.LightspeedLink.Update().
		Where(lightspeedlink.ID(link.ID), lightspeedlink.RefusedUntil(*link.RefusedUntil), alive()).
		SetRefusedUntil(now.Add(refusalPause(now.Sub(*link.RefusedSince)))).Save(ctx)
	if err != nil {
		return false, fmt.Errorf("claim the next try: %w", err)
	}
	return n == 1, nil
}

// Accept records, within a transaction, that Lightspeed accepts the tokens of a connection again which it refused since then.
// A connection that waited for a person works on, and so do its schedule and its exports. It reports whether there was
// something to record.
func Accept(ctx context.Context, tx *ent.Client, link *ent.LightspeedLink, now time.Time) (bool, error) {
	if err := synclog.Lock(ctx, tx); err != nil {
		return false, err
	}
	n, err := tx.LightspeedLink.Update().
		Where(lightspeedlink.ID(link.ID), lightspeedlink.RefusedSince(*link.RefusedSince), alive()).
		SetState(retail.LinkConnected).ClearReauthSince().ClearRefusedSince().ClearRefusedUntil().Save(ctx)
	if err != nil {
		return false, fmt.Errorf("record that the tokens are accepted again: %w", err)
	}
	if n == 0 {
		return false, nil
	}
	if err := resolveSignIn(ctx, tx, now); err != nil {
		return false, err
	}
	if err := orderbook.Resume(ctx, tx, now); err != nil {
		return false, err
	}
	if link.State == retail.LinkNeedsReauth {
		if err := tx.SyncState.Update().SetNextRunAt(now).Exec(ctx); err != nil {
			return false, fmt.Errorf("resume the schedule: %w", err)
		}
	}
	if err := synclog.MakeDue(ctx, tx, now); err != nil {
		return false, err
	}
	return true, synclog.SetupChanged(ctx, tx)
}
