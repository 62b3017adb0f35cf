package sandbox

import (
	"maps"
	"net/http"
	"strings"
	"sync"
)

// Stats counts what the vendor's surface was asked since the start or the last ResetStats.
type Stats struct {
	// Requests by method and resource, such as "GET Item"; sign-in requests by path, such as "POST /auth/oauth/token".
	Requests map[string]int `json:"requests"`
	// Statuses by HTTP status; 0 counts the connections that a fault cut.
	Statuses map[int]int `json:"statuses"`
	// Total is the number of all requests.
	Total int `json:"total"`
	// Throttled is the number of answers 429 of the API, those of a fault included.
	Throttled int `json:"throttled"`
	// Spent is the sum of the drips charged, all accounts and clients together.
	Spent float64 `json:"spent"`
	// PeakLevel is the fullest any bucket has been, in drips.
	PeakLevel float64 `json:"peakLevel"`
	// BodyBytes is the sum of the sizes of the answers before compression.
	BodyBytes int64 `json:"bodyBytes"`
}

type statSet struct {
	mu    sync.Mutex
	stats Stats
}

func (s *statSet) count(r *http.Request, rep *reply) {
	name := r.Method + " " + rep.resource
	if rep.resource == "" {
		name = r.Method + " " + r.URL.Path
		if strings.HasPrefix(r.URL.Path, "/API/") {
			name = r.Method + " /API/"
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stats.Requests == nil {
		s.stats.Requests, s.stats.Statuses = map[string]int{}, map[int]int{}
	}
	status := rep.status
	if rep.cut {
		status = 0
	}
	s.stats.Requests[name]++
	s.stats.Statuses[status]++
	s.stats.Total++
	if status == http.StatusTooManyRequests && strings.HasPrefix(r.URL.Path, "/API/") {
		s.stats.Throttled++
	}
	s.stats.Spent = round(s.stats.Spent + rep.cost)
	s.stats.BodyBytes += int64(len(rep.body))
}

// Stats is a snapshot of the counters.
func (s *Server) Stats() Stats {
	s.setup()
	s.stats.mu.Lock()
	out := s.stats.stats
	out.Requests, out.Statuses = maps.Clone(out.Requests), maps.Clone(out.Statuses)
	s.stats.mu.Unlock()
	s.buckets.mu.Lock()
	out.PeakLevel = s.buckets.last
	s.buckets.mu.Unlock()
	return out
}

// ResetStats sets the counters to zero.
func (s *Server) ResetStats() {
	s.setup()
	s.stats.mu.Lock()
	s.stats.stats = Stats{}
	s.stats.mu.Unlock()
	s.buckets.mu.Lock()
	s.buckets.last = 0
	s.buckets.mu.Unlock()
}

// SpendDrips fills the bucket of a client in an account by that many drips, as another program does that shares the
// client; a negative number drains it.
func (s *Server) SpendDrips(accountID, clientID string, drips float64) {
	a := s.Account(accountID)
	if a == nil {
		return
	}
	if clientID == "" {
		clientID = s.oauth.order[0].ID
	}
	s.buckets.add(bucketKey{a.opts.ID, clientID}, limitsFor(a.Registers()), drips, s.clock.Now())
}
