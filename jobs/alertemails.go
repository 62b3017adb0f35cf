package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/internal/mail"
	"possync/internal/records/alertemail"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Mailer hands messages to a mail server. A [*mail.Sender] is one.
type Mailer interface {
	Send(ctx context.Context, m mail.Message) error
}

const (
	mailsAtOnce  = 4 // that are sent at the same time
	mailsARun    = 40
	mailTimeout  = 45 * time.Second // for one message
	firstPause   = 30 * time.Second // after the mail server failed, before it is asked again
	longestPause = 5 * time.Minute
)

// postbox is what this process knows of the mail server.
type postbox struct {
	pausedUntil time.Time
	pause       time.Duration // 0 = it works
}

// WriteAlertEmails writes the messages about alerts that are due. It is what Run does now and then, driven by the caller's clock.
func (s *Service) WriteAlertEmails(ctx context.Context) error {
	if s.Mailer == nil {
		return nil
	}
	sites, err := alertemail.Due(tenant.System(ctx), s.Client, s.Clock.Now())
	if err != nil {
		return err
	}
	var failed error
	for _, siteID := range sites {
		site := tenant.WithSite(ctx, siteID)
		err := store.InTx(site, s.Client, s.Bus, func(ctx context.Context, tx *ent.Client) error {
			snapshot, err := s.Settings.Get(ctx, tx)
			if err != nil {
				return err
			}
			_, err = alertemail.Write(ctx, tx, snapshot, s.AlertsURL, s.Clock.Now())
			return err
		})
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("site %s: %w", siteID, err)) // the other sites do not wait for it
		}
	}
	return failed
}

// SendAlertEmails hands messages that wait to the mail server, outside any transaction. While the server fails, it is asked now and then, and
// for test messages. It is what Run does now and then, driven by the caller's clock.
func (s *Service) SendAlertEmails(ctx context.Context) error {
	if s.Mailer == nil {
		return nil
	}
	system, now := tenant.System(ctx), s.Clock.Now()
	waiting, err := alertemail.Waiting(system, s.Client, mailsARun, now.Before(s.post.pausedUntil), now)
	if err != nil || len(waiting) == 0 {
		return err
	}
	if s.post.pause > 0 && waiting[0].Kind != retail.AlertEmailTest {
		waiting = waiting[:1] // whether the server works again
	}
	var failed error
	for some := range slices.Chunk(waiting, mailsAtOnce) {
		problems := make([]retail.EmailProblem, len(some))
		var group errgroup.Group
		for i, m := range some {
			group.Go(func() (err error) {
				problems[i], err = s.sendAlertEmail(ctx, m)
				return err
			})
		}
		failed = errors.Join(failed, group.Wait())
		if s.noteServer(ctx, problems); s.post.pause > 0 {
			break // the others wait until it works
		}
	}
	return failed
}

// notTried says that a message was not tried, or that what came of it is not known.
const notTried retail.EmailProblem = "NOT_TRIED"

// sendAlertEmail sends one message, unless another process does.
func (s *Service) sendAlertEmail(ctx context.Context, m *ent.AlertEmail) (retail.EmailProblem, error) {
	site := tenant.WithSite(ctx, m.SiteID)
	if claimed, err := alertemail.Claim(site, s.Client, m, s.Clock.Now()); err != nil || !claimed {
		return notTried, err
	}
	result := s.hand(ctx, m)
	if ctx.Err() != nil {
		return notTried, nil // it is sent again after a while: whether the server has taken it is not known
	}
	var state retail.AlertEmailState
	err := store.InTx(site, s.Client, s.Bus, func(ctx context.Context, tx *ent.Client) (err error) {
		state, err = alertemail.Done(ctx, tx, m, result, s.Clock.Now())
		return err
	})
	if err != nil {
		return result.Problem, err
	}
	if s.Mailed != nil {
		s.Mailed(alertemail.Outcome(state))
	}
	if state == retail.AlertEmailFailed {
		s.Logger.WarnContext(ctx, "an e-mail was not delivered", "site", m.SiteID, "email", m.ID, "kind", m.Kind, "problem", result.Problem, "attempts", m.Attempts+1)
	}
	return result.Problem, nil
}

// hand hands a message to the server.
func (s *Service) hand(ctx context.Context, m *ent.AlertEmail) alertemail.Result {
	ctx, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	err := s.Mailer.Send(ctx, mail.Message{ID: m.ID, To: m.Address, Subject: m.Subject, Text: m.Body, Date: m.CreatedAt})
	var failed *mail.Error
	switch {
	case err == nil:
		return alertemail.Result{}
	case errors.As(err, &failed):
		return alertemail.Result{Problem: failed.Problem, Said: failed.Said}
	default:
		return alertemail.Result{Problem: retail.EmailUnreachable}
	}
}

// noteServer notes whether the mail server works, and reports to the operator when that changes.
func (s *Service) noteServer(ctx context.Context, problems []retail.EmailProblem) {
	var failure retail.EmailProblem
	worked := false
	for _, p := range problems {
		if p.OfServer() && p != notTried {
			failure = p
		} else if p != notTried {
			worked = true
		}
	}
	switch {
	case failure != "" && !worked:
		if s.post.pause == 0 {
			s.Logger.ErrorContext(ctx, "the mail server fails: alerts wait and are sent once it works", "problem", failure)
		}
		s.post.pause = min(max(2*s.post.pause, firstPause), longestPause)
		s.post.pausedUntil = s.Clock.Now().Add(s.post.pause)
	case worked && s.post.pause > 0:
		s.Logger.InfoContext(ctx, "the mail server works again")
		s.post = postbox{}
	}
}
