package lightspeed

import "time"

// underWay notes a request whose turn has come, until ended is called.
func (p *pacer) underWay(since time.Time) (ended func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[&since] = struct{}{}
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, &since)
	}
}

// oldest is since when the oldest request under way is; false = there is none.
func (p *pacer) oldest() (since time.Time, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for at := range p.open {
		if !ok || at.Before(since) {
			since, ok = *at, true
		}
	}
	return since, ok
}

// Overdue returns the accounts that have left a request of this process without an answer for so long, by their ids.
func (c *Client) Overdue(long time.Duration) []string {
	c.pacers.mu.Lock()
	defer c.pacers.mu.Unlock()
	limit := c.clock.Now().Add(-long)
	var ids []string
	for id, p := range c.pacers.byID {
		if since, ok := p.oldest(); ok && !since.After(limit) {
			ids = append(ids, id)
		}
	}
	return ids
}
