package sandbox

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The lifetimes and limits of Lightspeed's OAuth server.
const (
	codeTTL          = time.Minute
	refreshIdle      = 30 * 24 * time.Hour
	refreshPerMinute = 5
)

// oauthError is the error body of the OAuth endpoints, which the API uses for tokens too.
func oauthError(status int, code, description, hint string) *reply {
	body := map[string]string{"error": code, "error_description": description}
	if hint != "" {
		body["hint"] = hint
	}
	return jsonReply(status, mustJSON(body))
}

func invalidRequest(hint string) *reply {
	return oauthError(http.StatusBadRequest, "invalid_request",
		"The request is missing a required parameter, includes an invalid parameter value, includes a parameter more "+
			"than once, or is otherwise malformed.", hint)
}

func invalidGrant(description, hint string) *reply {
	return oauthError(http.StatusBadRequest, "invalid_grant", description, hint)
}

func invalidClient() *reply {
	return oauthError(http.StatusUnauthorized, "invalid_client", "Client authentication failed", "")
}

// unauthorized is the answer of the API to a bad access token.
func unauthorized(hint string) *reply {
	return oauthError(http.StatusUnauthorized, "access_denied",
		"The resource owner or authorization server denied the request.", hint)
}

// tokenForm reads the body of a token request in each encoding that clients use.
func tokenForm(r *http.Request) (url.Values, *reply) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, invalidRequest("Check the Content-Type header")
	}
	r.Body = io.NopCloser(io.LimitReader(r.Body, maxBody))
	switch mediaType {
	case "application/json":
		var in map[string]any
		dec := json.NewDecoder(r.Body)
		dec.UseNumber()
		if err := dec.Decode(&in); err != nil {
			return nil, invalidRequest("The body is not a JSON object")
		}
		out := url.Values{}
		for k, v := range in {
			out.Set(k, scalarText(v))
		}
		return out, nil
	case "multipart/form-data":
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return nil, invalidRequest("The body is not a multipart form")
		}
		return r.PostForm, nil
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return nil, invalidRequest("The body is not a form")
		}
		return r.PostForm, nil
	}
	return nil, invalidRequest("Check the Content-Type header")
}

// client checks the credentials of a token request.
func (o *oauthState) client(form url.Values) (*ClientOptions, *reply) {
	if form.Get("client_id") == "" {
		return nil, invalidRequest("Check the `client_id` parameter")
	}
	c := o.byID(form.Get("client_id"))
	if c == nil {
		return nil, invalidClient()
	}
	secret := form.Get("client_secret")
	if c.Public && secret == "" {
		return c, nil
	}
	if subtle.ConstantTimeCompare([]byte(secret), []byte(c.Secret)) != 1 {
		return nil, invalidClient()
	}
	return c, nil
}

// token is the token endpoint. It exchanges codes for tokens, and refresh tokens for new pairs.
func (s *Server) token(r *http.Request) *reply {
	if r.Method != http.MethodPost {
		return oauthError(http.StatusMethodNotAllowed, "invalid_request", "The token endpoint takes POST only.", "")
	}
	form, rep := tokenForm(r)
	if rep != nil {
		return rep
	}
	client, rep := s.oauth.client(form)
	if rep != nil {
		return rep
	}
	now := s.clock.Now()
	var p *tokenPair
	switch form.Get("grant_type") {
	case "authorization_code":
		p, rep = s.oauth.exchange(now, s.tokenTTL(), client, form)
	case "refresh_token":
		p, rep = s.oauth.refreshPair(now, s.tokenTTL(), client, form.Get("refresh_token"))
	default:
		return oauthError(http.StatusBadRequest, "unsupported_grant_type",
			"The authorization grant type is not supported by the authorization server.",
			"Check that all required parameters have been provided")
	}
	if rep != nil {
		return rep
	}
	out := jsonReply(http.StatusOK, mustJSON(map[string]any{
		"token_type": "Bearer", "expires_in": int(s.tokenTTL() / time.Second),
		"access_token": p.access, "refresh_token": p.refresh,
	}))
	out.header.Set("Cache-Control", "no-store")
	return out
}

// revoke ends a connection with all its tokens. As in RFC 7009 an unknown token is no error.
func (s *Server) revoke(r *http.Request) *reply {
	if r.Method != http.MethodPost {
		return oauthError(http.StatusMethodNotAllowed, "invalid_request", "The revoke endpoint takes POST only.", "")
	}
	form, rep := tokenForm(r)
	if rep != nil {
		return rep
	}
	client, rep := s.oauth.client(form)
	if rep != nil {
		return rep
	}
	if form.Get("refresh_token") == "" {
		return invalidRequest("Check the `refresh_token` parameter")
	}
	s.oauth.revokeByRefresh(client, form.Get("refresh_token"))
	return jsonReply(http.StatusOK, []byte("{}"))
}

// introspect describes the bearer token.
func (s *Server) introspect(r *http.Request) *reply {
	p, rep := s.oauth.look(s.clock.Now(), bearer(r))
	if rep != nil {
		return rep
	}
	return jsonReply(http.StatusOK, mustJSON(map[string]any{
		"active": true, "client_id": p.conn.client.ID, "acct": p.conn.account.opts.ID,
		"sub": systemUserID(p.conn.user), "scope": strings.Join(p.conn.scope, " "), "exp": p.expires.Unix(),
	}))
}

func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// authenticate finds out who calls the API.
func (s *Server) authenticate(r *http.Request) (caller, *reply) {
	p, rep := s.oauth.use(s.clock.Now(), bearer(r))
	if rep != nil {
		return caller{}, rep
	}
	c := p.conn
	if c.account.lockedOut(c.user) {
		return caller{}, unauthorized("Access token has been revoked")
	}
	return caller{account: c.account, client: c.client.ID, user: c.user, rights: c.rights}, nil
}

func (s *Server) tokenTTL() time.Duration {
	if s.TokenTTL > 0 {
		return s.TokenTTL
	}
	return DefaultTokenTTL
}

// redirectFor chooses the address to which the browser is sent back.
func (c *ClientOptions) redirectFor(asked string) (string, error) {
	switch {
	case len(c.RedirectURIs) > 0 && asked == "":
		asked = c.RedirectURIs[0]
	case len(c.RedirectURIs) > 0 && !slices.Contains(c.RedirectURIs, asked):
		return "", fmt.Errorf("redirect_uri is not registered")
	case asked == "":
		return "", fmt.Errorf("redirect_uri is missing: the client has registered none")
	}
	u, err := url.Parse(asked)
	if err != nil || u.Host == "" || strings.Contains(asked, "#") {
		return "", fmt.Errorf("redirect_uri is not an absolute address without a fragment")
	}
	if u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()) {
		return asked, nil
	}
	return "", fmt.Errorf("redirect_uri must be https (or http on a loopback host)")
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// verifyPKCE compares the verifier with the challenge of the authorization request.
func verifyPKCE(method, challenge, verifier string) bool {
	if method == "S256" {
		sum := sha256.Sum256([]byte(verifier))
		verifier = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return subtle.ConstantTimeCompare([]byte(verifier), []byte(challenge)) == 1
}

// secretText is a prefix and n random bytes in hexadecimal.
func secretText(prefix string, n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand.Read does not fail
	return fmt.Sprintf("%s%x", prefix, b)
}
