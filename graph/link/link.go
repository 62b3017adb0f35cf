// Package link begins and ends a site's connection to Lightspeed, as far as that goes without asking Lightspeed: the rest is
// the jobs'.
package link

// Authorizer knows the address of Lightspeed's sign-in page.
type Authorizer interface {
	// AuthorizeURL returns where a browser goes to grant access. verifier is the PKCE verifier whose challenge it carries.
	AuthorizeURL(state, verifier string) string
}

// Sealer seals secrets for storage. What was sealed opens only with the same additional data.
type Sealer interface {
	Seal(plaintext []byte, additional string) ([]byte, error)
}
