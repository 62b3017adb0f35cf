package retail_test

import (
	"testing"

	"possync/internal/retail"
)

func TestLossMany(t *testing.T) {
	for loss, want := range map[retail.Loss]bool{
		{}: false, {Displayed: 0, Lost: 10}: true,
		{Displayed: 9, Lost: 9}: false, {Displayed: 10, Lost: 9}: false, {Displayed: 10, Lost: 10}: true,
		{Displayed: 33, Lost: 10}: true, {Displayed: 34, Lost: 10}: false,
		{Displayed: 1000, Lost: 300}: false, {Displayed: 1000, Lost: 301}: true,
		{Displayed: 100_000, Lost: 30_000}: false, {Displayed: 100_000, Lost: 30_001}: true,
	} {
		if got := loss.NeedsConfirmation(); got != want {
			t.Errorf("%+v: %t, want %t", loss, got, want)
		}
	}
}
