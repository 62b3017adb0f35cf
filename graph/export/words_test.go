package export

import (
	"slices"
	"testing"
	"time"

	"possync/internal/retail"
)

// The history of settings is read by people: no choice appears in it as the API spells it.
func TestEveryChoiceHasWords(t *testing.T) {
	spellings := slices.Concat(retail.UnlinkedLines("").Values(), retail.TaxHandling("").Values(),
		retail.SupplierLines("").Values(), retail.OpenOrders("").Values())
	seen := map[string]string{}
	for _, s := range spellings {
		words := said(s)
		if words == s {
			t.Errorf("%s has no words", s)
		}
		if other, ok := seen[words]; ok {
			t.Errorf("%s and %s have the same words", s, other)
		}
		seen[words] = s
	}
}

func TestTimesOfTheHistory(t *testing.T) {
	at := time.Date(2026, 11, 27, 1, 30, 0, 0, time.FixedZone("", -8*3600))
	if got := saidTime(&at); got != "2026-11-27 09:30:00 UTC" {
		t.Errorf("said %q", got)
	}
	if got := saidTime(nil); got != "none" {
		t.Errorf("said %q", got)
	}
}
