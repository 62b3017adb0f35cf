// Package link answers what the API is asked about a site's connection to Lightspeed: it checks who wants what, and leaves
// the connection's life to package connection.
package link

// Authorizer knows the address of Lightspeed's sign-in page.
type Authorizer interface {
	// AuthorizeURL returns where a browser goes to grant access. verifier is the PKCE verifier whose challenge it carries.
	AuthorizeURL(state, verifier string) string
}
