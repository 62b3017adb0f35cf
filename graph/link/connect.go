package link

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"time"

	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/records/auditlog"
	"possync/internal/records/connection"
	"possync/internal/retail"
)

const maxReturnURL = 2000 // characters

// Attempt is a request to connect.
type Attempt struct {
	UserID         string // the platform's
	ReturnURL      string // where the browser goes afterwards; empty = a page of this service
	AcceptsReplace bool   // the current connection may be replaced
	AcceptsAnother bool   // the account may differ from the one before
	ReturnOrigins  []string
	Box            connection.Box
	OAuth          Authorizer
	NewVerifier    func() string
}

// Begin starts an attempt to connect. It returns where to send the browser, and when that address expires.
func Begin(ctx context.Context, a Attempt, now time.Time) (address string, expires time.Time, found usererror.List, err error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return "", time.Time{}, nil, err
	}
	present, err := sitedata.LinkState(ctx)
	if err != nil {
		return "", time.Time{}, nil, err
	}
	if a.ReturnURL != "" && !mayReturn(a.ReturnURL, a.ReturnOrigins) {
		found.Add(usererror.Invalid, "The return address must be an https address of this website.", "returnUrl")
	}
	replaces := present == retail.LinkConnected || present == retail.LinkNeedsReauth
	if replaces && !a.AcceptsReplace {
		found.Add(usererror.AcknowledgementRequired,
			"This site is already connected to Lightspeed. A new connection replaces the current one. Confirm that you want this.", "acknowledge")
	}
	if found.Any() {
		return "", time.Time{}, found, nil
	}
	client := unitofwork.Client(ctx)
	verifier := a.NewVerifier()
	attempt, oauthState, err := connection.Begin(ctx, client, a.Box, connection.Request{
		UserID: a.UserID, ReturnURL: a.ReturnURL, OtherAccountAcknowledged: a.AcceptsAnother, Verifier: verifier,
	}, now)
	if errors.Is(err, connection.ErrTooManyAttempts) {
		found.Add(usererror.TooMany, "You have clicked Connect 10 times within an hour. Wait a while, then try again.")
		return "", time.Time{}, found, nil
	}
	if err != nil {
		return "", time.Time{}, nil, err
	}
	auditlog.Note(ctx, audit.Change{Field: "Attempt to connect", After: "started"})
	return a.OAuth.AuthorizeURL(oauthState, verifier), attempt.ExpiresAt, nil, nil
}

// mayReturn reports whether the browser may be sent to the address: it must have an allowed origin, and use https unless it is
// on this machine.
func mayReturn(address string, origins []string) bool {
	if len(address) > maxReturnURL || !usererror.Printable(address) {
		return false
	}
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Opaque != "" || u.Host == "" {
		return false
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return false
	}
	return slices.Contains(origins, u.Scheme+"://"+u.Host)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
