package lightspeed_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"

	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
)

// Over random faults: a call that succeeds has had its effect once, one that fails and is not unclear has had none and
// never will, and an unclear one has had it at most once, also after whatever was late has landed.
func TestSandboxOutcomes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			checkOutcomes(t, seed)
		})
	}
}

func checkOutcomes(t *testing.T, seed uint64) {
	kinds := []sandbox.FaultKind{sandbox.FaultLatency, sandbox.FaultErrorBefore, sandbox.FaultErrorAfter, sandbox.FaultCutBefore, sandbox.FaultCutAfter,
		sandbox.FaultTruncate, sandbox.FaultMalformed, sandbox.FaultThrottle, sandbox.FaultRevokedToken, sandbox.FaultLate, sandbox.FaultMissingField}
	r := newRig(t, sandbox.Options{Items: 5, Shops: 2})
	r.sandbox.Account("").SetRegisters(40)
	var mu sync.Mutex
	rng := rand.New(rand.NewPCG(seed, 7))
	r.sandbox.FaultFor = func(q *http.Request) []sandbox.Fault {
		mu.Lock()
		defer mu.Unlock()
		if !strings.HasPrefix(q.URL.Path, "/API/") || rng.IntN(2) == 0 {
			return nil
		}
		f := sandbox.Fault{Kind: kinds[rng.IntN(len(kinds))], DelayMS: 1 + rng.IntN(60_000), Field: []string{"saleID", "balance"}[rng.IntN(2)]}
		// Not a refusal in the API's own form: one that it makes after the effect would be a lie that nobody can see through.
		f.Status, f.Body = []int{500, 502, 503}[rng.IntN(3)], ""
		if rng.IntN(2) == 0 {
			f.Status, f.Body = []int{400, 403, 404, 502}[rng.IntN(4)], []string{"<html>", "{}", "gone"}[rng.IntN(3)]
		}
		return []sandbox.Fault{f}
	}
	account := r.account.Urgent()
	type outcome struct {
		reference string
		err       error
		left      bool // the error named an open sale
	}
	var outcomes []outcome
	for n := range 300 {
		sale := example()
		sale.ReferenceNumber = fmt.Sprintf("WEB-%d", n)
		if n%3 == 0 {
			sale.Completed = true
			if n%2 == 0 {
				sale.Payments = nil // out of balance
			}
		}
		_, err := account.CreateSale(t.Context(), sale)
		var unbalanced *lightspeed.OutOfBalanceError
		outcomes = append(outcomes, outcome{sale.ReferenceNumber, err, errors.As(err, &unbalanced)})
	}
	r.sandbox.Settle()
	there := r.sandbox.Account("").SalesByReference()
	var done, refused, unclear, lost int
	for _, o := range outcomes {
		n := len(there[o.reference])
		switch {
		case o.err == nil || o.left:
			if done++; n != 1 {
				t.Errorf("%s: %d sales after %v", o.reference, n, o.err)
			}
		case errors.Is(o.err, lightspeed.ErrUnclear):
			if unclear++; n > 1 {
				t.Errorf("%s: %d sales after %v", o.reference, n, o.err)
			}
			lost += 1 - n
		default:
			if refused++; n != 0 {
				t.Errorf("%s: %d sales after %v", o.reference, n, o.err)
			}
		}
	}
	if done == 0 || unclear == 0 || lost == 0 || lost == unclear {
		t.Errorf("too tame: %d done, %d refused, %d unclear, %d of them without effect", done, refused, unclear, lost)
	}
	t.Logf("%d done, %d refused, %d unclear, %d of them without effect", done, refused, unclear, lost)
}
