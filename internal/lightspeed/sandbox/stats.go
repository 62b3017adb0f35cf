package sandbox

import (
	"maps"
	"net/http"
	"strings"
	"sync"
)

// Stats count the requests to Lightspeed's paths since the start or the last ResetStats.
type Stats struct {
	// Requests are counted by method and resource, such as "GET Item", or by method and path, such as "POST /auth/oauth/token".
	Requests map[string]int `json:"requests"`
	// Statuses are counted by HTTP status; 0 = a fault cut the connection.
	Statuses map[int]int `json:"statuses"`
	// Total is the number of all requests.
	Total int `json:"total"`
	// Throttled is the number of the API's answers 429, with those of faults.
	Throttled int `json:"throttled"`
	// Spent are the drips that were charged to all accounts and clients.
	Spent float64 `json:"spent"`
	// PeakLevel is the highest level of any bucket, in drips.
	PeakLevel float64 `json:"peakLevel"`
	// BodyBytes is the size of all answers before compression.
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

// SpendDrips adds drips to the bucket of a client and an account, as another program with the same client does. A negative number
// removes some.
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
