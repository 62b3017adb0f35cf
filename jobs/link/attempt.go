package link

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"strings"

	"possync/ent"
	"possync/ent/connectattempt"
	"possync/internal/pid"
	"possync/internal/tenant"
)

// claim finds the attempt that the state names and takes it, once for ever. Without an attempt the outcome says why;
// that one exists is told only to who knows its secret.
func (l *Links) claim(ctx context.Context, cb Callback) (*ent.ConnectAttempt, Outcome, error) {
	id, secret, ok := strings.Cut(cb.State, ".")
	if prefix, isID := pid.Prefix(id); !ok || !isID || prefix != "att" || secret == "" || cb.Code == "" && cb.Error == "" {
		return nil, invalid(), nil
	}
	attempt, err := l.client.ConnectAttempt.Get(tenant.System(ctx), id)
	if ent.IsNotFound(err) {
		return nil, invalid(), nil
	}
	if err != nil {
		return nil, Outcome{}, fmt.Errorf("read the attempt to connect: %w", err)
	}
	hash := sha256.Sum256([]byte(secret)) // of the text after the dot, as it is
	if subtle.ConstantTimeCompare(hash[:], attempt.StateHash) != 1 {
		return nil, invalid(), nil
	}
	now := l.clock.Now()
	refusal := used()
	refusal.ReturnURL = attempt.ReturnURL
	if attempt.UsedAt != nil {
		return nil, refusal, nil
	}
	if !now.Before(attempt.ExpiresAt) {
		refusal = expired()
		refusal.ReturnURL = attempt.ReturnURL
		return nil, refusal, nil
	}
	n, err := l.client.ConnectAttempt.Update().Where(connectattempt.ID(id), connectattempt.UsedAtIsNil()).
		SetUsedAt(now).Save(tenant.WithSite(ctx, attempt.SiteID))
	if err != nil {
		return nil, Outcome{}, fmt.Errorf("claim the attempt to connect: %w", err)
	}
	if n == 0 { // another request with the same state was faster
		return nil, refusal, nil
	}
	return attempt, Outcome{}, nil
}
