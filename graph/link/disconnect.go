package link

import (
	"context"
	"time"

	"possync/ent"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/connection"
	"possync/internal/retail"
)

// End disconnects the site on behalf of a user, who has accepted that nothing is displayed then. A connection that is already
// disconnected stays as it is.
func End(ctx context.Context, userID string, accepted bool, now time.Time) (*ent.LightspeedLink, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	old, err := sitedata.Link(ctx)
	switch {
	case err != nil:
		return nil, nil, err
	case old == nil:
		var found usererror.List
		found.Add(usererror.NotConnected, "No Lightspeed account is connected.")
		return nil, found, nil
	case old.State == retail.LinkDisconnected:
		return old, nil, nil
	case !accepted:
		var found usererror.List
		found.Add(usererror.AcknowledgementRequired, "Nothing is displayed on the website and no order is exported until a Lightspeed account is "+
			"connected again. Confirm that you want this.", "acknowledge")
		return nil, found, nil
	}
	if err := connection.Disconnect(ctx, unitofwork.Client(ctx), old.ID, userID, now); err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	ended, err := sitedata.Link(ctx)
	return ended, nil, err
}
