// Package incident keeps the alerts about what goes wrong without anybody of the shop having done it: Lightspeed does not respond, a sync
// has failed, or something keeps failing on our side. Each ends when nothing has met it for a while and nothing waits because of it.
package incident

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// The codes of what waits because of an incident, and of the alerts.
const (
	CodePOS = retail.ExportReasonUnavailable
	CodeOwn = retail.ExportReasonOwnFault
)

// Causes begin so.
const prefix = "incident/"

const (
	causePOS  = prefix + "pos"
	causeOwn  = prefix + "own"
	causeSync = prefix + "sync"
)

const (
	again  = 10 * time.Second // an alert that goes on is counted so often at most
	lasted = 25 * time.Second // it is over when nothing has met it for so long: longer than our own work waits before it is retried
)

// POS is the alert that Lightspeed does not respond as it should.
func POS() orderbook.Alert {
	return orderbook.Alert{Cause: causePOS, Code: retail.AlertPOSUnavailable, Message: message.Plain("Lightspeed is not responding as expected. Syncs and exports wait, and continue on their own once it does; no action is needed.")}
}

// Own is the alert that something keeps failing on our side.
func Own() orderbook.Alert {
	return orderbook.Alert{Cause: causeOwn, Code: retail.AlertOwnFault, Message: message.Plain("Something keeps failing on our side, so syncs or exports wait. They are retried and continue on their own; no action is needed. If this goes on, contact support.")}
}

// Sync is the alert that a sync has failed, for the reason that the run has.
func Sync(code retail.RunErrorCode, text, setting string) orderbook.Alert {
	return orderbook.Alert{Cause: causeSync, Code: retail.AlertCode(code), Message: message.Plain(text), Setting: setting}
}

// Raise raises the alert for the acting site, or counts it once more.
func Raise(ctx context.Context, client *ent.Client, a orderbook.Alert, now time.Time) error {
	known, err := client.Alert.Query().Where(alert.Cause(a.Cause), alert.ResolvedAtIsNil(), alert.Message(a.Message.Text), alert.LastAtGT(now.Add(-again))).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for the alert %s: %w", a.Cause, err)
	}
	if known {
		return nil
	}
	return orderbook.Raise(ctx, client, a, now)
}

// Reason is why something of a site waits.
type Reason struct {
	Code    retail.ExportReasonCode
	Message message.Message
}

// What waits says so.
const (
	waitsForPOS     = "Lightspeed is not responding as expected. We will retry soon; no action is needed."
	waitsForUs      = "Something went wrong on our side. We will retry soon; no action is needed."
	waitsForStorage = "POS Sync cannot store anything at the moment. We will retry soon; no action is needed."
)

// Present returns the incident that the acting site has now and that everything waits for; nil = none.
func Present(ctx context.Context, client *ent.Client) (*Reason, error) {
	found, err := client.Alert.Query().Where(alert.CauseIn(causePOS, causeOwn), alert.ResolvedAtIsNil()).Order(ent.Desc(alert.FieldCause)).First(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look for incidents: %w", err)
	case found.Cause == causePOS:
		return &Reason{CodePOS, message.Plain(waitsForPOS)}, nil
	default:
		return &Reason{CodeOwn, message.Plain(waitsForUs)}, nil
	}
}

// OfStorage is why everything waits while nothing can be stored.
func OfStorage() *Reason { return &Reason{CodeOwn, message.Plain(waitsForStorage)} }

// OfExport is why an export waits that has met an incident with that code.
func OfExport(code retail.ExportReasonCode) *Reason {
	if code == CodePOS {
		return &Reason{code, message.Plain(waitsForPOS)}
	}
	return &Reason{code, message.Plain(waitsForUs)}
}

// WaitReason is the reason for a run.
func (r *Reason) WaitReason() retail.WaitReason { return retail.WaitReason(r.Code) }
