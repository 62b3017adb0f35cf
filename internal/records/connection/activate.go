package connection

import (
	"context"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/pid"
	"possync/internal/records/feedlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/settingshistory"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/text"
)

const maxName = 255 // bytes of a name that the connection's row takes

// Grant is access to an account, with what Lightspeed says of whose it is.
type Grant struct {
	Pair         lightspeed.TokenPair
	Account      lightspeed.AccountInfo
	EmployeeName string // who signed in
}

// OtherAccountError says that the grant is for another account than the site's earlier one, and no one agreed to that.
type OtherAccountError struct{ Earlier lightspeed.AccountInfo }

func (e *OtherAccountError) Error() string { return "another account than " + e.Earlier.AccountID }

// activation makes the grant that an attempt has brought the acting site's connection.
type activation struct {
	box     Box
	attempt *ent.ConnectAttempt
	grant   Grant
	now     time.Time
}

// activate stores the grant, retires the one before, and starts the work that follows, within a transaction. Its error is an
// [*OtherAccountError] where the attempt does not allow this account.
func (a activation) activate(ctx context.Context, tx *ent.Client) error {
	if err := synclog.SetupChanged(ctx, tx); err != nil { // locks the site: of two connections one comes second
		return err
	}
	link, err := tx.LightspeedLink.Query().Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return fmt.Errorf("read the link: %w", err)
	}
	if err := checkAccount(link, a.attempt, a.grant.Account.AccountID); err != nil {
		return err
	}
	if link != nil {
		if err := a.endPrevious(ctx, tx, link); err != nil {
			return err
		}
	}
	fresh, err := a.save(ctx, tx, link)
	if err != nil {
		return err
	}
	entry := settingshistory.Entry{Setting: retail.SettingConnection, By: a.attempt.UserID, At: a.now}
	err = settingshistory.Record(ctx, tx, entry,
		settingshistory.Change{Field: "Lightspeed account", Before: settingshistory.AccountLabel(link), After: settingshistory.AccountLabel(fresh)})
	if err != nil {
		return err
	}
	if a.switchesAccount(link) {
		err = deleteMirror(ctx, tx, entry)
	} else if link == nil || link.State == retail.LinkDisconnected {
		err = feedlog.MarkLinked(ctx, tx) // what was kept is displayed again
	}
	if err != nil {
		return err
	}
	if err := resolveSignIn(ctx, tx, a.now); err != nil {
		return err
	}
	if err := orderbook.Resume(ctx, tx, a.now); err != nil {
		return err
	}
	return a.startWork(ctx, tx, link)
}

// CheckAccount returns an [*OtherAccountError] if the attempt does not allow to connect the acting site to the account.
func CheckAccount(ctx context.Context, client *ent.Client, attempt *ent.ConnectAttempt, accountID string) error {
	link, err := client.LightspeedLink.Query().Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return fmt.Errorf("read the link: %w", err)
	}
	return checkAccount(link, attempt, accountID)
}

func checkAccount(link *ent.LightspeedLink, attempt *ent.ConnectAttempt, accountID string) error {
	if link == nil || link.AccountID == accountID || attempt.OtherAccountAcknowledged {
		return nil
	}
	return &OtherAccountError{lightspeed.AccountInfo{AccountID: link.AccountID, Name: link.AccountName}}
}

// endPrevious queues the revocation of the grant that the connection holds and is about to lose.
//
// One grant is left to itself: that of the same Lightspeed user for the same account. Lightspeed documents that a
// revocation ends both tokens of a pair, not whether it reaches what else that user granted to us, which here would be the
// new grant. Its tokens are erased here, so it is of no use to anybody, and ends after 30 days.
func (a activation) endPrevious(ctx context.Context, tx *ent.Client, link *ent.LightspeedLink) error {
	if link.AccountID == a.grant.Account.AccountID {
		access, err := AccessToken(a.box, link)
		if user := userOf(access); err != nil || user == "" || user == userOf(a.grant.Pair.AccessToken) {
			return nil
		}
	}
	return revokeStored(ctx, tx, storedByLink(link), a.now)
}

// userOf reads the user's id (sub) from an access token; "" when it is not a JWT. That it is unverified does no harm: both
// tokens compared came straight from Lightspeed.
func userOf(accessToken string) string {
	var claims jwt.MapClaims
	if _, _, err := jwt.NewParser().ParseUnverified(accessToken, &claims); err != nil {
		return ""
	}
	user, _ := claims["sub"].(string)
	return user
}

// save stores the grant in the site's connection, which is added if there was none.
func (a activation) save(ctx context.Context, tx *ent.Client, link *ent.LightspeedLink) (*ent.LightspeedLink, error) {
	g, now := a.grant, a.now
	if link == nil {
		id := pid.New("lnk") // known before sealing, which binds to it
		err := tx.LightspeedLink.Create().SetID(id).SetSiteID(a.attempt.SiteID).SetState(retail.LinkConnected).
			SetAccountID(g.Account.AccountID).SetCreatedAt(now).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("add the link: %w", err)
		}
		link = &ent.LightspeedLink{ID: id, AccountID: g.Account.AccountID}
	}
	sealed, err := sealPair(a.box, g.Pair, accessLabel(link.ID), refreshLabel(link.ID))
	if err != nil {
		return nil, err
	}
	update := tx.LightspeedLink.UpdateOneID(link.ID).SetState(retail.LinkConnected).
		SetAccountID(g.Account.AccountID).SetAccountName(text.Clip(g.Account.Name, maxName)).
		SetEmployeeName(text.Clip(g.EmployeeName, maxName)).
		SetConnectedBy(a.attempt.UserID).SetConnectedAt(now).ClearDisconnectedAt().ClearReauthSince().ClearRefusedSince().ClearRefusedUntil().
		SetAccessToken(sealed.access).SetRefreshToken(sealed.refresh).SetAccessExpiresAt(g.Pair.ExpiresAt).
		AddTokenVersion(1).SetRenewalOwner("").ClearRenewalUntil().SetUpdatedAt(now)
	if link.AccountID != g.Account.AccountID {
		update.SetBudgetLevel(0).SetBudgetSize(0).SetBudgetDripPerSecond(0).ClearBudgetObservedAt()
	}
	fresh, err := update.Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("store the connection: %w", err)
	}
	return fresh, nil
}

// switchesAccount reports whether the grant is for another account than the connection before; earlier is nil when there was none.
func (a activation) switchesAccount(earlier *ent.LightspeedLink) bool {
	return earlier != nil && earlier.AccountID != a.grant.Account.AccountID
}

// startWork makes everything due that a fresh connection brings: reference data, a sync, and a re-evaluation of every item.
func (a activation) startWork(ctx context.Context, tx *ent.Client, earlier *ent.LightspeedLink) error {
	now := a.now
	state, err := synclog.State(ctx, tx)
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
	run, found, err := synclog.ActiveRun(ctx, tx)
	if err != nil {
		return err
	}
	switch {
	case !found:
		request := synclog.Request{Kind: kind, Trigger: retail.TriggerConnect, By: a.attempt.UserID}
		_, _, err = synclog.Enqueue(ctx, tx, request, now)
	case a.switchesAccount(earlier) && !run.CancelRequested:
		// Its rows and its cursor are the earlier account's. What is due starts when it has ended.
		_, err = synclog.Move(ctx, tx, run, now, func(u *ent.SyncRunUpdateOne) { u.SetCancelRequested(true) })
	}
	if err != nil {
		return err
	}
	return synclog.RequestEvaluation(ctx, tx, now)
}
