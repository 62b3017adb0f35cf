package scale_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// pos is a Lightspeed in which nothing ever changes, for any number of accounts. It notes when each is asked for items, which is the
// first request of a sync, and by which process.
type pos struct {
	latency time.Duration
	slow    int           // the accounts below this number answer slowly
	slowly  time.Duration // in this time

	mu   sync.Mutex
	asks []ask
}

type ask struct {
	account int
	process int
	at      time.Time
}

// serve returns the address at which one process reaches it.
func (p *pos) serve(t *testing.T, process int) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := time.Now()
		path, _ := strings.CutPrefix(r.URL.Path, "/API/V3/Account/")
		number, resource, _ := strings.Cut(path, "/")
		account, err := strconv.Atoi(number)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		if resource == "Item.json" {
			p.mu.Lock()
			p.asks = append(p.asks, ask{account, process, at})
			p.mu.Unlock()
		}
		latency := p.latency
		if account < p.slow {
			latency = p.slowly
		}
		time.Sleep(latency)
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("X-LS-Api-Bucket-Level", "1/90")
		h.Set("X-LS-Api-Drip-Rate", "1")
		h.Set("X-LS-Api-Request-Cost", "1")
		_, _ = fmt.Fprint(w, `{"@attributes":{"next":"","previous":""}}`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// take returns what was noted since it was last called.
func (p *pos) take() []ask {
	p.mu.Lock()
	defer p.mu.Unlock()
	asks := p.asks
	p.asks = nil
	return asks
}
