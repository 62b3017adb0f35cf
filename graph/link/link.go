// Package link connects and disconnects a site's Lightspeed account for the API. It checks the input; package connection does
// the rest.
package link

// Authorizer knows the address of Lightspeed's sign-in page.
type Authorizer interface {
	// AuthorizeURL returns where a browser goes to grant access. verifier is the PKCE verifier whose challenge it carries.
	AuthorizeURL(state, verifier string) string
}
