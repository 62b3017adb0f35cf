package connection

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/connectattempt"
	"possync/internal/pid"
	"possync/internal/tenant"
)

const (
	stateLifetime    = 10 * time.Minute
	attemptRetention = 24 * time.Hour // after its end, so that whoever comes late learns why
	maxAttempts      = 10             // of a user for a site within attemptWindow
	attemptWindow    = time.Hour
)

// ErrTooManyAttempts says that the user has begun to connect too often within an hour.
var ErrTooManyAttempts = errors.New("too many attempts to connect")

// Why a state is refused. Only someone who knows its secret learns that an attempt exists.
var (
	ErrStateInvalid = errors.New("not the state of an attempt")
	ErrStateUsed    = errors.New("the state was used before")
	ErrStateExpired = errors.New("the state has expired")
)

// Request is what a user wants who begins to connect.
type Request struct {
	UserID                   string // the platform's
	ReturnURL                string // where the browser goes afterwards; empty = a page of this service
	OtherAccountAcknowledged bool   // the account may be another than before
	Verifier                 string // of PKCE
}

// Begin stores an attempt to connect the acting site, within a transaction that holds the site's lock, and returns the OAuth state that belongs to
// it: its id, a dot, and a secret of which only the hash is kept. The user's earlier attempt ends.
func Begin(ctx context.Context, tx *ent.Client, box Sealer, r Request, now time.Time) (*ent.ConnectAttempt, string, error) {
	recent, err := tx.ConnectAttempt.Query().
		Where(connectattempt.UserID(r.UserID), connectattempt.CreatedAtGT(now.Add(-attemptWindow))).Count(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("count attempts to connect: %w", err)
	}
	if recent >= maxAttempts {
		return nil, "", ErrTooManyAttempts
	}
	open, err := tx.ConnectAttempt.Query().Where(connectattempt.UserID(r.UserID), connectattempt.ClosedAtIsNil()).All(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("read open attempts to connect: %w", err)
	}
	for _, earlier := range open {
		if err := Close(ctx, tx, earlier, now); err != nil {
			return nil, "", err
		}
	}
	id, secret := pid.New("att"), newSecret()
	sealed, err := box.Seal([]byte(r.Verifier), verifierLabel(id))
	if err != nil {
		return nil, "", fmt.Errorf("seal the verifier: %w", err)
	}
	attempt, err := tx.ConnectAttempt.Create().SetID(id).SetStateHash(hash(secret)).SetVerifier(sealed).
		SetUserID(r.UserID).SetReturnURL(r.ReturnURL).SetOtherAccountAcknowledged(r.OtherAccountAcknowledged).
		SetExpiresAt(now.Add(stateLifetime)).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("store the attempt to connect: %w", err)
	}
	return attempt, id + "." + secret, nil
}

// newSecret returns 32 random bytes as text.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Claim finds the attempt that the state names and takes it, once for ever. The attempt is returned with [ErrStateUsed] and
// [ErrStateExpired] too, so that the browser can go back to where it came from. ctx has no user: the state is what counts.
func Claim(ctx context.Context, client *ent.Client, state string, now time.Time) (*ent.ConnectAttempt, error) {
	id, secret, ok := strings.Cut(state, ".")
	if prefix, isID := pid.Prefix(id); !ok || !isID || prefix != "att" || secret == "" {
		return nil, ErrStateInvalid
	}
	attempt, err := client.ConnectAttempt.Get(tenant.System(ctx), id)
	if ent.IsNotFound(err) {
		return nil, ErrStateInvalid
	}
	if err != nil {
		return nil, fmt.Errorf("read the attempt to connect: %w", err)
	}
	switch {
	case subtle.ConstantTimeCompare(hash(secret), attempt.StateHash) != 1:
		return nil, ErrStateInvalid
	case attempt.UsedAt != nil, attempt.ClosedAt != nil:
		return attempt, ErrStateUsed
	case !now.Before(attempt.ExpiresAt):
		return attempt, ErrStateExpired
	}
	n, err := client.ConnectAttempt.Update().Where(connectattempt.ID(id), connectattempt.UsedAtIsNil(), connectattempt.ClosedAtIsNil()).
		SetUsedAt(now).Save(tenant.WithSite(ctx, attempt.SiteID))
	if err != nil {
		return nil, fmt.Errorf("claim the attempt to connect: %w", err)
	}
	if n == 0 { // another request with the same state was faster, or a newer attempt
		return attempt, ErrStateUsed
	}
	return attempt, nil
}

// Verifier returns the PKCE verifier of an attempt.
func Verifier(box Box, attempt *ent.ConnectAttempt) (string, error) {
	verifier, err := open(box, attempt.Verifier, verifierLabel(attempt.ID))
	if err != nil {
		return "", fmt.Errorf("open the verifier of attempt %s: %w", attempt.ID, err)
	}
	return verifier, nil
}

// DeleteOldAttempts deletes the attempts that ended more than a day ago.
func DeleteOldAttempts(ctx context.Context, client *ent.Client, now time.Time) error {
	_, err := client.ConnectAttempt.Delete().Where(connectattempt.ExpiresAtLT(now.Add(-attemptRetention)), connectattempt.RefreshTokenIsNil()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("delete old attempts to connect: %w", err)
	}
	return nil
}
