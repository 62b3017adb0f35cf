package alertemail

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/alertemail"
	"possync/internal/event"
	"possync/internal/retail"
)

// Topic is woken when a test message waits to be sent.
const Topic = "alert-emails"

const (
	takeOver = 5 * time.Minute // after which another process tries a message whose sender has not said what came of it: longer than sending takes
	giveUp   = 48 * time.Hour  // after which a message is not tried any more
	keep     = 30 * 24 * time.Hour
)

// The bounds of test messages.
const (
	MaxTests   = 5
	TestsEvery = 10 * time.Minute
)

// Result is what came of an attempt to send.
type Result struct {
	Problem retail.EmailProblem // empty = the mail server has taken the message
	Said    string
}

// Waiting returns messages that should be sent now, those that were tried least first. It acts for the system.
func Waiting(ctx context.Context, client *ent.Client, most int, testsOnly bool, now time.Time) ([]*ent.AlertEmail, error) {
	query := client.AlertEmail.Query().Where(alertemail.DueAtLTE(now))
	if testsOnly {
		query.Where(alertemail.KindEQ(retail.AlertEmailTest))
	}
	rows, err := query.Order(ent.Asc(alertemail.FieldAttempts, alertemail.FieldDueAt, alertemail.FieldID)).Limit(most).All(ctx)
	return rows, wrap("look for messages to send", err)
}

// Claim counts an attempt to send a message, and reports false if another process is trying, or the message is gone. Who claims and dies
// before Done has the message sent again: a message may arrive twice, and none is lost.
func Claim(ctx context.Context, client *ent.Client, m *ent.AlertEmail, now time.Time) (bool, error) {
	n, err := client.AlertEmail.Update().Where(alertemail.ID(m.ID), alertemail.Attempts(m.Attempts), alertemail.DueAtLTE(now)).
		AddAttempts(1).SetDueAt(now.Add(takeOver)).SetUpdatedAt(now).Save(ctx)
	return n == 1, wrap("claim a message", err)
}

// Done stores what came of the attempt that was claimed, and returns the state that the message is in. A message that was not taken is tried
// again unless that would not help, it is a test, or it is too old.
func Done(ctx context.Context, client *ent.Client, m *ent.AlertEmail, r Result, now time.Time) (retail.AlertEmailState, error) {
	update := client.AlertEmail.Update().Where(alertemail.ID(m.ID), alertemail.Attempts(m.Attempts+1)).
		SetProblem(r.Problem).SetServerSaid(cut(r.Said)).SetUpdatedAt(now)
	state := retail.AlertEmailQueued
	switch {
	case r.Problem == "":
		state = retail.AlertEmailSent
		update.SetSentAt(now).ClearDueAt()
	case r.Problem.Final(), m.Kind == retail.AlertEmailTest, now.Sub(m.CreatedAt) >= giveUp:
		state = retail.AlertEmailFailed
		update.ClearDueAt()
	default:
		update.SetDueAt(now.Add(backoff(m.Attempts)))
	}
	if err := update.SetState(state).Exec(ctx); err != nil {
		return state, fmt.Errorf("store what came of a message: %w", err)
	}
	event.Wake(ctx, Topic)
	return state, nil
}

// backoff is how long a message waits after so many earlier attempts: a minute, two, four, up to an hour.
func backoff(attempts int) time.Duration { return min(time.Minute<<min(attempts, 6), time.Hour) }

const maxSaid = 300 // characters

func cut(said string) string {
	if letters := []rune(said); len(letters) > maxSaid {
		return string(letters[:maxSaid])
	}
	return said
}

// Test queues a message to one of the acting site's addresses, to see whether it arrives.
func Test(ctx context.Context, tx *ent.Client, address, site, url string, now time.Time) (*ent.AlertEmail, error) {
	subject, body := testText(site, url)
	m, err := tx.AlertEmail.Create().SetKind(retail.AlertEmailTest).SetAddress(address).SetSubject(subject).SetBody(body).
		SetDueAt(now).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("queue a test message: %w", err)
	}
	event.Wake(ctx, Topic)
	return m, nil
}

// RecentTests counts the acting site's test messages of the last minutes.
func RecentTests(ctx context.Context, client *ent.Client, now time.Time) (int, error) {
	n, err := client.AlertEmail.Query().Where(alertemail.KindEQ(retail.AlertEmailTest), alertemail.CreatedAtGT(now.Add(-TestsEvery))).Count(ctx)
	return n, wrap("count the test messages", err)
}

// Last returns the acting site's last message to each address that had one.
func Last(ctx context.Context, client *ent.Client, addresses []string) (map[string]*ent.AlertEmail, error) {
	last := map[string]*ent.AlertEmail{}
	if len(addresses) == 0 {
		return last, nil
	}
	rows, err := client.AlertEmail.Query().Where(alertemail.AddressIn(addresses...)).
		Order(ent.Desc(alertemail.FieldCreatedAt, alertemail.FieldID)).Limit(maxLooked).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the last messages: %w", err)
	}
	for _, m := range rows {
		if last[m.Address] == nil {
			last[m.Address] = m
		}
	}
	return last, nil
}

// maxLooked bounds how many messages are looked through for the last to each address: each message goes to all.
const maxLooked = 100

// Forget removes the acting site's messages to other addresses than these, also those that wait to be sent. Test messages still count for
// their bound, so they stay as long as they do, and are not sent any more.
func Forget(ctx context.Context, tx *ent.Client, except []string, now time.Time) error {
	counted := alertemail.And(alertemail.KindEQ(retail.AlertEmailTest), alertemail.CreatedAtGT(now.Add(-TestsEvery)))
	if _, err := tx.AlertEmail.Delete().Where(alertemail.AddressNotIn(except...), alertemail.Not(counted)).Exec(ctx); err != nil {
		return fmt.Errorf("remove messages to addresses that were removed: %w", err)
	}
	err := tx.AlertEmail.Update().Where(alertemail.AddressNotIn(except...), alertemail.StateEQ(retail.AlertEmailQueued)).
		SetState(retail.AlertEmailFailed).ClearDueAt().SetUpdatedAt(now).Exec(ctx)
	return wrap("stop test messages to addresses that were removed", err)
}

// Prune removes old messages of all sites. It acts for the system.
func Prune(ctx context.Context, client *ent.Client, now time.Time) error {
	_, err := client.AlertEmail.Delete().Where(alertemail.CreatedAtLT(now.Add(-keep))).Exec(ctx)
	return wrap("remove old messages", err)
}

var outcomes = map[retail.AlertEmailState]string{retail.AlertEmailSent: "sent", retail.AlertEmailQueued: "delayed", retail.AlertEmailFailed: "failed"}

// Outcome is what an attempt came to that left a message in this state, as metrics count it.
func Outcome(state retail.AlertEmailState) string { return outcomes[state] }

// Outcomes lists them.
func Outcomes() []string { return slices.Sorted(maps.Values(outcomes)) }
