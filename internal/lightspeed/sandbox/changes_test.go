package sandbox

import (
	"errors"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// stamps are the timeStamps of an item, of each of its shops' rows and of its summary.
func stamps(t *testing.T, a *Account, id int64) [3]time.Time {
	t.Helper()
	it, err := a.Item(id)
	if err != nil {
		t.Fatal(err)
	}
	return [3]time.Time{it.TimeStamp, it.Stock[0].TimeStamp, it.Summary.TimeStamp}
}

// TestChanges_Stamps checks the table of section 6 of the reference.
func TestChanges_Stamps(t *testing.T) {
	t.Parallel()
	text := "new"
	for _, c := range []struct {
		name              string
		change            func(a *Account) error
		item, shop, total bool
	}{
		{"sell", func(a *Account) error { return a.Sell(1, 1, 2) }, false, true, true},
		{"receive", func(a *Account) error { return a.Receive(1, 1, 2) }, false, true, true},
		{"order", func(a *Account) error { return a.Order(1, 1, 2) }, false, true, true},
		{"count", func(a *Account) error { return a.Count(1, 1, 9) }, false, true, true},
		{"reorder", func(a *Account) error { return a.SetReorder(1, 1, 3, 5) }, false, true, true},
		{"sell elsewhere", func(a *Account) error { return a.Sell(1, 2, 2) }, false, false, true},
		{"re-price", func(a *Account) error { return a.Reprice(1, 1, decimal.New(5, 0)) }, true, false, false},
		{"edit", func(a *Account) error { return a.Edit(1, ItemEdit{Description: &text}) }, true, false, false},
		{"archive", func(a *Account) error { return a.Archive(1) }, false, true, true},
		{"unarchive", func(a *Account) error { return a.Unarchive(1) }, true, false, false},
		{"level", func(a *Account) error { _, err := a.AddPriceLevel("X"); return err }, false, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, Options{Items: 5})
			a := r.s.Account("")
			if err := a.Count(1, 1, 5); err != nil { // makes sure that the row exists
				t.Fatal(err)
			}
			r.clock.add(time.Hour)
			before := stamps(t, a, 1)
			if err := c.change(a); err != nil {
				t.Fatal(err)
			}
			after := stamps(t, a, 1)
			for i, want := range []bool{c.item, c.shop, c.total} {
				if moved := !after[i].Equal(before[i]); moved != want {
					t.Errorf("stamp %d moved: %v, want %v", i, moved, want)
				}
				if want && !after[i].Equal(r.clock.Now()) {
					t.Errorf("stamp %d is %v, want now %v", i, after[i], r.clock.Now())
				}
			}
		})
	}
}

func TestChanges_Quantities(t *testing.T) {
	t.Parallel()
	a := New(Options{Items: 5, Clock: newTestClock()}).Account("")
	steps := []struct {
		name                 string
		do                   func() error
		qoh, backorder, sell int
	}{
		{"count", func() error { return a.Count(2, 1, 3) }, 3, 0, 3},
		{"sell below zero", func() error { return a.Sell(2, 1, 5) }, -2, 0, 0},
		{"order", func() error { return a.Order(2, 1, 10) }, -2, 10, 0},
		{"part delivery", func() error { return a.Receive(2, 1, 4) }, 2, 6, 2},
		{"more than ordered", func() error { return a.Receive(2, 1, 8) }, 10, 0, 10},
		{"archive", func() error { return a.Archive(2) }, 0, 0, 0},
	}
	before, err := a.Item(2)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Order(2, 1, 1); err != nil {
		t.Fatal(err)
	}
	if err := a.Receive(2, 1, before.Stock[0].Backorder+1); err != nil { // nothing on order any more
		t.Fatal(err)
	}
	for _, s := range steps {
		if err := s.do(); err != nil {
			t.Fatal(err)
		}
		it, err := a.Item(2)
		if err != nil {
			t.Fatal(err)
		}
		got := it.Stock[0]
		if got.QOH != s.qoh || got.Backorder != s.backorder || got.Sellable != s.sell {
			t.Errorf("%s: %+v, want qoh %d, backorder %d, sellable %d", s.name, got, s.qoh, s.backorder, s.sell)
		}
		sum, sell := 0, 0
		for _, row := range it.Stock {
			sum += row.QOH
			sell += max(row.QOH, 0)
		}
		if it.Summary.QOH != sum || it.Summary.Sellable != sell {
			t.Errorf("%s: summary %+v, want qoh %d, sellable %d", s.name, it.Summary, sum, sell)
		}
	}
}

func TestChanges_Refused(t *testing.T) {
	t.Parallel()
	a := New(Options{Items: 5, Clock: newTestClock()}).Account("")
	empty := ""
	for name, c := range map[string]struct {
		err  error
		want error
	}{
		"item":     {a.Sell(6, 1, 1), ErrNoItem},
		"item 0":   {a.Archive(0), ErrNoItem},
		"shop 0":   {a.Sell(1, 0, 1), ErrNoShop},
		"shop":     {a.Sell(1, 4, 1), ErrNoShop},
		"units":    {a.Receive(1, 1, 0), ErrQuantity},
		"count":    {a.Count(1, 1, 1<<40), ErrQuantity},
		"reorder":  {a.SetReorder(1, 1, -1, 0), ErrQuantity},
		"level":    {a.Reprice(1, 9, decimal.Zero), ErrNoRecord},
		"amount":   {a.Reprice(1, 1, decimal.New(1, 30)), ErrAmount},
		"default":  {a.ArchivePriceLevel(1), ErrNoRecord},
		"employee": {a.LockEmployee(99), ErrNoRecord},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %v", name, c.err, c.want)
		}
	}
	if err := a.Edit(1, ItemEdit{Description: &empty}); err == nil {
		t.Error("an item without a description was accepted")
	}
}

// TestIncremental_SeesEveryChange polls as the reference says and compares with the truth.
func TestIncremental_SeesEveryChange(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 40, Seed: 3})
	a := r.s.Account("")
	since := r.clock.Now().Format(time.RFC3339)
	r.clock.add(time.Minute)
	for id := int64(1); id <= 7; id++ {
		if err := a.Sell(id, 1, 1); err != nil {
			t.Fatal(err)
		}
	}
	poll := "ItemShop.json?sort=timeStamp&limit=3&timeStamp=" + url.QueryEscape(">=,"+since)
	if got := len(r.all(poll, "ItemShop")); got != 14 {
		t.Errorf("rows of the poll: %d, want 7 items x (shop and summary)", got)
	}
	if got := r.get("Item.json?sort=timeStamp&archived=true&timeStamp=" + url.QueryEscape(">=,"+since)).rows("Item"); got != nil {
		t.Errorf("a sale moved items: %v", ids(got, "itemID"))
	}
	if got := r.control("archive", `{"itemID":8}`); got.status != 200 {
		t.Fatal(got.body)
	}
	hidden := r.get(fmt.Sprintf("Item.json?%s", filterParam("itemID", "", "8")))
	if hidden.rows("Item") != nil {
		t.Errorf("archived items must be hidden: %s", hidden.body)
	}
	if got := r.get("Item/8.json").rows("Item")[0]["archived"]; got != "true" {
		t.Errorf("archived = %v", got)
	}
}
