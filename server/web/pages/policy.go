package pages

import "strings"

// React Aria puts two style elements of fixed content into the page: for pressing, and for scrolling behind a dialog on iOS. Their
// hashes change with its version; the browser tests fail on every report of the policy.
const ariaStyles = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='"

// policy returns the content security policy: the page's own files and its own API, nothing else. The named origins may frame it.
func policy(origins []string) string {
	ancestors := "'none'"
	if len(origins) > 0 {
		ancestors = strings.Join(origins, " ")
	}
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self' " + ariaStyles, "img-src 'self' data:", "connect-src 'self'",
		"base-uri 'none'", "form-action 'none'", "frame-ancestors " + ancestors,
		"require-trusted-types-for 'script'", "trusted-types default",
	}, "; ")
}
