package auth

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"possync/internal/tenant"
)

// Claims are the claims of a token.
type Claims struct {
	jwt.RegisteredClaims
	Site string      `json:"site"`
	Role tenant.Role `json:"role"`
}

// UnmarshalJSON reads the claims by their exact names. Package json would also take "Role" for "role", so a platform that lets its
// users choose other claims would let them choose their role (RFC 7519 section 4: names are case-sensitive).
func (c *Claims) UnmarshalJSON(text []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	for name := range all {
		switch name {
		case "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "site", "role":
		default:
			delete(all, name)
		}
	}
	exact, err := json.Marshal(all)
	if err != nil {
		return err
	}
	type plain Claims // without this method
	return json.Unmarshal(exact, (*plain)(c))
}

// lifetime returns for how long the token is good, from when it was issued, or from now if it does not say when, or names a time to come.
func (c *Claims) lifetime(now time.Time) time.Duration {
	if c.IssuedAt != nil && c.IssuedAt.Before(now) {
		now = c.IssuedAt.Time
	}
	return c.ExpiresAt.Sub(now)
}

// issuedAt returns when the token was issued. One that does not say so may have been as early as its end allows.
func (c *Claims) issuedAt(longest time.Duration) time.Time {
	if c.IssuedAt != nil {
		return c.IssuedAt.UTC()
	}
	return c.ExpiresAt.Add(-longest).UTC()
}

// isToken reports whether a typ header lets the token be one of ours. Other JWTs that the same key signs, such as the events of
// logouts, name another type, and must not pass (RFC 8725 section 3.11). Many issuers name none.
func isToken(typ any) bool {
	name, ok := typ.(string)
	if !ok {
		return typ == nil
	}
	switch strings.TrimPrefix(strings.ToLower(name), "application/") {
	case "jwt", "at+jwt":
		return true
	default:
		return false
	}
}
