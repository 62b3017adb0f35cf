package auth_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"possync/internal/fault"
	"possync/internal/tenant"
	"possync/server/auth"
)

const (
	issuer, audience = "https://platform.example", "possync"
	longest          = 24 * time.Hour // that a token may live
)

var now = time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)

func clockAt(t time.Time) func() time.Time { return func() time.Time { return t } }

func newVerifier(t *testing.T, key crypto.PublicKey) *auth.Verifier {
	t.Helper()
	keys, err := auth.NewOneKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return auth.NewVerifier(keys, issuer, audience, longest, clockAt(now))
}

func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// claims returns good claims with changes; a nil value removes a claim.
func claims(changes map[string]any) jwt.MapClaims {
	c := jwt.MapClaims{"iss": issuer, "aud": audience, "exp": now.Add(time.Hour).Unix(), "sub": "user-1", "site": "bikes", "role": "manage"}
	for name, value := range changes {
		if c[name] = value; value == nil {
			delete(c, name)
		}
	}
	return c
}

func sign(t *testing.T, method jwt.SigningMethod, key any, c jwt.Claims, header map[string]any) string {
	t.Helper()
	token := jwt.NewWithClaims(method, c)
	for name, value := range header {
		token.Header[name] = value
	}
	return must(token.SignedString(key))(t)
}

func TestGoodTokensOfEveryKind(t *testing.T) {
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))(t)
	ecKey := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range map[string]crypto.Signer{"RS256": rsaKey, "ES256": ecKey, "EdDSA": edKey} {
		t.Run(name, func(t *testing.T) {
			signer := must(auth.NewSigner(key, issuer, audience))(t)
			token := must(signer.Sign(auth.Token{Site: "bikes", User: "user-1", Role: tenant.RoleView, ExpiresAt: now.Add(time.Minute)}))(t)
			ctx, end, err := newVerifier(t, signer.Public()).Authenticate(t.Context(), token)
			if err != nil {
				t.Fatal(err)
			}
			p, _ := tenant.FromContext(ctx)
			want := tenant.Principal{
				SiteID: tenant.SiteID("bikes"), SiteKey: "bikes", UserID: "user-1", Role: tenant.RoleView,
				ExpiresAt: now.Add(time.Minute + auth.Leeway),
			}
			if age := time.Since(p.IssuedAt); age < 0 || age > time.Minute {
				t.Errorf("it was issued %s ago", age)
			}
			p.IssuedAt = time.Time{}
			if p != want || !end.Equal(want.ExpiresAt) {
				t.Errorf("principal %+v until %v, want %+v", p, end, want)
			}
			if site, kind := tenant.Scope(ctx); site != want.SiteID || kind != tenant.ScopeSite {
				t.Errorf("scope %v of %q", kind, site)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	other := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	der := must(x509.MarshalPKIXPublicKey(key.Public()))(t)
	publicPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	es := func(changes map[string]any) string { return sign(t, jwt.SigningMethodES256, key, claims(changes), nil) }
	good := es(nil)
	parts := strings.Split(good, ".")
	forged := must(json.Marshal(claims(map[string]any{"role": "service"})))(t)
	unsigned := sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, claims(nil), nil)

	verifier := newVerifier(t, key.Public())
	if _, err := verifier.Verify(t.Context(), good); err != nil {
		t.Fatalf("the good token is refused: %v", err)
	}
	for name, c := range map[string]struct {
		token string
		want  error
	}{
		"none":               {"", auth.ErrNoToken},
		"alg none":           {unsigned, jwt.ErrTokenSignatureInvalid},
		"HS256 with the PEM": {sign(t, jwt.SigningMethodHS256, publicPEM, claims(nil), nil), jwt.ErrTokenSignatureInvalid},
		"HS256 with the DER": {sign(t, jwt.SigningMethodHS256, der, claims(nil), nil), jwt.ErrTokenSignatureInvalid},
		"other key":          {sign(t, jwt.SigningMethodES256, other, claims(nil), nil), jwt.ErrTokenSignatureInvalid},
		"a key of its own": {sign(t, jwt.SigningMethodES256, other, claims(nil), map[string]any{
			"jku": "https://evil.example/jwks", "x5u": "https://evil.example/chain", "jwk": map[string]any{"kty": "EC", "crv": "P-256"}}),
			jwt.ErrTokenSignatureInvalid},
		"payload exchanged":       {parts[0] + "." + base64.RawURLEncoding.EncodeToString(forged) + "." + parts[2], jwt.ErrTokenSignatureInvalid},
		"signature cut off":       {parts[0] + "." + parts[1] + ".", jwt.ErrTokenSignatureInvalid},
		"no signature part":       {parts[0] + "." + parts[1], jwt.ErrTokenMalformed},
		"garbage":                 {"garbage", jwt.ErrTokenMalformed},
		"padding":                 {good + "=", jwt.ErrTokenMalformed},
		"critical extension":      {sign(t, jwt.SigningMethodES256, key, claims(nil), map[string]any{"crit": []string{"exp"}}), auth.ErrCritical},
		"wrong iss":               {es(map[string]any{"iss": "https://evil.example"}), jwt.ErrTokenInvalidIssuer},
		"no iss":                  {es(map[string]any{"iss": nil}), jwt.ErrTokenRequiredClaimMissing},
		"wrong aud":               {es(map[string]any{"aud": "other"}), jwt.ErrTokenInvalidAudience},
		"no aud":                  {es(map[string]any{"aud": nil}), jwt.ErrTokenRequiredClaimMissing},
		"expired":                 {es(map[string]any{"exp": now.Add(-auth.Leeway - time.Second).Unix()}), jwt.ErrTokenExpired},
		"expired at the leeway":   {es(map[string]any{"exp": now.Add(-auth.Leeway).Unix()}), jwt.ErrTokenExpired},
		"no exp":                  {es(map[string]any{"exp": nil}), jwt.ErrTokenRequiredClaimMissing},
		"exp is text":             {es(map[string]any{"exp": "tomorrow"}), jwt.ErrTokenMalformed},
		"not yet":                 {es(map[string]any{"nbf": now.Add(auth.Leeway + 2*time.Second).Unix()}), jwt.ErrTokenNotValidYet},
		"no sub":                  {es(map[string]any{"sub": nil}), auth.ErrSubject},
		"no site":                 {es(map[string]any{"site": nil}), auth.ErrSite},
		"empty site":              {es(map[string]any{"site": ""}), auth.ErrSite},
		"site too long":           {es(map[string]any{"site": strings.Repeat("x", 201)}), auth.ErrSite},
		"site is a list":          {es(map[string]any{"site": []string{"bikes", "boats"}}), jwt.ErrTokenMalformed},
		"no role":                 {es(map[string]any{"role": nil}), auth.ErrRole},
		"unknown role":            {es(map[string]any{"role": "admin"}), auth.ErrRole},
		"role in other case":      {es(map[string]any{"role": "MANAGE"}), auth.ErrRole},
		"oversized":               {es(map[string]any{"pad": strings.Repeat("x", auth.MaxTokenBytes)}), auth.ErrTooLarge},
		"oversized and no token":  {strings.Repeat(".", auth.MaxTokenBytes+1), auth.ErrTooLarge},
		"role under another name": {es(map[string]any{"role": nil, "Role": "service"}), auth.ErrRole},
		"two names alike":         {es(map[string]any{"site": nil, "SITE": "boats"}), auth.ErrSite},
		"exp under another name":  {es(map[string]any{"exp": nil, "EXP": now.Add(time.Hour).Unix()}), jwt.ErrTokenRequiredClaimMissing},
		"a logout":                {sign(t, jwt.SigningMethodES256, key, claims(nil), map[string]any{"typ": "logout+jwt"}), auth.ErrType},
		"typ is a number":         {sign(t, jwt.SigningMethodES256, key, claims(nil), map[string]any{"typ": 1}), auth.ErrType},
		"too long a life":         {es(map[string]any{"exp": now.Add(longest + auth.Leeway + time.Second).Unix()}), auth.ErrLifetime},
		"too long since iat": {es(map[string]any{"iat": now.Add(-longest).Unix(), "exp": now.Add(auth.Leeway + time.Second).Unix()}),
			auth.ErrLifetime},
		"issued in years to come":  {es(map[string]any{"iat": now.AddDate(9, 0, 0).Unix(), "exp": now.AddDate(9, 0, 1).Unix()}), auth.ErrLifetime},
		"a long name in bytes":     {es(map[string]any{"sub": strings.Repeat("ü", 101)}), auth.ErrSubject},
		"a zero in a name":         {es(map[string]any{"sub": "a\x00b"}), auth.ErrSubject},
		"a token within the token": {good + "." + good, jwt.ErrTokenMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, _, err := verifier.Authenticate(t.Context(), c.token)
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if ctx != nil {
				t.Error("a context came with the error")
			}
			if fault.KindOf(err) != fault.Unauthenticated || fault.Message(err) != fault.Message(fault.New(fault.Unauthenticated, "")) {
				t.Errorf("the client is told %v: %q", fault.KindOf(err), fault.Message(err))
			}
			if c.token != "" && len(c.token) > 20 && strings.Contains(err.Error(), c.token[:20]) {
				t.Error("the error holds the token")
			}
		})
	}
}

// Issuers name the type of a token in different ways, or not at all.
func TestTypes(t *testing.T) {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	for _, typ := range []any{"JWT", "jwt", "at+jwt", "application/at+jwt", nil} {
		if _, err := newVerifier(t, key.Public()).Verify(t.Context(),
			sign(t, jwt.SigningMethodES256, key, claims(nil), map[string]any{"typ": typ})); err != nil {
			t.Errorf("typ %v: %v", typ, err)
		}
	}
}

func TestLeeway(t *testing.T) {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	for name, change := range map[string]map[string]any{
		"just expired":  {"exp": now.Add(-auth.Leeway + time.Second).Unix()},
		"almost begun":  {"nbf": now.Add(auth.Leeway - time.Second).Unix()},
		"long audience": {"aud": []string{"other", audience}},
		"a full life":   {"iat": now.Unix(), "exp": now.Add(longest).Unix()},
		"Role as well":  {"Role": "service", "ROLE": "view"},
		"200 bytes":     {"site": strings.Repeat("ü", 100)},
	} {
		p, err := newVerifier(t, key.Public()).Verify(t.Context(), sign(t, jwt.SigningMethodES256, key, claims(change), nil))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !p.ExpiresAt.After(now) {
			t.Errorf("%s: ends at %v, before it begins", name, p.ExpiresAt)
		}
	}
}

// An RSA key must not verify by another algorithm, nor a weak one at all.
func TestKeysThatDoNotCount(t *testing.T) {
	weak := must(rsa.GenerateKey(rand.Reader, 1024))(t)
	p384 := must(ecdsa.GenerateKey(elliptic.P384(), rand.Reader))(t)
	for name, key := range map[string]crypto.PublicKey{"weak": weak.Public(), "P-384": p384.Public(), "octets": []byte("secret"), "nil": nil} {
		if _, err := auth.NewOneKey(key); !errors.Is(err, auth.ErrKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	strong := must(rsa.GenerateKey(rand.Reader, 2048))(t)
	for _, method := range []jwt.SigningMethod{jwt.SigningMethodRS512, jwt.SigningMethodPS256} {
		token := sign(t, method, strong, claims(nil), nil)
		if _, err := newVerifier(t, strong.Public()).Verify(context.Background(), token); !errors.Is(err, jwt.ErrTokenSignatureInvalid) {
			t.Errorf("%s: %v", method.Alg(), err)
		}
	}
}

func TestKeyFiles(t *testing.T) {
	key := must(auth.NewKey())(t)
	private := must(auth.MarshalPrivateKey(key))(t)
	back := must(auth.ParsePrivateKey(private))(t)
	der := must(x509.MarshalPKIXPublicKey(back.Public()))(t)
	public := must(auth.ParsePublicKey(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})))(t)
	if !key.Public().(*ecdsa.PublicKey).Equal(public) {
		t.Error("the key changed on its way through the files")
	}
	for _, text := range []string{"", "no PEM", string(private), "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"} {
		if _, err := auth.ParsePublicKey([]byte(text)); err == nil {
			t.Errorf("%.30q passes for a public key", text)
		}
	}
}

func TestSignerRefuses(t *testing.T) {
	signer := must(auth.NewSigner(must(auth.NewKey())(t), issuer, audience))(t)
	for want, token := range map[error]auth.Token{
		auth.ErrSubject: {Site: "a", Role: tenant.RoleView},
		auth.ErrSite:    {User: "u", Role: tenant.RoleView},
		auth.ErrRole:    {Site: "a", User: "u", Role: "root"},
	} {
		if _, err := signer.Sign(token); !errors.Is(err, want) {
			t.Errorf("Sign = %v, want %v", err, want)
		}
	}
}
