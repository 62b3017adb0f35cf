package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// oauthState is every code, token and connection that was issued.
type oauthState struct {
	mu      sync.Mutex
	order   []*ClientOptions
	codes   map[string]*authCode
	access  map[string]*tokenPair
	refresh map[string]*tokenPair
	conns   []*connection
}

// authCode is a code from the sign-in page that can be exchanged at the token endpoint.
type authCode struct {
	client            *ClientOptions
	account           *Account
	user              int
	scope             []string
	challenge, method string
	redirect          string
	issued            time.Time
	used              bool
}

// connection is the consent of a user to a client. All pairs of tokens that it led to end with it.
type connection struct {
	client   *ClientOptions
	account  *Account
	user     int
	scope    []string
	rights   map[string]bool
	attempts []time.Time // refreshes within the last minute
	pairs    []*tokenPair
}

// tokenPair is an access token with its refresh token.
type tokenPair struct {
	conn            *connection
	access, refresh string
	issued, expires time.Time
	refreshUsed     time.Time
	child           bool // made by a refresh: its first use ends the other pairs
	used            bool
	accessDead      bool
	refreshDead     bool
}

func newOAuthState(clients []ClientOptions) *oauthState {
	o := &oauthState{codes: map[string]*authCode{}, access: map[string]*tokenPair{}, refresh: map[string]*tokenPair{}}
	for i := range clients {
		o.order = append(o.order, &clients[i])
	}
	return o
}

func (o *oauthState) byID(id string) *ClientOptions {
	for _, c := range o.order {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// connect makes a connection without a code.
func (o *oauthState) connect(now time.Time, ttl time.Duration, client *ClientOptions, a *Account, user int,
	scope string,
) (*tokenPair, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.openLocked(now, ttl, &authCode{client: client, account: a, user: user, scope: strings.Fields(scope)})
}

func (o *oauthState) openLocked(now time.Time, ttl time.Duration, c *authCode) (*tokenPair, error) {
	c.account.mu.RLock()
	roleIndex := c.account.employees[c.user].role
	c.account.mu.RUnlock()
	conn := &connection{client: c.client, account: c.account, user: c.user, scope: c.scope,
		rights: effectiveRights(c.scope, roleIndex)}
	o.conns = append(o.conns, conn)
	return o.issueLocked(now, ttl, conn)
}

// issueLocked makes another pair of a connection.
func (o *oauthState) issueLocked(now time.Time, ttl time.Duration, conn *connection) (*tokenPair, error) {
	access, err := signAccessToken(now, now.Add(ttl), conn)
	if err != nil {
		return nil, err
	}
	p := &tokenPair{conn: conn, access: access, refresh: secretText("def50200", 48), issued: now,
		expires: now.Add(ttl), refreshUsed: now}
	conn.pairs = append(conn.pairs, p)
	o.access[p.access], o.refresh[p.refresh] = p, p
	return p, nil
}

// newCode keeps a consent for a minute.
func (o *oauthState) newCode(c *authCode) string {
	text := secretText("def50200", 32)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.codes[text] = c
	return text
}

// exchange exchanges a code for the first pair of a connection.
func (o *oauthState) exchange(now time.Time, ttl time.Duration, client *ClientOptions, form url.Values) (*tokenPair,
	*reply,
) {
	text := form.Get("code")
	if text == "" {
		return nil, invalidRequest("Check the `code` parameter")
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	c := o.codes[text]
	const description = "The provided authorization grant is invalid, expired, revoked or was issued to another client."
	switch {
	case c == nil || c.client != client:
		return nil, invalidGrant(description, "Cannot decrypt the authorization code")
	case c.used:
		return nil, invalidGrant(description, "Authorization code has been revoked")
	case now.Sub(c.issued) > codeTTL:
		return nil, invalidGrant(description, "Authorization code has expired")
	}
	if r := form.Get("redirect_uri"); r != "" && r != c.redirect {
		return nil, invalidRequest("Invalid redirect URI")
	}
	if c.challenge != "" {
		verifier := form.Get("code_verifier")
		if verifier == "" {
			return nil, invalidRequest("Check the `code_verifier` parameter")
		}
		if !verifyPKCE(c.method, c.challenge, verifier) {
			return nil, invalidGrant(description, "Failed to verify `code_verifier`.")
		}
	}
	c.used = true
	p, err := o.openLocked(now, ttl, c)
	if err != nil {
		return nil, oauthError(http.StatusInternalServerError, "server_error", "The token could not be signed.", "")
	}
	return p, nil
}

// refreshPair issues a new pair and ends the old access token. The old refresh token ends when the new access token is first
// used, so that a refresh whose answer was lost can be repeated.
func (o *oauthState) refreshPair(now time.Time, ttl time.Duration, client *ClientOptions, text string) (*tokenPair,
	*reply,
) {
	if text == "" {
		return nil, invalidRequest("Check the `refresh_token` parameter")
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.refresh[text]
	if p == nil || p.conn.client != client {
		return nil, invalidGrant("The refresh token is invalid.", "Cannot decrypt the refresh token")
	}
	conn := p.conn
	recent := conn.attempts[:0]
	for _, t := range conn.attempts {
		if d := now.Sub(t); d >= 0 && d < time.Minute {
			recent = append(recent, t)
		}
	}
	conn.attempts = append(recent, now)
	if len(conn.attempts) > refreshPerMinute {
		conn.attempts = conn.attempts[:refreshPerMinute]
		rep := oauthError(http.StatusTooManyRequests, "too_many_requests",
			"The connection was refreshed more than 5 times within a minute.", "")
		rep.header.Set("Retry-After", "60")
		return nil, rep
	}
	switch {
	case p.refreshDead || conn.account.lockedOut(conn.user):
		return nil, invalidGrant("The refresh token is invalid.", "Token has been revoked")
	case now.Sub(p.refreshUsed) > refreshIdle:
		return nil, invalidGrant("The refresh token is invalid.", "Token has expired")
	}
	p.refreshUsed = now
	p.accessDead = true
	fresh, err := o.issueLocked(now, ttl, conn)
	if err != nil {
		return nil, oauthError(http.StatusInternalServerError, "server_error", "The token could not be signed.", "")
	}
	fresh.child = true
	return fresh, nil
}

// look finds the pair of an access token that is still good.
func (o *oauthState) look(now time.Time, text string) (*tokenPair, *reply) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lookLocked(now, text)
}

func (o *oauthState) lookLocked(now time.Time, text string) (*tokenPair, *reply) {
	p := o.access[text]
	switch {
	case text == "" || p == nil:
		return nil, unauthorized("Access token could not be verified")
	case p.accessDead:
		return nil, unauthorized("Access token has been revoked")
	case !now.Before(p.expires):
		return nil, unauthorized("Access token could not be verified")
	}
	return p, nil
}

// use finds the pair of an access token that is used at the API. Its first use ends the pairs before it.
func (o *oauthState) use(now time.Time, text string) (*tokenPair, *reply) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p, rep := o.lookLocked(now, text)
	if rep != nil {
		return nil, rep
	}
	if p.child && !p.used {
		for _, other := range p.conn.pairs {
			if other != p {
				other.accessDead, other.refreshDead = true, true
			}
		}
		p.conn.pairs = append(p.conn.pairs[:0], p)
	}
	p.used = true
	return p, nil
}

func (c *connection) kill() {
	for _, p := range c.pairs {
		p.accessDead, p.refreshDead = true, true
	}
}

func (o *oauthState) revokeByRefresh(client *ClientOptions, text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if p := o.refresh[text]; p != nil && p.conn.client == client {
		p.conn.kill()
	}
}

// revokeAccess ends an access token.
func (o *oauthState) revokeAccess(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if p := o.access[text]; p != nil {
		p.accessDead = true
	}
}

// revokeConnection ends the connection of an access token.
func (o *oauthState) revokeConnection(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if p := o.access[text]; p != nil {
		p.conn.kill()
	}
}

// RevokeConnections ends every connection to the account, as when the merchant removes the app in his settings.
func (a *Account) RevokeConnections() {
	o := a.srv.oauth
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.conns {
		if c.account == a {
			c.kill()
		}
	}
}

// RevokeAccessTokens ends every access token of the account. The refresh tokens still work.
func (a *Account) RevokeAccessTokens() {
	o := a.srv.oauth
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.conns {
		if c.account != a {
			continue
		}
		for _, p := range c.pairs {
			p.accessDead = true
		}
	}
}

// CopyConnections copies the connections and tokens of another server, for the clients and accounts that this one has too. A test
// that copies a database with tokens so has a POS for the copy.
func (s *Server) CopyConnections(from *Server) {
	s.setup()
	from.setup()
	to := s.oauth
	from.oauth.mu.Lock()
	defer from.oauth.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	for _, c := range from.oauth.conns {
		copied := *c
		copied.client, copied.account = to.byID(c.client.ID), s.Account(c.account.opts.ID)
		copied.attempts, copied.pairs = slices.Clone(c.attempts), nil
		if copied.client == nil || copied.account == nil {
			continue
		}
		for _, p := range c.pairs {
			pair := *p
			pair.conn = &copied
			copied.pairs = append(copied.pairs, &pair)
			to.access[pair.access], to.refresh[pair.refresh] = &pair, &pair
		}
		to.conns = append(to.conns, &copied)
	}
}
