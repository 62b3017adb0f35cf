package link

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/tenant"
	"possync/internal/text"
)

const (
	completeTimeout = time.Minute // the person at the browser is waiting
	exchangeTimeout = 20 * time.Second
)

// Return handles what the browser brought back from Lightspeed, and returns the outcome: at best a code, with which the user who
// began the attempt completes it. Anyone could send this request, and the sender may not be the user who began: so nothing is
// connected here. An error is a fault of ours.
//
// Once the attempt is claimed it is finished, also when the browser leaves. ctx must belong to no signed-in request.
func (l *Links) Return(ctx context.Context, cb Callback) (Outcome, error) {
	if cb.Code == "" && cb.Error == "" {
		return invalidOutcome(), nil
	}
	attempt, err := connection.Claim(ctx, l.client, cb.State, l.clock.Now())
	if err != nil {
		return refusedOutcome(attempt, err)
	}
	ctx, cancel := context.WithTimeout(tenant.WithSite(context.WithoutCancel(ctx), attempt.SiteID), completeTimeout)
	defer cancel()
	outcome, err := l.connect(ctx, attempt, cb)
	if err != nil {
		return Outcome{}, err
	}
	outcome.ReturnURL = attempt.ReturnURL
	return outcome, nil
}

func (l *Links) connect(ctx context.Context, attempt *ent.ConnectAttempt, cb Callback) (Outcome, error) {
	log := l.log.With("site", attempt.SiteID, "attempt", attempt.ID)
	switch {
	case cb.Error == "access_denied":
		return deniedOutcome(), nil
	case cb.Error != "":
		log.WarnContext(ctx, "Lightspeed's sign-in page sent an error back", "error", text.Clip(cb.Error, 100))
		return unavailableOutcome(), nil
	}
	verifier, err := connection.Verifier(l.box, attempt)
	if err != nil {
		return Outcome{}, err
	}
	call, cancel := context.WithTimeout(ctx, exchangeTimeout)
	pair, err := l.oauth.Exchange(call, cb.Code, verifier)
	cancel()
	if err != nil {
		return l.exchangeFailed(ctx, attempt, err)
	}
	grant, lacking, err := l.inspect(ctx, pair)
	switch {
	case err != nil:
		log.WarnContext(ctx, "cannot inspect new grant", "error", err)
		l.revokeRejected(ctx, pair)
		return unavailableOutcome(), nil
	case len(lacking) > 0:
		l.revokeRejected(ctx, pair)
		return missingRightsOutcome(grant, lacking), nil
	}
	outcome, err := l.hold(ctx, attempt, grant)
	switch {
	case err != nil:
		l.revokeUnlessHeld(ctx, attempt, pair)
		return Outcome{}, fmt.Errorf("connect site %s: %w", attempt.SiteID, err)
	case outcome.Kind != Granted:
		l.revokeRejected(ctx, pair)
	default:
		log.InfoContext(ctx, "Lightspeed granted access, the user who asked for it must complete the connection", "account", grant.Account.AccountID)
	}
	return outcome, nil
}

// hold keeps the grant until the user who began the attempt completes it, if the site may be connected to this account.
func (l *Links) hold(ctx context.Context, attempt *ent.ConnectAttempt, grant connection.Grant) (Outcome, error) {
	err := connection.CheckAccount(ctx, l.client, attempt, grant.Account.AccountID)
	if other, ok := errors.AsType[*connection.OtherAccountError](err); ok {
		return otherAccountOutcome(grant, other.Earlier), nil
	}
	if err != nil {
		return Outcome{}, err
	}
	known, err := l.settings.Get(ctx, l.client)
	if err != nil {
		return Outcome{}, err
	}
	code, err := grant.Hold(ctx, l.client, l.box, attempt, l.clock.Now())
	if errors.Is(err, connection.ErrAttemptEnded) {
		return usedOutcome(), nil
	}
	if err != nil {
		return Outcome{}, err
	}
	return grantedOutcome(grant, known.Site.Name, code), nil
}

// refusedOutcome sorts why a state could not be claimed. attempt is nil when the state is of none.
func refusedOutcome(attempt *ent.ConnectAttempt, err error) (Outcome, error) {
	var outcome Outcome
	switch {
	case errors.Is(err, connection.ErrStateInvalid):
		outcome = invalidOutcome()
	case errors.Is(err, connection.ErrStateUsed):
		outcome = usedOutcome()
	case errors.Is(err, connection.ErrStateExpired):
		outcome = expiredOutcome()
	default:
		return Outcome{}, err
	}
	if attempt != nil {
		outcome.ReturnURL = attempt.ReturnURL
	}
	return outcome, nil
}

// exchangeFailed decides the outcome when we received no tokens. If the response was lost, a grant may exist whose tokens
// no one knows; it expires after 30 days without use.
func (l *Links) exchangeFailed(ctx context.Context, attempt *ent.ConnectAttempt, err error) (Outcome, error) {
	switch {
	case errors.Is(err, lightspeed.ErrReauthorize): // a code is good for 60 seconds
		return expiredOutcome(), nil
	case errors.Is(err, lightspeed.ErrUnavailable), errors.Is(err, lightspeed.ErrThrottled),
		errors.Is(err, lightspeed.ErrMalformed), errors.Is(err, context.DeadlineExceeded):
		l.log.WarnContext(ctx, "Lightspeed issued no tokens", "site", attempt.SiteID, "attempt", attempt.ID, "error", err)
		return unavailableOutcome(), nil
	}
	return Outcome{}, fmt.Errorf("connect site %s: %w", attempt.SiteID, err) // such as invalid_client: our own settings
}

// inspect asks Lightspeed whose grant it is and what its employee may not do.
func (l *Links) inspect(ctx context.Context, pair lightspeed.TokenPair) (connection.Grant, []string, error) {
	tokens := fixedToken(pair.AccessToken)
	info, err := l.api.Identify(ctx, tokens)
	if err != nil {
		return connection.Grant{}, nil, err
	}
	account := l.api.Account(info.AccountID, tokens).Urgent() // a person is waiting
	session, err := account.Session(ctx)
	if err != nil {
		return connection.Grant{}, nil, err
	}
	if session.AccountID != info.AccountID {
		return connection.Grant{}, nil, fmt.Errorf("session of account %s for a grant of account %s: %w",
			session.AccountID, info.AccountID, lightspeed.ErrMalformed)
	}
	lacking, err := missingRights(ctx, account, session)
	return connection.Grant{Pair: pair, Account: info, EmployeeName: session.Name()}, lacking, err
}

// fixedToken is a token source for a grant that is not stored and so cannot be renewed.
type fixedToken string

func (f fixedToken) Token(context.Context) (string, error) { return string(f), nil }

func (f fixedToken) Renew(context.Context, string) (string, error) {
	return "", lightspeed.ErrUnauthorized
}

// Formatting must not show it.
func (f fixedToken) String() string   { return "redacted" }
func (f fixedToken) GoString() string { return "redacted" }

// revokeRejected revokes a grant that was refused here. The refusal remains, whether or not that works.
func (l *Links) revokeRejected(ctx context.Context, pair lightspeed.TokenPair) {
	if err := l.revokeNow(ctx, pair); err != nil {
		l.log.ErrorContext(ctx, "rejected grant was neither revoked nor stored for revocation", "site", siteOf(ctx), "error", err)
	}
}

// revokeUnlessHeld revokes a grant that could not be stored. A commit whose answer was lost may have happened, so in doubt the
// grant is kept.
func (l *Links) revokeUnlessHeld(ctx context.Context, attempt *ent.ConnectAttempt, pair lightspeed.TokenPair) {
	ctx, cancel := detached(ctx)
	defer cancel()
	held, err := connection.HoldsGrant(ctx, l.client, l.box, attempt.ID, pair)
	if err != nil {
		l.log.ErrorContext(ctx, "new grant was neither stored nor revoked", "site", attempt.SiteID, "error", err)
		return
	}
	if !held {
		l.revokeRejected(ctx, pair)
	}
}
