package export

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"possync/ent"
	"possync/ent/paymenttype"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/text"
)

// paymentKind is a payment type of the POS.
type paymentKind struct {
	id                      int64
	archived, needsCustomer bool
}

// paymentType returns the payment type of a method: the one that it is mapped to, whatever it is called now; else the one of that
// name, else a new one, to which the method is mapped from now on. A method whose name an archived type has gets no second one.
func (t *task) paymentType(ctx context.Context, method string) (paymentKind, error) {
	site, err := t.x.Settings.Get(ctx, t.x.Client)
	if err != nil {
		return paymentKind{}, err
	}
	byID := settings.Index(site.PaymentTypes, func(p *ent.PaymentType) string { return p.ID })
	if m := orderbook.MethodMapping(site.Methods, method); m != nil && byID[m.PaymentTypeID] != nil {
		return t.mappedType(ctx, site, m, byID[m.PaymentTypeID])
	}
	used, err := t.usedType(ctx, method)
	if err != nil {
		return paymentKind{}, err
	}
	if used != 0 {
		row := settings.Index(site.PaymentTypes, func(p *ent.PaymentType) int64 { return p.LightspeedID })[used]
		if row == nil {
			return paymentKind{id: used}, nil // added here, and not read back yet
		}
		return kindOf(row), t.mapMethod(ctx, method, row.ID)
	}
	name := orderbook.PaymentTypeName(site.PaymentTypes, method)
	if row := orderbook.PaymentTypeNamed(site.PaymentTypes, name); row != nil {
		if row.Archived {
			return kindOf(row), nil
		}
		return kindOf(row), t.mapMethod(ctx, method, row.ID)
	}
	return t.newType(ctx, method, name)
}

// usedType returns the payment type that was used for a method before methods were mapped, or that is being created for it; 0 =
// there is none.
func (t *task) usedType(ctx context.Context, method string) (int64, error) {
	for _, key := range []string{retail.ShortMethodKey(method), text.Clip(strings.ToLower(method), maxClaimKey)} {
		claim, err := t.x.loadClaim(ctx, claimPaymentType, key)
		if err != nil {
			return 0, err
		}
		if claim != nil && claim.LightspeedID != 0 {
			return claim.LightspeedID, nil
		}
	}
	return 0, nil
}

// maxClaimKey is how many bytes the key of a claim has.
const maxClaimKey = 320

// errArchivedType says that the POS has an archived payment type of the name.
var errArchivedType = errors.New("a payment type of this name is archived")

// newType makes a payment type of that name for a method, unless the POS has one by now.
func (t *task) newType(ctx context.Context, method, name string) (paymentKind, error) {
	found := lightspeed.PaymentType{Name: name, Type: "user defined"}
	id, err := t.x.getOrCreate(ctx, posRecord{kind: claimPaymentType, key: retail.ShortMethodKey(method),
		find: func(ctx context.Context) (int64, error) {
			all, err := t.account.PaymentTypes(ctx)
			if err != nil {
				return 0, err
			}
			archived := false
			for _, each := range all {
				switch {
				case retail.NeedsAccount(each.Type) || !retail.SameName(each.Name, name):
				case each.Archived:
					archived = true
				case found.PaymentTypeID == 0 || each.PaymentTypeID < found.PaymentTypeID:
					found = each
				}
			}
			if found.PaymentTypeID == 0 && archived {
				return 0, errArchivedType
			}
			return found.PaymentTypeID, nil
		},
		create: func(ctx context.Context) (int64, error) {
			made, err := t.account.CreatePaymentType(ctx, name)
			return made.PaymentTypeID, err
		}})
	switch {
	case errors.Is(err, errArchivedType):
		return paymentKind{archived: true}, nil
	case err != nil:
		return paymentKind{}, err
	}
	found.PaymentTypeID = id
	return paymentKind{id: id, needsCustomer: found.RequireCustomer}, t.mapNewType(ctx, method, found)
}

// mapNewType maps a method to a payment type that the next reading of the POS's lists will bring.
func (t *task) mapNewType(ctx context.Context, method string, p lightspeed.PaymentType) error {
	now := t.x.Clock.Now()
	return store.InTx(ctx, t.x.Client, t.x.Bus, func(ctx context.Context, tx *ent.Client) error {
		id, err := tx.PaymentType.Create().SetLightspeedID(p.PaymentTypeID).SetName(text.Clip(text.First(p.Name, maxTypeName), maxTypeBytes)).
			SetKind(p.Type).SetRequiresCustomer(p.RequireCustomer).SetArchived(false).SetCreatedAt(now).SetUpdatedAt(now).
			OnConflictColumns(paymenttype.FieldSiteID, paymenttype.FieldLightspeedID).
			Update(func(u *ent.PaymentTypeUpsert) { u.UpdateUpdatedAt() }).ID(ctx)
		if err != nil {
			return fmt.Errorf("add a payment type: %w", err)
		}
		return orderbook.MapMethod(ctx, tx, method, id, now)
	})
}

// What is kept of a payment type's name, as when the POS's lists are read.
const maxTypeName, maxTypeBytes = 60, 255

func (t *task) mapMethod(ctx context.Context, method, paymentTypeID string) error {
	return orderbook.MapMethod(ctx, t.x.Client, method, paymentTypeID, t.x.Clock.Now())
}

// mappedType checks the payment type that a method is mapped to. If it was renamed, and nobody chose it for the method, staff get one
// alert.
func (t *task) mappedType(ctx context.Context, site *settings.Snapshot, m *ent.PaymentMethodMapping, row *ent.PaymentType) (paymentKind, error) {
	cause, now := orderbook.RenamedCause(m.Method), t.x.Clock.Now()
	if m.ChangedBy != "" || retail.SameName(row.Name, orderbook.PaymentTypeName(site.PaymentTypes, m.Method)) || retail.SameName(row.Name, text.First(m.Method, maxTypeName)) {
		return kindOf(row), orderbook.Resolve(ctx, t.x.Client, cause, now)
	}
	return kindOf(row), orderbook.Raise(ctx, t.x.Client, orderbook.Alert{
		Cause: cause, Code: alertPaymentTypeRenamed, Setting: retail.SettingExport,
		Message: fmt.Sprintf("The payment type used for %q is now called %q in Lightspeed. Orders paid by %s still use it. If you do not want that, rename it back, or choose another payment type for %s in the export settings.",
			m.Method, row.Name, m.Method, m.Method),
	}, now)
}

func kindOf(row *ent.PaymentType) paymentKind {
	return paymentKind{id: row.LightspeedID, archived: row.Archived, needsCustomer: row.RequiresCustomer}
}
