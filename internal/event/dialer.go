package event

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// dialer opens the listener's connections and can cut them. lib/pq's Listener keeps its lock while it connects or pings,
// so against a server that has gone silent neither Ping nor Close would ever come back without this.
type dialer struct {
	mu      sync.Mutex
	stopped bool
	cuts    map[*trackedConn]func() // what ends each connection, or the attempt at one
}

func newDialer() *dialer { return &dialer{cuts: map[*trackedConn]func(){}} }

// Dial implements pq.Dialer.
func (d *dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// DialTimeout implements pq.Dialer.
func (d *dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext implements pq.DialerContext.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tracked := &trackedConn{dialer: d}
	if !d.track(tracked, cancel) {
		return nil, net.ErrClosed
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		d.forget(tracked)
		return nil, err
	}
	tracked.Conn = conn
	if !d.track(tracked, func() { _ = conn.Close() }) {
		d.forget(tracked)
		return nil, errors.Join(net.ErrClosed, conn.Close())
	}
	return tracked, nil
}

// cut ends every connection and every attempt. Whoever waits for one gets an error at once.
func (d *dialer) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, end := range d.cuts {
		end()
	}
}

// stop is cut, for good.
func (d *dialer) stop() {
	d.mu.Lock()
	d.stopped = true
	d.mu.Unlock()
	d.cut()
}

func (d *dialer) track(c *trackedConn, end func()) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopped {
		return false
	}
	d.cuts[c] = end
	return true
}

func (d *dialer) forget(c *trackedConn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.cuts, c)
}

type trackedConn struct {
	net.Conn
	dialer *dialer
}

// Close implements net.Conn.
func (c *trackedConn) Close() error {
	c.dialer.forget(c)
	return c.Conn.Close()
}
