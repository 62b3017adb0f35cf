package reference

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/employee"
	"possync/ent/paymenttype"
	"possync/ent/register"
	"possync/ent/shop"
	"possync/internal/lightspeed"
	"possync/internal/records/feedlog"
	"possync/internal/records/openorders"
	"possync/internal/records/settings"
	"possync/internal/text"
)

// table is how the rows of one reference table are compared with what the POS lists, by the POS's ids.
type table[Stored any, Row comparable] struct {
	id      func(Stored) int64
	row     func(Stored) Row
	archive func(Row) Row
}

// reconcile returns the rows to store: those that differ, are new, or are gone and not yet archived.
func (t table[Stored, Row]) reconcile(stored []Stored, listed map[int64]Row) map[int64]Row {
	store := make(map[int64]Row)
	have := make(map[int64]bool, len(stored))
	for _, s := range stored {
		id, old := t.id(s), t.row(s)
		have[id] = true
		fresh, ok := listed[id]
		if !ok {
			fresh = t.archive(old)
		}
		if fresh != old {
			store[id] = fresh
		}
	}
	for id, row := range listed {
		if !have[id] {
			store[id] = row
		}
	}
	return store
}

// upsert is the conflict clause of all reference tables: the POS's id identifies the row, the columns are replaced.
func upsert(columns ...string) []sql.ConflictOption {
	columns = append(columns, "name", "archived", "updated_at")
	return []sql.ConflictOption{
		sql.ConflictColumns("site_id", "lightspeed_id"),
		sql.ResolveWith(func(u *sql.UpdateSet) {
			for _, column := range columns {
				u.SetExcluded(column)
			}
		}),
	}
}

// What is kept of a text from Lightspeed: at most so many characters, and no more bytes than its column takes.
const (
	maxName   = 60
	nameBytes = 255
	wordBytes = 64 // time zones, and kinds of payment types
)

// name shortens a name from Lightspeed to what the column takes, and replaces an empty one.
func name(s, otherwise string) string { return shorten(s, otherwise, nameBytes) }

// word is name for the short columns.
func word(s, otherwise string) string { return shorten(s, otherwise, wordBytes) }

func shorten(s, otherwise string, bytes int) string {
	s = strings.TrimSpace(text.Clean(s))
	return cmp.Or(text.Clip(text.First(s, maxName), bytes), otherwise)
}

type shopRow struct {
	name, timeZone string
	archived       bool
}

func storeShops(ctx context.Context, tx *ent.Client, stored *settings.Snapshot, rows []lightspeed.Shop, now time.Time) (bool, error) {
	listed := make(map[int64]shopRow, len(rows))
	for _, r := range rows {
		listed[r.ShopID] = shopRow{name(r.Name, "Shop"), word(r.TimeZone, ""), r.Archived}
	}
	changed := table[*ent.Shop, shopRow]{
		id:      func(s *ent.Shop) int64 { return s.LightspeedID },
		row:     func(s *ent.Shop) shopRow { return shopRow{s.Name, s.TimeZone, s.Archived} },
		archive: func(r shopRow) shopRow { r.archived = true; return r },
	}.reconcile(stored.Shops, listed)
	var creates []*ent.ShopCreate
	for id, r := range changed {
		creates = append(creates, tx.Shop.Create().SetLightspeedID(id).SetName(r.name).
			SetTimeZone(r.timeZone).SetArchived(r.archived).SetCreatedAt(now).SetUpdatedAt(now))
	}
	if len(creates) == 0 {
		return false, nil
	}
	if err := tx.Shop.CreateBulk(creates...).OnConflict(upsert(shop.FieldTimeZone)...).Exec(ctx); err != nil {
		return false, err
	}
	after, err := settings.Read(ctx, tx)
	if err != nil {
		return false, err
	}
	if slices.Equal(feedlog.ScopeOf(stored).Shops, feedlog.ScopeOf(after).Shops) {
		return true, nil
	}
	return true, feedlog.MarkLinked(ctx, tx) // the stock of a mapped shop counts no more, or again
}

type registerRow struct {
	name           string
	shopID         int64
	open, archived bool
}

// storeRegisters also reports whether units of open orders are taken from other shops now, as when a register has moved to another shop.
func storeRegisters(ctx context.Context, tx *ent.Client, stored *settings.Snapshot, rows []lightspeed.Register, now time.Time) (bool, error) {
	listed := make(map[int64]registerRow, len(rows))
	for _, r := range rows {
		listed[r.RegisterID] = registerRow{name(r.Name, "Register"), r.ShopID, r.Open, r.Archived}
	}
	changed := table[*ent.Register, registerRow]{
		id:      func(s *ent.Register) int64 { return s.LightspeedID },
		row:     func(s *ent.Register) registerRow { return registerRow{s.Name, s.LightspeedShopID, s.Open, s.Archived} },
		archive: func(r registerRow) registerRow { r.archived = true; return r },
	}.reconcile(stored.Registers, listed)
	var creates []*ent.RegisterCreate
	for id, r := range changed {
		creates = append(creates, tx.Register.Create().SetLightspeedID(id).SetName(r.name).
			SetLightspeedShopID(r.shopID).SetOpen(r.open).SetArchived(r.archived).SetCreatedAt(now).SetUpdatedAt(now))
	}
	if len(creates) == 0 {
		return false, nil
	}
	err := tx.Register.CreateBulk(creates...).OnConflict(upsert(register.FieldLightspeedShopID, register.FieldOpen)...).Exec(ctx)
	if err != nil {
		return false, err
	}
	after, err := settings.Read(ctx, tx)
	if err != nil {
		return false, err
	}
	if openorders.RulesOf(stored).SamePlaces(openorders.RulesOf(after)) {
		return false, nil
	}
	return true, feedlog.MarkLinked(ctx, tx)
}

type employeeRow struct {
	name             string
	shopID           int64
	locked, archived bool
}

func storeEmployees(ctx context.Context, tx *ent.Client, stored []*ent.Employee, rows []lightspeed.Employee, now time.Time) error {
	listed := make(map[int64]employeeRow, len(rows))
	for _, r := range rows {
		listed[r.EmployeeID] = employeeRow{name(r.FirstName+" "+r.LastName, "Employee"), r.LimitToShopID, r.LockOut, r.Archived}
	}
	changed := table[*ent.Employee, employeeRow]{
		id: func(s *ent.Employee) int64 { return s.LightspeedID },
		row: func(s *ent.Employee) employeeRow {
			return employeeRow{s.Name, s.LightspeedShopID, s.Locked, s.Archived}
		},
		archive: func(r employeeRow) employeeRow { r.archived = true; return r },
	}.reconcile(stored, listed)
	var creates []*ent.EmployeeCreate
	for id, r := range changed {
		creates = append(creates, tx.Employee.Create().SetLightspeedID(id).SetName(r.name).
			SetLightspeedShopID(r.shopID).SetLocked(r.locked).SetArchived(r.archived).SetCreatedAt(now).SetUpdatedAt(now))
	}
	if len(creates) == 0 {
		return nil
	}
	return tx.Employee.CreateBulk(creates...).
		OnConflict(upsert(employee.FieldLightspeedShopID, employee.FieldLocked)...).Exec(ctx)
}

type levelRow struct {
	name     string
	archived bool
}

// changedLevels are the price levels to store.
func changedLevels(stored []*ent.PriceLevel, rows []lightspeed.PriceLevel) map[int64]levelRow {
	listed := make(map[int64]levelRow, len(rows))
	for _, r := range rows {
		listed[r.PriceLevelID] = levelRow{name(r.Name, "Price level"), r.Archived}
	}
	return table[*ent.PriceLevel, levelRow]{
		id:      func(s *ent.PriceLevel) int64 { return s.LightspeedID },
		row:     func(s *ent.PriceLevel) levelRow { return levelRow{s.Name, s.Archived} },
		archive: func(r levelRow) levelRow { r.archived = true; return r },
	}.reconcile(stored, listed)
}

// SamePriceLevels reports whether the POS lists the price levels that are stored.
func SamePriceLevels(stored []*ent.PriceLevel, rows []lightspeed.PriceLevel) bool {
	return len(changedLevels(stored, rows)) == 0
}

func storePriceLevels(ctx context.Context, tx *ent.Client, stored []*ent.PriceLevel, rows []lightspeed.PriceLevel, now time.Time) (bool, error) {
	changed := changedLevels(stored, rows)
	var creates []*ent.PriceLevelCreate
	for id, r := range changed {
		creates = append(creates, tx.PriceLevel.Create().SetLightspeedID(id).SetName(r.name).
			SetArchived(r.archived).SetCreatedAt(now).SetUpdatedAt(now))
	}
	if len(creates) == 0 {
		return false, nil
	}
	return true, tx.PriceLevel.CreateBulk(creates...).OnConflict(upsert()...).Exec(ctx)
}

type paymentRow struct {
	name, kind, code           string
	requiresCustomer, archived bool
}

func storePaymentTypes(ctx context.Context, tx *ent.Client, stored []*ent.PaymentType, rows []lightspeed.PaymentType, now time.Time) error {
	listed := make(map[int64]paymentRow, len(rows))
	for _, r := range rows {
		listed[r.PaymentTypeID] = paymentRow{name(r.Name, "Payment type"), word(r.Type, "unknown"), word(r.Code, ""), r.RequireCustomer, r.Archived}
	}
	changed := table[*ent.PaymentType, paymentRow]{
		id: func(s *ent.PaymentType) int64 { return s.LightspeedID },
		row: func(s *ent.PaymentType) paymentRow {
			return paymentRow{s.Name, s.Kind, s.Code, s.RequiresCustomer, s.Archived}
		},
		archive: func(r paymentRow) paymentRow { r.archived = true; return r },
	}.reconcile(stored, listed)
	var creates []*ent.PaymentTypeCreate
	for id, r := range changed {
		creates = append(creates, tx.PaymentType.Create().SetLightspeedID(id).SetName(r.name).
			SetKind(r.kind).SetCode(r.code).SetRequiresCustomer(r.requiresCustomer).SetArchived(r.archived).SetCreatedAt(now).SetUpdatedAt(now))
	}
	if len(creates) == 0 {
		return nil
	}
	return tx.PaymentType.CreateBulk(creates...).
		OnConflict(upsert(paymenttype.FieldKind, paymenttype.FieldCode, paymenttype.FieldRequiresCustomer)...).Exec(ctx)
}
