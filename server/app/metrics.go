package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"possync/internal/graphqlhttp"
	"possync/server/traces"
	"possync/server/web"
)

// observer logs and counts operations of the API.
func (a *App) observer() func(context.Context, graphqlhttp.Operation) {
	note := web.Observe(a.log)
	return func(ctx context.Context, o graphqlhttp.Operation) {
		note(ctx, o)
		traces.Describe(ctx, o)
		a.metrics.Operation(ctx, o)
	}
}

// serveMetrics serves metrics on their own address until ctx ends: they need no sign-in, so the public must not reach them.
func (a *App) serveMetrics(ctx context.Context) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", a.metrics.Handler())
	server := web.NewServer(mux, a.log)
	stop := context.AfterFunc(ctx, func() { _ = server.Close() }) // whoever asks will ask again
	defer stop()
	if err := server.Serve(a.scraped); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve metrics: %w", err)
	}
	return nil
}

// MetricsURL is where metrics are served; empty = nowhere.
func (a *App) MetricsURL() string {
	if a.scraped == nil {
		return ""
	}
	return "http://" + a.scraped.Addr().String() + "/metrics"
}
