package pages

import (
	"net/url"
	"strings"
)

// React Aria puts two style elements of fixed content into the page: for pressing, and for scrolling behind a dialog on iOS. Their
// hashes change with its version; the browser tests fail on every report of the policy.
const ariaStyles = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='"

// policy returns the content security policy: the page's own files and its own API, and where it gets its token if that is
// elsewhere; nothing else. The named origins may frame it.
func policy(origins []string, token string) string {
	ancestors := "'none'"
	if len(origins) > 0 {
		ancestors = strings.Join(origins, " ")
	}
	connect := "'self'"
	if token != "" {
		connect += " " + token
	}
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self' " + ariaStyles, "img-src 'self' data:", "connect-src " + connect,
		"base-uri 'none'", "form-action 'none'", "frame-ancestors " + ancestors,
		"require-trusted-types-for 'script'", "trusted-types default",
	}, "; ")
}

// originOf returns the origin of an absolute URL, and nothing of a path, whose origin is the pages' own.
func originOf(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
