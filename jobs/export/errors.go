package export

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/records/connection"
	"possync/internal/records/incident"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
	"possync/jobs/lease"
	"possync/jobs/restore"
)

// The codes of an export's reason, besides those of retail's blockers.
const (
	reasonAnswerLost      = retail.ExportReasonAnswerLost
	reasonUnavailable     = retail.ExportReasonUnavailable
	reasonThrottled       = retail.ExportReasonThrottled
	reasonNotConnected    = string(retail.BlockerNotConnected)
	reasonSignIn          = string(retail.BlockerSignIn)
	reasonForbidden       = string(retail.BlockerForbidden)
	reasonRefused         = string(retail.BlockerPOSRefused)
	reasonTotalDiffers    = retail.ExportReasonTotalDiffers
	reasonTotalNotCarried = retail.ExportReasonTotalNotCarried
	reasonSaleGone        = retail.ExportReasonSaleGone
	reasonSaleEdited      = retail.ExportReasonSaleEdited
	reasonVoided          = retail.ExportReasonVoided
	reasonOtherAccount    = retail.ExportReasonOtherAccount
	reasonEdited          = retail.ExportReasonEdited
	reasonBeingCreated    = retail.ExportReasonBeingCreated
	reasonRestored        = retail.ExportReasonRestored
	reasonOwnFault        = retail.ExportReasonOwnFault
)

var answerLost = message.Plain("We did not receive Lightspeed's response. We will check for the sale before retrying; no action is needed.")

var restored = message.Plain("The database of POS Sync was just restored or moved to another server. We will wait about two minutes, until Lightspeed's search shows every earlier sale, so that no order is sold twice; no action is needed.")

// handleError decides what an error means for the export. It returns the errors that end the work on the queue.
func (t *task) handleError(ctx context.Context, err error) error {
	var link *connection.NotConnectedError
	var held heldError
	var refusal *lightspeed.APIError
	var grant *lightspeed.OAuthError
	switch {
	case errors.Is(err, lease.ErrLost), errors.Is(err, orderbook.ErrStateChanged), errors.Is(err, restore.ErrUnverified), ctx.Err() != nil:
		return err
	case errors.As(err, &held):
		return t.holdBack(ctx, held.until)
	case errors.Is(err, errClaimed):
		return t.wait(ctx, reasonBeingCreated, message.Plain("Another order is adding the same customer or payment type to Lightspeed. We will retry in a moment; no action is needed."), nil)
	case errors.Is(err, lightspeed.ErrUnclear):
		return t.wait(ctx, reasonAnswerLost, answerLost, err)
	case errors.As(err, &link) && link.State == retail.LinkNeedsReauth:
		return t.signIn(ctx, err)
	case errors.As(err, &link):
		return t.blockForCause(ctx, retail.BlockerNotConnected, "", retail.SettingConnection, err)
	case errors.Is(err, lightspeed.ErrReauthorize):
		return t.signIn(ctx, err)
	case errors.Is(err, lightspeed.ErrUnauthorized): // also after a renewal: a faulty gateway answers so too
		if failed := t.x.Links.Refused(ctx, t.connectedAt); failed != nil {
			return failed
		}
		return t.wait(ctx, reasonUnavailable, incident.OfExport(reasonUnavailable).Message, err)
	case errors.Is(err, lightspeed.ErrForbidden):
		return t.blockForCause(ctx, retail.BlockerForbidden, "", retail.SettingConnection, err)
	case errors.Is(err, lightspeed.ErrThrottled):
		return t.wait(ctx, reasonThrottled, message.Plain("Lightspeed has reached its request limit. We will retry soon; no action is needed."), err)
	case errors.Is(err, lightspeed.ErrUnavailable), errors.Is(err, lightspeed.ErrMalformed), errors.As(err, &grant):
		return t.wait(ctx, reasonUnavailable, incident.OfExport(reasonUnavailable).Message, err)
	case errors.As(err, &refusal) && (errors.Is(err, errOrderRefused) || !ofSetup.MatchString(refusal.Message)):
		return t.blockOrder(ctx, sentence(refusal.Message), err)
	case errors.As(err, &refusal):
		return t.blockForCause(ctx, retail.BlockerPOSRefused, sentence(refusal.Message), retail.SettingExport, err)
	default:
		t.x.Logger.ErrorContext(ctx, "export failed on our side", "site", t.lease.SiteID, "export", t.export.ID, "error", err)
		return t.wait(ctx, reasonOwnFault, incident.OfExport(reasonOwnFault).Message, nil)
	}
}

// signIn blocks the export until a user connects again.
func (t *task) signIn(ctx context.Context, cause error) error {
	return t.blockForCause(ctx, retail.BlockerSignIn, "", retail.SettingConnection, cause)
}

func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return "it gave no reason."
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}

// wait has the export retried later, with a growing delay. The others in its queue continue.
func (t *task) wait(ctx context.Context, code retail.ExportReasonCode, said message.Message, cause error) error {
	delay := max(min(retryFirst<<min(t.export.Failures, 10), retryMax), lightspeed.RetryAfter(cause))
	if cause != nil {
		t.x.Logger.InfoContext(ctx, "export is waiting", "site", t.lease.SiteID, "export", t.export.ID, "reason", code, "delay", delay, "error", cause)
	}
	state := retail.ExportQueued
	if t.export.Sent {
		state = retail.ExportUnconfirmed
	}
	change := func(u *ent.OrderExportUpdateOne) {
		orderbook.Because(u, code, said).SetState(state).SetDueAt(t.x.Clock.Now().Add(delay)).AddFailures(1)
		if t.export.Sent {
			u.SetMayHaveOrphans(true)
		}
	}
	return t.moveWith(ctx, change, func(ctx context.Context, tx *ent.Client) error { return raiseIncident(ctx, tx, code, t.x.Clock.Now()) })
}

// raiseIncident alerts staff of what an export waits for, if it concerns more than this export.
func raiseIncident(ctx context.Context, tx *ent.Client, code retail.ExportReasonCode, now time.Time) error {
	switch code {
	case reasonUnavailable:
		return incident.Raise(ctx, tx, incident.POS(), now)
	case reasonOwnFault:
		return incident.Raise(ctx, tx, incident.Own(), now)
	}
	return nil
}

// waitPaused lets an export that something was sent of wait until exports are resumed. A blocked one stays blocked, for the reason that
// it has: nothing new is known of it.
func (t *task) waitPaused(ctx context.Context, pause orderbook.Pause) error {
	if t.export.State != retail.ExportBlocked {
		return t.wait(ctx, retail.ExportReasonPaused, pause.Message(), nil)
	}
	return t.move(ctx, func(u *ent.OrderExportUpdateOne) { u.SetDueAt(t.x.Clock.Now().Add(t.blockedDelay())).AddFailures(1) })
}

// holdBack lets the export wait after a restore. It does not count as a failure.
func (t *task) holdBack(ctx context.Context, until time.Time) error {
	state := retail.ExportQueued
	if t.export.Sent {
		state = retail.ExportUnconfirmed
	}
	return t.move(ctx, func(u *ent.OrderExportUpdateOne) {
		orderbook.Because(u, reasonRestored, restored).SetState(state).SetDueAt(until)
	})
}

// ofSetup matches what Lightspeed says of a sale that it refuses because of how exports are set up, which concerns all orders. What
// else it refuses is the order's own.
var ofSetup = regexp.MustCompile(`(?i)\b(employee|register|shop|payment ?type|tax ?category)`)

// blockForCause blocks the export for a cause that a user must fix, and that would block the others in its queue too; refusal is what
// Lightspeed has said, if anything. There is one alert for it, however many orders meet it. The export is retried from time to time,
// and continues once it is fixed.
func (t *task) blockForCause(ctx context.Context, code retail.BlockerCode, refusal, setting string, cause error) error {
	t.x.Logger.WarnContext(ctx, "export is blocked", "site", t.lease.SiteID, "export", t.export.ID, "reason", code, "error", cause)
	return t.blockWithCause(ctx, string(code), code.Blocker(retail.BlockerFacts{Refusal: refusal}).Said(), setting)
}

// blockOrder blocks an order that Lightspeed refuses. It is no alert, because other orders are not concerned. It is retried from time to
// time, because what it refers to may be corrected in Lightspeed.
func (t *task) blockOrder(ctx context.Context, refusal string, cause error) error {
	t.x.Logger.WarnContext(ctx, "order is refused", "site", t.lease.SiteID, "export", t.export.ID, "error", cause)
	now := t.x.Clock.Now()
	return t.move(ctx, func(u *ent.OrderExportUpdateOne) {
		refused := retail.BlockerOrderRefused
		orderbook.Because(u, retail.ExportReasonCode(refused), refused.Blocker(retail.BlockerFacts{Refusal: refusal}).Said()).
			SetState(retail.ExportBlocked).SetCause("").
			SetDueAt(now.Add(t.blockedDelay())).AddFailures(1)
		t.sweepLater(u)
	})
}

// blockedDelay is how long a blocked export waits before it is retried.
func (t *task) blockedDelay() time.Duration {
	return min(blockedRetryFirst<<min(t.export.Failures, 5), blockedRetryMax)
}

// block blocks an order that cannot be exported as it is. Faults of the order itself are checked again when the order
// changes; faults of the settings when they change, and from time to time.
func (t *task) block(ctx context.Context, blockers []retail.Blocker) error {
	first := blockers[0]
	var all message.Message
	site := false
	for _, b := range blockers {
		all = all.And(b.Said())
		if !b.Code.OfOrder() && !site {
			site, first = true, b
		}
	}
	if !site {
		return t.move(ctx, func(u *ent.OrderExportUpdateOne) {
			orderbook.Because(u, retail.ExportReasonCode(first.Code), all).SetState(retail.ExportBlocked).SetCause("").ClearDueAt()
			if first.Code.Bit() == 0 { // Lightspeed's settings may be changed for it
				u.SetDueAt(t.x.Clock.Now().Add(t.blockedDelay())).AddFailures(1)
			}
			t.sweepLater(u)
		})
	}
	cause := t.cause(string(first.Code))
	if first.Method != "" {
		cause = paymentCause(first.Method)
	}
	return t.blockWith(ctx, all, orderbook.Alert{
		Cause: cause, Code: retail.AlertCode(first.Code), Message: first.Said(), Setting: retail.SettingExport,
	})
}

// blockWithCause blocks the export for a cause that is reported once, and has it retried from time to time.
func (t *task) blockWithCause(ctx context.Context, code string, said message.Message, setting string) error {
	return t.blockWith(ctx, said, orderbook.Alert{Cause: t.cause(code), Code: retail.AlertCode(code), Message: said, Setting: setting})
}

// blockWith is blockWithCause with an alert that may have a cause and a message of its own.
func (t *task) blockWith(ctx context.Context, said message.Message, alert orderbook.Alert) error {
	now := t.x.Clock.Now()
	change := func(u *ent.OrderExportUpdateOne) {
		orderbook.Because(u, retail.ExportReasonCode(alert.Code), said).SetState(retail.ExportBlocked).SetCause(alert.Cause).SetDueAt(now.Add(t.blockedDelay())).AddFailures(1)
		t.sweepLater(u)
	}
	return t.moveWith(ctx, change, func(ctx context.Context, tx *ent.Client) error {
		return orderbook.Raise(ctx, tx, alert, now)
	})
}

// fail stops the export until a person acts.
func (t *task) fail(ctx context.Context, code retail.ExportReasonCode, said message.Message) error {
	return t.giveUp(ctx, func(u *ent.OrderExportUpdateOne) {
		orderbook.Because(u, code, said).SetState(retail.ExportFailed).ClearDueAt().SetFailures(0)
		t.sweepLater(u)
	})
}

// sweepLater plans the search for orphaned sales of an export that may have some, for when no request can be late any more.
func (t *task) sweepLater(u *ent.OrderExportUpdateOne) {
	if t.export.MayHaveOrphans {
		u.SetSweepDueAt(t.x.Clock.Now().Add(sweepAfter))
	}
}

// siteWide are the reasons that block all queues of a site alike.
var siteWide = []string{
	reasonNotConnected, reasonSignIn, reasonForbidden, string(retail.BlockerExportOff), string(retail.BlockerSetupIncomplete),
	string(retail.BlockerNoEmployee), string(retail.BlockerEmployeeGone), string(retail.BlockerEmployeeLocked),
}

const siteCauses = orderbook.ExportCauses + "site/"

// cause names what blocks a queue's exports, or all of the site's, so that it is reported once.
func (t *task) cause(code string) string {
	if slices.Contains(siteWide, code) {
		return siteCauses + code
	}
	return t.queueCauses() + code
}

// paymentCause is the cause of what blocks all orders that were paid by a method.
func paymentCause(method string) string {
	return orderbook.ExportCauses + "payment/" + retail.ShortMethodKey(method)
}

func (t *task) queueCauses() string {
	return fmt.Sprintf("%s%d/", orderbook.ExportCauses, t.lease.Register)
}

// resolveAlerts ends the alerts that an exported order has shown to be over: the POS answers; if the sale was completed just
// now, it accepts sales; if it was sent just now, the settings allow it. It also ends those of the given causes. Alerts about settings
// end with their change too, see [orderbook.RequeueBlocked].
func (t *task) resolveAlerts(ctx context.Context, tx *ent.Client, causes ...string) error {
	now := t.x.Clock.Now()
	causes = append(causes, t.cause(reasonNotConnected), t.cause(reasonSignIn))
	if t.completed {
		causes = append(causes, t.cause(reasonRefused))
	}
	if t.settingsAllowed {
		for _, p := range t.export.Plan.Payments {
			causes = append(causes, paymentCause(p.Method))
		}
	}
	shown := alert.CauseIn(causes...)
	if t.settingsAllowed {
		shown = alert.Or(shown, alert.CauseHasPrefix(t.queueCauses()), alert.CauseHasPrefix(siteCauses))
	}
	err := tx.Alert.Update().Where(shown, alert.ResolvedAtIsNil()).
		SetResolvedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("resolve the alerts that an export has settled: %w", err)
	}
	return nil
}

// failOtherAccount ends an export that may have become a sale in another account than the one that is connected now: we can
// no longer ask that account. It forgets the account, so that a user who has checked may export the order again.
func (t *task) failOtherAccount(ctx context.Context) error {
	sale := ""
	if t.export.SaleID != 0 {
		sale = " as sale {sale}"
	}
	said := message.Say("This order was sent to another Lightspeed account ({account})"+sale+", and we did not receive its response. "+
		"Look for order {order} there. If there is no such sale, export the order again.",
		message.Values{"account": t.export.AccountID, "sale": t.export.SaleID, "order": t.export.Reference})
	return t.giveUp(ctx, func(u *ent.OrderExportUpdateOne) {
		orderbook.Because(u, reasonOtherAccount, said).SetState(retail.ExportFailed).
			ClearDueAt().SetFailures(0).SetSent(false).SetSaleID(0).SetAccountID("").SetMayHaveOrphans(false)
	})
}

// moveToQueue moves the export to the queue of the register that its order now goes to.
func (t *task) moveToQueue(ctx context.Context) error {
	site, err := t.x.Settings.Get(ctx, t.x.Client)
	if err != nil {
		return err
	}
	return t.commit(ctx, func(ctx context.Context, tx *ent.Client) error {
		_, err := orderbook.Requeue(ctx, tx, orderbook.SettingsOf(site), t.export, t.x.Clock.Now())
		return err
	})
}
