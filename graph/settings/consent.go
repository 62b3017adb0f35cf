package settings

import (
	"context"
	"fmt"
	"time"

	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/confirmation"
	"possync/internal/records/display"
	"possync/internal/retail"
)

// Consent is what a change of settings is based on, and what it may do.
type Consent struct {
	Revision *int // that the person has seen; nil = not checked
	HideMuch bool // the change may take much off the website
}

// CheckLoss adds an error unless the change is acknowledged, if its rules would hide too many of the displayed items or leave
// nothing of them to sell, see [retail.Loss.Many]. It evaluates every displayed item as the sync would after the change. A site
// that displays nothing, because it is not connected or not set up, has nothing to lose.
//
// A loss that is acknowledged counts no more for the changes that follow.
func CheckLoss(ctx context.Context, after display.Rules, consent Consent, found *usererror.List, now time.Time) error {
	if found.Any() {
		return nil
	}
	loss, err := LossOf(ctx, after, now)
	if err != nil || !loss.NeedsConfirmation() {
		return err
	}
	if consent.HideMuch {
		return confirmation.AcceptLoss(ctx, unitofwork.Client(ctx), after, now)
	}
	sentence := "This would hide {lost} of the {displayed} displayed items or leave nothing of them to sell."
	if loss.Before > 0 {
		sentence += " Other changes of the last 24 hours took away {before}."
	}
	found.Say(usererror.AcknowledgementRequired, sentence+" Check the preview, and confirm that you want this.",
		message.Values{"lost": loss.Lost, "displayed": loss.Displayed, "before": loss.Before}, "acknowledge")
	return nil
}

// LossOf returns what the website would lose under the rules.
func LossOf(ctx context.Context, after display.Rules, now time.Time) (retail.Loss, error) {
	live, err := sitedata.Live(ctx)
	if err != nil || !live {
		return retail.Loss{}, err
	}
	loss, err := after.Loss(ctx, unitofwork.Client(ctx), now)
	if err != nil {
		return retail.Loss{}, fmt.Errorf("evaluate with the change: %w", err)
	}
	return loss, nil
}
