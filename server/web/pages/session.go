package pages

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"

	"possync/internal/clock"
)

const (
	sessionPath = Path + "session"
	tokenPath   = Path + "token"

	cookieName   = "possync_session"
	codeTTL      = 10 * time.Minute
	sessionTTL   = 12 * time.Hour
	tokenTTL     = 5 * time.Minute
	maxSessions  = 100 // more people than a demo ever has
	maxBodyBytes = 1 << 10
)

// Sign makes a token that is valid until then.
type Sign func(until time.Time) (string, error)

// Session is the sign-in of the demo: a code that works once buys a cookie, and the cookie buys tokens of five minutes. It is safe
// for concurrent use.
type Session struct {
	sign  Sign
	clock clock.Clock
	cross *http.CrossOriginProtection
	used  func(next string, signedIn bool) // is called with the next code when one was used, or else was too old

	mu       sync.Mutex
	code     string
	codeEnds time.Time
	sessions map[string]time.Time // when each ends, by the cookie's value
}

// NewSession returns a sign-in without a code yet; see [Session.Code]. used is called with the next code as soon as one was used,
// and when one was too old.
func NewSession(sign Sign, c clock.Clock, used func(next string, signedIn bool)) *Session {
	return &Session{sign: sign, clock: c, cross: http.NewCrossOriginProtection(), used: used, sessions: map[string]time.Time{}}
}

// Code makes a new code, which replaces the one before. It works once, within ten minutes.
func (s *Session) Code() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.code, s.codeEnds = rand.Text(), s.clock.Now().Add(codeTTL)
	return s.code
}

// Link is the address that signs a person in with a code.
func Link(publicURL, code string) string { return publicURL + Path + "#code=" + code }

func (s *Session) serves(r *http.Request) bool {
	return r.URL.Path == sessionPath || r.URL.Path == tokenPath
}

func (s *Session) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "This address accepts only POST requests.", http.StatusMethodNotAllowed)
		return
	}
	next := http.HandlerFunc(s.begin)
	if r.URL.Path == tokenPath {
		next = s.token
	}
	s.cross.Handler(next).ServeHTTP(w, r)
}

// begin exchanges a code for a cookie.
func (s *Session) begin(w http.ResponseWriter, r *http.Request) {
	var input struct{ Code string }
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	if err != nil || json.Unmarshal(body, &input) != nil {
		http.Error(w, "The request must be JSON with a code.", http.StatusBadRequest)
		return
	}
	cookie, ok := s.redeem(input.Code)
	if !ok {
		if s.expired() {
			s.used(s.Code(), false) // nobody could sign in any more
		}
		http.Error(w, "This link was used or is too old. Open the newest one that the terminal shows.", http.StatusUnauthorized)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: cookie, Path: Path, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		MaxAge: int(sessionTTL.Seconds()), Secure: r.TLS != nil,
	})
	w.WriteHeader(http.StatusNoContent)
	s.used(s.Code(), true)
}

// expired reports whether the code is too old, though nobody has used it.
func (s *Session) expired() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.code != "" && !s.clock.Now().Before(s.codeEnds)
}

// redeem uses the code up and returns a new session.
func (s *Session) redeem(code string) (cookie string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	if code == "" || code != s.code || !now.Before(s.codeEnds) {
		return "", false
	}
	s.code = ""
	for value, ends := range s.sessions {
		if !now.Before(ends) || len(s.sessions) >= maxSessions {
			delete(s.sessions, value)
		}
	}
	cookie = rand.Text()
	s.sessions[cookie] = now.Add(sessionTTL)
	return cookie, true
}

// token answers with a new token for the holder of a cookie.
func (s *Session) token(w http.ResponseWriter, r *http.Request) {
	now := s.clock.Now()
	cookie, err := r.Cookie(cookieName)
	if err != nil || !s.valid(cookie.Value, now) {
		http.Error(w, "You are signed out. Open the newest link that the terminal shows.", http.StatusUnauthorized)
		return
	}
	until := now.Add(tokenTTL)
	text, err := s.sign(until)
	if err != nil {
		http.Error(w, "The token cannot be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"token": text, "expiresAt": until})
}

func (s *Session) valid(cookie string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ends, ok := s.sessions[cookie]
	return ok && now.Before(ends)
}
