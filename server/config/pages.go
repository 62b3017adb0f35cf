package config

import (
	"net/url"
	"strings"
)

// tokenEndpoint reads where the pages ask for a token by themselves: a path of their own origin, or an address of the platform.
func (r *reader) tokenEndpoint(setting, value string) string {
	value = strings.TrimSpace(value)
	if value == "" {
		return ""
	}
	if strings.HasPrefix(value, "/") {
		u, err := url.Parse(value)
		// Browsers take two slashes, and a backslash for one of them, for another host.
		if err != nil || u.Host != "" || u.Fragment != "" || strings.HasPrefix(value, "//") || strings.Contains(value, `\`) {
			r.wrong(setting, "must be a path such as /possync-token, or a URL such as https://shop.example/possync-token")
		}
		return value
	}
	u, err := webURL(value)
	if err != nil {
		r.wrong(setting, err.Error()+", or a path such as /possync-token")
		return ""
	}
	if strings.ContainsAny(u.Host, "*;,'") { // the pages' policy names the host, and these mean something there
		r.wrong(setting, "must name one host")
	}
	return u.String()
}
