package sandbox

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const verifier = "0123456789012345678901234567890123456789012-~._"

// authorizeForm is a consent that the sign-in page would send.
func authorizeForm(extra ...string) url.Values {
	v := url.Values{"response_type": {"code"}, "client_id": {DefaultClientID}, "scope": {"employee:all"},
		"state": {"s t"}, "redirect_uri": {"http://127.0.0.1:9999/back"}, "user": {LoginAdmin}, "decision": {"allow"}}
	for i := 0; i < len(extra); i += 2 {
		v.Set(extra[i], extra[i+1])
	}
	return v
}

func tokenValues(grant string, extra ...string) url.Values {
	v := url.Values{"grant_type": {grant}, "client_id": {DefaultClientID}, "client_secret": {DefaultClientSecret}}
	for i := 0; i < len(extra); i += 2 {
		v.Set(extra[i], extra[i+1])
	}
	return v
}

// code signs in and returns the code.
func (r *rig) code(extra ...string) string {
	r.t.Helper()
	a := r.form("/auth/oauth/authorize", authorizeForm(extra...))
	loc, err := url.Parse(a.header.Get("Location"))
	if a.status != http.StatusFound || err != nil || loc.Query().Get("code") == "" {
		r.t.Fatalf("authorize: %d %s %s", a.status, a.header.Get("Location"), a.body)
	}
	return loc.Query().Get("code")
}

func (r *rig) refresh(token string) answer {
	r.t.Helper()
	return r.form("/auth/oauth/token", tokenValues("refresh_token", "refresh_token", token))
}

// works reports whether the API accepts an access token.
func (r *rig) works(token string) bool {
	r.t.Helper()
	a, err := r.try("GET", "/API/V3/Account.json", token, "", "")
	if err != nil {
		r.t.Fatal(err)
	}
	return a.status == http.StatusOK
}

func TestOAuth_CodeFlow(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	page, err := r.try("GET", "/auth/oauth/authorize?"+authorizeForm("state", `"><script>`).Encode(), "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"123456/admin", "123456/manager", "123456/clerk", `value="allow"`, `value="deny"`,
		"employee:all"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page.body, "<script>") {
		t.Error("the page does not escape the state")
	}
	a := r.form("/auth/oauth/authorize", authorizeForm())
	loc, _ := url.Parse(a.header.Get("Location"))
	if loc.Host != "127.0.0.1:9999" || loc.Path != "/back" || loc.Query().Get("state") != "s t" {
		t.Fatalf("redirect: %s", loc)
	}
	code := loc.Query().Get("code")
	tok := r.form("/auth/oauth/token", tokenValues("authorization_code", "code", code))
	if tok.status != 200 || tok.json["token_type"] != "Bearer" || tok.json["expires_in"] != 3600.0 || tok.json["scope"] != nil {
		t.Fatalf("token: %d %s", tok.status, tok.body)
	}
	if !r.works(tok.json["access_token"].(string)) {
		t.Error("the access token does not work")
	}
	if got := r.form("/auth/oauth/token", tokenValues("authorization_code", "code", code)); got.status != 400 ||
		got.json["error"] != "invalid_grant" {
		t.Errorf("replay: %d %s", got.status, got.body)
	}
	late := r.code()
	r.clock.add(61 * time.Second)
	if got := r.form("/auth/oauth/token", tokenValues("authorization_code", "code", late)); got.status != 400 ||
		got.json["hint"] != "Authorization code has expired" {
		t.Errorf("late: %d %s", got.status, got.body)
	}
}

func TestOAuth_Deny(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	a := r.form("/auth/oauth/authorize", authorizeForm("decision", "deny"))
	loc, _ := url.Parse(a.header.Get("Location"))
	if q := loc.Query(); q.Get("error") != "access_denied" || q.Get("state") != "s t" || q.Has("code") {
		t.Errorf("redirect: %s", loc)
	}
}

func TestOAuth_AuthorizeErrors(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Clients: []ClientOptions{
		{ID: DefaultClientID, Secret: DefaultClientSecret, RedirectURIs: []string{"https://app.example/cb",
			"http://localhost:8080/cb"}},
		{ID: "public", Public: true, RedirectURIs: []string{"https://app.example/cb"}},
		{ID: "insecure", RedirectURIs: []string{"http://app.example/cb"}},
		{ID: "fragment", RedirectURIs: []string{"https://app.example/cb#x"}},
	}})
	for _, c := range []struct {
		name   string
		extra  []string
		status int
		want   string
	}{
		{"default redirect", []string{"redirect_uri", ""}, 302, "https://app.example/cb?code="},
		{"loopback over http", []string{"redirect_uri", "http://localhost:8080/cb"}, 302, "http://localhost:8080/cb?"},
		{"unregistered redirect", []string{"redirect_uri", "https://evil.example/cb"}, 400, "invalid_request"},
		{"unknown client", []string{"client_id", "nobody"}, 400, "invalid_client"},
		{"no scope", []string{"scope", "", "redirect_uri", ""}, 400, "invalid_scope"},
		{"bad scope", []string{"scope", "employee:fly", "redirect_uri", ""}, 400, "invalid_scope"},
		{"implicit", []string{"response_type", "token", "redirect_uri", ""}, 400, "invalid_request"},
		{"public without PKCE", []string{"client_id", "public", "redirect_uri", ""}, 400, "invalid_request"},
		{"http redirect", []string{"client_id", "insecure", "redirect_uri", ""}, 400, "must be https"},
		{"fragment", []string{"client_id", "fragment", "redirect_uri", ""}, 400, "fragment"},
		{"nobody", []string{"user", "boss", "redirect_uri", ""}, 400, "user"},
		{"other account", []string{"user", "9/admin", "redirect_uri", ""}, 400, "user"},
		{"undecided", []string{"decision", "", "redirect_uri", ""}, 400, "decision"},
		{"short challenge", []string{"code_challenge", "abc", "redirect_uri", ""}, 400, "RFC-7636"},
		{"bad method", []string{"code_challenge", verifier, "code_challenge_method", "MD5", "redirect_uri", ""}, 400, "S256"},
	} {
		a := r.form("/auth/oauth/authorize", authorizeForm(c.extra...))
		if got := a.body + a.header.Get("Location"); a.status != c.status || !strings.Contains(got, c.want) {
			t.Errorf("%s: %d %s, want %d %s", c.name, a.status, got, c.status, c.want)
		}
	}
}

func TestOAuth_PKCE(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	sum := sha256.Sum256([]byte(verifier))
	s256 := base64.RawURLEncoding.EncodeToString(sum[:])
	for _, c := range []struct {
		name, challenge, method, verifier string
		status                            int
	}{
		{"S256", s256, "S256", verifier, 200},
		{"plain", verifier, "plain", verifier, 200},
		{"default method", verifier, "", verifier, 200},
		{"wrong", s256, "S256", verifier + "x", 400},
		{"plain for S256", s256, "S256", s256, 400},
		{"missing", s256, "S256", "", 400},
	} {
		code := r.code("code_challenge", c.challenge, "code_challenge_method", c.method)
		got := r.form("/auth/oauth/token", tokenValues("authorization_code", "code", code, "code_verifier", c.verifier))
		if got.status != c.status {
			t.Errorf("%s: %d %s, want %d", c.name, got.status, got.body, c.status)
		}
	}
}

func TestOAuth_TokenErrorsAndEncodings(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	var multi bytes.Buffer
	w := multipart.NewWriter(&multi)
	for k, v := range tokenValues("refresh_token", "refresh_token", r.login("", LoginAdmin).RefreshToken) {
		if err := w.WriteField(k, v[0]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	asJSON := func(v url.Values) string {
		m := map[string]string{}
		for k := range v {
			m[k] = v.Get(k)
		}
		b, _ := json.Marshal(m)
		return string(b)
	}
	const form = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		name, method, kind, body string
		status                   int
		want                     string
	}{
		{"form", "POST", form, tokenValues("refresh_token", "refresh_token", r.login("", LoginAdmin).RefreshToken).Encode(), 200, "access_token"},
		{"JSON", "POST", "application/json", asJSON(tokenValues("refresh_token", "refresh_token", r.login("", LoginAdmin).RefreshToken)), 200, "access_token"},
		{"multipart", "POST", w.FormDataContentType(), multi.String(), 200, "access_token"},
		{"GET", "GET", "", "", 405, "invalid_request"},
		{"text", "POST", "text/plain", "x", 400, "invalid_request"},
		{"no grant type", "POST", form, "client_id=" + DefaultClientID + "&client_secret=" + DefaultClientSecret, 400, "unsupported_grant_type"},
		{"wrong secret", "POST", form, tokenValues("refresh_token", "client_secret", "no").Encode(), 401, "invalid_client"},
		{"unknown client", "POST", form, tokenValues("refresh_token", "client_id", "no").Encode(), 401, "invalid_client"},
		{"no client", "POST", form, "grant_type=refresh_token", 400, "invalid_request"},
		{"no token", "POST", form, tokenValues("refresh_token").Encode(), 400, "invalid_request"},
		{"unknown token", "POST", form, tokenValues("refresh_token", "refresh_token", "x").Encode(), 400, "invalid_grant"},
		{"unknown code", "POST", form, tokenValues("authorization_code", "code", "x").Encode(), 400, "invalid_grant"},
	} {
		a, err := r.try(c.method, "/auth/oauth/token", "", c.kind, c.body)
		if err != nil {
			t.Fatal(err)
		}
		if a.status != c.status || !strings.Contains(a.body, c.want) {
			t.Errorf("%s: %d %s, want %d %s", c.name, a.status, a.body, c.status, c.want)
		}
	}
}

// TestOAuth_Rotation: the old refresh token lives until the new access token is first used.
func TestOAuth_Rotation(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	old := r.cred
	first := r.refresh(old.RefreshToken)
	if first.status != 200 {
		t.Fatal(first.body)
	}
	if r.works(old.AccessToken) {
		t.Error("the old access token survived the refresh")
	}
	// The answer was lost: the same refresh may be repeated.
	second := r.refresh(old.RefreshToken)
	if second.status != 200 || second.json["refresh_token"] == first.json["refresh_token"] {
		t.Fatalf("repeated refresh: %d %s", second.status, second.body)
	}
	if !r.works(second.json["access_token"].(string)) {
		t.Fatal("the new access token does not work")
	}
	dead := r.refresh(old.RefreshToken)
	if dead.status != 400 || dead.json["error"] != "invalid_grant" || dead.json["hint"] != "Token has been revoked" {
		t.Errorf("the old refresh token after the use of the new access token: %d %s", dead.status, dead.body)
	}
	if r.works(first.json["access_token"].(string)) || r.refresh(first.json["refresh_token"].(string)).status != 400 {
		t.Error("the pair that was never used survived its sibling's first use")
	}
	if got := r.refresh(second.json["refresh_token"].(string)); got.status != 200 {
		t.Errorf("the living refresh token: %d %s", got.status, got.body)
	}
}

func TestOAuth_RefreshLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	for range refreshPerMinute {
		if a := r.refresh(r.cred.RefreshToken); a.status != 200 {
			t.Fatal(a.body)
		}
	}
	if a := r.refresh(r.cred.RefreshToken); a.status != 429 || a.header.Get("Retry-After") == "" {
		t.Errorf("sixth refresh within a minute: %d %s", a.status, a.body)
	}
	other := r.login("", LoginAdmin)
	if a := r.refresh(other.RefreshToken); a.status != 200 {
		t.Errorf("another connection: %d %s", a.status, a.body)
	}
	r.clock.add(time.Minute)
	if a := r.refresh(r.cred.RefreshToken); a.status != 200 {
		t.Errorf("a minute later: %d %s", a.status, a.body)
	}
}

func TestOAuth_Expiry(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{TokenTTL: 30 * time.Minute})
	if !r.works(r.cred.AccessToken) {
		t.Fatal("a fresh token does not work")
	}
	r.clock.add(30 * time.Minute)
	if r.works(r.cred.AccessToken) {
		t.Error("the access token outlived its time")
	}
	r.clock.add(29 * 24 * time.Hour)
	next := r.refresh(r.cred.RefreshToken)
	if next.status != 200 || next.json["expires_in"] != 1800.0 {
		t.Fatalf("after 29 days: %d %s", next.status, next.body)
	}
	r.clock.add(30*24*time.Hour + time.Second)
	if a := r.refresh(next.json["refresh_token"].(string)); a.status != 400 || a.json["hint"] != "Token has expired" {
		t.Errorf("after 30 idle days: %d %s", a.status, a.body)
	}
}

func TestOAuth_RevokeAndLock(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	v := tokenValues("", "refresh_token", r.cred.RefreshToken)
	if a := r.form("/auth/oauth/revoke", v); a.status != 200 {
		t.Fatal(a.body)
	}
	if r.works(r.cred.AccessToken) || r.refresh(r.cred.RefreshToken).status != 400 {
		t.Error("a revoked connection works")
	}
	fresh := r.login("", LoginManager)
	if err := r.s.Account("").LockEmployee(2); err != nil {
		t.Fatal(err)
	}
	if r.works(fresh.AccessToken) || r.refresh(fresh.RefreshToken).status != 400 {
		t.Error("a locked employee's tokens work")
	}
	if a := r.form("/auth/oauth/authorize", authorizeForm("user", LoginManager)); a.status != 400 {
		t.Errorf("a locked employee signs in: %d", a.status)
	}
	if err := r.s.Account("").UnlockEmployee(2); err != nil {
		t.Fatal(err)
	}
	if !r.works(fresh.AccessToken) {
		t.Error("the tokens of an employee who is let in again do not work")
	}
	r.s.Account("").RevokeAccessTokens()
	if r.works(fresh.AccessToken) || r.refresh(fresh.RefreshToken).status != 200 {
		t.Error("RevokeAccessTokens must leave the refresh token alone")
	}
	r.s.Account("").RevokeConnections()
	if r.refresh(fresh.RefreshToken).status != 400 {
		t.Error("RevokeConnections left a refresh token alive")
	}
}

// TestOAuth_JWT verifies a token with the published key.
func TestOAuth_JWT(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Accounts: []AccountOptions{{ID: "1"}, {ID: "2", Name: "Other"}}})
	tok := r.form("/auth/oauth/token", tokenValues("authorization_code", "code",
		r.code("user", "2/manager", "scope", "employee:register employee:inventory")))
	jwks, err := r.try("GET", "/.well-known/jwks", "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	key := jwks.json["keys"].([]any)[0].(map[string]any)
	n, err := base64.RawURLEncoding.DecodeString(key["n"].(string))
	if err != nil {
		t.Fatal(err)
	}
	claims := jwt.MapClaims{}
	parsed, err := jwt.ParseWithClaims(tok.json["access_token"].(string), claims, func(*jwt.Token) (any, error) {
		return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: 65537}, nil
	}, jwt.WithValidMethods([]string{"RS256"}), jwt.WithTimeFunc(r.clock.Now), jwt.WithAudience(DefaultClientID),
		jwt.WithIssuer("https://cloud.lightspeedapp.com"), jwt.WithExpirationRequired())
	if err != nil {
		t.Fatal(err)
	}
	if parsed.Header["kid"] != key["kid"] || claims["acct"] != "2" || claims["sub"] != "170002" ||
		claims["scope"] != "employee:register employee:inventory" {
		t.Errorf("header %v, claims %v", parsed.Header, claims)
	}
	access := tok.json["access_token"].(string)
	got, err := r.try("GET", "/auth/oauth/introspect", access, "", "")
	if err != nil || got.json["acct"] != "2" {
		t.Errorf("introspect: %v %s", err, got.body)
	}
	// The scope cuts the manager's rights.
	for path, want := range map[string]int{"/API/V3/Account/2/ItemShop.json": 200, "/API/V3/Account/2/Item.json": 200,
		"/API/V3/Account/2/PriceLevel.json": 403, "/API/V3/Account/1/Item.json": 403} {
		a, err := r.try("GET", path, access, "", "")
		if err != nil || a.status != want {
			t.Errorf("%s: %v %d, want %d", path, err, a.status, want)
		}
	}
}
