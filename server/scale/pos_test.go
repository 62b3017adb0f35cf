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
	slowly  time.Duration // how long slow accounts take

	mu   sync.Mutex
	slow int // the accounts below this number are slow
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
		time.Sleep(p.note(resource, ask{account, process, at}))
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("X-LS-Api-Bucket-Level", "1/90")
		h.Set("X-LS-Api-Drip-Rate", "1")
		h.Set("X-LS-Api-Request-Cost", "1")
		rows := ""
		if resource == "PriceLevel.json" {
			rows = `,"PriceLevel":[{"priceLevelID":"1","name":"Default","archived":"false","canBeArchived":"false","type":"item","Calculation":""}]`
		}
		_, _ = fmt.Fprint(w, `{"@attributes":{"next":"","previous":""}`+rows+`}`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// note notes the first request of a sync, and returns how long the answer takes.
func (p *pos) note(resource string, a ask) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if resource == "Item.json" {
		p.asks = append(p.asks, a)
	}
	if a.account < p.slow {
		return p.slowly
	}
	return p.latency
}

// slowDown has the accounts below a number answer slowly from now on.
func (p *pos) slowDown(below int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slow = below
}

// take returns what was noted since it was last called.
func (p *pos) take() []ask {
	p.mu.Lock()
	defer p.mu.Unlock()
	asks := p.asks
	p.asks = nil
	return asks
}
