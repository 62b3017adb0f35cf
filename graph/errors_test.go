package graph_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/ent"
	"possync/graph"
	"possync/internal/fault"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

func TestPresentError(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	_, notFound := client.Shop.Get(ctx, "shp_x")
	if !ent.IsNotFound(notFound) {
		t.Fatal(notFound)
	}
	_, noScope := client.Shop.Get(t.Context(), "shp_x")
	invalid := client.Shop.Create().SetLightspeedID(1).SetName(strings.Repeat("secret", 100)).Exec(ctx)
	secret := errors.New("secret")
	for name, c := range map[string]struct {
		err           error
		code, message string
		logged        bool
	}{
		"kind":             {fault.Wrap(fault.BadInput, secret, "Not so."), "BAD_USER_INPUT", "Not so.", false},
		"kind wrapped":     {fmt.Errorf("secret: %w", fault.New(fault.Forbidden, "No.")), "FORBIDDEN", "No.", false},
		"kind in gqlerror": {gqlerror.Wrap(fault.New(fault.Throttled, "Later.")), "THROTTLED", "Later.", false},
		"internal":         {fault.Wrap(fault.Internal, secret, "secret"), "INTERNAL", "Internal error", true},
		"ent's not found":  {fmt.Errorf("secret: %w", notFound), "NOT_FOUND", "Not found.", false},
		"ent's validation": {invalid, "INTERNAL", "Internal error", true},
		"no scope":         {noScope, "INTERNAL", "Internal error", true},
		"deadlock":         {fmt.Errorf("secret: %w", &pq.Error{Code: pqerror.TRDeadlockDetected, Message: "secret"}), "THROTTLED", "Too many requests. Try again later.", false},
		"deadline":         {fmt.Errorf("secret: %w", context.DeadlineExceeded), "TIMEOUT", "The request took too long. Try again.", false},
		"anything else":    {secret, "INTERNAL", "Internal error", true},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			got := graph.PresentError(slog.New(slog.NewTextHandler(&log, nil)))(t.Context(), c.err)
			if got.Extensions["code"] != c.code || got.Message != c.message || got.Err != nil {
				t.Errorf("presented %v %q, want %s %q", got.Extensions, got.Message, c.code, c.message)
			}
			if lines := strings.Count(log.String(), "\n"); lines != map[bool]int{true: 1}[c.logged] {
				t.Errorf("logged %d lines: %s", lines, &log)
			}
		})
	}
	var log bytes.Buffer
	gone, cancel := context.WithCancel(tenant.WithSite(t.Context(), "x"))
	cancel()
	if graph.PresentError(slog.New(slog.NewTextHandler(&log, nil)))(gone, context.Canceled); log.Len() > 0 {
		t.Errorf("that a client left was logged: %s", &log)
	}
}
