package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"possync/ent"
	"possync/ent/location"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// twoChanges is a document whose second field a service may not use.
const twoChanges = `mutation {
	first: importLocations(input: {locations: [{key: "l", name: "L"}]}) { locations { id } }
	second: startSync(input: {}) { syncRun { id } } }`

// A document is one transaction over every transport: an error anywhere undoes all of it, and nobody is woken.
func TestErrorUndoesTheWholeDocument(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleService)
		woken := api.Bus.Subscribe(synclog.SetupTopic(site.ID))
		defer woken.Close()
		check := func(transport, answer string) {
			t.Helper()
			if !strings.Contains(answer, "FORBIDDEN") || strings.Contains(answer, "loc_") {
				t.Errorf("%s: %s", transport, answer)
			}
			if n := client.Location.Query().CountX(ctx); n != 0 || len(woken.C()) != 0 {
				t.Fatalf("%s: %d locations, %d wake-ups", transport, n, len(woken.C()))
			}
		}
		check("POST", caller.Ask(twoChanges, nil).Body)
		check("SSE", caller.Subscribe(twoChanges, nil).Next().Body)
		messages := caller.OverWebSocket(twoChanges, nil)
		check("WebSocket", string(messages[0].Payload))
	})
}

// Without an error it is committed before it is answered, over every transport, once.
func TestCommitOverEveryTransport(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleService)
		woken := api.Bus.Subscribe(synclog.SetupTopic(site.ID))
		defer woken.Close()
		change := func(key string) string {
			return fmt.Sprintf(`mutation { importLocations(input: {locations: [{key: %q, name: "L"}]}) { locations { id shop { id } } } }`, key)
		}
		check := func(transport string) {
			t.Helper()
			if n := client.Location.Query().Where(location.Key(transport)).CountX(ctx); n != 1 || len(woken.C()) != 1 {
				t.Fatalf("%s: %d locations, %d wake-ups", transport, n, len(woken.C()))
			}
			<-woken.C()
		}
		caller.Get(nil, change("POST"), nil)
		check("POST")
		s := caller.Subscribe(change("SSE"), nil)
		s.Tree()
		check("SSE")
		if !s.Ended() {
			t.Error("SSE: more than one answer")
		}
		messages := caller.OverWebSocket(change("WebSocket"), nil)
		check("WebSocket")
		if len(messages) != 2 || messages[0].Type != "next" || messages[1].Type != "complete" {
			t.Errorf("WebSocket: %v", messages)
		}
	})
}

// Many fields of one mutation read from its transaction, which is one connection: they take turns.
func TestNestedFieldsOfAMutationTakeTurns(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		tenancytest.Fill(t, client, "a", "Quaxa", 5)
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleService)
		rows := make([]row, 5)
		for i := range rows {
			rows[i] = row{"key": fmt.Sprintf("key-%d", i+1), "name": "New"}
		}
		tree := caller.Tree(`mutation($in: [ProductInput!]!) { importProducts(input: {products: $in}) { results { product {
			price { amount } displayed stock { available location { shop { registers { id } } } }
			posItem { prices { price { amount } } stock { onHand } candidates { id stock { asOf } } diagnosis { displayed } } } } } }`, map[string]any{"in": rows})
		if got := len(graphtest.At(t, tree, "importProducts.results").([]any)); got != 5 {
			t.Errorf("%d results", got)
		}
	})
}

// Changes of one site at the same time come one after the other, and none gets lost.
func TestChangesAtTheSameTime(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleManage)
		const n = 8
		codes := make([]string, n)
		var group sync.WaitGroup
		for i := range n {
			group.Go(func() {
				// All are based on the first revision: one of them wins.
				if found := caller.UserErrors(updateSyncSchedule, map[string]any{"in": map[string]any{"intervalMinutes": 100 + i, "expectedRevision": 1}}, "updateSyncSchedule"); len(found) > 0 {
					codes[i] = found[0]
				}
			})
		}
		group.Wait()
		won := 0
		for _, code := range codes {
			switch code {
			case "":
				won++
			case "STALE_REVISION expectedRevision":
			default:
				t.Errorf("answered %s", code)
			}
		}
		if row := client.SyncSchedule.Query().OnlyX(ctx); won != 1 || row.Revision != 2 {
			t.Errorf("%d changes won, revision %d", won, row.Revision)
		}
	})
}

// Where the database asks for it the whole document is run again, and woken is who the last attempt says.
func TestMutationIsRunAgain(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	ctx, site := storetest.Site(t, client, "a")
	busy := &pq.Error{Code: pqerror.TRDeadlockDetected}
	failures := 2
	client.Location.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if failures > 0 {
				failures--
				return nil, fmt.Errorf("insert: %w", busy)
			}
			return next.Mutate(ctx, m)
		})
	})
	api := graphtest.New(t, client)
	woken := api.Bus.Subscribe(synclog.SetupTopic(site.ID))
	defer woken.Close()
	caller := api.As(t, "a", tenant.RoleService)
	caller.Get(nil, importLocations, map[string]any{"in": []any{map[string]any{"key": "l", "name": "L"}}})
	if n := client.Location.Query().CountX(ctx); n != 1 || failures != 0 || len(woken.C()) != 1 {
		t.Errorf("%d locations, %d failures left, %d wake-ups", n, failures, len(woken.C()))
	}
	if text := api.Log.String(); text != "" {
		t.Errorf("logged: %s", text)
	}
	failures = 1000
	answer := caller.Ask(importLocations, map[string]any{"in": []any{map[string]any{"key": "m", "name": "M"}}})
	if answer.Code() != "THROTTLED" || strings.Contains(answer.Body, "deadlock") {
		t.Errorf("for ever busy: %s", answer.Body)
	}
}

// A database that fails at the beginning or the end of a transaction tells nothing of itself.
func TestFaultsOfTheTransactionAreMasked(t *testing.T) {
	t.Parallel()
	client, db := storetest.Any(t)
	_, _ = storetest.Site(t, client, "a")
	api := graphtest.New(t, client)
	if err := db.SQL.Close(); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{twoChanges, "{ shops { id } }"} {
		answer := api.As(t, "a", tenant.RoleService).Ask(query, nil)
		if answer.Code() != "INTERNAL" || strings.Contains(answer.Body, "closed") || !strings.Contains(answer.Body, "requestId") {
			t.Errorf("%s answers %s", query, answer.Body)
		}
	}
	if n := strings.Count(api.Log.String(), `"msg":"the API failed"`); n != 2 || !strings.Contains(api.Log.String(), "database is closed") {
		t.Errorf("logged %d times: %s", n, api.Log)
	}
}

// A panic in a resolver is one more error.
func TestPanicUndoesTheDocument(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	boom := true
	client.Location.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if boom {
				panic(errors.New("a secret of the inside"))
			}
			return next.Mutate(ctx, m)
		})
	})
	api := graphtest.New(t, client)
	answer := api.As(t, "a", tenant.RoleService).Ask(importLocations, map[string]any{"in": []any{map[string]any{"key": "l", "name": "L"}}})
	if answer.Code() != "INTERNAL" || strings.Contains(answer.Body, "secret") {
		t.Errorf("answers %s", answer.Body)
	}
	if n := client.Location.Query().CountX(ctx); n != 0 {
		t.Errorf("%d locations", n)
	}
	if n := strings.Count(api.Log.String(), "\n"); n != 1 {
		t.Errorf("logged %d lines: %s", n, api.Log)
	}
	boom = false
	api.As(t, "a", tenant.RoleService).Get(nil, importLocations, map[string]any{"in": []any{map[string]any{"key": "l", "name": "L"}}})
}
