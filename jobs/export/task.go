package export

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/retail"
	"possync/jobs/lease"
)

// task is an export while a worker is on it.
type task struct {
	x               *Exporter
	lease           lease.Lease
	export          *ent.OrderExport
	settingsAllowed bool             // nothing of the site's settings was in the way of sending it, just now
	looked          bool             // the POS was searched for its sales, just now
	stock           []int64          // items whose stock the sale lowers, if the order was read just now
	named           []string         // causes of alerts about renamed payment types that are over
	mapped          bool             // a method was mapped to a payment type, just now
	completed       bool             // the POS completed its sale, just now
	building        bool             // its sale is being built, just now
	abandoned       []int64          // sales that were chosen and can no longer be completed
	first           *retail.SalePlan // what is about to be sent for the first time
	version         settings.Version // of the settings, as read with the export; zero once it was used
	lostAt          lostAt           // as read with the order that was planned last

	account     *lightspeed.Account
	site        *settings.Snapshot // as last read; what is about to be sent is planned again under the present one
	accountID   string
	currency    retail.Currency // of the site's amounts
	connectedAt *time.Time      // distinguishes the connection in use from later ones
}

// run continues the export from its stored state.
func (t *task) run(ctx context.Context) error {
	if err := t.connect(ctx); err != nil { // before all else: without it nothing can be said of any order
		return err
	}
	if !t.export.Sent {
		return t.send(ctx)
	}
	if t.export.AccountID != t.accountID {
		return t.failOtherAccount(ctx)
	}
	if t.export.SaleID != 0 && !t.x.without.look {
		return t.finish(ctx)
	}
	if t.export.State == retail.ExportSending {
		// The worker that sent it has not come back: that is a lost response too.
		err := t.move(ctx, func(u *ent.OrderExportUpdateOne) {
			orderbook.Because(u, reasonAnswerLost, answerLost).SetState(retail.ExportUnconfirmed).SetMayHaveOrphans(true)
		})
		if err != nil {
			return err
		}
	}
	// A later attempt that the database has forgotten may be the order's sale: none is chosen before the search must show that.
	if err := t.checkRestore(ctx, t.x.Restores.LostAt); err != nil {
		return err
	}
	if found, err := t.findOnce(ctx); err != nil || found {
		return err
	}
	return t.send(ctx)
}

// connect makes the site's account ready. Orders go before everything else that is read from it.
func (t *task) connect(ctx context.Context) error {
	site, err := t.settings(ctx)
	if err != nil {
		return err
	}
	if !site.Connected() {
		return &connection.NotConnectedError{State: site.LinkState()}
	}
	if site.Site == nil {
		return fmt.Errorf("export %s has no site", t.export.ID)
	}
	link := site.Link
	t.site, t.currency = site, site.Currency()
	t.connectedAt, t.accountID = link.ConnectedAt, link.AccountID
	t.account = t.x.API.Account(link.AccountID, t.x.Links.Tokens(t.lease.SiteID, link.AccountID)).Urgent()
	return nil
}

// settings returns the site's settings: at first of the version that was read with the export.
func (t *task) settings(ctx context.Context) (*settings.Snapshot, error) {
	read := t.version
	if t.version = (settings.Version{}); read != t.version {
		return t.x.Settings.Of(ctx, t.x.Client, read)
	}
	return t.x.Settings.Get(ctx, t.x.Client)
}

// move changes the export, in a transaction of its own.
func (t *task) move(ctx context.Context, change func(*ent.OrderExportUpdateOne)) error {
	return t.moveWith(ctx, change, func(context.Context, *ent.Client) error { return nil })
}

// moveWith is move with more to be done in the same transaction.
func (t *task) moveWith(ctx context.Context, change func(*ent.OrderExportUpdateOne), also func(ctx context.Context, tx *ent.Client) error) error {
	var moved *ent.OrderExport
	err := t.commit(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		if moved, err = orderbook.Move(ctx, tx, t.export, t.x.Clock.Now(), change); err != nil {
			return err
		}
		return also(ctx, tx)
	})
	if err != nil {
		return err
	}
	t.export = moved
	return nil
}

// giveUp is move to a state in which no sale of the order is on its way any more.
func (t *task) giveUp(ctx context.Context, change func(*ent.OrderExportUpdateOne)) error {
	var moved *ent.OrderExport
	err := t.commitStock(ctx, locks{}, func(ctx context.Context, tx *ent.Client, _ locked) (err error) {
		moved, err = orderbook.Move(ctx, tx, t.export, t.x.Clock.Now(), change)
		return err
	})
	if err != nil {
		return err
	}
	t.export = moved
	return nil
}

// commitStock is commit of a step that changes what the order keeps from being sold on the website. It waits until a page of a
// sync is stored, as other steps do not.
func (t *task) commitStock(ctx context.Context, take locks, fn func(ctx context.Context, tx *ent.Client, at locked) error) error {
	take.site = true
	return t.x.commitAs(ctx, t.lease, take, fn)
}

func (t *task) commit(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	return t.x.commit(ctx, t.lease, fn)
}

// sourceOf begins the reference source of all sales of a site, so that several sites on one account never take each other's
// sales for theirs. It is short, because Lightspeed does not say how much is kept.
func sourceOf(siteID string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(siteID))
	return fmt.Sprintf("POS Sync %08x", h.Sum32())
}

// money writes an amount for staff, with its currency.
func (t *task) money(amount decimal.Decimal) string { return t.currency.DecimalText(amount) }

// source is the reference source of the export's present attempt.
func (t *task) source() string {
	return fmt.Sprintf("%s-%d", sourceOf(t.lease.SiteID), t.export.Attempts)
}

// isAbandoned reports whether the sales of that attempt were given up: by a user, who exported the order again after it had failed, or by
// us, who stopped building the chosen one. Nothing else does: changed settings, or time that passes, have the export retried too.
func (t *task) isAbandoned(attempt int) bool { return attempt <= t.export.AbandonedAttempts }

// attemptOf is the attempt that made a sale of ours.
func attemptOf(s lightspeed.Sale) int {
	_, number, _ := strings.Cut(s.ReferenceNumberSource, "-")
	n, err := strconv.Atoi(number)
	if err != nil {
		return math.MaxInt // what is not known cannot have been abandoned
	}
	return n
}

// isOurs reports whether some attempt of the site made the sale.
func isOurs(s lightspeed.Sale, siteID string) bool {
	return strings.HasPrefix(s.ReferenceNumberSource, sourceOf(siteID)+"-")
}
