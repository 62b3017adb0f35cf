// Package metrics counts what the server does, for Prometheus. No label names a site, and each has few values, whatever clients send.
package metrics

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"possync/internal/graphqlhttp"
	"possync/internal/lightspeed"
	"possync/internal/records/alertemail"
)

// Metrics are the metrics of one process.
type Metrics struct {
	registry   *prometheus.Registry
	log        *slog.Logger
	operations *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	calls      *prometheus.CounterVec
	waits      prometheus.Histogram
	answers    prometheus.Histogram
	emails     *prometheus.CounterVec
}

// New returns metrics of what is observed.
func New(version string, log *slog.Logger) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(), log: log,
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "possync_operations_total", Help: "Operations of the API by their first field, and the code of their first error; OK = none.",
		}, []string{"operation", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "possync_operation_seconds", Help: "How long queries and mutations took, by their first field.",
			Buckets: []float64{.005, .02, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"operation"}),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "possync_pos_calls_total", Help: "Requests to Lightspeed, each repetition too, by their outcome.",
		}, []string{"outcome"}),
		waits: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "possync_pos_wait_seconds", Help: "How long requests to Lightspeed waited for their turn within the account's limits.",
			Buckets: []float64{.01, .1, .5, 1, 2.5, 5, 10, 30, 60, 300},
		}),
		answers: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "possync_pos_call_seconds", Help: "How long Lightspeed took to answer.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 20, 30},
		}),
	}
	m.emails = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "possync_emails_total", Help: "Attempts to send alerts by e-mail, by their outcome: sent, delayed (it is tried again) or failed (it is not).",
	}, []string{"outcome"})
	for _, outcome := range alertemail.Outcomes() {
		m.emails.WithLabelValues(outcome)
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "possync_build_info", Help: "1; the labels say what runs.", ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()},
	})
	build.Set(1)
	for _, outcome := range lightspeed.Outcomes() {
		m.calls.WithLabelValues(outcome)
	}
	m.registry.MustRegister(m.operations, m.seconds, m.calls, m.waits, m.answers, m.emails, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Operation counts an operation of the API.
func (m *Metrics) Operation(_ context.Context, o graphqlhttp.Operation) {
	field, code := o.Field, string(o.Code())
	if field == "" {
		field = "unknown"
	}
	if code == "" {
		code = "OK"
	}
	m.operations.WithLabelValues(field, code).Inc()
	if !o.Streamed {
		m.seconds.WithLabelValues(field).Observe(o.Took.Seconds())
	}
}

// Attempt counts a request to Lightspeed.
func (m *Metrics) Attempt(a lightspeed.Attempt) {
	m.calls.WithLabelValues(a.Outcome).Inc()
	m.waits.Observe(a.Waited.Seconds())
	m.answers.Observe(a.Took.Seconds())
}

// Email counts an attempt to send an e-mail.
func (m *Metrics) Email(outcome string) { m.emails.WithLabelValues(outcome).Inc() }

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorLog: slog.NewLogLogger(m.log.Handler(), slog.LevelWarn), Registry: m.registry})
}

// Registry has all metrics.
func (m *Metrics) Registry() *prometheus.Registry { return m.registry }
