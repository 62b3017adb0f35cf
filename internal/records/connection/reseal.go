package connection

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/ent/connectattempt"
	"possync/ent/lightspeedlink"
	"possync/ent/predicate"
	"possync/ent/tokenrevocation"
	"possync/internal/secret"
)

// Resealed says what came of a page of rows that were to be sealed with the first key.
type Resealed struct {
	Rows       int      // checked; 0 = there are no more
	Last       string   // id of the last one
	Changed    int      // sealed again
	Stale      int      // changed by someone else meanwhile: look again
	Unreadable []string // ids of those that do not open, with the reason
}

// resealed seals a value with the first key if it is sealed with another one. It returns nil if there is nothing to do.
func resealed(box Box, value []byte, label string) ([]byte, error) {
	if len(value) == 0 {
		return nil, nil
	}
	plain, stale, err := box.Open(value, label)
	if err != nil || !stale {
		return nil, err
	}
	return box.Seal(plain, label)
}

// note adds one row to the page: n rows were updated.
func (r *Resealed) note(id string, changes bool, n int, err error) {
	r.Rows++
	r.Last = id
	switch {
	case err != nil:
		r.Unreadable = append(r.Unreadable, fmt.Sprintf("%s: %v", id, err))
	case changes && n == 0:
		r.Stale++
	case changes:
		r.Changed++
	}
}

// ResealLinks seals the tokens of at most so many connections after the given one again, where they are not sealed with the
// first key. A pair that was renewed meanwhile stays. It acts as the system, within a transaction.
func ResealLinks(ctx context.Context, tx *ent.Client, box Box, after string, limit int) (Resealed, error) {
	rows, err := tx.LightspeedLink.Query().Where(lightspeedlink.IDGT(after), lightspeedlink.RefreshTokenNotNil()).
		Order(ent.Asc(lightspeedlink.FieldID)).Limit(limit).All(ctx)
	if err != nil {
		return Resealed{}, fmt.Errorf("read links: %w", err)
	}
	var page Resealed
	for _, row := range rows {
		access, accessErr := resealed(box, row.AccessToken, accessLabel(row.ID))
		refresh, refreshErr := resealed(box, row.RefreshToken, refreshLabel(row.ID))
		update := tx.LightspeedLink.Update().Where(lightspeedlink.ID(row.ID),
			lightspeedlink.RefreshToken(row.RefreshToken), accessIs(row.AccessToken))
		if access != nil {
			update.SetAccessToken(access)
		}
		if refresh != nil {
			update.SetRefreshToken(refresh)
		}
		n, changes := 0, access != nil || refresh != nil
		if changes {
			if n, err = update.Save(ctx); err != nil {
				return Resealed{}, fmt.Errorf("seal link %s again: %w", row.ID, err)
			}
		}
		page.note(row.ID, changes, n, errors.Join(accessErr, refreshErr))
	}
	return page, nil
}

func accessIs(value []byte) predicate.LightspeedLink {
	if value == nil {
		return lightspeedlink.AccessTokenIsNil()
	}
	return lightspeedlink.AccessToken(value)
}

// ResealRevocations is [ResealLinks] for grants that are to be revoked.
func ResealRevocations(ctx context.Context, tx *ent.Client, box Box, after string, limit int) (Resealed, error) {
	rows, err := tx.TokenRevocation.Query().Where(tokenrevocation.IDGT(after)).
		Order(ent.Asc(tokenrevocation.FieldID)).Limit(limit).All(ctx)
	if err != nil {
		return Resealed{}, fmt.Errorf("read revocations: %w", err)
	}
	var page Resealed
	for _, row := range rows {
		refresh, sealErr := resealed(box, row.RefreshToken, row.SealedFor)
		n := 0
		if refresh != nil {
			n, err = tx.TokenRevocation.Update().Where(tokenrevocation.ID(row.ID), tokenrevocation.RefreshToken(row.RefreshToken)).
				SetRefreshToken(refresh).Save(ctx)
			if err != nil {
				return Resealed{}, fmt.Errorf("seal revocation %s again: %w", row.ID, err)
			}
		}
		page.note(row.ID, refresh != nil, n, sealErr)
	}
	return page, nil
}

// ResealAttempts is [ResealLinks] for attempts to connect. Those that have ended are passed over: what is sealed there is not read
// any more.
func ResealAttempts(ctx context.Context, tx *ent.Client, box Box, after string, limit int) (Resealed, error) {
	rows, err := tx.ConnectAttempt.Query().Where(connectattempt.IDGT(after), connectattempt.ClosedAtIsNil()).
		Order(ent.Asc(connectattempt.FieldID)).Limit(limit).All(ctx)
	if err != nil {
		return Resealed{}, fmt.Errorf("read attempts to connect: %w", err)
	}
	var page Resealed
	for _, row := range rows {
		verifier, verifierErr := resealed(box, row.Verifier, verifierLabel(row.ID))
		access, accessErr := resealed(box, row.AccessToken, attemptAccessLabel(row.ID))
		refresh, refreshErr := resealed(box, row.RefreshToken, attemptRefreshLabel(row.ID))
		update := tx.ConnectAttempt.Update().Where(connectattempt.ID(row.ID), connectattempt.Verifier(row.Verifier), attemptRefreshIs(row.RefreshToken))
		if verifier != nil {
			update.SetVerifier(verifier)
		}
		if access != nil {
			update.SetAccessToken(access)
		}
		if refresh != nil {
			update.SetRefreshToken(refresh)
		}
		n, changes := 0, verifier != nil || access != nil || refresh != nil
		if changes {
			if n, err = update.Save(ctx); err != nil {
				return Resealed{}, fmt.Errorf("seal attempt %s again: %w", row.ID, err)
			}
		}
		page.note(row.ID, changes, n, errors.Join(verifierErr, accessErr, refreshErr))
	}
	return page, nil
}

func attemptRefreshIs(value []byte) predicate.ConnectAttempt {
	if value == nil {
		return connectattempt.RefreshTokenIsNil()
	}
	return connectattempt.RefreshToken(value)
}

// TryOpen opens the refresh tokens of a few connections. It fails if there are some and none opens because their keys are not
// known. It acts as the system.
func TryOpen(ctx context.Context, client *ent.Client, box Box) error {
	rows, err := client.LightspeedLink.Query().Where(lightspeedlink.RefreshTokenNotNil()).
		Order(ent.Desc(lightspeedlink.FieldUpdatedAt)).Limit(20).All(ctx)
	if err != nil {
		return fmt.Errorf("read links: %w", err)
	}
	var unknown error
	for _, row := range rows {
		_, err := RefreshToken(box, row)
		if err == nil {
			return nil
		}
		if errors.Is(err, secret.ErrUnknownKey) {
			unknown = err
		}
	}
	return unknown
}
