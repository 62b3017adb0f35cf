package link

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net"
	"net/url"
	"slices"
	"time"

	"possync/ent/connectattempt"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/pid"
	"possync/internal/retail"
)

const (
	attemptLifetime = 10 * time.Minute
	keepAttempts    = 24 * time.Hour // so that whoever comes late is told why
	maxReturnURL    = 2000           // characters
)

// Attempt asks for a connection.
type Attempt struct {
	UserID         string // the platform's
	ReturnURL      string // where the browser goes afterwards; empty = a page of this service
	AcceptsReplace bool   // the present connection may stop working
	AcceptsAnother bool   // the account may be another than before
	ReturnOrigins  []string
	Box            Sealer
	OAuth          Authorizer
	NewVerifier    func() string
}

// Begin notes an attempt to connect and returns where to send the browser, and until when that is good.
func Begin(ctx context.Context, a Attempt, now time.Time) (address string, expires time.Time, found usererror.List, err error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return "", time.Time{}, nil, err
	}
	connection, err := sitedata.LinkState(ctx)
	if err != nil {
		return "", time.Time{}, nil, err
	}
	if a.ReturnURL != "" && !mayReturn(a.ReturnURL, a.ReturnOrigins) {
		found.Add(usererror.Invalid, "The address to return to must be an https address of this website.", "returnUrl")
	}
	present := connection == retail.LinkConnected || connection == retail.LinkNeedsReauth
	if present && !a.AcceptsReplace {
		found.Add(usererror.AcknowledgementRequired,
			"The site's present Lightspeed connection stops working when the new one succeeds. Confirm that this is what you want.", "acknowledge")
	}
	if found.Any() {
		return "", time.Time{}, found, nil
	}
	client := unitofwork.Client(ctx)
	_, err = client.ConnectAttempt.Delete().Where(connectattempt.ExpiresAtLT(now.Add(-keepAttempts))).Exec(ctx)
	if err != nil {
		return "", time.Time{}, nil, fmt.Errorf("remove old attempts to connect: %w", err)
	}
	id, secret, verifier := pid.New("att"), newSecret(), a.NewVerifier()
	sealed, err := a.Box.Seal([]byte(verifier), "connect_attempts.verifier/"+id)
	if err != nil {
		return "", time.Time{}, nil, fmt.Errorf("seal the verifier: %w", err)
	}
	hash := sha256.Sum256([]byte(secret))
	expires = now.Add(attemptLifetime)
	err = client.ConnectAttempt.Create().SetID(id).SetSiteID(state.SiteID).SetStateHash(hash[:]).SetVerifier(sealed).
		SetUserID(a.UserID).SetReturnURL(a.ReturnURL).SetOtherAccountAcknowledged(a.AcceptsAnother).
		SetExpiresAt(expires).SetCreatedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return "", time.Time{}, nil, fmt.Errorf("note the attempt to connect: %w", err)
	}
	return a.OAuth.AuthorizeURL(id+"."+secret, verifier), expires, nil, nil
}

// newSecret returns 32 random bytes as text.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// mayReturn reports whether the browser may be sent to the address: one of an allowed origin, over https unless it is the
// machine's own.
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
