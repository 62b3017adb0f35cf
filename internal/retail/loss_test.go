package retail_test

import (
	"testing"
	"time"

	"possync/internal/retail"
)

func TestLossMany(t *testing.T) {
	for loss, want := range map[retail.Loss]bool{
		{}: false, {Displayed: 0, Lost: 10}: true,
		{Displayed: 9, Lost: 9}: false, {Displayed: 10, Lost: 9}: false, {Displayed: 10, Lost: 10}: true,
		{Displayed: 33, Lost: 10}: true, {Displayed: 34, Lost: 10}: false,
		{Displayed: 1000, Lost: 300}: false, {Displayed: 1000, Lost: 301}: true,
		{Displayed: 100_000, Lost: 30_000}: false, {Displayed: 100_000, Lost: 30_001}: true,
		// What was lost before counts too, but a change that takes nothing away is no matter.
		{Displayed: 1000, Before: 300, Lost: 1}: true, {Displayed: 1000, Before: 299, Lost: 1}: false,
		{Displayed: 30, Before: 9, Lost: 1}: true, {Displayed: 1000, Before: 900}: false,
	} {
		if got := loss.NeedsConfirmation(); got != want {
			t.Errorf("%+v: %t, want %t", loss, got, want)
		}
	}
}

func TestLossesSince(t *testing.T) {
	now := time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)
	at := func(hours int) *time.Time { m := now.Add(time.Duration(hours) * time.Hour); return &m }
	for _, c := range []struct{ confirmed, held, want *time.Time }{
		{nil, nil, at(-24)}, {at(-30), nil, at(-24)}, {at(-3), nil, at(-3)},
		{nil, at(-10), at(-34)}, {at(-30), at(-10), at(-30)}, {at(-3), at(-10), at(-3)},
	} {
		if got := retail.LossesSince(c.confirmed, c.held, now); !got.Equal(*c.want) {
			t.Errorf("confirmed %v, held %v: since %v, want %v", c.confirmed, c.held, got, c.want)
		}
	}
}
