package link

import (
	"context"
	"errors"
	"time"

	"possync/ent"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/connection"
)

// Complete activates what Lightspeed has granted after the user's attempt to connect, if the code is the attempt's.
func Complete(ctx context.Context, box connection.Box, userID, code string, now time.Time) (*ent.LightspeedLink, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	var found usererror.List
	err := connection.Complete(ctx, unitofwork.Client(ctx), box, connection.Completion{UserID: userID, Code: code, Now: now})
	other, isOther := errors.AsType[*connection.OtherAccountError](err)
	switch {
	case errors.Is(err, connection.ErrCodeInvalid):
		found.Add(usererror.Invalid, "This code is not valid. Check it. It belongs to the user who clicked Connect, works once, and ends "+
			"after 5 wrong ones; click Connect again to get a new one.", "code")
	case errors.Is(err, connection.ErrCodeExpired):
		found.Add(usererror.Expired, "This code is older than 10 minutes, so nothing was connected. Click Connect again.", "code")
	case isOther:
		found.Say(usererror.AcknowledgementRequired, "This site was connected to the Lightspeed account {account} meanwhile, so nothing was "+
			"changed. To move it to another account, confirm that when you click Connect again.", message.Values{"account": other.Earlier.AccountID}, "code")
	case err != nil:
		return nil, nil, err
	}
	if found.Any() {
		return nil, found, nil
	}
	sitedata.ClearCache(ctx)
	made, err := sitedata.Link(ctx)
	return made, nil, err
}
