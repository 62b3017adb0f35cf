// Package reference keeps the short lists of the POS up to date: shops, registers, employees, price levels, payment types,
// and the names of manufacturers and categories.
package reference

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/settings"
)

// Lists are all reference data of an account as the POS has them now.
type Lists struct {
	Shops         []lightspeed.Shop
	Registers     []lightspeed.Register
	Employees     []lightspeed.Employee
	PriceLevels   []lightspeed.PriceLevel
	PaymentTypes  []lightspeed.PaymentType
	Manufacturers []lightspeed.Manufacturer
	Categories    []lightspeed.Category
}

// Fetch reads all lists. It is the part that talks to the POS, outside any transaction; step is called after each list.
func Fetch(ctx context.Context, account *lightspeed.Account, step func(ctx context.Context) error) (Lists, error) {
	var l Lists
	err := readAll(ctx, step,
		read(&l.Shops, account.Shops), read(&l.Registers, account.Registers), read(&l.Employees, account.Employees),
		read(&l.PriceLevels, account.PriceLevels), read(&l.PaymentTypes, account.PaymentTypes),
		read(&l.Manufacturers, account.Manufacturers), read(&l.Categories, account.Categories))
	if err != nil {
		return Lists{}, err
	}
	// Every account has these; an answer without them is damaged, and storing it would archive them all.
	if len(l.Shops) == 0 || len(l.Employees) == 0 || len(l.PriceLevels) == 0 {
		return Lists{}, fmt.Errorf("read reference data: %w: an account without shops, employees or price levels", lightspeed.ErrMalformed)
	}
	return l, nil
}

// Steps is how many lists Fetch reads.
const Steps = 7

// FetchLabels reads only the names that items refer to.
func FetchLabels(ctx context.Context, account *lightspeed.Account) (Lists, error) {
	var l Lists
	err := readAll(ctx, func(context.Context) error { return nil },
		read(&l.Manufacturers, account.Manufacturers), read(&l.Categories, account.Categories))
	return l, err
}

func read[T any](into *[]T, list func(context.Context) ([]T, error)) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		*into, err = list(ctx)
		return err
	}
}

func readAll(ctx context.Context, step func(context.Context) error, reads ...func(context.Context) error) error {
	for _, read := range reads {
		if err := read(ctx); err != nil {
			return err
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Changed says of which lists a row appeared, changed or was archived.
type Changed struct {
	Shops, PriceLevels bool
	Places             bool // units of open orders are taken from other shops now
}

// Store writes what differs from what is stored. Rows that the POS no longer lists are kept as archived, because settings and history may
// refer to them. It reports what changed of that on which set-up or display depend.
func Store(ctx context.Context, tx *ent.Client, stored *settings.Snapshot, l Lists, now time.Time) (changed Changed, err error) {
	if changed.Shops, err = storeShops(ctx, tx, stored, l.Shops, now); err != nil {
		return changed, fmt.Errorf("store shops: %w", err)
	}
	if changed.Places, err = storeRegisters(ctx, tx, stored, l.Registers, now); err != nil {
		return changed, fmt.Errorf("store registers: %w", err)
	}
	if err := storeEmployees(ctx, tx, stored.Employees, l.Employees, now); err != nil {
		return changed, fmt.Errorf("store employees: %w", err)
	}
	if changed.PriceLevels, err = storePriceLevels(ctx, tx, stored.PriceLevels, l.PriceLevels, now); err != nil {
		return changed, fmt.Errorf("store price levels: %w", err)
	}
	if err := storePaymentTypes(ctx, tx, stored.PaymentTypes, l.PaymentTypes, now); err != nil {
		return changed, fmt.Errorf("store payment types: %w", err)
	}
	return changed, StoreLabels(ctx, tx, l, now)
}
