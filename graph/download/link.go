package download

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"possync/internal/fault"
)

const (
	// linkTime is how long a link is good.
	linkTime = 5 * time.Minute
	// linkParameter is the parameter that holds what makes an address a link.
	linkParameter = "link"
	// linkPurpose binds what is sealed to this use: nothing else that is sealed opens as a link.
	linkPurpose = "download.link"
)

// Box seals links, and opens them again. Package secret has one.
type Box interface {
	Seal(plaintext []byte, additional string) ([]byte, error)
	Open(sealed []byte, additional string) (plaintext []byte, stale bool, err error)
}

// Link is a link to a file.
type Link struct {
	URL       string
	ExpiresAt time.Time
}

// grant is what a link allows, sealed within it: nobody can read or change it. It has the user's token, which is checked again at each
// use, so that a link can never do more or live longer than the token.
type grant struct {
	Token     string    `json:"token"`
	Path      string    `json:"path"`
	Query     []byte    `json:"query"` // compressed
	ExpiresAt time.Time `json:"expiresAt"`
}

type tokenKey struct{}

// WithToken returns a context that keeps the token by which the caller signed in, for the links that they ask for.
func WithToken(ctx context.Context, token string) context.Context {
	return context.WithValue(ctx, tokenKey{}, token)
}

// NewLink returns a link to the path with the query, below the base. It ends with the caller's token at the latest; zero = that has no end.
func NewLink(ctx context.Context, box Box, base, path, query string, now, tokenEnd time.Time) (*Link, error) {
	token, _ := ctx.Value(tokenKey{}).(string)
	if token == "" {
		return nil, errSignIn
	}
	end := now.Add(linkTime)
	if !tokenEnd.IsZero() && tokenEnd.Before(end) {
		end = tokenEnd
	}
	end = end.UTC().Truncate(time.Second)
	plain, err := json.Marshal(grant{Token: token, Path: path, Query: compress(query), ExpiresAt: end})
	if err != nil {
		return nil, fmt.Errorf("encode a link: %w", err)
	}
	sealed, err := box.Seal(plain, linkPurpose)
	if err != nil {
		return nil, fmt.Errorf("seal a link: %w", err)
	}
	values := url.Values{linkParameter: {base64.RawURLEncoding.EncodeToString(sealed)}}
	link := &Link{URL: base + path + "?" + values.Encode(), ExpiresAt: end}
	if len(link.URL) > MaxURL {
		return nil, &TooLongError{Length: len(link.URL), Limit: MaxURL}
	}
	return link, nil
}

// MaxURL is how long a link may be: the web servers in front of this one take 8 kB for the line of a request, in their usual set-up.
const MaxURL = 8000

// TooLongError says that the filter makes a link too long, even compressed.
type TooLongError struct{ Length, Limit int } // in characters

func (e *TooLongError) Error() string {
	return fmt.Sprintf("the link has %d characters, and at most %d are allowed", e.Length, e.Limit)
}

// compress makes a filter shorter. The token beside it is not compressed, so that the length of a link says nothing of it.
func compress(query string) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression) // the level is a valid one
	_, _ = io.WriteString(w, query)                    // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

func expand(compressed []byte) (string, error) {
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(compressed))) // it was sealed here, so its size was bounded
	return string(text), err
}

var (
	errLink    = fault.New(fault.Unauthenticated, "This link is not valid. Ask for a new one.")
	errExpired = fault.New(fault.Unauthenticated, "This link has expired. Ask for a new one.")
)

// access is what a request may fetch.
type access struct {
	token string
	query string
}

// accessOf reads a request: a link, or a token with a query.
func (s *Server) accessOf(r *http.Request) (access, error) {
	text, isLink, err := linkOf(r.URL)
	if err != nil {
		return access{}, err
	}
	header := r.Header.Get("Authorization")
	if !isLink {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return access{}, errSignIn
		}
		return access{token: strings.TrimSpace(token), query: r.URL.RawQuery}, nil
	}
	if header != "" {
		return access{}, fault.New(fault.BadInput, "Send a link or a token, not both.")
	}
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return access{}, errLink
	}
	plain, _, err := s.Box.Open(sealed, linkPurpose)
	if err != nil {
		return access{}, fault.Wrap(fault.Unauthenticated, err, fault.Message(errLink))
	}
	var g grant
	if err := json.Unmarshal(plain, &g); err != nil || g.Path != r.URL.Path {
		return access{}, errLink
	}
	if !s.Now().Before(g.ExpiresAt) {
		return access{}, errExpired
	}
	query, err := expand(g.Query)
	if err != nil {
		return access{}, errLink
	}
	return access{token: g.Token, query: query}, nil
}

// linkOf returns what makes an address a link, and whether it is one. A link has no other parameters.
func linkOf(u *url.URL) (string, bool, error) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil || !values.Has(linkParameter) {
		return "", false, nil // whoever reads the query says what is wrong with it
	}
	if len(values) > 1 || len(values[linkParameter]) > 1 {
		return "", false, fault.New(fault.BadInput, "A link holds its filter already: use it as it is.")
	}
	return values.Get(linkParameter), true, nil
}
