package sandbox

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	tokenIssuer = "https://cloud.lightspeedapp.com"
	keyID       = "RT_OAUTH2_2024_07_08"
)

// signingKey is made once in a process, because that takes longer than most tests. It never changes, and servers can share it,
// because no token names its server.
var signingKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// signAccessToken makes a JWT with the claims of Lightspeed's, in which times are floats.
func signAccessToken(now, expires time.Time, c *connection) (string, error) {
	key, err := signingKey()
	if err != nil {
		return "", fmt.Errorf("make the signing key: %w", err)
	}
	seconds := func(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": tokenIssuer, "aud": c.client.ID, "sub": systemUserID(c.user), "acct": c.account.opts.ID,
		"scope": strings.Join(c.scope, " "), "iat": seconds(now), "nbf": seconds(now), "exp": seconds(expires),
		"jti": secretText("", 20),
	})
	token.Header["kid"] = keyID
	text, err := token.SignedString(key)
	if err != nil {
		return "", fmt.Errorf("sign the access token: %w", err)
	}
	return text, nil
}

// jwks publishes the public half of the signing key.
func (s *Server) jwks(r *http.Request) *reply {
	if r.Method != http.MethodGet {
		return methodNotAllowed(r)
	}
	key, err := signingKey()
	if err != nil {
		return apiError(http.StatusInternalServerError, "Exception", "The signing key could not be made.")
	}
	enc := base64.RawURLEncoding.EncodeToString
	return jsonReply(http.StatusOK, mustJSON(map[string]any{"keys": []map[string]string{{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": keyID,
		"n": enc(key.N.Bytes()), "e": enc(big.NewInt(int64(key.E)).Bytes()),
	}}}))
}
