package export

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/ent/paymenttype"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/text"
)

// paymentKind is a payment type of the POS.
type paymentKind struct {
	id                      int64
	name                    string
	archived, needsCustomer bool
}

// paymentType returns the payment type of a method, see [orderbook.Settings.BookedAs], and adds it where the POS has none. The method
// is mapped to it from now on. A method whose name an archived type has gets no second one.
func (t *task) paymentType(ctx context.Context, method string, used orderbook.UsedTypes) (paymentKind, error) {
	switch b := orderbook.SettingsOf(t.site).BookedAs(method, used); {
	case b.Mapping != nil:
		return kindOf(b.Type), t.checkName(ctx, b)
	case b.Type != nil && b.Type.Archived:
		return kindOf(b.Type), nil
	case b.Type != nil:
		return kindOf(b.Type), t.mapMethod(ctx, method, b.Type.ID)
	case b.ID != 0:
		return paymentKind{id: b.ID, name: b.Name}, nil // added here, and not read back yet
	default:
		return t.newType(ctx, method, b.Name)
	}
}

// errArchivedType says that the POS has an archived payment type of the name.
var errArchivedType = errors.New("a payment type of this name is archived")

// newType makes a payment type of that name for a method, unless the POS has one by now.
func (t *task) newType(ctx context.Context, method, name string) (paymentKind, error) {
	found := lightspeed.PaymentType{Name: name, Type: "user defined"}
	id, err := t.x.getOrCreate(ctx, posRecord{kind: orderbook.ClaimPaymentType, key: retail.ShortMethodKey(method),
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
		return paymentKind{name: name, archived: true}, nil
	case err != nil:
		return paymentKind{}, err
	}
	found.PaymentTypeID = id
	t.mapped = true
	return paymentKind{id: id, name: name, needsCustomer: found.RequireCustomer}, t.mapNewType(ctx, method, found)
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
	t.mapped = true
	return orderbook.MapMethod(ctx, t.x.Client, method, paymentTypeID, t.x.Clock.Now())
}

// checkName raises one alert for staff if the payment type that a method is mapped to was renamed, and nobody chose it for the method. If it
// was not, the alert ends with the export.
func (t *task) checkName(ctx context.Context, b orderbook.BookedAs) error {
	method, now := b.Mapping.Method, t.x.Clock.Now()
	cause := orderbook.RenamedCause(method)
	if b.Mapping.ChangedBy != "" || retail.SameName(b.Name, orderbook.PaymentTypeName(t.site.PaymentTypes, method)) || retail.SameName(b.Name, text.First(method, maxTypeName)) {
		t.named = append(t.named, cause)
		return nil
	}
	return orderbook.Raise(ctx, t.x.Client, orderbook.Alert{
		Cause: cause, Code: retail.AlertPaymentTypeRenamed, Setting: retail.SettingExport,
		Message: message.Say("The payment type used for \"{method}\" is now called \"{paymentType}\" in Lightspeed. Orders paid by {method} still use it. If you do not want that, rename it back, or choose another payment type for {method} in the export settings.",
			message.Values{"method": method, "paymentType": b.Name}),
	}, now)
}

func kindOf(row *ent.PaymentType) paymentKind {
	return paymentKind{id: row.LightspeedID, name: row.Name, archived: row.Archived, needsCustomer: row.RequiresCustomer}
}
