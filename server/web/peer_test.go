package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

// Who calls is known through trusted proxies, and nobody can pretend to be somebody else.
func TestClientBehindProxies(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, tt := range map[string]struct {
		peer   string
		passed []string
		want   string
	}{
		"through a proxy":                     {"10.0.0.1:1", []string{"203.0.113.7"}, "203.0.113.7:0"},
		"through two":                         {"10.0.0.1:1", []string{"203.0.113.7, 10.2.3.4"}, "203.0.113.7:0"},
		"in two headers":                      {"10.0.0.1:1", []string{"203.0.113.7", "10.2.3.4"}, "203.0.113.7:0"},
		"with what the client wrote":          {"10.0.0.1:1", []string{"1.2.3.4, 203.0.113.7"}, "203.0.113.7:0"},
		"with a proxy that the client claims": {"10.0.0.1:1", []string{"1.2.3.4, 10.9.9.9, 203.0.113.7"}, "203.0.113.7:0"},
		"with a port":                         {"10.0.0.1:1", []string{"203.0.113.7:4711"}, "203.0.113.7:0"},
		"by IPv6":                             {"[fd00::1]:1", []string{"2001:db8::1"}, "[2001:db8::1]:0"},
		"by IPv6 for IPv4":                    {"[::ffff:10.0.0.1]:1", []string{"::ffff:203.0.113.7"}, "203.0.113.7:0"},
		"from our own network":                {"10.0.0.1:1", []string{"10.2.3.4"}, "10.2.3.4:0"},
		"behind nonsense":                     {"10.0.0.1:1", []string{"1.2.3.4, unknown, 10.2.3.4"}, "10.2.3.4:0"},
		"nonsense alone":                      {"10.0.0.1:1", []string{"unknown"}, "10.0.0.1:1"},
		"nothing":                             {"10.0.0.1:1", nil, "10.0.0.1:1"},
		"no proxy of ours":                    {"203.0.113.9:1", []string{"1.2.3.4"}, "203.0.113.9:1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.RemoteAddr, r.Header = tt.peer, http.Header{"X-Forwarded-For": tt.passed}
			var got string
			behindProxies(trusted, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).
				ServeHTTP(httptest.NewRecorder(), r)
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
