package link

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"possync/ent"
	"possync/ent/site"
	"possync/ent/syncstate"
	"possync/internal/lightspeed"
	"possync/internal/pid"
	"possync/internal/records/changelog"
	"possync/internal/records/feedlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/runlog"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/text"
)

const maxName = 255 // bytes of a name that the link's row takes

// otherAccountError says that the grant is for another account than the site's earlier one, and nobody agreed to that.
type otherAccountError struct{ earlier lightspeed.AccountInfo }

func (e *otherAccountError) Error() string { return "another account than " + e.earlier.AccountID }

// adopt makes the connection the acting site's: it stores the grant, retires the one before, and starts the work that
// follows, all or nothing.
func (l *Links) adopt(ctx context.Context, attempt *ent.ConnectAttempt, c connection) error {
	siteID := attempt.SiteID
	err := store.InTx(ctx, l.client, func(ctx context.Context, tx *ent.Client) error {
		now := l.clock.Now()
		if _, err := runlog.Next(ctx, tx, siteID); err != nil { // locks the site: of two connections one comes second
			return err
		}
		link, err := tx.LightspeedLink.Query().Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return fmt.Errorf("read the link: %w", err)
		}
		other := link != nil && link.AccountID != c.account.AccountID
		if other && !attempt.OtherAccountAcknowledged {
			return &otherAccountError{lightspeed.AccountInfo{AccountID: link.AccountID, Name: link.AccountName}}
		}
		if link != nil {
			if err := l.retire(ctx, tx, link, c, now); err != nil {
				return err
			}
		}
		if err := l.save(ctx, tx, link, attempt, c, now); err != nil {
			return err
		}
		entry := changelog.Entry{SiteID: siteID, Setting: retail.SettingConnection, By: attempt.UserID, At: now}
		fresh := &ent.LightspeedLink{
			State: retail.LinkConnected, AccountID: c.account.AccountID,
			AccountName: text.Clip(c.account.Name, maxName), EmployeeName: text.Clip(c.session.Name(), maxName),
		}
		err = changelog.Record(ctx, tx, entry,
			changelog.Change{Field: "Lightspeed account", Before: changelog.Account(link), After: changelog.Account(fresh)})
		if err != nil {
			return err
		}
		if other {
			err = forget(ctx, tx, entry)
		} else if link == nil || link.State == retail.LinkDisconnected {
			err = feedlog.MarkLinked(ctx, tx) // what was kept is displayed again
		}
		if err != nil {
			return err
		}
		if err := orderbook.Resume(ctx, tx, siteID, now); err != nil {
			return err
		}
		return startWork(ctx, tx, attempt, other, now)
	})
	if err != nil {
		return err
	}
	l.bus.Publish(runlog.WorkTopic, orderbook.ExportWorkTopic, runlog.ProgressTopic(siteID), runlog.SetupTopic(siteID), feedlog.Topic(siteID))
	return nil
}

// retire queues the revocation of the grant that the link holds and is about to lose.
//
// One grant is left to itself: that of the same Lightspeed user for the same account. The vendor documents that a
// revocation ends both tokens of a pair, not whether it reaches what else that user granted to us, which here would be the
// new grant. Its tokens are erased here, so it is of no use to anybody, and ends after 30 days.
func (l *Links) retire(ctx context.Context, tx *ent.Client, link *ent.LightspeedLink, c connection, now time.Time) error {
	if len(link.RefreshToken) == 0 {
		return nil
	}
	if link.AccountID == c.account.AccountID {
		access, err := l.open(link.AccessToken, accessData(link.ID))
		if user := userOf(access); err != nil || user == "" || user == userOf(c.pair.AccessToken) {
			return nil
		}
	}
	err := tx.TokenRevocation.Create().SetSiteID(link.SiteID).SetRefreshToken(link.RefreshToken).
		SetSealedFor(refreshData(link.ID)).SetCreatedAt(now).SetUpdatedAt(now).SetDueAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("queue the revocation of the earlier grant: %w", err)
	}
	return nil
}

// userOf reads the user's id (sub) from an access token; "" when it is not a JWT. That it is unverified does no harm: both
// tokens compared came straight from the vendor.
func userOf(accessToken string) string {
	var claims jwt.MapClaims
	if _, _, err := jwt.NewParser().ParseUnverified(accessToken, &claims); err != nil {
		return ""
	}
	user, _ := claims["sub"].(string)
	return user
}

func (l *Links) save(ctx context.Context, tx *ent.Client, link *ent.LightspeedLink, attempt *ent.ConnectAttempt, c connection, now time.Time) error {
	if link == nil {
		id := pid.New("lnk") // known before sealing, which binds to it
		err := tx.LightspeedLink.Create().SetID(id).SetSiteID(attempt.SiteID).SetState(retail.LinkConnected).
			SetAccountID(c.account.AccountID).SetCreatedAt(now).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("add the link: %w", err)
		}
		link = &ent.LightspeedLink{ID: id, AccountID: c.account.AccountID}
	}
	sealed, err := l.seal(link.ID, c.pair)
	if err != nil {
		return err
	}
	update := tx.LightspeedLink.UpdateOneID(link.ID).SetState(retail.LinkConnected).
		SetAccountID(c.account.AccountID).SetAccountName(text.Clip(c.account.Name, maxName)).
		SetEmployeeName(text.Clip(c.session.Name(), maxName)).
		SetConnectedBy(attempt.UserID).SetConnectedAt(now).ClearDisconnectedAt().ClearReauthSince().
		SetAccessToken(sealed.access).SetRefreshToken(sealed.refresh).SetAccessExpiresAt(c.pair.ExpiresAt).
		AddTokenVersion(1).SetRenewalOwner("").ClearRenewalUntil().SetUpdatedAt(now)
	if link.AccountID != c.account.AccountID {
		update.SetBudgetLevel(0).SetBudgetSize(0).SetBudgetDripPerSecond(0).ClearBudgetObservedAt()
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("store the connection: %w", err)
	}
	return nil
}

// forget removes everything that mirrors the account of before: its numbers mean other things in the new one.
func forget(ctx context.Context, tx *ent.Client, entry changelog.Entry) error {
	if _, err := feedlog.MarkWhere(ctx, tx, feedlog.Linked()); err != nil {
		return err
	}
	if err := forgetStores(ctx, tx, entry); err != nil {
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
	err := tx.SyncState.Update().Where(syncstate.SiteID(entry.SiteID)).
		AddFence(1).SetLeaseOwner("").ClearLeaseUntil().
		ClearItemsSince().ClearStockSince().ClearFullCompletedAt().ClearFullStartedAt().ClearClockBackAt().
		ClearPosClock().ClearLastSuccessAt().
		SetEvaluationCursor(0).SetEvaluationRunning(0).Exec(ctx)
	if err != nil {
		return fmt.Errorf("begin anew: %w", err)
	}
	return nil
}

// forgetStores removes the pairs of the earlier account's shops.
func forgetStores(ctx context.Context, tx *ent.Client, entry changelog.Entry) error {
	gone, err := tx.StoreMapping.Delete().Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove the store mappings of the earlier account: %w", err)
	}
	if err := tx.Site.Update().Where(site.ID(entry.SiteID)).AddMappingRevision(1).Exec(ctx); err != nil {
		return fmt.Errorf("advance the mappings' revision: %w", err)
	}
	if gone == 0 {
		return nil
	}
	row, err := tx.Site.Get(ctx, entry.SiteID)
	if err != nil {
		return fmt.Errorf("read the mappings' revision: %w", err)
	}
	entry.Setting, entry.Revision = retail.SettingStores, row.MappingRevision
	return changelog.Record(ctx, tx, entry, changelog.Change{
		Field: "Number of connected stores", Before: strconv.Itoa(gone), After: "0, as another Lightspeed account was connected",
	})
}

// startWork makes everything due that a fresh connection brings: reference data, a sync, and a new look at every item.
func startWork(ctx context.Context, tx *ent.Client, attempt *ent.ConnectAttempt, other bool, now time.Time) error {
	state, err := runlog.State(ctx, tx)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	kind := retail.KindDelta
	update := tx.SyncState.UpdateOneID(state.ID).SetReferenceDueAt(now).SetNextRunAt(now).SetDueAt(now)
	if state.FullCompletedAt == nil {
		kind = retail.KindFull
		update.SetFullDueAt(now)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("make the work due: %w", err)
	}
	run, found, err := runlog.ActiveRun(ctx, tx)
	if err != nil {
		return err
	}
	switch {
	case !found:
		request := runlog.Request{Kind: kind, Trigger: retail.TriggerConnect, By: attempt.UserID}
		_, _, err = runlog.Enqueue(ctx, tx, attempt.SiteID, request, now)
	case other && !run.CancelRequested:
		// Its rows and its cursor are the earlier account's. What is due starts when it has ended.
		_, err = runlog.Move(ctx, tx, run, now, func(u *ent.SyncRunUpdateOne) { u.SetCancelRequested(true) })
	}
	if err != nil {
		return err
	}
	return runlog.WantEvaluation(ctx, tx, attempt.SiteID, now)
}
