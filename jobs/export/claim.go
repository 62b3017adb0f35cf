package export

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/ent/posclaim"
	"possync/internal/lightspeed"
)

// errClaimed says that another worker is creating the record just now.
var errClaimed = errors.New("another worker is creating it")

// posRecord is something that must exist once in the POS: how it is looked for, and created when it is not there.
type posRecord struct {
	kind, key string
	find      func(ctx context.Context) (id int64, err error) // 0 = it is not there
	create    func(ctx context.Context) (id int64, err error)
}

// getOrCreate returns the POS's id of a record, and creates it if it is not there: by one worker at a time, over all processes, and
// after a lost answer not before a late request must have landed and the search must have caught up.
func (x *Exporter) getOrCreate(ctx context.Context, r posRecord) (int64, error) {
	claim, err := x.claim(ctx, r)
	if err != nil {
		return 0, err
	}
	if claim.LightspeedID != 0 {
		return claim.LightspeedID, nil
	}
	id, err := r.find(ctx)
	sent := false
	if err == nil && id == 0 {
		if err := x.markSent(ctx, claim); err != nil {
			return 0, err
		}
		sent = true
		id, err = r.create(ctx)
	}
	update := x.Client.PosClaim.Update().Where(posclaim.ID(claim.ID), posclaim.Owner(x.Owner)).SetUpdatedAt(x.Clock.Now())
	switch {
	case sent && (errors.Is(err, lightspeed.ErrUnclear) || ctx.Err() != nil):
		update.SetHeldUntil(x.Clock.Now().Add(settleTime))
	case err != nil:
		update.ClearHeldUntil().SetSent(claim.Sent) // what an earlier request may have done stays to be looked for
	default:
		update.SetLightspeedID(id).ClearHeldUntil()
	}
	stored, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	return id, errors.Join(err, update.Exec(stored))
}

// markSent stores, before the request to create a record, that it may exist from now on: whoever goes on after a process that died
// waits until the record must be there, and looks for it.
func (x *Exporter) markSent(ctx context.Context, claim *ent.PosClaim) error {
	now := x.Clock.Now()
	marked, err := x.Client.PosClaim.Update().
		Where(posclaim.ID(claim.ID), posclaim.Owner(x.Owner), posclaim.LightspeedID(0), posclaim.HeldUntilGT(now)).
		SetSent(true).SetHeldUntil(now.Add(settleTime)).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return fmt.Errorf("note the request to create the %s: %w", claim.Kind, err)
	}
	if marked == 0 {
		return errClaimed
	}
	return nil
}

// claim takes the right to create the record; one whose id is known needs none.
func (x *Exporter) claim(ctx context.Context, r posRecord) (*ent.PosClaim, error) {
	now := x.Clock.Now()
	err := x.Client.PosClaim.Create().SetKind(r.kind).SetKey(r.key).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(posclaim.FieldSiteID, posclaim.FieldKind, posclaim.FieldKey).Ignore().Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("add the claim on %s: %w", r.kind, err)
	}
	taken, err := x.Client.PosClaim.Update().
		Where(posclaim.Kind(r.kind), posclaim.Key(r.key), posclaim.LightspeedID(0),
			posclaim.Or(posclaim.HeldUntilIsNil(), posclaim.HeldUntilLTE(now))).
		SetOwner(x.Owner).SetHeldUntil(now.Add(claimTime)).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("claim the %s: %w", r.kind, err)
	}
	claim, err := x.loadClaim(ctx, r.kind, r.key)
	switch {
	case err != nil:
		return nil, err
	case claim == nil || taken == 0 && claim.LightspeedID == 0:
		return nil, errClaimed
	}
	return claim, nil
}

// loadClaim returns the claim on a record; nil when there is none.
func (x *Exporter) loadClaim(ctx context.Context, kind, key string) (*ent.PosClaim, error) {
	claim, err := x.Client.PosClaim.Query().Where(posclaim.Kind(kind), posclaim.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the claim on %s: %w", kind, err)
	}
	return claim, nil
}

// storeClaim keeps the id of a record that was found without a claim.
func (x *Exporter) storeClaim(ctx context.Context, kind, key string, id int64) error {
	now := x.Clock.Now()
	err := x.Client.PosClaim.Create().SetKind(kind).SetKey(key).SetLightspeedID(id).
		SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(posclaim.FieldSiteID, posclaim.FieldKind, posclaim.FieldKey).
		Update(func(u *ent.PosClaimUpsert) { u.UpdateLightspeedID().UpdateUpdatedAt() }).Exec(ctx)
	if err != nil {
		return fmt.Errorf("store the claim on %s: %w", kind, err)
	}
	return nil
}
