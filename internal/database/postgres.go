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

// postgresDSN adds the settings that must not be left to defaults: lib/pq may change its default of sslmode, and a server or role may
// set another time zone.
func postgresDSN(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil {
		// The parser's error contains the URL, or a part of a badly encoded password.
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
	// lib/pq reads the parameters, the environment and the service file, so only it knows which settings are missing.
	cfg, err := pq.NewConfig(u.String())
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrURL, err)
	}
	if cfg.BinaryParameters {
		// The driver gets JSON as bytes, and PostgreSQL would read them as jsonb's binary form.
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

// local reports whether all hosts of cfg are this machine.
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
