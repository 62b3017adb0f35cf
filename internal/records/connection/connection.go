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
	"possync/ent/lightspeedlink"
	"possync/ent/predicate"
	"possync/internal/lightspeed"
	"possync/internal/retail"
)

// ErrNotConnected says that the site has no connection: none was made, or it was given up.
var ErrNotConnected = errors.New("not connected")

// NotConnectedError says that the connection does not allow asking Lightspeed for anything. It matches
// [lightspeed.ErrReauthorize], and [ErrNotConnected] unless a new sign-in fixes it.
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

// Connected returns the acting site's connection if Lightspeed may be asked under it, or else a [*NotConnectedError].
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

// alive describes a connection whose grant has not ended, as far as is known. Lightspeed may refuse it all the same; then the
// connection waits for a person as NEEDS_REAUTH, and is checked again meanwhile.
func alive() predicate.LightspeedLink {
	return lightspeedlink.Or(
		lightspeedlink.StateEQ(retail.LinkConnected),
		lightspeedlink.And(lightspeedlink.StateEQ(retail.LinkNeedsReauth), lightspeedlink.RefusedSinceNotNil()),
	)
}

// Alive returns the acting site's connection if its grant has not ended, or else a [*NotConnectedError]. Its tokens are worth
// keeping alive also while Lightspeed refuses them.
func Alive(ctx context.Context, client *ent.Client) (*ent.LightspeedLink, error) {
	link, err := Connected(ctx, client)
	if refused, ok := errors.AsType[*NotConnectedError](err); !ok || refused.State != retail.LinkNeedsReauth {
		return link, err
	}
	link, err = client.LightspeedLink.Query().Where(alive()).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, &NotConnectedError{State: retail.LinkNeedsReauth}
	}
	if err != nil {
		return nil, fmt.Errorf("read the link: %w", err)
	}
	return link, nil
}
