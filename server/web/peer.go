package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// behindProxies gives requests that come through trusted proxies the address of the client as their remote address, so that limits by
// address and log lines are about the client and not about the proxy.
//
// Each proxy adds the address that it was called from to the end of X-Forwarded-For, and whoever calls can send any beginning. So the
// client is the last address that is none of ours. What else claims to know the client (X-Real-IP, Forwarded) is not read.
func behindProxies(trusted []netip.Prefix, next http.Handler) http.Handler {
	if len(trusted) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if client, ok := clientOf(r, trusted); ok {
			through := *r
			through.RemoteAddr = netip.AddrPortFrom(client, 0).String()
			r = &through
		}
		next.ServeHTTP(w, r)
	})
}

// clientOf returns the address of the client, if the request came through a trusted proxy that says it.
func clientOf(r *http.Request, trusted []netip.Prefix) (client netip.Addr, ok bool) {
	ours := func(a netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !ours(peer.Addr().Unmap()) {
		return client, false
	}
	passed := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(passed) {
		address, err := addressIn(strings.TrimSpace(text))
		if err != nil {
			return client, ok // what is before it was written by nobody whom we trust
		}
		client, ok = address, true
		if !ours(client) {
			break
		}
	}
	return client, ok
}

// addressIn reads an address, with or without a port.
func addressIn(text string) (netip.Addr, error) {
	if with, err := netip.ParseAddrPort(text); err == nil {
		return with.Addr().Unmap(), nil
	}
	address, err := netip.ParseAddr(text)
	return address.Unmap(), err
}
