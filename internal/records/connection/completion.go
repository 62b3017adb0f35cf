package connection

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/connectattempt"
	"possync/internal/lightspeed"
	"possync/internal/text"
)

const (
	codeLifetime  = 10 * time.Minute
	codeLength    = 10                                 // characters of 5 bits
	codeAlphabet  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // without letters that look like digits, and without U
	maxWrongCodes = 5
)

// Why an attempt cannot be completed.
var (
	ErrCodeInvalid  = errors.New("not the code of an open attempt of this user")
	ErrCodeExpired  = errors.New("the code has expired")
	ErrAttemptEnded = errors.New("the attempt has ended")
)

// newCode returns a code that a person can type, such as 7K2PM-Q0XWD.
func newCode() string {
	var random [codeLength]byte
	_, _ = rand.Read(random[:]) // never fails, by its documentation
	for i, b := range random {
		random[i] = codeAlphabet[int(b)%len(codeAlphabet)]
	}
	return string(random[:codeLength/2]) + "-" + string(random[codeLength/2:])
}

// codeHash is what is kept of a code, as a person may have typed it.
func codeHash(attemptID, code string) []byte {
	plain := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(code))
	sum := sha256.Sum256([]byte(attemptID + "." + plain))
	return sum[:]
}

// Hold keeps the grant that an attempt has brought until the user who began it completes the attempt, and returns the code that
// this takes. Nothing is connected yet. It fails with [ErrAttemptEnded] if the user has started over meanwhile.
func (g Grant) Hold(ctx context.Context, client *ent.Client, box Sealer, attempt *ent.ConnectAttempt, now time.Time) (code string, err error) {
	sealed, err := sealPair(box, g.Pair, attemptAccessLabel(attempt.ID), attemptRefreshLabel(attempt.ID))
	if err != nil {
		return "", err
	}
	code = newCode()
	n, err := client.ConnectAttempt.Update().Where(connectattempt.ID(attempt.ID), connectattempt.ClosedAtIsNil()).
		SetAccessToken(sealed.access).SetRefreshToken(sealed.refresh).SetAccessExpiresAt(g.Pair.ExpiresAt).
		SetAccountID(g.Account.AccountID).SetAccountName(text.Clip(g.Account.Name, maxName)).
		SetEmployeeName(text.Clip(g.EmployeeName, maxName)).
		SetCodeHash(codeHash(attempt.ID, code)).SetCodeExpiresAt(now.Add(codeLifetime)).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return "", fmt.Errorf("hold the grant of attempt %s: %w", attempt.ID, err)
	}
	if n == 0 {
		return "", ErrAttemptEnded
	}
	return code, nil
}

// Completion is what a user who began an attempt completes it with.
type Completion struct {
	UserID string // the platform's
	Code   string // as typed
	Now    time.Time
}

// Complete activates the grant that an attempt of the user holds, if the code is the attempt's, within a transaction that
// holds the site's lock. An attempt ends with its completion, with its time, or with the fifth wrong code: whoever may try
// codes is the one who began it, who may have sent the sign-in page to someone else.
//
// Its error is [ErrCodeInvalid], [ErrCodeExpired] or an [*OtherAccountError] where the user must start over or type better. The
// transaction must be committed all the same.
func Complete(ctx context.Context, tx *ent.Client, box Box, c Completion) error {
	now := c.Now
	attempt, err := tx.ConnectAttempt.Query().
		Where(connectattempt.UserID(c.UserID), connectattempt.ClosedAtIsNil(), connectattempt.CodeHashNotNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return ErrCodeInvalid
	}
	if err != nil {
		return fmt.Errorf("read the attempt to connect: %w", err)
	}
	if !now.Before(*attempt.CodeExpiresAt) {
		return refuse(ErrCodeExpired, Close(ctx, tx, attempt, now))
	}
	if subtle.ConstantTimeCompare(codeHash(attempt.ID, c.Code), attempt.CodeHash) != 1 {
		return refuse(ErrCodeInvalid, countWrongCode(ctx, tx, attempt, now))
	}
	grant, err := held(box, attempt)
	if err != nil {
		return err
	}
	err = CheckAccount(ctx, tx, attempt, grant.Account.AccountID)
	if _, ok := errors.AsType[*OtherAccountError](err); ok { // connected to another account meanwhile
		return refuse(err, Close(ctx, tx, attempt, now))
	}
	if err != nil {
		return err
	}
	ended, err := end(ctx, tx, attempt, now)
	if err != nil {
		return err
	}
	if !ended { // it was closed, or sealed again, since it was read
		return Complete(ctx, tx, box, c)
	}
	return activation{box: box, attempt: attempt, grant: grant, now: now}.activate(ctx, tx)
}

// refuse returns why an attempt is not completed, unless that could not be recorded.
func refuse(why, failed error) error {
	if failed != nil {
		return failed
	}
	return why
}

func countWrongCode(ctx context.Context, tx *ent.Client, attempt *ent.ConnectAttempt, now time.Time) error {
	if attempt.WrongCodes+1 >= maxWrongCodes {
		return Close(ctx, tx, attempt, now)
	}
	if err := tx.ConnectAttempt.UpdateOneID(attempt.ID).AddWrongCodes(1).SetUpdatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("count a wrong code: %w", err)
	}
	return nil
}

// held returns the grant that an attempt holds.
func held(box Box, attempt *ent.ConnectAttempt) (Grant, error) {
	access, err := open(box, attempt.AccessToken, attemptAccessLabel(attempt.ID))
	if err != nil {
		return Grant{}, fmt.Errorf("open the access token of attempt %s: %w", attempt.ID, err)
	}
	refresh, err := open(box, attempt.RefreshToken, attemptRefreshLabel(attempt.ID))
	if err != nil {
		return Grant{}, fmt.Errorf("open the refresh token of attempt %s: %w", attempt.ID, err)
	}
	return Grant{
		Pair:         lightspeed.TokenPair{AccessToken: access, RefreshToken: refresh, ExpiresAt: *attempt.AccessExpiresAt, AccountID: attempt.AccountID},
		Account:      lightspeed.AccountInfo{AccountID: attempt.AccountID, Name: attempt.AccountName},
		EmployeeName: attempt.EmployeeName,
	}, nil
}

// HoldsGrant reports whether the attempt holds a grant with that refresh token, as after a Hold whose answer got lost.
func HoldsGrant(ctx context.Context, client *ent.Client, box Box, attemptID string, pair lightspeed.TokenPair) (bool, error) {
	attempt, err := client.ConnectAttempt.Get(ctx, attemptID)
	if err != nil {
		return false, fmt.Errorf("read the attempt to connect: %w", err)
	}
	refresh, err := open(box, attempt.RefreshToken, attemptRefreshLabel(attemptID))
	return err == nil && refresh == pair.RefreshToken, nil
}

// AbandonedAttempts returns at most so many attempts of all sites that no one has completed in time. It acts as the system.
func AbandonedAttempts(ctx context.Context, client *ent.Client, limit int, now time.Time) ([]*ent.ConnectAttempt, error) {
	rows, err := client.ConnectAttempt.Query().Where(connectattempt.CodeExpiresAtLTE(now), connectattempt.ClosedAtIsNil()).
		Order(ent.Asc(connectattempt.FieldCodeExpiresAt)).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for abandoned attempts to connect: %w", err)
	}
	return rows, nil
}

// Close ends an attempt that is not completed, within a transaction. A grant that it holds is queued to be revoked.
func Close(ctx context.Context, tx *ent.Client, attempt *ent.ConnectAttempt, now time.Time) error {
	for {
		ended, err := end(ctx, tx, attempt, now)
		if err != nil {
			return err
		}
		if ended {
			return revokeStored(ctx, tx, storedByAttempt(attempt), now)
		}
		// It has ended already, or its grant has come, or was sealed again, since it was read.
		attempt, err = tx.ConnectAttempt.Query().Where(connectattempt.ID(attempt.ID), connectattempt.ClosedAtIsNil()).Only(ctx)
		if ent.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the attempt to connect: %w", err)
		}
	}
}

// end ends an open attempt that still holds what was read, and erases its secrets.
func end(ctx context.Context, tx *ent.Client, attempt *ent.ConnectAttempt, now time.Time) (bool, error) {
	n, err := tx.ConnectAttempt.Update().
		Where(connectattempt.ID(attempt.ID), connectattempt.ClosedAtIsNil(), attemptRefreshIs(attempt.RefreshToken)).
		SetClosedAt(now).ClearAccessToken().ClearRefreshToken().ClearCodeHash().SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return false, fmt.Errorf("end attempt %s: %w", attempt.ID, err)
	}
	return n == 1, nil
}
