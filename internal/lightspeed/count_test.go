package lightspeed_test

import (
	"errors"
	"testing"

	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
)

func TestCountItems(t *testing.T) {
	r := newRig(t, sandbox.Options{Items: 321, Seed: 4})
	if err := r.sandbox.Account("").Archive(7); err != nil {
		t.Fatal(err)
	}
	got, err := r.account.CountItems(t.Context())
	if err != nil || got != 321 {
		t.Fatalf("CountItems() = %d, %v; want 321 with the archived ones", got, err)
	}
	if spent := r.sandbox.Stats().Spent; spent != 10 {
		t.Errorf("counting cost %v drips, want 10", spent)
	}
	if _, err := r.sandbox.AddFault(sandbox.Fault{Kind: sandbox.FaultErrorAfter, Status: 403, Path: "count=1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.account.CountItems(t.Context()); !errors.Is(err, lightspeed.ErrForbidden) {
		t.Errorf("a refusal became %v", err)
	}
}
