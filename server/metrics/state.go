package metrics

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"possync/internal/records/census"
)

const (
	censusFor     = 10 * time.Second // a count is used so long, however often it is asked for
	censusTimeout = 5 * time.Second
)

// State is what is looked at when the metrics are asked for. All fields are needed.
type State struct {
	DB       map[string]*sql.DB                               // the pools of connections, by their names
	Streams  func() int                                       // open ones
	Leases   func() map[string]int                            // held, by pool
	Writable func() bool                                      // whether the database takes writes
	Census   func(ctx context.Context) (census.Census, error) // of all sites
	Now      func() time.Time
}

// Watch adds the metrics of a server's state.
func (m *Metrics) Watch(s State) {
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	m.registry.MustRegister(
		gauge("possync_streams", "WebSockets and event streams that are open.", func() float64 { return float64(s.Streams()) }),
		gauge("possync_database_writable", "1 while the database takes writes.", func() float64 {
			if s.Writable() {
				return 1
			}
			return 0
		}),
		newState(s),
	)
	for name, pool := range s.DB {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
}

// state is what must be counted.
type state struct {
	State
	leases, runs, exports, oldest, grants, up *prometheus.Desc

	mu    sync.Mutex
	taken time.Time
	last  census.Census
	err   error
}

func newState(s State) *state {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	return &state{
		State:   s,
		leases:  desc("possync_leases", "Pieces of work that this process holds.", "pool"),
		runs:    desc("possync_runs", "Runs under way, of all sites and processes.", "kind", "state", "reason"),
		exports: desc("possync_exports", "Exports that are not done, of all sites and processes.", "state"),
		oldest:  desc("possync_export_oldest_seconds", "How long ago the oldest export of the state was asked for.", "state"),
		grants:  desc("possync_grants", "Connections to Lightspeed, of all sites.", "state"),
		up:      desc("possync_census_up", "1 if runs, exports and grants could be counted."),
	}
}

// Describe implements [prometheus.Collector].
func (s *state) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{s.leases, s.runs, s.exports, s.oldest, s.grants, s.up} {
		to <- d
	}
}

// Collect implements [prometheus.Collector].
func (s *state) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for pool, n := range s.Leases() {
		gauge(s.leases, float64(n), pool)
	}
	c, err := s.count()
	if err != nil {
		gauge(s.up, 0)
		return
	}
	gauge(s.up, 1)
	for run, n := range c.Runs {
		gauge(s.runs, float64(n), string(run.Kind), string(run.State), string(run.Reason))
	}
	for of, e := range c.Exports {
		gauge(s.exports, float64(e.Count), string(of))
		gauge(s.oldest, max(0, s.Now().Sub(e.Oldest).Seconds()), string(of))
	}
	for of, n := range c.Grants {
		gauge(s.grants, float64(n), string(of))
	}
}

// count counts, unless that was done just now.
func (s *state) count() (census.Census, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.Now(); s.taken.IsZero() || now.Sub(s.taken) >= censusFor {
		ctx, cancel := context.WithTimeout(context.Background(), censusTimeout)
		defer cancel()
		s.last, s.err = s.Census(ctx)
		s.taken = now
	}
	if s.err != nil {
		return census.Census{}, fmt.Errorf("take the census: %w", s.err)
	}
	return s.last, nil
}
