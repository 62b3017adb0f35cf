package database

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/lib/pq"
)

// postgresDSN completes a URL with what must not be left to defaults: lib/pq may change its sslmode, and a server or
// role may set another time zone.
func postgresDSN(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil {
		// The parser's error repeats the URL or a piece of a badly encoded password.
		return "", fmt.Errorf("%w: malformed PostgreSQL URL (are special characters of the password percent-encoded?)", ErrURL)
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return "", fmt.Errorf("%w: malformed parameters of the PostgreSQL URL", ErrURL)
	}
	for key := range q { // run-time parameters have no case, so TimeZone must not stand beside timezone
		if strings.EqualFold(key, "timezone") {
			q.Del(key)
		}
	}
	q.Set("timezone", "UTC")
	if strings.HasSuffix(u.Host, "]") {
		u.Host += ":5432" // lib/pq 1.12.3 takes the brackets of an IPv6 address off only when a port follows
	}
	u.RawQuery = q.Encode()
	// lib/pq reads the parameters, the environment and the service file: only it knows what is still unset.
	cfg, err := pq.NewConfig(u.String())
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrURL, err)
	}
	if cfg.BinaryParameters {
		// JSON goes to the driver as bytes, which PostgreSQL would then read as jsonb's binary form.
		return "", fmt.Errorf("%w: binary_parameters=yes is not supported, because with it PostgreSQL refuses every JSON value: remove it from the URL", ErrURL)
	}
	if cfg.SSLMode == "" {
		q.Set("sslmode", "require")
		if local(cfg) {
			q.Set("sslmode", "prefer")
		}
	}
	if cfg.ConnectTimeout == 0 && !q.Has("connect_timeout") {
		q.Set("connect_timeout", "10")
	}
	if !q.Has("application_name") {
		q.Set("fallback_application_name", "possync")
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// local reports whether no host of cfg is reached over a network.
func local(cfg pq.Config) bool {
	if !localHost(cfg.Host, cfg.Hostaddr) {
		return false
	}
	for _, m := range cfg.Multi {
		if !localHost(m.Host, m.Hostaddr) {
			return false
		}
	}
	return true
}

func localHost(host string, addr netip.Addr) bool {
	if addr.IsValid() {
		return addr.IsLoopback()
	}
	if host == "" || host == "localhost" || filepath.IsAbs(host) || strings.HasPrefix(host, "@") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
