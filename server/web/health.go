package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// checkTimeout is the time limit for all checks together, since probes give up after a while.
const checkTimeout = 3 * time.Second

// healthy says that the process is alive. It checks nothing else: a restart does not fix a database.
func healthy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("{\"alive\":true}\n"))
}

// readiness runs the checks. The response says which of them fail, and the log says why. Those who ask at the same time share one run: anybody
// may ask, and the checks must not wait for each other.
type readiness struct {
	checks []Check
	log    *slog.Logger
	runs   singleflight.Group
}

type readinessReport struct {
	Ready  bool            `json:"ready"`
	Checks map[string]bool `json:"checks"`
}

// run runs the checks, also for others when the caller has left.
func (r *readiness) run(ctx context.Context) readinessReport {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkTimeout)
	defer cancel()
	errs := make([]error, len(r.checks))
	var group sync.WaitGroup
	for i, check := range r.checks {
		group.Go(func() { errs[i] = check.Run(ctx) })
	}
	group.Wait()
	report := readinessReport{Ready: true, Checks: map[string]bool{}}
	for i, check := range r.checks {
		report.Checks[check.Name] = errs[i] == nil
		if errs[i] != nil {
			report.Ready = false
			r.log.WarnContext(ctx, "not ready", "check", check.Name, "error", errs[i])
		}
	}
	return report
}

// ServeHTTP answers 200 when all checks pass, else 503.
func (r *readiness) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	shared, _, _ := r.runs.Do("", func() (any, error) { return r.run(request.Context()), nil })
	report := shared.(readinessReport)
	body, err := json.Marshal(report)
	if err != nil {
		http.Error(w, "cannot encode the report", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !report.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(append(body, '\n'))
}
