// Package connection is the life of a site's connection to Lightspeed, as far as it is stored: an attempt to connect, the
// grant that it brings, its renewals, its end, and what must still be revoked.
//
// Nothing here asks Lightspeed anything: who does passes in what Lightspeed has answered. Its functions work on the client
// they are given, which may be a transaction's, act for the site of the context, and wake with the commit whoever follows what
// they change.
package connection

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/retail"
)

// ErrNotConnected says that the site has no connection: none was made, or it was given up.
var ErrNotConnected = errors.New("not connected")

// NotConnectedError says that the link does not allow to ask Lightspeed for anything. It matches [lightspeed.ErrReauthorize],
// and [ErrNotConnected] unless a new sign-in mends it.
type NotConnectedError struct{ State retail.LinkState }

func (e *NotConnectedError) Error() string { return "the link is " + string(e.State) }

// Is implements the matching of errors.Is.
func (e *NotConnectedError) Is(target error) bool {
	switch target {
	case lightspeed.ErrReauthorize:
		return true
	case ErrNotConnected:
		return e.State != retail.LinkNeedsReauth
	}
	return false
}

// Connected returns the acting site's link if Lightspeed may be asked under it, or else a [*NotConnectedError].
func Connected(ctx context.Context, client *ent.Client) (*ent.LightspeedLink, error) {
	link, err := client.LightspeedLink.Query().Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, &NotConnectedError{State: retail.LinkNeverConnected}
	case err != nil:
		return nil, fmt.Errorf("read the link: %w", err)
	case link.State != retail.LinkConnected:
		return nil, &NotConnectedError{State: link.State}
	}
	return link, nil
}
