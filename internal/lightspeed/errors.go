package lightspeed

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"possync/internal/text"
)

// The errors, for errors.Is.
var (
	// ErrUnauthorized means that the API refused the access token even after its renewal (401). The grant may still be good: a
	// faulty gateway answers like this too.
	ErrUnauthorized = errors.New("access token refused")
	// ErrForbidden means that the scope or the employee's rights do not cover the request (403).
	ErrForbidden = errors.New("not permitted")
	// ErrNotFound means that the resource does not exist (404).
	ErrNotFound = errors.New("not found")
	// ErrThrottled means that the rate limit refused the request again and again (429).
	ErrThrottled = errors.New("throttled")
	// ErrReauthorize means that the grant has ended (invalid_grant of the token endpoint): the merchant must connect again.
	ErrReauthorize = errors.New("authorization revoked or expired")
	// ErrUnavailable means that Lightspeed could not be reached, or that something else answered (network, 5xx, an HTML page),
	// after all retries.
	ErrUnavailable = errors.New("service unavailable")
	// ErrMalformed means that an answer was cut, could not be decoded or lacked required fields, after all retries.
	ErrMalformed = errors.New("malformed answer")
	// ErrUnclear means that a write was sent and it is not known whether it took effect, or still will. Look for the record
	// before you send it again. The error also matches its cause.
	ErrUnclear = errors.New("may have taken effect")
	// ErrCursor means that a stored cursor belongs to another query.
	ErrCursor = errors.New("cursor does not belong to this query")
)

// APIError is a refusal by the REST API.
type APIError struct {
	Method, Path string        // the request, without its query
	Status       int           // HTTP status
	Class        string        // Lightspeed's errorClass, or the OAuth error code
	Message      string        // Lightspeed's message, shortened
	RetryAfter   time.Duration // of a 429; zero = it did not say
}

func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %d %s", e.Method, e.Path, e.Status, http.StatusText(e.Status))
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.Class != "" {
		fmt.Fprintf(&b, " (%s)", e.Class)
	}
	return b.String()
}

// Is reports whether the status is the one that target stands for.
func (e *APIError) Is(target error) bool {
	switch target {
	case ErrUnauthorized:
		return e.Status == http.StatusUnauthorized
	case ErrForbidden:
		return e.Status == http.StatusForbidden
	case ErrNotFound:
		return e.Status == http.StatusNotFound
	case ErrThrottled:
		return e.Status == http.StatusTooManyRequests
	case ErrUnavailable:
		return unavailable(e.Status)
	}
	return false
}

// noMessage is a refusal in an unknown form: it is not known who refused, or why.
type noMessage struct{ *APIError }

func (e noMessage) Unwrap() error { return e.APIError }

// OutOfBalanceError is the refusal to complete a sale whose payments are not its total. The sale exists all the same, open and
// with its lines.
type OutOfBalanceError struct {
	*APIError
	SaleID  int64           // of the open sale; 0 = the answer did not say
	Balance decimal.Decimal // total less payments, as Lightspeed calculates them
}

func (e *OutOfBalanceError) Error() string {
	return fmt.Sprintf("%v: sale %d, balance %s", e.APIError, e.SaleID, e.Balance)
}

// Unwrap gives the refusal itself.
func (e *OutOfBalanceError) Unwrap() error { return e.APIError }

// unavailable reports whether a status only says that nobody served the request. That includes redirects: the API has none, so
// they come from a gateway.
func unavailable(status int) bool {
	return status >= 500 || status/100 == 3 || status == http.StatusRequestTimeout
}

// OAuthError is a refusal by the OAuth server (RFC 6749 section 5.2, with Lightspeed's hint).
type OAuthError struct {
	Status      int    // HTTP status
	Code        string // e.g. invalid_grant, invalid_client; empty = none
	Description string // the server's words and hint, shortened
	RetryAfter  time.Duration
}

func (e *OAuthError) Error() string {
	s := fmt.Sprintf("oauth: %d %s", e.Status, http.StatusText(e.Status))
	if e.Code != "" {
		s += ": " + e.Code
	}
	if e.Description != "" {
		s += ": " + e.Description
	}
	return s
}

// Is reports whether the code or status is the one that target stands for.
func (e *OAuthError) Is(target error) bool {
	switch target {
	case ErrReauthorize:
		return e.Code == "invalid_grant" && e.Status/100 == 4
	case ErrThrottled:
		return e.Status == http.StatusTooManyRequests
	case ErrUnavailable:
		return unavailable(e.Status)
	}
	return false
}

// transportError is an HTTP client's error without the URL, whose query may hold customers' data. A connection that ended early
// must not become [io.EOF], which ends the lists of this package.
func transportError(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

const maxMessage = 300 // bytes of a server's text in an error

// foreignText makes a server's text fit for errors and logs: short, on one line, and without the secrets that it was sent.
func foreignText(s string, secrets ...string) string {
	for _, secret := range secrets {
		if secret != "" {
			s = strings.ReplaceAll(s, secret, "[redacted]")
		}
	}
	s = strings.ToValidUTF8(s, "")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == ' ' }), " ")
	return text.Shorten(s, maxMessage)
}
