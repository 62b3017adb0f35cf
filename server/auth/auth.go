// Package auth turns a signed token of the platform into the principal who acts, and rejects everything else.
//
// A token is a JWT (RFC 7519) signed by RS256, ES256 or EdDSA with these claims, all required:
//
//	iss, aud  as configured
//	exp       when it ends, at most the longest lifetime after iat, or after now if there is none; nbf is respected if present
//	sub       the platform's id of the user or service
//	site      the platform's key of the site
//	role      view, manage or service
//
// A jti, of up to 200 bytes, lets the platform revoke the token. An iat says when it was issued: a site that was deleted, and registered
// again, takes no older ones.
package auth

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"

	"possync/internal/fault"
	"possync/internal/tenant"
)

// What can be wrong with a token besides the errors of package jwt, for logs and errors.Is. The client sees none of it.
var (
	ErrNoToken  = errors.New("no token")
	ErrTooLarge = errors.New("token is too large")
	ErrSubject  = errors.New("claim sub is missing or too long")
	ErrSite     = errors.New("claim site is missing or too long")
	ErrRole     = errors.New("claim role is none of view, manage, service")
	ErrCritical = errors.New("header crit asks for an extension that is not known")
	ErrType     = errors.New("header typ names another kind of token")
	ErrID       = errors.New("claim jti is too long")
	ErrRevoked  = errors.New("token was revoked")
	ErrLifetime = errors.New("token lives longer than tokens may")
)

const (
	// Leeway is how far the clocks of issuer and server may differ.
	Leeway = 30 * time.Second
	// MaxTokenBytes bounds what is parsed; a token with these claims has about 500 bytes.
	MaxTokenBytes = 8 << 10
	maxNameBytes  = 200 // of sub and site: what the database keeps
)

// methods are the signature algorithms that count. A symmetric one among them would let anyone sign with the public key.
func methods() []string { return []string{"RS256", "ES256", "EdDSA"} }

// Keys finds the key of a token's signature.
type Keys interface {
	Keyfunc(ctx context.Context) jwt.Keyfunc
	// Generation returns a number that changes whenever the keys may have changed. A key that counts no longer must not be found
	// once the number is another one.
	Generation() uint64
}

// Verifier checks tokens. It is safe for concurrent use.
type Verifier struct {
	keys     Keys
	parser   *jwt.Parser
	longest  time.Duration
	now      func() time.Time
	revoked  func(tenant.Principal) bool // nil = none is
	verified verified
}

// NewVerifier returns a verifier of tokens by that issuer for that audience that live no longer than that. now returns the time, such
// as time.Now.
func NewVerifier(keys Keys, issuer, audience string, longest time.Duration, now func() time.Time) *Verifier {
	return &Verifier{keys: keys, longest: longest, now: now, verified: newVerified(), parser: jwt.NewParser(
		jwt.WithValidMethods(methods()), jwt.WithIssuer(issuer), jwt.WithAudience(audience),
		jwt.WithExpirationRequired(), jwt.WithLeeway(Leeway), jwt.WithStrictDecoding(), jwt.WithTimeFunc(now),
	)}
}

// WithRevoked returns a verifier that also refuses the tokens of principals of which revoked says so, at each use.
func (v *Verifier) WithRevoked(revoked func(tenant.Principal) bool) *Verifier {
	refusing := *v
	refusing.revoked = revoked
	return &refusing
}

// Authenticate verifies a token and returns a context in which its principal acts, and the moment when that must end. Every
// error is of kind fault.Unauthenticated and shows its reader nothing of the reason; errors.Is finds the reason among the
// errors of this package and of package jwt.
func (v *Verifier) Authenticate(ctx context.Context, token string) (context.Context, time.Time, error) {
	p, err := v.Verify(ctx, token)
	if err != nil {
		return nil, time.Time{}, err
	}
	return tenant.NewContext(ctx, p), p.ExpiresAt, nil
}

// Verify returns the principal of a token; see Authenticate for its errors.
func (v *Verifier) Verify(ctx context.Context, token string) (tenant.Principal, error) {
	if len(token) > MaxTokenBytes {
		return tenant.Principal{}, fault.Wrap(fault.Unauthenticated, ErrTooLarge, "")
	}
	hash, generation := sha256.Sum256([]byte(token)), v.keys.Generation() // before the keys are read: see verifiedToken
	p, known := v.verified.get(hash, generation, v.now())
	if !known {
		var err error
		if p, err = v.verify(ctx, token); err != nil {
			return tenant.Principal{}, fault.Wrap(fault.Unauthenticated, err, "")
		}
		v.verified.add(hash, generation, p)
	}
	if v.revoked != nil && v.revoked(p) {
		return tenant.Principal{}, fault.Wrap(fault.Unauthenticated, ErrRevoked, "")
	}
	return p, nil
}

func (v *Verifier) verify(ctx context.Context, token string) (tenant.Principal, error) {
	if token == "" {
		return tenant.Principal{}, ErrNoToken
	}
	var claims Claims
	find := v.keys.Keyfunc(ctx)
	_, err := v.parser.ParseWithClaims(token, &claims, func(t *jwt.Token) (any, error) {
		if _, ok := t.Header["crit"]; ok { // RFC 7515 section 4.1.11: what is critical and not understood is refused
			return nil, ErrCritical
		}
		if !isToken(t.Header["typ"]) {
			return nil, ErrType
		}
		return find(t)
	})
	if err != nil {
		return tenant.Principal{}, err
	}
	switch {
	case !validName(claims.Subject):
		return tenant.Principal{}, ErrSubject
	case !validName(claims.Site):
		return tenant.Principal{}, ErrSite
	case claims.ID != "" && !validName(claims.ID):
		return tenant.Principal{}, ErrID
	case !claims.Role.Valid():
		return tenant.Principal{}, ErrRole
	case claims.lifetime(v.now()) > v.longest+Leeway:
		return tenant.Principal{}, ErrLifetime
	}
	return tenant.Principal{
		SiteID: tenant.SiteID(claims.Site), SiteKey: claims.Site, UserID: claims.Subject, Role: claims.Role, TokenID: claims.ID,
		IssuedAt: claims.issuedAt(v.longest),
		// With the leeway, else a token that has just passed would be refused a moment later.
		ExpiresAt: claims.ExpiresAt.UTC().Add(Leeway),
	}, nil
}

// validName reports whether a claim names something that the database can keep.
func validName(claim string) bool {
	return claim != "" && utf8.ValidString(claim) && len(claim) <= maxNameBytes && !strings.ContainsRune(claim, 0)
}
