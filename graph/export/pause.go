package export

import (
	"context"
	"time"

	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/orderbook"
	"possync/internal/records/settingshistory"
	"possync/internal/retail"
)

// Pause says who has paused exports, when and why.
type Pause struct {
	PausedBy string
	PausedAt time.Time
	Reason   string
}

// Pause returns the site's pause, or nil.
func (*Settings) Pause(ctx context.Context) (*Pause, error) {
	p, err := orderbook.ReadPause(ctx, unitofwork.Client(ctx))
	if err != nil || p == nil {
		return nil, err
	}
	return &Pause{PausedBy: p.By, PausedAt: p.At, Reason: p.Reason}, nil
}

// PauseAll has no new sales be sent until somebody resumes them. While exports are paused it changes nothing: who has paused them, and why,
// stays.
func PauseAll(ctx context.Context, reason, userID string, now time.Time) (*Settings, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	var found usererror.List
	reason = found.Text(reason, usererror.Bounds{Least: 1, Most: maxReason}, "reason")
	if found.Any() {
		return nil, found, nil
	}
	return change(ctx, userID, now, func() error {
		client := unitofwork.Client(ctx)
		if p, err := orderbook.ReadPause(ctx, client); err != nil || p != nil {
			return err
		}
		return orderbook.PauseExports(ctx, client, orderbook.Pause{At: now, By: userID, Reason: reason})
	})
}

// ResumeAll has queued orders go on. It does nothing while exports are not paused.
func ResumeAll(ctx context.Context, userID string, now time.Time) (*Settings, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	return change(ctx, userID, now, func() error {
		client := unitofwork.Client(ctx)
		if p, err := orderbook.ReadPause(ctx, client); err != nil || p == nil {
			return err
		}
		return orderbook.ResumeExports(ctx, client, now)
	})
}

// change does a change of the pause and records it in the settings history.
func change(ctx context.Context, userID string, now time.Time, act func() error) (*Settings, usererror.List, error) {
	client := unitofwork.Client(ctx)
	before, err := orderbook.ReadPause(ctx, client)
	if err != nil {
		return nil, nil, err
	}
	if err := act(); err != nil {
		return nil, nil, err
	}
	after, err := orderbook.ReadPause(ctx, client)
	if err != nil {
		return nil, nil, err
	}
	stored, err := sitedata.Export(ctx)
	if err != nil {
		return nil, nil, err
	}
	entry := settingshistory.Entry{Setting: retail.SettingExport, Revision: rowOf(stored).Revision, By: userID, At: now}
	if err := settingshistory.Record(ctx, client, entry, settingshistory.Change{Field: "Exports", Before: pauseText(before), After: pauseText(after)}); err != nil {
		return nil, nil, err
	}
	settings, err := Present(ctx)
	return settings, nil, err
}

func pauseText(p *orderbook.Pause) string {
	if p == nil {
		return "running"
	}
	return "paused: " + p.Reason
}
