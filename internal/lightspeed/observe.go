package lightspeed

import (
	"context"
	"errors"
	"time"
)

// Attempt is a request that was sent once, or was to be.
type Attempt struct {
	Outcome string        // one of Outcomes
	Waited  time.Duration // for its turn
	Took    time.Duration // from then on
}

// Outcomes are all outcomes of an attempt.
func Outcomes() []string {
	return []string{outcomeOK, outcomeNotSent, outcomeThrottled, outcomeUnauthorized, outcomeForbidden, outcomeUnavailable, outcomeMalformed, outcomeRefused, outcomeStopped}
}

const (
	outcomeOK           = "ok"
	outcomeNotSent      = "not_sent" // it was to wait for too long, or there was no token
	outcomeThrottled    = "throttled"
	outcomeUnauthorized = "unauthorized"
	outcomeForbidden    = "forbidden"
	outcomeUnavailable  = "unavailable"
	outcomeMalformed    = "malformed"
	outcomeRefused      = "refused"
	outcomeStopped      = "stopped" // by us
)

func outcomeOf(ctx context.Context, err error) string {
	switch {
	case err == nil:
		return outcomeOK
	case ctx.Err() != nil:
		return outcomeStopped
	case errors.Is(err, errNotSent), errors.Is(err, errTokens):
		return outcomeNotSent
	case errors.Is(err, ErrThrottled):
		return outcomeThrottled
	case errors.Is(err, ErrUnauthorized):
		return outcomeUnauthorized
	case errors.Is(err, ErrForbidden):
		return outcomeForbidden
	case errors.Is(err, ErrMalformed):
		return outcomeMalformed
	case errors.Is(err, ErrUnavailable):
		return outcomeUnavailable
	default:
		return outcomeRefused
	}
}
